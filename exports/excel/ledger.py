"""The issue ledger as it is shown, as a workbook that the program reads in again as well."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exports.excel.describing import describe
from exports.excel.table import DAY, TEXT, Column, Look, Table
from exports.excel.workbook import writing
from exports.report import ExportReport
from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, LEVEL_NAMES, Area, Level
from gridapp.issues.deadlines import Urgency
from gridapp.issues.ledger_columns import COLUMNS
from gridapp.issues.ledger_listing import LedgerRow
from gridapp.issues.shown import ShownLedger, text_of
from gridapp.progress import CancelToken, Progress, silent

_NAME = "民意账单"
_TEXT = Look(TEXT, wrap=True)
_DAY = Look(DAY)
_PLAIN = Look()
_LATE = Look(TEXT, bold=True, wrap=True)


@dataclass(frozen=True)
class _Told:
    """A column, and what stands in it, of a row."""

    heading: str
    width: float
    look: Look
    value: Callable[[LedgerRow], Any]


_COLUMNS = (
    _Told("编号", 14, _TEXT, lambda row: row.number),
    _Told("登记日期", 13, _DAY, lambda row: row.registered_on),
    _Told("反映人", 11, _TEXT, lambda row: (row.reporters[0].name or "匿名") if row.reporters else ""),
    _Told("住址", 24, _TEXT, lambda row: row.where),
    _Told("电话", 15, _TEXT, lambda row: row.reporters[0].phone if row.reporters else ""),
    _Told("问题描述", 40, _TEXT, lambda row: row.description),
    _Told("类别", 16, _TEXT, lambda row: row.category),
    _Told("级别", 8, _PLAIN, lambda row: LEVEL_NAMES[row.level]),
    _Told("承办单位", 16, _TEXT, lambda row: row.handler or row.assignee),
    _Told("办理情况", 11, _TEXT, lambda row: row.state_name),
    _Told("办结日期", 13, _DAY, lambda row: row.resolved_on),
    _Told("反馈日期", 13, _DAY, lambda row: row.reported_back_on),
    _Told("满意度", 11, _TEXT, lambda row: row.satisfaction_name),
    _Told("办理结果", 28, _TEXT, lambda row: row.result),
    _Told("来源", 10, _TEXT, lambda row: row.reporters[0].source_name if row.reporters else ""),
    _Told("其他反映人", 20, _TEXT, lambda row: _others(row)),
)
"""By the headings under which ``gridapp.intake`` reads them; the words in them are those that it knows."""

_DEADLINE = next(column for column in COLUMNS if column.key == "deadline")
_DEADLINE_WIDTH = 15
_AREA_WIDTH = 13
_AREAS = (Level.STREET, Level.COMMUNITY, Level.GRID)


def export_ledger(
    shown: ShownLedger, path: Path, progress: Progress = silent, cancel: CancelToken | None = None
) -> ExportReport:
    """Write the issues of a listing in its order as a workbook, whole or not at all.

    Raises:
        UserError: the file cannot be written.
        Cancelled: the token was set.
    """
    cancel = cancel or CancelToken()
    level = tree.level_of(shown.listing.filter.area_code)
    areas = [one for one in _AREAS if one > level or one is Level.GRID]
    names = _names(shown) if areas else {}
    late = {len(_COLUMNS): _LATE}
    now, done = shown.listing.now, 0
    with writing(path, cancel) as book:
        describe(book, shown)
        layout = [Column(told.heading, told.width, told.look) for told in _COLUMNS]
        layout.append(Column(_DEADLINE.name, _DEADLINE_WIDTH, _TEXT))
        layout += [Column(LEVEL_NAMES[one], _AREA_WIDTH, _TEXT) for one in areas]
        told = (shown.filter_line, f"{shown.facts_line}　{shown.signature}")
        table = Table(book, _NAME, f"{shown.place}　{_NAME}", layout, shown.signature, told=told)
        for row in shown.rows(progress, cancel):
            done += 1
            cells = [one.value(row) for one in _COLUMNS]
            cells.append(text_of(_DEADLINE, row, now))
            cells += [_area(row, one, names) for one in areas]
            table.append(cells, late if row.urgency(now) is Urgency.OVERDUE else None)
        table.finish()
        progress(shown.count, shown.count, "正在保存")
    return ExportReport([path], rows=done)


def _others(row: LedgerRow) -> str:
    """``李建国 13820000002、匿名``: who raised an issue beside the first."""
    return "、".join(" ".join(filter(None, (one.name or "匿名", one.phone))) for one in row.reporters[1:])


def _names(shown: ShownLedger) -> dict[str, str]:
    """What the areas are called, by code."""
    below = Area.select(Area.code, Area.name).where(tree.within(shown.listing.filter.area_code))
    return dict(shown.register.all(below.tuples()))


def _area(row: LedgerRow, level: Level, names: dict[str, str]) -> str:
    """The area of a level in which an issue was raised; empty where it was raised above."""
    length = CODE_LENGTHS[level]
    return names.get(row.area_code[:length], "") if len(row.area_code) >= length else ""
