"""The dialog in which the categories of issues are edited: the two levels at the left, one of them at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gridapp.errors import UserError
from gridapp.issues import category_editing as editing
from gridapp.issues.categories import Categories, Category
from gridapp.issues.category_editing import Tops
from gridapp.issues.category_rules import UnfitCategory
from ui import theme
from ui.issues.category_fields import CategoryFields
from ui.issues.category_tree import CategoryTree
from ui.widgets.asking import AskingDialog

_WIDTH, _HEIGHT = 900, 640
_TREE_WIDTH = 320


class CategoriesDialog(AskingDialog):
    """``save_asked`` carries what shall be kept and what was read; the dialog stays until it is accepted."""

    save_asked = Signal(object, object)

    def __init__(self, read: Categories, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            translate("CategoriesDialog", "民意分类"),
            translate("CategoriesDialog", "登记民意时按这些分类定承办单位和期限；已登记的民意跟着改名，期限不变。"),
            translate("CategoriesDialog", "保存 (Ctrl+S)"),
            parent,
        )
        self._read = read
        self._tops: Tops = read.tops
        self._counts: Mapping[str, int] | None = None
        self._warned = False
        self.resize(_WIDTH, _HEIGHT)
        self.tree, self.fields = CategoryTree(), CategoryFields()
        self._remark = QLabel()
        self._remark.setProperty("problem", True)
        self._remark.setWordWrap(True)
        self._remark.hide()
        self._build()
        self._connect()
        self.tree.show_tops(self._tops, None)
        self.tree.setFocus()

    @property
    def tops(self) -> Tops:
        """The categories as they stand here."""
        return self._tops

    def remark(self) -> str:
        """What is said below all fields; empty if nothing."""
        return self._remark.text()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many issues each has, once that is known."""
        self._counts = counts
        self.tree.show_counts(counts)
        self._show_state()

    def refuse(self, error: UserError) -> None:
        """Say why it was not kept, beside what it concerns; everything that was typed stays."""
        self.button.setEnabled(True)
        if isinstance(error, UnfitCategory) and Categories(self._tops).get_own(error.key) is not None:
            self.tree.choose(error.key)
            self.fields.say(str(error), error.field)
        else:
            self._say(str(error))

    def reject(self) -> None:
        """Leave, after a word of warning where something would be lost; not while it is being kept."""
        if not self.button.isEnabled():
            return
        if self._tops != self._read.tops and not self._warned:
            self._say(self.tr("改动还没有保存。要放弃，请再按一次“取消”。"))
            self._warned = True
            return
        super().reject()

    # How it is built

    def _build(self) -> None:
        self.beside = self._button("plus", self.tr("同级"), self.tr("在后面增加同级分类 (Insert)"))
        self.within = self._button("tree-structure", self.tr("下级"), self.tr("增加下级分类 (Shift+Insert)"))
        self.up = self._button("arrow-up", "", self.tr("上移 (Alt+↑)"))
        self.down = self._button("arrow-down", "", self.tr("下移 (Alt+↓)"))
        self.remove = self._button("trash", "", self.tr("删除分类 (Delete)"))
        self.reset = self.buttons.addButton(self.tr("恢复默认"), QDialogButtonBox.ButtonRole.ResetRole)
        for button in self.buttons.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in a line of text must not end it all
        tools = QHBoxLayout()
        tools.setSpacing(4)
        for one in (self.beside, self.within, self.up, self.down, self.remove):
            tools.addWidget(one)
        tools.addStretch()
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.tree, 1)
        left.addLayout(tools)
        self.tree.setFixedWidth(_TREE_WIDTH)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.GAP, 0)
        column.addWidget(self.fields)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._right = scroll
        halves = QHBoxLayout()
        halves.setSpacing(2 * theme.GAP)
        halves.addLayout(left)
        halves.addWidget(scroll, 1)
        self._column.insertLayout(1, halves, 1)
        self._column.insertWidget(2, self._remark)

    def _button(self, icon: str, text: str, told: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon(icon))
        button.setText(text)
        if text:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip(told)
        button.setAccessibleName(told)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _connect(self) -> None:
        self.tree.chosen.connect(self._show)
        self.fields.changed.connect(self._take)
        self.fields.moved.connect(self._move)
        self.buttons.accepted.connect(self._save)
        self.reset.clicked.connect(lambda: self._restore())
        deeds: tuple[tuple[QToolButton, str, Callable[[], object]], ...] = (
            (self.beside, "Ins", lambda: self._add(within=False)),
            (self.within, "Shift+Ins", lambda: self._add(within=True)),
            (self.up, "Alt+Up", lambda: self._shift(-1)),
            (self.down, "Alt+Down", lambda: self._shift(1)),
            (self.remove, "Delete", self._remove),
        )
        for button, keys, deed in deeds:
            button.clicked.connect(lambda _checked=False, deed=deed: deed())
            key = QShortcut(QKeySequence(keys), self.tree)
            key.setContext(Qt.ShortcutContext.WidgetShortcut)  # in a line of text they are the line's
            key.activated.connect(deed)
        for keys in ("F2", "Return", "Enter"):
            key = QShortcut(QKeySequence(keys), self.tree)
            key.setContext(Qt.ShortcutContext.WidgetShortcut)
            key.activated.connect(self._enter)
        for keys in ("Ctrl+S", "Ctrl+Return"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._save)

    # What is shown

    def _show(self, key: str | None) -> None:
        one = Categories(self._tops).get_own(key or "")
        self._right.setVisible(one is not None)
        if one is not None:
            self.fields.show_category(one, self._tops)
            self._right.verticalScrollBar().setValue(0)
        self._show_state()

    def _show_state(self) -> None:
        key = self.tree.key()
        row = next((row for row in self._levels() if any(one.key == key for one in row)), ())
        at = next((at for at, one in enumerate(row) if one.key == key), -1)
        self.within.setEnabled(key is not None)
        self.up.setEnabled(at > 0)
        self.down.setEnabled(0 <= at < len(row) - 1)
        self.remove.setEnabled(key is not None and self._counts is not None)
        self.reset.setEnabled(self._counts is not None)

    def _levels(self) -> tuple[Tops, ...]:
        return (self._tops, *(top.children for top in self._tops))

    def _say(self, text: str) -> None:
        self._remark.setText(text)
        self._remark.setVisible(bool(text))

    # What is done

    def _take(self, one: Category) -> None:
        self._tops = editing.replace(self._tops, one)
        self.tree.show_name(one.key, one.name)
        self._changed()

    def _changed(self) -> None:
        self._warned = False
        self._say("")

    def _do(self, deed: Callable[[], Tops], key: str | None) -> None:
        try:
            self._tops = deed()
        except UserError as error:
            self._show(self.tree.key())
            self._say(str(error))
            return
        self._changed()
        self.tree.show_tops(self._tops, key)

    def _add(self, within: bool) -> None:
        self._tops, made = editing.add(self._tops, self.tree.key(), within)
        self._changed()
        self.tree.show_tops(self._tops, made.key)
        self._enter()

    def _enter(self) -> None:
        """Go to the name of the current category, ready to be typed over."""
        self.fields.name.setFocus()
        self.fields.name.selectAll()

    def _shift(self, by: int) -> None:
        key = self.tree.key()
        if key is not None:
            self._do(lambda: editing.shift(self._tops, key, by), key)

    def _move(self, key: str, goal: str | None) -> None:
        self._do(lambda: editing.move(self._tops, key, goal), key)

    def _remove(self) -> None:
        key, counts = self.tree.key(), self._counts
        if key is None or counts is None:
            return
        row = next(row for row in self._levels() if any(one.key == key for one in row))
        at = next(at for at, one in enumerate(row) if one.key == key)
        left = [one.key for one in row if one.key != key]
        parent = next((top.key for top in self._tops if row is top.children), None)
        self._do(lambda: editing.remove(self._tops, key, counts), left[min(at, len(left) - 1)] if left else parent)

    def _restore(self) -> None:
        counts = self._counts
        if counts is not None:
            self._do(lambda: editing.restore(self._tops, counts), self.tree.key())

    def _save(self) -> None:
        if not self.button.isEnabled():
            return
        self._say("")
        if self._tops == self._read.tops:
            self.accept()
        else:
            self.button.setEnabled(False)
            self.save_asked.emit(self._tops, self._read)
