"""The numbers of the rows at the left of a table."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from ui import theme

_LEAST = 100
"""A short table leaves room for three digits, so that it does not jump while one filters."""


class RowNumbers(QHeaderView):
    """As wide as the last number; left to itself, it would ask hundreds of rows for theirs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._last = _LEAST
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(theme.ROW_HEIGHT)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def reach(self, last: int) -> None:
        """Make room for numbers up to this one."""
        self._last = max(last, _LEAST)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        digits = "0" * len(str(self._last))
        return QSize(self.fontMetrics().horizontalAdvance(digits) + 2 * theme.GAP, 0)
