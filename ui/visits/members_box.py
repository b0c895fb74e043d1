"""Who went along: names in a line, with those of the team at hand by their initials or a click."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from gridapp.visits.members import BETWEEN, Visitor, joined, names_in
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import as_label

_OFFERED = 10
_ENDS = tuple("、,，;； ")
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class MembersBox(QWidget):
    """Emits ``changed``. Initials and Enter, Tab or 、 write the name; a name in full is left as it is typed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._visitors: list[Visitor] = []
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("姓名或首字母，回车选定；几个人之间用顿号"))
        self.line.installEventFilter(self)
        self.chips: list[QToolButton] = []
        self._offered = QWidget()
        self._flow = FlowLayout(self._offered)
        for _number in range(_OFFERED):
            chip = QToolButton()
            chip.setCheckable(True)
            chip.setProperty("condition", True)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard has the line
            chip.clicked.connect(lambda _checked, one=chip: self._toggle(one))
            self._flow.addWidget(chip)
            self.chips.append(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self._offered)
        self.line.textEdited.connect(self._type)
        self.line.textChanged.connect(lambda _text: self._show())
        self.setFocusProxy(self.line)
        self._show()

    def offer(self, visitors: Sequence[Visitor]) -> None:
        """Offer these."""
        self._visitors = list(visitors)
        self._show()

    def members(self) -> str:
        """The names as the register keeps them."""
        return joined(names_in(self.line.text()))

    def set_members(self, members: str) -> None:
        """Show these names."""
        self.line.setText(members)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return event.key() in _TAKE and self._complete()
        return super().eventFilter(watched, event)

    def _typed(self) -> tuple[str, str]:
        """What stands before the name that is being typed, and that name."""
        text = self.line.text()
        end = max(text.rfind(one) for one in _ENDS) + 1
        return text[:end], text[end:]

    def _matching(self) -> list[Visitor]:
        typed = self._typed()[1]
        return [one for one in self._visitors if one.is_meant(typed)]

    def _complete(self) -> bool:
        """Write out the name that initials, or one character of it, stand for; False where there is nothing to do."""
        before, typed = self._typed()
        found = self._matching()
        is_short = bool(typed) and (typed.isascii() or len(typed) == 1)
        if not (is_short and found):
            return False
        self.line.setText(joined([*names_in(before), found[0].name]))
        self.changed.emit()
        return True

    def _type(self, text: str) -> None:
        if text.endswith(_ENDS) and len(text) > 1:
            self.line.setText(text[:-1])
            self._complete()
            self.line.setText(self.line.text() + BETWEEN)
        self.changed.emit()

    def _toggle(self, chip: QToolButton) -> None:
        name = str(chip.property("name"))
        before, typed = self._typed()
        names = names_in(before) + ([] if self._matching() and typed not in self._names() else names_in(typed))
        if name in names:
            names.remove(name)
        else:
            names.append(name)
        self.line.setText(joined(names))
        self.line.setFocus()
        self.changed.emit()

    def _names(self) -> set[str]:
        return {one.name for one in self._visitors}

    def _show(self) -> None:
        """Offer those who are meant by what is being typed, or everybody."""
        typed = self._typed()[1]
        found = self._matching() if typed and typed not in self._names() else self._visitors
        shown = (found or self._visitors)[:_OFFERED]
        chosen = set(names_in(self.line.text()))
        for chip, one in zip(self.chips, shown, strict=False):
            chip.setText(as_label(f"{one.name} {one.role}"))
            chip.setProperty("name", one.name)
            chip.setChecked(one.name in chosen)
        for position, chip in enumerate(self.chips):
            chip.setVisible(position < len(shown))
        self._offered.setVisible(bool(shown))
