"""What the parts of the page of emergencies have in common: where they look, and which emergency they are about."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gridapp.areas.tree import Node
from gridapp.emergency.running import Running
from gridapp.register import Register
from ui.jobs import Jobs


class Which(IntEnum):
    """The parts of an emergency, from the left."""

    PROGRESS = 0
    CALLS = 1
    ROTA = 2
    TASKS = 3
    REPORTS = 4


class AreaPart(QWidget):
    """Is about an area, and reads when it is told to. ``failed`` carries what went wrong."""

    failed = Signal(object)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.register, self.reads = register, reads
        self.node: Node | None = None

    @property
    def code(self) -> str:
        """The area that is looked at."""
        return self.node.code if self.node is not None else ""

    def show_area(self, node: Node) -> None:
        """Be about another area; it is read by ``read``."""
        self.node = node

    def read(self) -> None:
        """Read what is shown."""
        raise NotImplementedError


class Part(AreaPart):
    """Is about an emergency; the area that is looked at is the emergency's own or lies in it."""

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(register, reads, parent)
        self.one: Running | None = None

    def show_emergency(self, one: Running, node: Node) -> None:
        """Be about another emergency or area; it is read by ``read``."""
        self.one = one
        self.show_area(node)

    def is_same(self, one: Running, code: str) -> bool:
        """Whether an answer is about what is still shown."""
        return self.one is not None and self.one.uid == one.uid and self.code == code
