"""The editors that open over a cell of the household table: a line, a note of several lines, the seven categories."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from gridapp.households import cells, words
from gridapp.households.categories import CATEGORIES
from ui import theme
from ui.households.category_chips import CategoryChips

_NARROWEST = 120


class LineEditor(QLineEdit):
    """For what stands in one line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("cell", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def typed(self) -> str:
        return self.text()

    def begin(self, stored: str, typed: str | None) -> None:
        """Stand over what is stored, all of it marked, or begin with what was typed."""
        self.setText(stored if typed is None else typed)
        if typed is None:
            self.selectAll()

    def wanted_size(self, cell: QSize) -> QSize:
        return QSize(max(cell.width(), _NARROWEST), cell.height())


class NoteEditor(QPlainTextEdit):
    """For a note, whose lines may be several: Alt or Shift with Enter begins another."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("cell", True)
        self.setTabChangesFocus(True)

    def typed(self) -> str:
        return self.toPlainText()

    def begin(self, stored: str, typed: str | None) -> None:
        self.setPlainText(stored if typed is None else typed)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def wanted_size(self, cell: QSize) -> QSize:
        return QSize(max(cell.width(), 300), 3 * theme.ROW_HEIGHT)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and begins_line(event):
            self.insertPlainText("\n")
            return True
        return super().event(event)


class CategoriesEditor(QFrame):
    """The chips, switched by a click, by their marks or by 1 to 7."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("cell", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.chips = CategoryChips()
        self.chips.setFocusProxy(self)
        for position, category in enumerate(CATEGORIES):
            button = self.chips.button(position)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setText(f"{category.name} {position + 1}")
        hint = QLabel(self.tr("1–7 或标记字切换，退格清空，回车保存，Esc 放弃"))
        hint.setProperty("secondary", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        column.setSpacing(4)
        column.addWidget(self.chips)
        column.addWidget(hint)

    def typed(self) -> str:
        return words.categories_text(self.chips.categories()) if self.chips.categories() else ""

    def begin(self, stored: str, typed: str | None) -> None:
        self.chips.set_categories(cells.read("categories", stored))
        self._switch(typed or "")

    def wanted_size(self, cell: QSize) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.chips.set_categories(0)
        elif event.text():
            self._switch(event.text())
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._switch(event.commitString())
        event.accept()

    def _switch(self, text: str) -> None:
        """Switch the categories that the characters mean; others mean nothing here."""
        for position, category in enumerate(CATEGORIES):
            for _ in range(text.count(category.mark) + text.count(str(position + 1))):
                button = self.chips.button(position)
                button.setChecked(not button.isChecked())


Editor = LineEditor | NoteEditor | CategoriesEditor


def editor_for(field: str, parent: QWidget) -> Editor:
    """The editor of a field."""
    if field == "categories":
        return CategoriesEditor(parent)
    return NoteEditor(parent) if field == "note" else LineEditor(parent)


def begins_line(event: QKeyEvent) -> bool:
    """Whether a key begins another line in a note."""
    held = event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bool(held)
