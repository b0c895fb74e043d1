"""The work plan of the area that is shown: read with its fields filled in, or being written."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from gridapp.areas.tree import Node
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.tasks import plans
from gridapp.tasks.plans import Plan, PlanDraft, Template
from ui import theme
from ui.tasks import plan_document
from ui.tasks.commands import TaskCommands
from ui.tasks.plan_editor import PlanEditor
from ui.widgets.empty import EmptyState
from ui.widgets.labels import as_label

_WIDTH = 860


class PlanPage(QStackedWidget):
    """``code_asked`` carries the code of the area whose plan is to be edited there.

    ``dropped`` comes when what was written is not to be kept; ``take_up`` goes on with it.
    """

    code_asked = Signal(str)
    dropped = Signal()

    def __init__(self, commands: TaskCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        self._node: Node | None = None
        self._plan: Plan | None = None
        self._base: PlanDraft | None = None
        self._sought: str | None = None
        self._seen: tuple[Uid, Uid] | None = None
        self._kept: dict[Uid, tuple[PlanDraft, PlanDraft | None]] = {}
        self._dropped: tuple[Node, PlanDraft, PlanDraft | None] | None = None
        self.editor = PlanEditor()
        self.empty = EmptyState()
        self._templates = QMenu(self)
        for template in plans.templates():
            self._templates.addAction(as_label(template.title), partial(self.write, template))
        self.addWidget(self._reader())
        self.addWidget(self.editor)
        self.addWidget(self.empty)
        self.editor.save_asked.connect(self.save)
        self.editor.cancel_asked.connect(self.cancel)

    @property
    def is_edited(self) -> bool:
        """Whether a plan is being written."""
        return self.currentWidget() is self.editor

    def show_plan(self, node: Node, plan: Plan | None, fields: dict[str, str]) -> None:
        """Show what an area works by; what is being written stays."""
        is_other = self._node is None or node.uid != self._node.uid
        self._node, self._plan = node, plan
        if not is_other and self.is_edited:
            return
        self._show_read(node, plan, fields)
        if node.uid in self._kept:
            self._edit(*self._kept.pop(node.uid), is_stored=False)
        elif self._sought == node.code:
            self.edit()
        self._sought = None

    def leave(self) -> None:
        """Store what was written, since one goes elsewhere; what cannot be stored waits for one to come back."""
        if not self.is_edited or self._node is None:
            return
        if self.editor.is_changed() and not self._store():
            self._kept[self._node.uid] = (self.editor.unchecked(), self._base)
        self.setCurrentWidget(self._read)

    def edit(self) -> None:
        """Edit the plan where it was written: here, or in the area that it comes from."""
        node, plan = self._node, self._plan
        if node is None or plan is None:
            return
        if plan.area != node.uid:
            self._sought = plan.area_code
            self.code_asked.emit(plan.area_code)
            return
        draft = PlanDraft(plan.title, plan.body, plan.since, plan.note)
        self._edit(draft, draft)

    def replace(self) -> None:
        """Write a plan for this area, beginning with the one that it has from above."""
        plan = self._plan
        if plan is not None:
            self._edit(PlanDraft(plan.title, plan.body), None)

    def write(self, template: Template | None = None) -> None:
        """Write a first plan for this area."""
        draft = PlanDraft(template.title, template.body) if template else PlanDraft()
        self._edit(draft, None)

    def give_up(self) -> None:
        """Go back to the plan from above."""
        if self._node is not None:
            self._commands.give_plan_up(self._node.uid)

    def save(self) -> None:
        """Store what was written."""
        if self._node is not None and ((not self.editor.is_changed() and self._base is not None) or self._store()):
            self.setCurrentWidget(self._read)
            self.edit_button.setFocus()

    def cancel(self) -> None:
        """Show again what is stored."""
        if self._node is not None and self.editor.is_changed():
            self._dropped = (self._node, self.editor.unchecked(), self._base)
            self.dropped.emit()
        self.setCurrentWidget(self._read if self._plan is not None else self.empty)

    def take_up(self) -> None:
        """Go on with what was written last and not kept."""
        if self._dropped is None or self._node is None:
            return
        node, draft, base = self._dropped
        self._dropped = None
        if node.uid == self._node.uid:
            self._edit(draft, base, is_stored=False)
        else:
            self._kept[node.uid] = (draft, base)
            self.code_asked.emit(node.code)

    # How it is built

    def _reader(self) -> QWidget:
        self._read = QWidget()
        self.title = QLabel()
        self.title.setProperty("title", True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.source = QLabel()
        self.source.setProperty("secondary", True)
        self.source.setTextFormat(Qt.TextFormat.PlainText)
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("工作方案"))
        self.text.setOpenLinks(False)
        self.edit_button = QPushButton(self.tr("修改"))
        self.edit_button.setProperty("primary", True)
        self.edit_button.clicked.connect(self.edit)
        self.replace_button = QPushButton(self.tr("在此另写"))
        self.replace_button.clicked.connect(self.replace)
        self.give_up_button = QPushButton(self.tr("改回沿用上级"))
        self.give_up_button.clicked.connect(self.give_up)
        top = QHBoxLayout()
        heads = QVBoxLayout()
        heads.setSpacing(2)
        heads.addWidget(self.title)
        heads.addWidget(self.source)
        top.addLayout(heads, 1)
        for button in (self.give_up_button, self.replace_button, self.edit_button):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        inner.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(2 * theme.GAP, 0, 2 * theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP)
        column.addLayout(top)
        column.addWidget(self.text, 1)
        line = QHBoxLayout(self._read)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(inner, 1)
        line.addStretch()
        return self._read

    # What happens

    def _show_read(self, node: Node, plan: Plan | None, fields: dict[str, str]) -> None:
        if plan is None:
            self._show_none(node)
            return
        title, blocks = plans.filled(plan, fields)
        self.title.setText(title)
        is_own = plan.area == node.uid
        since = self.tr("自 {0} 起").format(plan.since) if plan.since else ""
        comes = self.tr("{0}自己的方案").format(node.name) if is_own else self.tr("来自 {0}").format(plan.area_name)
        self.source.setText("  ·  ".join(filter(None, (comes, since))))
        self.edit_button.setText(self.tr("修改") if is_own else self.tr("到{0}修改").format(plan.area_name))
        self.replace_button.setVisible(not is_own)
        self.replace_button.setToolTip(self.tr("为{0}另写一份，从现在这份改起；上级的不受影响").format(node.name))
        self.give_up_button.setVisible(is_own and node.parent is not None)
        self.give_up_button.setToolTip(self.tr("删除{0}自己的方案，可撤销").format(node.name))
        bar = self.text.verticalScrollBar()
        seen = bar.value() if self._seen == (node.uid, plan.area) else 0
        self._seen = (node.uid, plan.area)
        plan_document.show(self.text.document(), blocks)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)  # else it is read from its end
        bar.setValue(seen)
        self.setCurrentWidget(self._read)

    def _show_none(self, node: Node) -> None:
        told = self.tr("{0}和它的上级都还没有工作方案。\n写在上级的方案，下面各级没有自己的都沿用。").format(node.name)
        self.empty.show_text("file-text", told, [(self.tr("从模板开始…"), self._offer), (self.tr("空白"), self.write)])
        self.setCurrentWidget(self.empty)

    def _offer(self) -> None:
        self._templates.popup(self.empty.mapToGlobal(self.empty.rect().center()))

    def _edit(self, draft: PlanDraft, base: PlanDraft | None, is_stored: bool = True) -> None:
        self._base = base
        self.editor.show_draft(draft, is_stored)
        self.setCurrentWidget(self.editor)
        self.editor.begin()

    def _store(self) -> bool:
        if self._node is None:
            return False
        try:
            draft = self.editor.draft()
        except UserError as error:
            self._commands.refused.emit(str(error))
            return False
        return self._commands.save_plan(self._node.uid, draft, self._base)
