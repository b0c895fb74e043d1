"""What is done with the selected cells of the household table: copy, paste, fill down, clear."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QApplication

from gridapp.errors import UserError
from gridapp.households import batch, cells, pasting
from gridapp.households.batch import Edit, Selection
from gridapp.households.categories import from_mask
from gridapp.households.columns import COLUMNS
from gridapp.households.copying import Copied, copied, read_tabbed
from gridapp.households.grouping import GroupBy
from gridapp.households.pasting import Line, Plan
from gridapp.progress import CancelToken, Progress
from ui.households.batch_preview import PreviewDialog
from ui.tabs import Tab

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_AT_ONCE = 2_000
_WITHOUT_PREVIEW = 100
_Typed = Callable[[int], Mapping[str, str]]


class CellCommands(QObject):
    """Works on the cells that are selected, in the order in which they are seen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._remarks: list[str] = []  # what of the clipboard is not written

    # Copying

    def choose_columns(self) -> None:
        """Let the user choose which columns the table has."""
        self._window.show_tab(Tab.HOUSEHOLDS)
        self._window.page.choose_columns()

    def gather(self, by: GroupBy | None) -> None:
        """Gather the households by building or entrance, or by nothing."""
        self._window.show_tab(Tab.HOUSEHOLDS)
        self._window.page.gather(by)

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as a spreadsheet would."""
        self._copy(headed=False)

    def copy_headed(self) -> None:
        """Put them there with their headings."""
        self._copy(headed=True)

    def _copy(self, headed: bool) -> None:
        selected = self._selected()
        if selected is None:
            return
        columns = [COLUMNS[column].key for column in self._window.page.table.selected_columns()]

        def work(progress: Progress, cancel: CancelToken) -> Copied:
            return copied(selected, columns, headed, progress, cancel)

        if selected.count <= _AT_ONCE:  # beside the window too, but not behind a long job
            self._window.read(lambda: copied(selected, columns, headed), self._put_on_clipboard)
        else:
            self._window.run(self.tr("复制"), work, self._put_on_clipboard)

    def _put_on_clipboard(self, found: Copied) -> None:
        data = QMimeData()
        data.setText(found.text)
        if found.html:
            data.setHtml(found.html)
        QApplication.clipboard().setMimeData(data)
        self._window.status.show_notice(self.tr("已复制 {0} 户").format(f"{found.rows:,}"))

    # Pasting

    def paste(self) -> None:
        """Write what is on the clipboard from the first selected cell on, after showing what that changes."""
        selected = self._taken()
        if selected is None:
            return
        grid = read_tabbed(QApplication.clipboard().text())
        if grid == [[""]]:
            self._window.tell(UserError(self.tr("剪贴板里没有文字，没有粘贴。")))
            return
        columns = self._pasted_columns(grid)
        rows = self._pasted_rows(grid, selected)
        fields = {within: COLUMNS[column].field for within, column in enumerate(columns) if COLUMNS[column].field}
        if not fields:
            self._window.tell(UserError(self.tr("这几列不能在表中修改，没有粘贴。")))
            return

        def typed(within: int) -> Mapping[str, str]:
            line = grid[within % len(grid)]
            texts = line * len(columns) if len(line) == 1 else line
            return {field: texts[at] for at, field in fields.items() if at < len(texts)}

        skipped = [COLUMNS[column].name for column in columns if not COLUMNS[column].field]
        self._remarks = self._left_out(grid, columns, rows, skipped)
        self._foresee(self.tr("粘贴"), selected, rows, typed, len(fields), without_preview=1)

    def _pasted_columns(self, grid: list[list[str]]) -> list[int]:
        """The columns that are written: those that are selected for one cell, else as many as were copied."""
        table = self._window.page.table
        seen, chosen = table.seen_columns(), table.selected_columns()
        width = max(map(len, grid))
        return chosen if width == 1 else seen[seen.index(chosen[0]) :][:width]

    def _pasted_rows(self, grid: list[list[str]], selected: Selection) -> list[range]:
        if len(grid) == 1:
            return list(selected.parts)
        page, left = self._window.page, len(grid)
        rows = []
        # Those in closed groups are passed over, as nobody sees them.
        for part in page.model.positions_in([range(page.table.selected()[0].start, page.model.rowCount())]):
            if left:
                rows.append(part[:left])
                left -= len(rows[-1])
        return rows

    def _left_out(
        self, grid: list[list[str]], columns: Sequence[int], rows: list[range], skipped: list[str]
    ) -> list[str]:
        """In words, what of the clipboard is not written."""
        remarks = []
        if skipped:
            remarks.append(self.tr("“{0}”不能在表中修改，已略过。").format(self.tr("”“").join(skipped)))
        lines = len(grid) - sum(map(len, rows))
        if len(grid) > 1 and lines > 0:
            remarks.append(self.tr("下面没有那么多行，多出的 {0} 行没有粘贴。").format(f"{lines:,}"))
        wide = max(map(len, grid)) - len(columns)
        if wide > 0:
            remarks.append(self.tr("右边没有那么多列，多出的 {0} 列没有粘贴。").format(wide))
        return remarks

    # Filling and clearing

    def fill_down(self) -> None:
        """Write what stands in the first of the selected rows into all below; of one row, what stands above it."""
        selected = self._taken()
        if selected is None:
            return
        first = selected.parts[0].start - (1 if selected.count == 1 else 0)
        row = self._window.page.model.row_at(first)
        if row is None:
            self._window.tell(UserError(self.tr("上面没有可以填充的内容。请选中两行以上，或选中下面的一行。")))
            return
        fields = self._fields()
        if not fields:
            return
        columns = {column.field: column for column in COLUMNS}
        texts = {field: columns[field].text(row) for field in fields}
        self._write_all(self.tr("填充"), selected, texts)

    def clear(self) -> None:
        """Empty the selected cells."""
        selected = self._taken()
        if selected is None:
            return
        table = self._window.page.table
        if len(table.selected_columns()) == len(table.seen_columns()) > 1:
            told = self.tr("选中的是整行，没有清除。删除住户用 Ctrl+Delete；清除内容请只选那几列。")
            self._window.tell(UserError(told))
            return
        fields = self._fields()
        if fields:
            self._write_all(self.tr("清除"), selected, dict.fromkeys(fields, ""))

    def _write_all(self, deed: str, selected: Selection, texts: Mapping[str, str]) -> None:
        """Write the same into every selected row; of one field that can be given to many, into any number."""
        if selected.count * len(texts) > pasting.MOST_CELLS and len(texts) == 1:
            (field, text), *_ = texts.items()
            edit = _edit(field, text)
            if edit is not None:
                self._window.batch.ask(edit)
                return
        self._remarks = []
        self._foresee(deed, selected, selected.parts, lambda _within: texts, len(texts), _WITHOUT_PREVIEW)

    def _fields(self) -> list[str]:
        """The fields of the selected columns; where there are none, the user is told."""
        chosen = [COLUMNS[column] for column in self._window.page.table.selected_columns()]
        fields = [column.field for column in chosen if column.field]
        if not fields:
            names = self.tr("”“").join(column.name for column in chosen)
            self._window.tell(UserError(self.tr("“{0}”不能在表中修改。").format(names)))
        return fields

    # Foreseeing and writing

    def _foresee(
        self,
        deed: str,
        selected: Selection,
        parts: Sequence[range],
        typed: _Typed,
        width: int,
        without_preview: int,
    ) -> None:
        count = sum(len(part) for part in parts)
        try:
            pasting.refuse_too_many(count * width, deed)
        except UserError as error:
            self._window.tell(error)
            return
        register = self._window.register

        def work(progress: Progress, cancel: CancelToken) -> Plan:
            places = [position for part in parts for position in part]
            uids = [uid for part in parts for uid in selected.listing.uids_at(part.start, len(part))]
            lines = [
                Line(uid, position + 1, typed(within))
                for within, (position, uid) in enumerate(zip(places, uids, strict=False))
            ]
            return pasting.foresee(register, lines, deed, progress, cancel)

        self._window.run(deed, work, lambda plan: self._show(plan, without_preview))

    def _show(self, plan: Plan, without_preview: int) -> None:
        if plan.refused or len(plan.values) > without_preview or (self._remarks and plan.values):
            dialog = PreviewDialog(plan, self._window, [*self._remarks, *plan.refused])
            dialog.accepted.connect(lambda: self._make(plan))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()
        else:
            self._make(plan)

    def _make(self, plan: Plan) -> None:
        if not plan.values:
            self._window.status.show_notice(self.tr("所选的格已经是这样，没有改动。"))
            return
        register = self._window.register
        self._window.run(
            plan.label,
            lambda progress, cancel: pasting.write(register, plan, progress, cancel),
            lambda _plan: self._window.status.show_notice(
                self.tr("已{0}").format(plan.label), self.tr("撤销"), self._window.undo
            ),
        )

    def _taken(self) -> Selection | None:
        """The same, to be written into: what was typed is in safety, which may move rows."""
        return self._window.page.take_selection() if self._selected() is not None else None

    def _selected(self) -> Selection | None:
        """What is selected in the table that is seen; where that is nothing, the user is told."""
        seen = self._window.tabs.currentWidget() is self._window.page
        selected = self._window.page.selection() if seen else None
        if selected is None:
            self._window.tell(UserError(self.tr("请先在住户表中选中单元格。")))
        return selected


def _edit(field: str, text: str) -> Edit | None:
    """The edit that gives a field this value, if there is one."""
    if field == "categories":
        keys = [category.key for category in from_mask(cells.read(field, text))]
        return batch.set_categories(keys)
    return batch.set_field(field, text) if field in batch.FIELDS else None
