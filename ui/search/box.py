"""The box at the right end of the menu bar that finds anything in the register while one types."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from gridapp.finding import Answer, Found, find
from gridapp.register import Register
from ui import theme
from ui.jobs import Job, Jobs
from ui.search.results import Results

_TYPING_PAUSE_MS = 60
_WIDTH = 300
_RESULTS_WIDTH = 560


class SearchBox(QLineEdit):
    """Emits ``chosen`` with what was picked of what was found, ``failed`` with why nothing could be looked up."""

    chosen = Signal(object)
    failed = Signal(object)

    def __init__(self, register: Register, parent: QWidget) -> None:
        super().__init__(parent)
        self._register = register
        self._jobs = Jobs(self)
        self._job: Job | None = None
        self._asked: str | None = None
        self._answered: str | None = None
        self._enter = False
        self._before: QWidget | None = None  # where one was, to return to
        self.setObjectName("search")
        self.setFixedWidth(_WIDTH)
        self.setPlaceholderText(self.tr("搜索住户、电话、地址  Ctrl+K"))
        self.setToolTip(self.tr("姓名、拼音首字母、电话、身份证尾号、地址；几个词之间加空格，如：盛欣园 马"))
        self.setAccessibleName(self.tr("搜索"))
        self.setClearButtonEnabled(True)
        self.addAction(QAction(theme.icon("magnifying-glass"), "", self), QLineEdit.ActionPosition.LeadingPosition)
        # A child of the window and no window of its own, so that the focus and the input method stay with the box.
        self.panel = QFrame(parent.window())
        self.panel.setObjectName("found-panel")
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 4, 1, 4)
        self.results = Results(self.panel)
        column.addWidget(self.results)
        self.results.show()
        self.panel.hide()
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textChanged.connect(self._type)
        self.results.picked.connect(self._pick)
        parent.window().installEventFilter(self)

    def in_corner(self) -> QWidget:
        """The box with what keeps it off the window's edge, for the corner of the menu bar."""
        place = QWidget(
            self.window()
        )  # a corner gives what it holds the width that it asks for, which a line's own is not
        line = QHBoxLayout(place)
        line.setContentsMargins(0, 1, 12, 1)
        line.addWidget(self)
        return place

    def begin(self) -> None:
        """Go into the box, what stands there marked."""
        if not self.hasFocus():
            self._before = QApplication.focusWidget()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def is_busy(self) -> bool:
        """Whether an answer is still being waited for."""
        return bool(self._pause.isActive() or self._jobs.running)

    def stop(self) -> None:
        """Look for nothing any more, as the window closes."""
        self._pause.stop()
        self._jobs.stop_all()

    def forget(self) -> None:
        """What was found may have changed, so it is looked up again when it is wanted."""
        self._answered = None
        if self.panel.isVisible():
            self._pause.start()

    # Qt asks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if self.panel.isVisible():
                self.results.step(1 if key == Qt.Key.Key_Down else -1)
            else:
                self._open()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._open()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.panel.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.panel.isVisible():
            QTimer.singleShot(0, self, self._place)
        return False

    # What happens

    def _type(self, text: str) -> None:
        self._enter = False
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._answered = None
            self.panel.hide()

    def _open(self) -> None:
        if self.text().strip():
            self._pause.start()

    def _ask(self) -> None:
        text = self.text()
        if not text.strip():
            return
        if self._job in self._jobs.running and self._job is not None:
            if self._asked == text:
                return
            self._job.cancel.cancel()  # nobody waits for it any more
        self._asked = text
        register = self._register
        self._job = self._jobs.start(
            "",
            lambda _progress, cancel: None if cancel.is_set() else find(register, text),
            register,
            self._show,
            self.failed.emit,
        )

    def _show(self, answer: Answer | None) -> None:
        if answer is None or answer.text != self.text():
            return  # one has typed on meanwhile
        self._answered = answer.text
        self.results.show_answer(answer)
        if self.hasFocus():
            self._place()
            self.panel.show()
            self.panel.raise_()
        if self._enter:
            self._take()

    def _take(self) -> None:
        if self._answered != self.text() or not self.panel.isVisible():
            self._enter = bool(self.text().strip())  # as soon as the answer is there
            self._pause.stop()
            self._ask()
            return
        self._enter = False
        found = self.results.current()
        if found is not None:
            self._pick(found)

    def _pick(self, found: Found) -> None:
        self.panel.hide()
        self.chosen.emit(found)

    def _leave(self) -> None:
        if self.panel.isVisible():
            self.panel.hide()
        elif self.text():
            self.clear()
        elif self._before is not None and isValid(self._before):
            self._before.setFocus()

    def _place(self) -> None:
        window = self.window()
        corner = self.mapTo(window, QPoint(self.width(), self.height() + 2))
        width = min(_RESULTS_WIDTH, window.width() - 2 * theme.GAP)
        height = min(self.results.needed_height(), window.height() - corner.y() - theme.GAP)
        self.panel.setGeometry(max(theme.GAP, corner.x() - width), corner.y(), width, height)
