"""A list of households as it is shown, as a workbook."""

from pathlib import Path

from exports.excel.describing import describe
from exports.excel.table import DAY, TEXT, Column, Look, Table
from exports.excel.workbook import writing
from exports.report import ExportReport
from gridapp.households import columns
from gridapp.households.categories import CATEGORIES, first_position
from gridapp.households.shown import Shown, value
from gridapp.progress import CancelToken, Progress, silent

_NAME = "住户名单"
_WIDTH = 14
_WIDTHS = {"category": 18, "address": 28, "head": 18, "phone": 18, "note": 40, "emergency_contact": 28, "place": 15}
_NUMBER = Look(align="right")
_NUMBER_WIDTH = 8
_DAYS = ("visited",)
_CATEGORY_LOOKS = [Look(fill=one.colour, colour=one.text_colour, wrap=True) for one in CATEGORIES]


def export_household_list(
    shown: Shown, path: Path, progress: Progress = silent, cancel: CancelToken | None = None
) -> ExportReport:
    """Write the households of a list in its order, under its columns, as a workbook, whole or not at all.

    Raises:
        UserError: the file cannot be written.
        Cancelled: the token was set.
    """
    cancel = cancel or CancelToken()
    keys = [column.key for column in shown.columns]
    category = 1 + keys.index("category") if "category" in keys else 0
    looks: list[dict[int, Look]] = [{category: look} if category else {} for look in _CATEGORY_LOOKS]
    looks.append({})
    done = 0
    with writing(path, cancel) as book:
        describe(book, shown)
        layout = [Column("序号", _NUMBER_WIDTH, _NUMBER), *(_column(column) for column in shown.columns)]
        told = (shown.filter_line, f"{shown.facts_line}　{shown.signature}")
        table = Table(book, _NAME, f"{shown.place}　{_NAME}", layout, shown.signature, told=told)
        for done, row in enumerate(shown.rows(progress, cancel), 1):
            cells = [value(column, row) for column in shown.columns]
            table.append([done, *cells], looks[first_position(row.mask)])
        table.finish()
        progress(shown.count, shown.count, "正在保存")
    return ExportReport([path], rows=done)


def _column(column: columns.Column) -> Column:
    if column.number:
        return Column(column.name, _NUMBER_WIDTH, _NUMBER)
    if column.key in _DAYS:
        return Column(column.name, _WIDTH, Look(DAY))
    return Column(column.name, _WIDTHS.get(column.key, _WIDTH), Look(TEXT, wrap=True))
