"""The columns of a household table, on screen and in what is copied, printed or exported from it."""

from collections.abc import Callable
from dataclasses import dataclass

from gridapp.households import words
from gridapp.households.listing import Row, SortBy
from gridapp.households.model import KIND_NAMES
from gridapp.ids import made_at


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        key: its name in code and in what is remembered.
        name: its heading.
        text: what stands in it, of a row.
        sort: what a listing is sorted by for it.
        number: whether it holds numbers, which stand at the right.
        hint: what the heading is short for, or empty.
        shown: whether it stands in the table at first.
        field: the field of a household that can be written in it, or empty.
    """

    key: str
    name: str
    text: Callable[[Row], str]
    sort: SortBy
    number: bool = False
    hint: str = ""
    shown: bool = True
    field: str = ""


def _registered(row: Row) -> str:
    made = made_at(row.uid)
    return words.day_text(made.date()) if made else ""


COLUMNS = (
    Column("category", "分类", lambda row: words.categories_text(row.mask), SortBy.CATEGORY, field="categories"),
    Column("first", "首要分类", lambda row: row.first_category.name, SortBy.CATEGORY, shown=False),
    Column("place", "网格", lambda row: row.area_name, SortBy.ADDRESS),
    Column("address", "住址", lambda row: row.address, SortBy.ADDRESS),
    Column("estate", "小区", lambda row: row.estate, SortBy.ESTATE, shown=False, field="estate"),
    Column("building", "楼栋", lambda row: row.building, SortBy.BUILDING, shown=False, field="building"),
    Column("entrance", "楼门", lambda row: row.entrance, SortBy.ENTRANCE, shown=False, field="entrance"),
    Column("floor", "楼层", lambda row: row.floor, SortBy.FLOOR, shown=False, field="floor"),
    Column("room", "房号", lambda row: row.room, SortBy.ROOM, shown=False, field="room"),
    Column("head", "户主", lambda row: row.head, SortBy.HEAD, hint="户主或单位", field="head"),
    Column("kind", "类型", lambda row: KIND_NAMES.get(row.kind, row.kind), SortBy.KIND, shown=False),
    Column(
        "people",
        "人数",
        lambda row: "" if row.people is None else str(row.people),
        SortBy.PEOPLE,
        number=True,
        field="people",
    ),
    Column("phone", "电话", lambda row: row.phone, SortBy.PHONE, field="phone"),
    Column(
        "emergency_contact",
        "紧急联系人",
        lambda row: row.emergency_contact,
        SortBy.EMERGENCY_CONTACT,
        shown=False,
        field="emergency_contact",
    ),
    Column("visited", "上次走访", lambda row: words.day_text(row.last_visit), SortBy.VISITED),
    Column(
        "issues",
        "未结",
        lambda row: str(row.open_issues) if row.open_issues else "",
        SortBy.ISSUES,
        number=True,
        hint="没有解决的民意",
    ),
    Column("registered", "登记日期", _registered, SortBy.REGISTERED, shown=False),
    Column("note", "备注", lambda row: "  ".join(filter(None, (row.left, row.note))), SortBy.NOTE, field="note"),
)
"""In the order they stand in at first."""

POSITIONS = {column.key: position for position, column in enumerate(COLUMNS)}
"""Where each column stands at first, by its key."""
