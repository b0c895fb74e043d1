"""The ledger as it is shown, ready to be printed or written into a workbook: what is in it, and its words."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from gridapp.areas import tree
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.issues import categories
from gridapp.issues.calls import Call, calls
from gridapp.issues.ledger import LedgerFilter
from gridapp.issues.ledger_columns import COLUMNS, LedgerColumn
from gridapp.issues.ledger_listing import LedgerListing, LedgerRow, LedgerSort, rows
from gridapp.issues.ledger_words import describe
from gridapp.issues.states import SATISFACTION_NAMES
from gridapp.places import current_actor
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.register import Register
from gridapp.teams.model import Member

ANSWERS = (*SATISFACTION_NAMES.values(), "无法联系")
"""What can come of a call."""

_CHUNK = 500
_BY_KEY = {column.key: column for column in COLUMNS}
_AT_FIRST = [column.key for column in COLUMNS if column.shown]


@dataclass(frozen=True)
class _Taken:
    """What is said of anything that is taken out of the ledger.

    Attributes:
        place: the areas down to the one that is shown.
        area: what that one is called together with the one above it.
        filters: what is filtered by, in words; empty where nothing is left out.
        actor, moment: who took it out, and when.
    """

    place: str
    area: str
    filters: list[str]
    actor: str
    moment: datetime.datetime

    @property
    def signature(self) -> str:
        """Who took it out, and when."""
        return f"导出人：{self.actor}　{self.moment:%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class ShownLedger(_Taken):
    """The issues of a listing under the columns in which they are shown.

    Attributes:
        order: what it is sorted by, in words.
        count: how many issues it holds.
    """

    register: Register
    listing: LedgerListing
    columns: tuple[LedgerColumn, ...]
    order: str
    count: int

    @property
    def title(self) -> str:
        return f"{self.area}民意账单"

    @property
    def filter_line(self) -> str:
        """``筛选：逾期；类别：供水``."""
        return f"筛选：{'；'.join(self.filters) or '无，全部民意'}"

    @property
    def facts_line(self) -> str:
        """``排序：期限　共 12 条``."""
        return f"排序：{self.order}　共 {self.count:,} 条"

    def rows(self, progress: Progress = silent, cancel: CancelToken | None = None) -> Iterator[LedgerRow]:
        """Every issue in its order; not more than some hundred are kept in memory.

        Raises:
            Cancelled: the token was set.
        """
        uids = (bytes(uid) for (uid,) in self.register.each(self.listing.uids()))
        done = 0
        while chunk := list(islice(uids, _CHUNK)):
            if cancel is not None:
                cancel.check()
            progress(done, self.count, "民意账单")
            yield from rows(self.register, chunk, self.listing.sorts)
            done += len(chunk)


@dataclass(frozen=True)
class ShownCalls(_Taken):
    """Who has still to hear how an issue ended."""

    calls: list[Call]

    @property
    def title(self) -> str:
        return f"{self.area}反馈电话单"

    @property
    def count(self) -> int:
        """How many issues somebody has to hear of."""
        return sum(len(call.told) for call in self.calls)

    @property
    def filter_line(self) -> str:
        return f"筛选：{'；'.join(self.filters) or '无，全部待反馈'}"

    @property
    def facts_line(self) -> str:
        """``共 12 人、15 条民意``."""
        return f"共 {len(self.calls):,} 人、{self.count:,} 条民意"


def shown_ledger(register: Register, listing: LedgerListing, keys: Sequence[str] = ()) -> ShownLedger:
    """What a listing shows.

    Args:
        keys: of the columns, in their order; those that a table shows at first unless told.

    Raises:
        UserError: there is no such area, or the list is empty.
    """
    place, area = _place(register, listing.filter.area_code)
    if not listing.count:
        raise UserError("没有符合条件的民意，没有导出。")
    return ShownLedger(
        place,
        area,
        describe(listing.filter, listing.sorts, _name_of(register, listing.filter.assignee)),
        current_actor(),
        datetime.datetime.now(),
        register,
        listing,
        tuple(_BY_KEY[key] for key in keys or _AT_FIRST if key in _BY_KEY),
        order_text(listing.sort, listing.descending),
        listing.count,
    )


def shown_calls(register: Register, chosen: LedgerFilter) -> ShownCalls:
    """The call list of an area, under a filter whose view is of no matter.

    Raises:
        UserError: there is no such area, or nobody is to be called.
    """
    place, area = _place(register, chosen.area_code)
    found = calls(register, chosen)
    if not found:
        raise UserError("没有等待反馈的反映人，没有导出。")
    beside = LedgerFilter(**{name: getattr(chosen, name) for name in _OF_CALLS})
    told = describe(beside, categories.of(register), _name_of(register, chosen.assignee))
    return ShownCalls(place, area, told, current_actor(), datetime.datetime.now(), found)


_OF_CALLS = tuple(name for name in LedgerFilter.__dataclass_fields__ if name not in ("view", "desk", "states"))
"""What of a filter counts for the call list, which holds what is to be reported back and nothing else."""


def order_text(sort: LedgerSort, descending: bool) -> str:
    """``期限``, ``登记，倒序``: what a listing is sorted by."""
    name = next(column.name for column in COLUMNS if column.sort is sort)
    return f"{name}，倒序" if descending else name


def text_of(column: LedgerColumn, row: LedgerRow, now: datetime.datetime) -> str:
    """What stands in a column on paper or in a file, where no picture says that something is an emergency."""
    text = column.text(row, now)
    return "，".join(filter(None, ("紧急", text))) if column.key == "deadline" and is_emergency(row) else text


def is_emergency(row: LedgerRow) -> bool:
    """Whether an issue is an emergency whose deadline runs."""
    return row.urgent and row.state.is_pending


def _place(register: Register, code: str) -> tuple[str, str]:
    tree.find(register, code)
    path = tree.path_of(register, code)
    return tree.path_label(path), "".join(area.name for area in path[-2:])


def _name_of(register: Register, member: Uid | None) -> str:
    if member is None:
        return ""
    return register.value(Member.select(Member.name).where(Member.uid == member)) or ""
