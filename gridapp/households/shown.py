"""A list of households as it is shown, ready to be printed or written into a workbook: what is in it, and its words."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from gridapp.areas import tree
from gridapp.errors import UserError
from gridapp.households.columns import COLUMNS, Column
from gridapp.households.filter_words import describe
from gridapp.households.listing import Listing, Row, rows
from gridapp.places import current_actor
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.register import Register

_CHUNK = 500
_BY_KEY = {column.key: column for column in COLUMNS}
_AT_FIRST = [column.key for column in COLUMNS if column.shown]


@dataclass(frozen=True)
class Shown:
    """The households of a listing under the columns in which they are shown.

    Attributes:
        place: the areas down to the one that is shown.
        area: what that one is called together with the one above it.
        filters: what the list is filtered by, in words; empty where it holds every household.
        order: what it is sorted by, in words.
        count: how many households it holds.
        actor, moment: who took it out, and when.
    """

    register: Register
    listing: Listing
    columns: tuple[Column, ...]
    place: str
    area: str
    filters: list[str]
    order: str
    count: int
    actor: str
    moment: datetime.datetime

    @property
    def title(self) -> str:
        return f"{self.area}住户名单"

    @property
    def filter_line(self) -> str:
        """``筛选：30天未走访；有未结民意``."""
        return f"筛选：{'；'.join(self.filters) or '无，全部住户'}"

    @property
    def facts_line(self) -> str:
        """``排序：住址　共 12 户``."""
        return f"排序：{self.order}　共 {self.count:,} 户"

    @property
    def signature(self) -> str:
        """Who took it out, and when."""
        return f"导出人：{self.actor}　{self.moment:%Y-%m-%d %H:%M}"

    def rows(self, progress: Progress = silent, cancel: CancelToken | None = None) -> Iterator[Row]:
        """Every household in its order; not more than some hundred are kept in memory.

        Raises:
            Cancelled: the token was set.
        """
        uids = (uid for (uid,) in self.register.each(self.listing.uids()))
        done = 0
        while chunk := list(islice(uids, _CHUNK)):
            if cancel is not None:
                cancel.check()
            progress(done, self.count, "住户名单")
            yield from rows(self.register, chunk)
            done += len(chunk)


def shown(register: Register, listing: Listing, keys: Sequence[str] = ()) -> Shown:
    """What a listing shows.

    Args:
        keys: of the columns, in their order; those that a table shows at first unless told.

    Raises:
        UserError: there is no such area, or the list is empty.
    """
    tree.find(register, listing.filter.area_code)
    path = tree.path_of(register, listing.filter.area_code)
    if not listing.count:
        raise UserError("没有符合条件的住户，没有导出。")
    return Shown(
        register,
        listing,
        tuple(_BY_KEY[key] for key in keys or _AT_FIRST if key in _BY_KEY),
        tree.path_label(path),
        "".join(area.name for area in path[-2:]),
        describe(listing.filter),
        order_text(listing),
        listing.count,
        current_actor(),
        datetime.datetime.now(),
    )


def order_text(listing: Listing) -> str:
    """``住址``, ``上次走访，倒序``: what a listing is sorted by."""
    name = [column.name for column in COLUMNS if column.sort is listing.sort][-1]
    return f"{name}，倒序" if listing.descending else name


def value(column: Column, row: Row) -> Any:
    """What stands in a column of a row, as what it is: a number, a day, or a text."""
    if column.key == "visited":
        return row.last_visit
    text = column.text(row)
    return int(text) if column.number and text.isdigit() else text
