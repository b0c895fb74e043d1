"""What of a screen can be taken away as a file or on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exports.report import ExportReport
    from gridapp.progress import CancelToken, Progress
    from ui.main_window import MainWindow

WORKBOOK, DOCUMENT = ".xlsx", ".pdf"


@dataclass(frozen=True)
class Offer:
    """What can be taken away of what is seen, in words.

    Attributes:
        export, print: what the two actions are called.
        done: what is said when a file is written, with ``{0}`` for how many and ``{1}`` for its name.
        nothing: what is said where there is nothing to take away.
        take: what is seen just now, or None where that is nothing.
    """

    export: str
    print: str
    done: str
    nothing: str
    take: Callable[[], Taken | None]


@dataclass(frozen=True)
class Taken:
    """What is taken away.

    Attributes:
        file_name: what a file is called, by its ending.
        write: writes it; may take long.
    """

    file_name: Callable[[str], str]
    write: Callable[[Path, Progress, CancelToken], ExportReport]


def area_name(window: MainWindow) -> str:
    """What the area that is shown is called together with the one above it, as files are named after it."""
    return "".join(step.name for step in window.node.path[-2:]) if window.node is not None else ""
