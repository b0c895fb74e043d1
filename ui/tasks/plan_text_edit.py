"""The text of a plan being written: paragraphs, headings, lists and bold, and nothing else."""

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from gridapp.tasks import plan_text
from gridapp.tasks.plan_text import Kind
from ui.tasks import plan_document
from ui.tasks.plan_document import BULLETS, NUMBERS, block_format, char_format

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PlanTextEdit(QTextEdit):
    """Takes Ctrl+B for itself, though the window has another use for it; what is pasted comes without its looks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)

    def markdown(self) -> str:
        """What stands there, as ``plan_text`` reads it."""
        return plan_text.write(plan_document.blocks_of(self.document()))

    def show_markdown(self, body: str) -> None:
        """Show another text."""
        plan_document.show(self.document(), plan_text.parse(body))
        self.document().clearUndoRedoStacks()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def append_markdown(self, body: str) -> None:
        """Put a text behind what stands there."""
        self.show_markdown(f"{self.markdown()}\n\n{body}")
        self.moveCursor(QTextCursor.MoveOperation.End)

    # What the bar does

    def toggle_bold(self) -> None:
        """Make what is selected bold, or bold no more; in headings all is."""
        if self.level():
            return
        bold = self.fontWeight() >= QFont.Weight.DemiBold.value
        self.setFontWeight(QFont.Weight.Normal.value if bold else QFont.Weight.Bold.value)

    def is_bold(self) -> bool:
        return not self.level() and self.fontWeight() >= QFont.Weight.DemiBold.value

    def level(self) -> int:
        """Of the heading in which the cursor stands; 0 in text."""
        return self.textCursor().blockFormat().headingLevel()

    def kind(self) -> Kind:
        """What the cursor stands in."""
        if self.level():
            return Kind.HEADING
        numbers = self.textCursor().currentList()
        if numbers is None:
            return Kind.TEXT
        return Kind.NUMBER if numbers.format().style() == NUMBERS else Kind.BULLET

    def make(self, kind: Kind, level: int = 0) -> None:
        """Turn the paragraphs that are selected into headings or entries of a list, or back where they are that."""
        cursor = self.textCursor()
        if self.kind() is kind and self.level() == level:
            kind, level = Kind.TEXT, 0
        cursor.beginEditBlock()
        for number in self._selected_blocks(cursor):
            self._set(number, kind, level)
        if kind in (Kind.BULLET, Kind.NUMBER):
            cursor.createList(BULLETS if kind is Kind.BULLET else NUMBERS)
        cursor.endEditBlock()
        self.setCurrentCharFormat(char_format(level, False))
        self.setFocus()

    # What Qt asks

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_bold_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        cursor = self.textCursor()
        if _is_bold_key(event):
            self.toggle_bold()
        elif event.key() in _ENTER and cursor.currentList() is not None and not cursor.block().text():
            self.make(self.kind())  # an empty entry ends the list
        elif event.key() in _ENTER and self.level() and cursor.atBlockEnd():
            super().keyPressEvent(event)
            self._set(self.textCursor().blockNumber(), Kind.TEXT, 0)
            self.setCurrentCharFormat(char_format(0, False))
        elif event.key() == Qt.Key.Key_Backspace and cursor.atBlockStart() and self.kind() is not Kind.TEXT:
            self.make(self.kind(), self.level())
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.textCursor().insertText(source.text())

    def _selected_blocks(self, cursor: QTextCursor) -> range:
        document = self.document()
        first = document.findBlock(cursor.selectionStart()).blockNumber()
        return range(first, document.findBlock(cursor.selectionEnd()).blockNumber() + 1)

    def _set(self, number: int, kind: Kind, level: int) -> None:
        block = self.document().findBlockByNumber(number)
        numbers = block.textList()
        if numbers is not None:
            numbers.remove(block)
        cursor = QTextCursor(block)
        was_heading = block.blockFormat().headingLevel() > 0
        plain = QTextBlockFormat(cursor.blockFormat())
        plain.setIndent(0)
        cursor.setBlockFormat(block_format(kind, level, plain))
        if level or was_heading:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.setPosition(block.position())
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(char_format(level, False))


def _is_bold_key(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Bold)
