"""Editing a cell of the household table where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLabel

from gridapp.errors import UserError
from gridapp.households import cells, editing
from gridapp.households.columns import COLUMNS
from gridapp.households.editing import HouseholdDraft
from gridapp.register import Register
from gridapp.store.changes import Conflict
from ui.households.cell_editors import Editor, NoteEditor, begins_line, editor_for
from ui.households.moving import Step, step_of

if TYPE_CHECKING:
    from ui.households.table_view import HouseholdTable

_BUBBLE_WIDTH = 300
_STAYS = {
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
}


class CellEditing(QObject):
    """One editor at a time. What is refused is said below the cell, and the editor stays open with what was typed.

    Qt's own editing of items is not used: it closes an editor whatever becomes of its text, and with the model's reset.

    ``saved`` says in words what was stored, ``refused`` what was not even begun, and why; ``left`` carries the uid of
    the household and the column that a key led to; ``closed`` comes whenever an editor is gone.
    """

    saved = Signal(str)
    refused = Signal(str)
    left = Signal(object, int)
    closed = Signal()

    def __init__(self, table: HouseholdTable, register: Register, leave: Callable[[], bool]) -> None:
        """Make it for a table.

        Args:
            leave: puts in safety what is typed elsewhere; False if it has to be mended first.
        """
        super().__init__(table)
        self._table = table
        self._register = register
        self._leave = leave
        self._editor: Editor | None = None
        self._composing = False
        self._bubble = QLabel(table)
        self._bubble.setProperty("bubble", True)
        self._bubble.setWordWrap(True)
        self._bubble.hide()
        for bar in (table.horizontalScrollBar(), table.verticalScrollBar()):
            bar.valueChanged.connect(lambda _value: self.place())

    @property
    def is_open(self) -> bool:
        """Whether a cell is being edited."""
        return self._editor is not None

    @property
    def editor(self) -> Editor | None:
        return self._editor

    def remark(self) -> str:
        """What is said of the cell now; empty if nothing."""
        return self._bubble.text() if self.is_open else ""

    def begin(self, typed: str | None = None, focus: bool = True) -> bool:
        """Edit the current cell.

        Args:
            typed: what takes the place of what is stored; None to edit that.
            focus: whether the editor takes the keys; not while an input method composes its first word.
        """
        index = self._table.currentIndex()
        row = self._table.household(index.row())
        if row is None or not index.isValid() or not self.finish() or not self._leave():
            return False
        index = self._table.currentIndex()  # what was put in safety may have moved the row
        now = self._table.household(index.row())
        if now is None or now.uid != row.uid:
            return False
        column = COLUMNS[index.column()]
        if not column.field:
            self._refuse_column(column.key, column.name)
            return False
        try:
            self._base: HouseholdDraft = editing.load(self._register, row.uid)
        except UserError as error:
            self.refused.emit(str(error))
            return False
        if self._base.is_past:
            self.refused.emit(editing.past_text(self._base.head, self._base.left_how, self._base.left_on))
            return False
        self._index, self._field = QPersistentModelIndex(index), column.field
        self._began_typing = typed is not None
        self._open(typed, focus)
        return True

    def finish(self) -> bool:
        """Store what stands in the editor and close it; False if it is refused and stays open."""
        editor = self._editor
        if editor is None:
            return True
        try:
            draft = cells.written(self._base, self._field, editor.typed())
            if editing.tidied(draft) == editing.tidied(self._base):
                self._close()
                return True
            if self._register.is_written_elsewhere:
                # Waiting for a long import to end would leave the window standing still.
                raise UserError(self.tr("正在写入登记簿，暂时不能保存。请等右下角的任务结束后再按回车。"))
            cells.save(self._register, draft, self._base, self._field)
        except Conflict:
            self._say_overtaken()
            return False
        except UserError as error:
            self._say(str(error))
            return False
        self._close()
        told = self.tr("已保存 {0}的{1}").format(cells.whose(draft), cells.NAMES[self._field])
        self.saved.emit(told)
        return True

    def give_up(self) -> None:
        """Close the editor, the cell staying as it is stored."""
        if self._editor is not None:
            self._close()

    def compose(self, event: QInputMethodEvent) -> bool:
        """Take what an input method composes over the table, and say whether it is taken."""
        if self._editor is None:
            if not event.preeditString() and not event.commitString():
                return False
            if not self.begin("", focus=False):
                return False
            self._composing = True
        if self._editor is None or not self._composing:
            return False
        QCoreApplication.sendEvent(self._editor, event)
        if event.commitString() or not event.preeditString():
            # Changing the focus any earlier would break off the composition.
            self._composing = False
            self._editor.setFocus()
        return True

    def place(self) -> None:
        """Put the editor over its cell, which may have moved."""
        editor = self._editor
        if editor is None or not self._index.isValid():
            return
        cell = self._table.visualRect(self._index)
        size = editor.wanted_size(cell.size())
        ground = self._table.ground_of(self._index).rect()
        left = max(0, min(cell.left(), ground.right() + 1 - size.width()))
        below = cell.top() + size.height() <= ground.bottom() + 1
        top = cell.top() if below or cell.top() > ground.bottom() else cell.bottom() + 1 - size.height()
        editor.setGeometry(QRect(QPoint(left, top), size))
        self._place_bubble()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._editor:
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                event.accept()
        elif event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            # A press on another cell is followed by the table, which first notes whose cell that is.
            pressed = event.reason() == Qt.FocusReason.MouseFocusReason and self._table.hasFocus()
            if event.reason() not in _STAYS and not pressed:
                self.finish()
        return False

    # How it is done

    def _open(self, typed: str | None, focus: bool) -> None:
        table = self._table
        table.scrollTo(table.currentIndex())
        self._editor = editor_for(self._field, table.ground_of(self._index))
        self._editor.setAccessibleName(f"{cells.whose(self._base)} {cells.NAMES[self._field]}")
        self._editor.begin(cells.text(self._base, self._field), typed)
        self._editor.installEventFilter(self)
        self.place()
        self._editor.show()
        if focus:
            self._editor.setFocus()

    def _close(self) -> None:
        editor, self._editor = self._editor, None
        self._composing = False
        self._bubble.hide()
        if editor is not None:
            had_focus = editor.hasFocus()
            editor.removeEventFilter(self)
            if had_focus:
                self._table.setFocus()
            editor.hide()
            editor.deleteLater()
        self.closed.emit()

    def _take_key(self, event: QKeyEvent) -> bool:
        """Whether a key does something to the cell, and not to the text in it."""
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
            return True
        if isinstance(self._editor, NoteEditor) and begins_line(event):
            return False
        step = step_of(event)
        sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
        if step is None or sideways or not (step.turns or self._is_led_on_by_arrows()):
            return False
        self._finish_and_go(step)
        return True

    def _is_led_on_by_arrows(self) -> bool:
        return self._began_typing and not isinstance(self._editor, NoteEditor)

    def _finish_and_go(self, step: Step) -> None:
        table = self._table
        columns = table.seen_columns()
        at = columns.index(self._index.column()) if self._index.column() in columns else 0
        row, column = step.from_(self._index.row(), at, table.model().rowCount(), len(columns))
        # Saving may move rows, so the household that stands there now is the one to go to.
        target = table.household(row)
        if target is None and step.rows:  # the row of a group lies between
            row = min(max(row + step.rows, 0), table.model().rowCount() - 1)
            target = table.household(row)
        if self.finish() and target is not None:
            self.left.emit(target.uid, columns[column])

    def _say_overtaken(self) -> None:
        """Somebody else has written the cell meanwhile: say what, and let the next Enter write over it."""
        try:
            self._base = editing.load(self._register, self._base.uid or b"")
        except UserError as error:
            self._say(str(error))
            return
        theirs = cells.text(self._base, self._field)
        told = self.tr("别人刚改为“{0}”。").format(theirs) if theirs else self.tr("别人刚清空了这一格。")
        self._say(told + self.tr("回车写入您的内容，Esc 保留别人的。"))

    def _say(self, text: str) -> None:
        self._bubble.setText(text)
        if self._editor is not None:
            self._editor.setAccessibleDescription(text)
            self._editor.setFocus()
        self._place_bubble()
        self._bubble.show()
        self._bubble.raise_()

    def _place_bubble(self) -> None:
        editor = self._editor
        if editor is None or not self._bubble.text():
            return
        width = min(_BUBBLE_WIDTH, self._table.width())
        height = self._bubble.heightForWidth(width)
        corner = editor.mapTo(self._table, QPoint(0, editor.height() + 2))
        if corner.y() + height > self._table.height():
            corner.setY(editor.mapTo(self._table, QPoint(0, 0)).y() - height - 2)
        corner.setX(max(0, min(corner.x(), self._table.width() - width)))
        self._bubble.setGeometry(corner.x(), corner.y(), width, height)

    def _refuse_column(self, key: str, name: str) -> None:
        if key == "address":
            self.refused.emit(self.tr("住址由小区、楼栋、楼门、房号合成，请在这几列或右边的表单里修改。"))
        else:
            self.refused.emit(self.tr("“{0}”不能在表中修改。").format(name))
