"""The columns of a household table, on screen and in what is copied, printed or exported from it."""

from collections.abc import Callable
from dataclasses import dataclass

from gridapp.households import words
from gridapp.households.listing import Row, SortBy


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        key: its name in code and in what is remembered.
        name: its heading.
        text: what stands in it, of a row.
        sort: what a listing is sorted by for it, or None.
        number: whether it holds numbers, which stand at the right.
        hint: what the heading is short for, or empty.
    """

    key: str
    name: str
    text: Callable[[Row], str]
    sort: SortBy | None = None
    number: bool = False
    hint: str = ""


COLUMNS = (
    Column("category", "分类", lambda row: words.categories_text(row.mask), SortBy.CATEGORY),
    Column("place", "网格", lambda row: row.area_name, SortBy.ADDRESS),
    Column("address", "住址", lambda row: row.address, SortBy.ADDRESS),
    Column("head", "户主", lambda row: row.head, SortBy.HEAD),
    Column("people", "人数", lambda row: "" if row.people is None else str(row.people), SortBy.PEOPLE, number=True),
    Column("phone", "电话", lambda row: row.phone, SortBy.PHONE),
    Column("visited", "上次走访", lambda row: words.day_text(row.last_visit), SortBy.VISITED),
    Column(
        "issues",
        "未结",
        lambda row: str(row.open_issues) if row.open_issues else "",
        number=True,
        hint="没有解决的民意",
    ),
    Column("note", "备注", lambda row: "  ".join(filter(None, (row.left, row.note)))),
)
"""In the order they stand in at first."""

POSITIONS = {column.key: position for position, column in enumerate(COLUMNS)}
"""Where each column stands at first, by its key."""
