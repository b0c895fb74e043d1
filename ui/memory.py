"""What the program remembers of this user between two starts."""

import contextlib
from typing import Any

from PySide6.QtCore import QSettings

from gridapp.places import config_folder


def settings() -> QSettings:
    """Where it is remembered, in a folder of the user's own: the address of a server may hold a password."""
    with contextlib.suppress(OSError):  # then nothing is remembered, which must not keep the window shut
        config_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    return QSettings(str(config_folder() / "window.ini"), QSettings.Format.IniFormat)


def strings(value: Any) -> list[str]:
    """A remembered list, which an ini file gives back as one string if it had one entry."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else [str(part) for part in value]


def last_register(memory: QSettings) -> str | None:
    """The URL of the register that was open last, or None."""
    value = memory.value("register")
    return str(value) if value else None
