"""Counts households by colour for the whole tree, and the figures of the area that is shown, beside the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from gridapp.areas.tree import Node
from gridapp.ids import Uid
from gridapp.reports.counts import KINDS, category_counts
from gridapp.reports.figures import figures

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_OF_FIGURES = {"area", "household", "resident", "visit", "issue", "service"}


class AreaFigures(QObject):
    """Shows what it has counted wherever the window tells it; ``counted`` comes each time the tree has its counts."""

    counted = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._counts: Mapping[Uid, Sequence[int]] = {}

    def count(self) -> None:
        """Count the households of every area by colour."""
        register = self._window.register
        self._window.read(lambda: category_counts(register), self._take_counts)

    def show(self) -> None:
        """Show the counts of the area that is shown as far as they are known, and read its figures."""
        self._show_counts()
        self._read_figures()

    def follow(self, tables: Set[str]) -> None:
        """Count again what may have changed with what was written in these tables."""
        if tables & _OF_FIGURES:
            self._read_figures()
        if tables & {"area", "household"}:
            self.count()

    def _take_counts(self, counts: Mapping[Uid, Sequence[int]]) -> None:
        self._counts = counts
        self._window.dock.model.set_counts(counts)
        self._show_counts()
        self.counted.emit()

    def _show_counts(self) -> None:
        node = self._window.node
        counts = self._counts.get(node.uid) if node else [0] * KINDS
        if counts is not None:
            self._window.show_counts(counts)

    def _read_figures(self) -> None:
        node, register = self._window.node, self._window.register
        if node is None:
            self._window.overview.show_nothing()
            return
        self._window.read(lambda: (node, figures(register, node.code)), self._take_figures)

    def _take_figures(self, answer: tuple[Node, Any]) -> None:
        asked, found = answer
        node = self._window.node
        if node is not None and asked.uid == node.uid:  # one may have gone elsewhere meanwhile
            self._window.overview.show_figures(found)
