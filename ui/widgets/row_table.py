"""How tables look whose rows are chosen whole."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui import theme


def dress(table: QTableView, widths: Sequence[int]) -> None:
    """Let a table show rows of one height, without a grid, and leave Tab to the window.

    Args:
        widths: of the columns from the left; one of 0 takes what is left.
    """
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for position, width in enumerate(widths):
        if width:
            header.resizeSection(position, width)
        else:
            header.setSectionResizeMode(position, QHeaderView.ResizeMode.Stretch)
