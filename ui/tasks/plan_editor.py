"""Writing a work plan: its title, since when it holds, a bar for headings, lists and bold, and the text."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from gridapp.errors import UserError
from gridapp.tasks import plans
from gridapp.tasks.plan_text import Kind
from gridapp.tasks.plans import LONGEST_TITLE, PlanDraft, Template
from ui import theme
from ui.tasks.plan_text_edit import PlanTextEdit
from ui.widgets.day_line import DayLine
from ui.widgets.fields import Field
from ui.widgets.labels import as_label

FIELDS = ("网格", "社区", "街道", "区", "网格员", "网格长")
_SINCE_WIDTH = 136


class PlanEditor(QWidget):
    """``save_asked`` comes with Ctrl+S or its button, ``cancel_asked`` with Esc or its button."""

    save_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = PlanDraft()
        self._is_stored = True
        self.title = QLineEdit()
        self.title.setMaxLength(LONGEST_TITLE)
        self.since = DayLine()
        self.since.setFixedWidth(_SINCE_WIDTH)
        self.text = PlanTextEdit()
        self.text.setAccessibleName(self.tr("正文"))
        self.told = QLabel(self.tr("花括号里的字段在每个网格读到时自动换成它自己的名称，例如 {网格} {社区} {网格员}。"))
        self.told.setProperty("secondary", True)
        self.told.setWordWrap(True)
        self.buttons: dict[tuple[Kind, int] | str, QToolButton] = {}
        self._build()
        self.text.cursorPositionChanged.connect(self._show_state)
        self.text.currentCharFormatChanged.connect(lambda _format: self._show_state())
        for keys, slot in (("Ctrl+S", self.save_asked.emit), ("Esc", self.cancel_asked.emit)):
            QShortcut(QKeySequence(keys), self, slot, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_draft(self, draft: PlanDraft, is_stored: bool = True) -> None:
        """Begin with a text; ``is_changed`` compares with it, unless it is one that is yet to be stored."""
        self._is_stored = is_stored
        self.title.setText(draft.title)
        self.since.show_day(draft.since)
        self.text.show_markdown(draft.body)
        self._note = draft.note
        self._base = replace(draft, body=self.text.markdown())
        self._title_field.set_remark("")
        self._since_field.set_remark("")

    def draft(self) -> PlanDraft:
        """What stands there.

        Raises:
            UserError: the day is none.
        """
        try:
            since = self.since.day()
        except UserError as error:
            self._since_field.set_remark(str(error))
            raise
        self._since_field.set_remark("")
        return PlanDraft(self.title.text(), self.text.markdown(), since, self._note)

    def is_changed(self) -> bool:
        """Whether anything was written."""
        try:
            return not self._is_stored or self.draft() != self._base
        except UserError:
            return True

    def unchecked(self) -> PlanDraft:
        """What stands there, with the day that it began with where none can be read."""
        try:
            return self.draft()
        except UserError:
            return PlanDraft(self.title.text(), self.text.markdown(), self._base.since, self._note)

    def begin(self) -> None:
        """Let somebody write: the title where there is none yet, else the text."""
        (self.text if self.title.text() else self.title).setFocus()

    def apply(self, template: Template) -> None:
        """Put a template in: behind what stands there, if anything does."""
        if not self.title.text().strip():
            self.title.setText(template.title)
        if not self.text.toPlainText().strip():
            self.title.setText(template.title)
            self.text.show_markdown(template.body)
        else:
            self.text.append_markdown(template.body)
        self.text.setFocus()

    # How it is built

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.GAP)
        self._title_field = Field(self.tr("标题"), self.title)
        self._since_field = Field(self.tr("自哪天起"), self.since)
        top.addWidget(self._title_field, 1)
        top.addWidget(self._since_field)
        self.save = QPushButton(self.tr("保存"))
        self.save.setProperty("primary", True)
        self.save.setToolTip(self.tr("保存工作方案 (Ctrl+S)"))
        self.save.clicked.connect(self.save_asked)
        cancel = QPushButton(self.tr("取消"))
        cancel.setToolTip(self.tr("不保存，回到原来的方案 (Esc)"))
        cancel.clicked.connect(self.cancel_asked)
        below = QHBoxLayout()
        below.addWidget(self.told, 1)
        below.addWidget(cancel)
        below.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GAP, 0, 2 * theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP)
        column.addLayout(top)
        column.addLayout(self._bar())
        column.addWidget(self.text, 1)
        column.addLayout(below)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(2)
        self._button(bar, "bold", "text-bolder", self.tr("加粗"), "Ctrl+B", self.text.toggle_bold, own_keys=True)
        for kind, level, icon, name, keys in (
            (Kind.HEADING, 2, "text-h-one", self.tr("标题"), "Ctrl+Alt+1"),
            (Kind.HEADING, 3, "text-h-two", self.tr("小标题"), "Ctrl+Alt+2"),
            (Kind.BULLET, 0, "list-bullets", self.tr("项目列表"), "Ctrl+Shift+8"),
            (Kind.NUMBER, 0, "list-numbers", self.tr("编号列表"), "Ctrl+Shift+7"),
        ):
            self._button(bar, (kind, level), icon, name, keys, partial(self.text.make, kind, level))
        bar.addSpacing(2 * theme.GAP)
        self.templates = QMenu(self)
        for template in plans.templates():
            self.templates.addAction(as_label(template.title), partial(self.apply, template))
        self.fields = QMenu(self)
        for name in FIELDS:
            self.fields.addAction(f"{{{name}}}", partial(self._insert, f"{{{name}}}"))
        for text, icon, menu in (
            (self.tr("套用模板"), "files", self.templates),
            (self.tr("插入字段"), "text-aa", self.fields),
        ):
            button = QToolButton()
            button.setText(text)
            button.setIcon(theme.icon(icon))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setMenu(menu)
            bar.addWidget(button)
        bar.addStretch()
        return bar

    def _button(
        self,
        bar: QHBoxLayout,
        key: tuple[Kind, int] | str,
        icon: str,
        name: str,
        keys: str,
        act: Callable[[], object],
        own_keys: bool = False,
    ) -> None:
        button = QToolButton()
        button.setIcon(theme.icon(icon, "ink"))
        button.setIconSize(QSize(18, 18))
        button.setCheckable(True)
        button.setToolTip(f"{name} ({keys})")
        button.setAccessibleName(name)
        button.clicked.connect(lambda _checked: self._act(act))
        if not own_keys:
            QShortcut(QKeySequence(keys), self, button.click, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.buttons[key] = button
        bar.addWidget(button)

    # What happens

    def _act(self, act: Callable[[], object]) -> None:
        act()
        self._show_state()
        self.text.setFocus()

    def _insert(self, text: str) -> None:
        if self.title.hasFocus():
            self.title.insert(text)
        else:
            self.text.textCursor().insertText(text)
            self.text.setFocus()

    def _show_state(self) -> None:
        here = (self.text.kind(), self.text.level())
        for key, button in self.buttons.items():
            button.setChecked(self.text.is_bold() if key == "bold" else key == here)
