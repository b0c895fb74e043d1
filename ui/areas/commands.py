"""What can be done to the area that is chosen in the tree."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem

from gridapp.areas import changing, codes, splitting
from gridapp.areas.changing import NameRefused
from gridapp.areas.codes import CodeRefused
from gridapp.areas.merging import merge
from gridapp.areas.model import LEVEL_NAMES
from gridapp.areas.splitting import Building
from gridapp.areas.tree import Node, path_label
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.progress import CancelToken, Progress
from gridapp.register import Register
from ui.areas.change_dialog import ChangeDialog
from ui.areas.tree_model import COUNTS
from ui.jobs import Work

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class AreaCommands(QObject):
    """Asks for what is needed and does it; what was done is said with its undo."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def ask_name(self) -> None:
        """Ask for another name."""
        node = self._chosen()
        if node is None:
            return
        line = QLineEdit(node.name)
        intro = self.tr("{0} {1}").format(LEVEL_NAMES[node.level], node.code)
        dialog = self._dialog(
            self.tr("重命名"), self.tr("改名"), intro, lambda: self._now(changing.rename, node.uid, line.text())
        )
        dialog.add_field(self.tr("名称"), line, NameRefused)
        dialog.open()

    def ask_code(self) -> None:
        """Ask for another code."""
        node = self._chosen()
        if node is None:
            return
        line = QLineEdit(node.code)
        below = sum(1 for _one in node.walk()) - 1
        follows = self.tr("下面 {0} 个区域的编码会一起改。").format(f"{below:,}") if below else ""
        intro = self.tr("“{0}”现在的编码是 {1}。{2}").format(node.name, node.code, follows)
        dialog = self._dialog(
            self.tr("改编码"), self.tr("改编码"), intro, lambda: self._now(changing.recode, node.uid, line.text())
        )
        dialog.add_field(self.tr("新编码"), line, CodeRefused)
        dialog.open()

    def ask_place(self) -> None:
        """Ask under which area it shall stand."""
        node = self._chosen()
        if node is None or node.parent is None:
            return
        places = [one for one in self._all() if one.level == node.level - 1 and one.uid != node.parent.uid]
        if not places:
            level = LEVEL_NAMES[node.parent.level]
            self._window.tell(UserError(self.tr("没有别的{0}可以移动到。").format(level)))
            return
        box, line = _choice(places), QLineEdit()
        intro = self.tr("“{0}”和它下面的一切移到所选的{1}下面，编码随之改变。")
        dialog = self._dialog(
            self.tr("移动到"),
            self.tr("移动"),
            intro.format(node.name, LEVEL_NAMES[node.parent.level]),
            lambda: self._now(changing.move, node.uid, box.currentData().uid, line.text()),
        )
        dialog.add_field(self.tr("移到"), box)
        dialog.add_field(self.tr("在那里的编码"), line, CodeRefused)
        box.currentIndexChanged.connect(lambda _row: self._offer_code(dialog, line, box.currentData()))
        self._offer_code(dialog, line, box.currentData())
        dialog.open()

    def ask_merge(self) -> None:
        """Ask into which area beside it it shall go."""
        node = self._chosen()
        if node is None:
            return
        beside = node.parent.children if node.parent else self._window.dock.model.roots
        others = [one for one in beside if one.uid != node.uid]
        if not others:
            self._window.tell(UserError(self.tr("“{0}”旁边没有同级的区域可以合并。").format(node.name)))
            return
        box = _choice(others)
        counts = self._window.dock.model.index_of(node).data(COUNTS) or ()
        intro = self.tr("“{0}”的 {1} 户、服务队、民意、任务和下级区域都归入所选的{2}，“{0}”随后删除。")
        register = self._window.register
        dialog = self._dialog(
            self.tr("合并到"),
            self.tr("合并"),
            intro.format(node.name, f"{sum(counts):,}", LEVEL_NAMES[node.level]),
            lambda: partial(_merge, register, box.currentData().uid, node.uid),
        )
        dialog.add_field(self.tr("合并到"), box)
        dialog.changed.connect(lambda _label, box=box: self._go_to(box.currentData()))
        dialog.open()

    def ask_split(self) -> None:
        """Ask which buildings shall go into a new grid."""
        node = self._chosen()
        if node is None or node.parent is None:
            return
        try:
            found = splitting.buildings(self._window.register, node.uid)
        except UserError as error:
            self._window.tell(error)
            return
        if len(found) < 2:
            self._window.tell(UserError(self.tr("“{0}”的住户在同一栋楼里，不能按楼栋拆分。").format(node.name)))
            return
        choice, name, line = _checklist(found), QLineEdit(), QLineEdit()
        register = self._window.register

        def work() -> Work:
            return partial(_split, register, node, _checked(choice), name.text(), line.text())

        intro = self.tr("勾选的楼栋连同住户归入“{0}”旁边的新网格。").format(node.name)
        dialog = self._dialog(self.tr("拆分网格"), self.tr("拆分"), intro, work)
        dialog.add_field(self.tr("楼栋"), choice)
        dialog.add_field(self.tr("新网格的名称"), name, NameRefused)
        dialog.add_field(self.tr("新网格的编码"), line, CodeRefused)
        self._offer_code(dialog, line, node.parent)
        dialog.open()

    def delete(self) -> None:
        """Delete the area, if nothing stands in it."""
        node = self._chosen()
        if node is not None:
            self._window.run(
                self.tr("删除 {0}").format(node.name), self._now(changing.delete, node.uid), self._say_done
            )

    def _chosen(self) -> Node | None:
        """The chosen area, once what was typed in the form is safe."""
        node = self._window.dock.current() or self._window.node
        return node if node is not None and self._window.page.leave() else None

    def _all(self) -> list[Node]:
        return [node for root in self._window.dock.model.roots for node in root.walk()]

    def _now(self, change: Callable[..., str], *arguments: Any) -> Work:
        return lambda _progress, _cancel: change(self._window.register, *arguments)

    def _dialog(self, title: str, act: str, intro: str, work: Callable[[], Work]) -> ChangeDialog:
        dialog = ChangeDialog(self._window, title, act, intro, work)
        dialog.changed.connect(self._say_done)
        return dialog

    def _offer_code(self, dialog: ChangeDialog, line: QLineEdit, above: Node) -> None:
        register = self._window.register
        try:
            line.setText(codes.next_free(register, codes.stored(register, above.uid)))
        except UserError as error:
            dialog.refuse(error)

    def _say_done(self, label: str) -> None:
        self._window.status.show_notice(self.tr("已完成：{0}").format(label), self.tr("撤销"), self._window.undo)

    def _go_to(self, node: Node) -> None:
        there = next((one for one in self._all() if one.uid == node.uid), None)
        if there is not None:
            self._window.dock.choose(there)


