"""Text that gives way: where there is no room for all of it, it ends in an ellipsis and a tool tip has it."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

_LEAST_CHARACTERS = 3


class ElidedLabel(QLabel):
    """A label that hardly makes its window wider.

    Args:
        least: how many Chinese characters stay in sight, however narrow it gets.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, least: int = _LEAST_CHARACTERS) -> None:
        super().__init__(text, parent)
        self._least = least
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        least = self.fontMetrics().horizontalAdvance("〇") * self._least
        return QSize(min(whole.width(), least), whole.height())

    def sizeHint(self) -> QSize:
        return super().minimumSizeHint()

    def shown_text(self) -> str:
        """What there is room for."""
        return self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width() - 2 * self.margin()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.contentsRect(), self.alignment(), self.shown_text())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.text() if self.shown_text() != self.text() else "")
        return super().event(event)


class ElidedButton(QPushButton):
    """A button that hardly makes its window wider.

    Args:
        least: how many Chinese characters stay in sight, however narrow it gets.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, least: int = _LEAST_CHARACTERS) -> None:
        super().__init__(text, parent)
        self._least = least
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        least = self.fontMetrics().horizontalAdvance("〇") * self._least
        return QSize(min(whole.width(), least + self._frame()), whole.height())

    def shown_text(self) -> str:
        """What there is room for."""
        room = self.width() - self._frame()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self.shown_text()
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.text() if self.shown_text() != self.text() else "")
        return super().event(event)

    def _frame(self) -> int:
        """What is left and right of the text, in pixels."""
        return self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())
