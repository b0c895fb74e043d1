"""The bar above the household table: the colours at the left, filters and button at the right, or below if narrow."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.households.legend import Legend
from ui.households.quick_filters import QuickFilters

_SPELLED_OUT_FROM = 900
_BOX_WIDTH, _LEAST_BOX_WIDTH = 230, 100


class FilterBar(QWidget):
    """One line where there is room for it, else two: a small screen still has room for the tree beside it."""

    def __init__(self, legend: Legend, box: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._legend = legend
        self.shown = QLabel()
        self.shown.setProperty("secondary", True)
        self.quick = QuickFilters()
        self.add = QPushButton(theme.icon("plus"), self.tr("登记住户"))
        box.setMinimumWidth(_LEAST_BOX_WIDTH)
        box.setMaximumWidth(_BOX_WIDTH)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tools = QWidget()
        line = QHBoxLayout(self._tools)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(self.quick)
        line.addStretch()
        line.addWidget(self.shown)
        line.addWidget(box, 1)
        line.addWidget(self.add)
        for part in (legend, self._tools):
            part.setMinimumWidth(1)  # or else the bar could never become narrow enough to break
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        self._line.setSpacing(theme.GAP)
        self._line.addWidget(legend, 1)
        self._line.addWidget(self._tools)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break_if_narrow()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a count has grown, a button has come or gone
            self._break_if_narrow()
        return super().event(event)

    def _break_if_narrow(self) -> None:
        wanted = self._legend.sizeHint().width() + self._tools.sizeHint().width() + 3 * theme.GAP
        narrow = self.width() < wanted
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._line.direction() != direction:
            self._line.setDirection(direction)
        self.quick.saved.set_spelled_out(narrow and self.width() >= _SPELLED_OUT_FROM)