def _merge(register: Register, stays: Uid, gone: Uid, progress: Progress, cancel: CancelToken) -> str:
    return merge(register, stays, [gone], progress, cancel)


def _split(
    register: Register,
    grid: Node,
    chosen: list[Building],
    name: str,
    code: str,
    progress: Progress,
    cancel: CancelToken,
) -> str:
    households = splitting.households_in(register, grid.uid, chosen)
    return splitting.split(register, grid.uid, households, name, code, progress, cancel)


def _choice(nodes: list[Node]) -> QComboBox:
    box = QComboBox()
    for node in nodes:
        box.addItem(f"{path_label(node.path[-2:])}  {node.code}", node)
    return box


def _checklist(found: list[Building]) -> QListWidget:
    choice = QListWidget()
    for one in found:
        item = QListWidgetItem(f"{one.label or '没有楼栋'}  {one.households:,} 户")
        item.setData(Qt.ItemDataRole.UserRole, one)
        item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Unchecked)
        choice.addItem(item)
    choice.setCurrentRow(0)
    choice.setSpacing(2)
    choice.setMinimumHeight(160)
    return choice


def _checked(choice: QListWidget) -> list[Building]:
    items = [choice.item(row) for row in range(choice.count())]
    return [one.data(Qt.ItemDataRole.UserRole) for one in items if one.checkState() == Qt.CheckState.Checked]
