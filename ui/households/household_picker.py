"""Choosing a household by typing: a line, and below it what is found."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gridapp.finding import Answer, Found, homes
from gridapp.ids import Uid
from gridapp.register import Register
from ui import theme
from ui.jobs import Jobs
from ui.search.results import Results

_TYPING_PAUSE_MS = 60
_ROWS = 5


class HouseholdPicker(QWidget):
    """Finds households that are here, by whoever lives there. Up and down go through them, Enter or a click takes one.

    ``changed`` comes when another is chosen, or none any more; ``failed`` carries why nothing could be looked up.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, register: Register, left_out: Collection[Uid], parent: QWidget | None = None) -> None:
        """Make a picker.

        Args:
            left_out: households that cannot be chosen.
        """
        super().__init__(parent)
        self._register = register
        self._left_out = set(left_out)
        self._chosen: Found | None = None
        self._jobs = Jobs(self)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("输入姓名、门牌或电话，回车选定"))
        self.line.setClearButtonEnabled(True)
        self.line.installEventFilter(self)
        self.results = Results()
        self.results.setFixedHeight((_ROWS + 1) * theme.ROW_HEIGHT)
        self.results.show()
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.line.textEdited.connect(self._type)
        self.line.textChanged.connect(lambda text: None if text else self._type(text))  # the cross at its end
        self.results.picked.connect(self._take)
        self.setFocusProxy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self.results)

    def chosen(self) -> Found | None:
        """What was taken; its ``household`` is told."""
        return self._chosen

    def show_chosen(self, found: Found) -> None:
        """Show what was chosen otherwise; what is typed from now on looks for another."""
        self._pause.stop()
        self._chosen = found
        self.line.setText(f"{found.title}  {found.detail}".strip())
        self.line.setCursorPosition(0)
        self.results.clear()

    def is_busy(self) -> bool:
        """Whether an answer is still being waited for."""
        return bool(self._pause.isActive() or self._jobs.running)

    def stop(self) -> None:
        """Look for nothing any more."""
        self._pause.stop()
        self._jobs.stop_all()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._press(event.key())
        return False

    def _press(self, key: int) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.results.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        current = self.results.current()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen is None and current is not None:
            self._take(current)
            return True
        return False

    def _type(self, text: str) -> None:
        if self._chosen is not None:
            self._chosen = None
            self.changed.emit()
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self.results.clear()

    def _ask(self) -> None:
        text, register, left_out = self.line.text(), self._register, self._left_out
        self._jobs.start(
            "", lambda _progress, _cancel: homes(register, text, left_out), register, self._show, self.failed.emit
        )

    def _show(self, answer: Answer) -> None:
        if answer.text == self.line.text() and self._chosen is None:  # else one has typed on meanwhile
            self.results.show_answer(answer)

    def _take(self, found: Found) -> None:
        self._chosen = found
        self.line.setText(f"{found.title}  {found.detail}")
        self.line.setCursorPosition(0)
        self.changed.emit()
