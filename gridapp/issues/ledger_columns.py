"""The columns of the ledger, on screen and in what is printed or exported from it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from gridapp.areas.model import LEVEL_NAMES
from gridapp.households import words
from gridapp.issues.ledger_listing import LedgerRow, LedgerSort


@dataclass(frozen=True)
class LedgerColumn:
    """One column.

    Attributes:
        key: its name in code and in what is remembered.
        name: its heading.
        text: what stands in it, of a row, at a moment.
        width: how wide it is at first, in pixels.
    """

    key: str
    name: str
    text: Callable[[LedgerRow, datetime.datetime], str]
    sort: LedgerSort
    width: int
    shown: bool = True
    hint: str = ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


COLUMNS = (
    LedgerColumn("number", "编号", lambda row, _now: row.number, LedgerSort.NUMBER, 92),
    LedgerColumn("state", "状态", lambda row, _now: row.state_name, LedgerSort.STATE, 100),
    LedgerColumn(
        "deadline",
        "期限",
        lambda row, now: row.deadline(now),
        LedgerSort.DEADLINE,
        112,
        hint="紧急的在前，再按期限先后",
    ),
    LedgerColumn("description", "问题", lambda row, _now: _one_line(row.description), LedgerSort.DESCRIPTION, 230),
    LedgerColumn("category", "类别", lambda row, _now: row.category, LedgerSort.CATEGORY, 140),
    LedgerColumn("where", "地点/住户", lambda row, _now: row.where or row.area_name, LedgerSort.PLACE, 130),
    LedgerColumn("reporter", "反映人", lambda row, _now: row.raised_by, LedgerSort.REPORTER, 86),
    LedgerColumn("level", "级别", lambda row, _now: LEVEL_NAMES[row.level], LedgerSort.LEVEL, 52),
    LedgerColumn("handler", "承办", lambda row, _now: row.handler or row.assignee, LedgerSort.HANDLER, 96),
    LedgerColumn("registered", "登记", lambda row, _now: words.day_text(row.registered_on), LedgerSort.REGISTERED, 88),
    LedgerColumn("resolved", "办结", lambda row, _now: words.day_text(row.resolved_on), LedgerSort.RESOLVED, 88),
    LedgerColumn(
        "reported_back", "反馈", lambda row, _now: words.day_text(row.reported_back_on), LedgerSort.REPORTED_BACK, 88
    ),
    LedgerColumn("satisfaction", "满意度", lambda row, _now: row.satisfaction_name, LedgerSort.SATISFACTION, 72),
    LedgerColumn("area", "网格", lambda row, _now: row.area_name, LedgerSort.PLACE, 84, shown=False),
    LedgerColumn("result", "办理结果", lambda row, _now: _one_line(row.result), LedgerSort.RESOLVED, 180, shown=False),
)
"""In the order they stand in at first."""

POSITIONS = {column.key: position for position, column in enumerate(COLUMNS)}
"""Where each column stands at first, by its key."""
