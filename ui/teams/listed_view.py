"""A part of the teams whose rows are read whole: its buttons, its table, and a sentence where there is none."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gridapp.areas.tree import Node
from gridapp.register import Register
from ui import theme
from ui.households.loading import ListingLoader
from ui.jobs import Jobs
from ui.teams.places import Places
from ui.teams.team_table import TeamTable
from ui.widgets.empty import EmptyState


class ListedView(QWidget):
    """``current_changed`` when another row is current, ``failed`` with what could not be read.

    Those that inherit make their table by ``places`` and hand it to ``lay_out``; they read, and show what was read.
    """

    current_changed = Signal()
    failed = Signal(object)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._node: Node | None = None
        self.places = Places()
        self.loader: ListingLoader[Any] = ListingLoader(register, self, reads)
        self.told = QLabel()
        self.told.setProperty("secondary", True)
        self.empty = EmptyState()
        self._shown = QStackedWidget()

    def lay_out(self, table: TeamTable, place: int, first: QPushButton, second: QPushButton) -> None:
        """Put everything in its place.

        Args:
            place: the column that names areas.
            first: the button for what is done most.
        """
        self.table, self._place = table, place
        first.setProperty("primary", True)
        line = QHBoxLayout()
        line.addWidget(first)
        line.addWidget(second)
        line.addStretch()
        line.addWidget(self.told)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, theme.GAP, 12, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(line)
        column.addWidget(self._shown, 1)
        self._shown.addWidget(table)
        self._shown.addWidget(self.empty)
        self.setFocusProxy(table)
        self.loader.failed.connect(self.failed)
        table.current_changed.connect(self.show_state)

    def show_area(self, node: Node | None) -> None:
        """Be about another area; it is read by ``read``."""
        self._node = node
        self.places.show_area(node)
        self.table.set_width(self._place, self.places.width)

    def show_table(self) -> None:
        """Show the table."""
        self._shown.setCurrentWidget(self.table)
        self.show_state()

    def say(self, icon: str, text: str) -> None:
        """Show a sentence in its place."""
        self.empty.show_text(icon, text)
        self._shown.setCurrentWidget(self.empty)
        self.show_state()

    def show_state(self) -> None:
        """Show what can be done with the current row."""
        self.current_changed.emit()
