"""A figure with what it counts below it, that opens its rows."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme


class FigureButton(QPushButton):
    """Opened by a click, Enter or the space bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("tile", True)
        self.setAutoDefault(True)
        self._figure, self._what = QLabel(), QLabel()
        self._figure.setProperty("figure", True)
        self._what.setProperty("secondary", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 6)
        column.setSpacing(0)
        for label in (self._figure, self._what):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_figure(self, figure: str, what: str, is_urgent: bool = False) -> None:
        """Show another figure; what is urgent bears a sign as well as a colour."""
        self._figure.setText(f"{figure} !" if is_urgent else figure)
        self._figure.setStyleSheet(f"color: {theme.current().danger}" if is_urgent else "")
        self._what.setText(what)
        self.setAccessibleName(f"{what} {figure}")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def figure(self) -> str:
        """What it shows."""
        return self._figure.text().removesuffix(" !")
