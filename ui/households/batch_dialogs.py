"""The dialogs that ask what shall be done to the selected households."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QWidget,
)

from gridapp.areas.tree import Node, path_label
from gridapp.errors import UserError
from gridapp.households import batch
from gridapp.households.batch import Edit
from gridapp.households.categories import from_mask
from gridapp.register import Register
from ui.households.category_chips import CategoryChips
from ui.widgets.asking import AskingDialog
from ui.widgets.fields import Field


class EditDialog(AskingDialog):
    """Fields and two buttons; ``asked`` carries the edit that was described."""

    asked = Signal(object)

    def __init__(self, title: str, households: int, parent: QWidget | None = None) -> None:
        act = self.tr("预览…") if households > 1 else self.tr("修改")
        super().__init__(title, self.tr("对选中的 {0} 户：").format(f"{households:,}"), act, parent)
        self.buttons.accepted.connect(self._ask)

    def _add(self, label: str, editor: QWidget) -> Field:
        self._last = self.put_field(label, editor)
        return self._last

    def _edit(self) -> Edit:
        raise NotImplementedError

    def _ask(self) -> None:
        try:
            edit = self._edit()
        except UserError as error:
            self._last.set_remark(str(error))
            self._last.editor.setFocus()
            return
        self.accept()
        self.asked.emit(edit)


class CategoriesDialog(EditDialog):
    """Asks which categories they shall carry, and no others."""

    def __init__(self, households: int, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("设定分类"), households, parent)
        self.chips = CategoryChips()
        self._add(self.tr("只保留这些分类；一个都不选就是清除分类"), self.chips)

    def _edit(self) -> Edit:
        return batch.set_categories(category.key for category in from_mask(self.chips.categories()))


class FieldDialog(EditDialog):
    """Asks for a field and the value that it shall hold."""

    def __init__(self, households: int, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("批量修改"), households, parent)
        self.box, self.line = QComboBox(), QLineEdit()
        for name, text in batch.FIELDS.items():
            self.box.addItem(text, name)
        self._add(self.tr("字段"), self.box)
        self._add(self.tr("改为（留空就是清空）"), self.line)
        self.line.setFocus()

    def _edit(self) -> Edit:
        return batch.set_field(self.box.currentData(), self.line.text())


class GridDialog(EditDialog):
    """Asks for a grid, by any part of its path or code."""

    def __init__(
        self, register: Register, grids: Sequence[Node], households: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("移到网格"), households, parent)
        self._register = register
        self.box = QComboBox()
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for node in grids:
            self.box.addItem(f"{path_label(node.path[-2:])}  {node.code}", node)
        self.box.setCurrentIndex(-1)
        line = QLineEdit()
        line.setPlaceholderText(self.tr("输入社区、网格名称或编码"))
        self.box.setLineEdit(line)
        completer = QCompleter(self.box.model(), self.box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.box.setCompleter(completer)
        self._add(self.tr("移到"), self.box)
        self.box.setFocus()

    def _edit(self) -> Edit:
        node = self._found()
        if node is None:
            raise UserError(self.tr("没有找到这个网格，请从列表中选一个。"))
        return batch.move_to(self._register, node.uid)

    def _found(self) -> Node | None:
        """The grid that is meant by what stands in the box: the one so called, or the only one that contains it."""
        typed = self.box.currentText().strip()
        rows = range(self.box.count())
        fitting = [row for row in rows if self.box.itemText(row) == typed] or [
            row for row in rows if typed and typed in self.box.itemText(row)
        ]
        return self.box.itemData(fitting[0]) if len(fitting) == 1 else None
