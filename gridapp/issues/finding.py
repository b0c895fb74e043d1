"""The issue that somebody means who names its number."""

from peewee import Expression

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.issues.model import Issue
from gridapp.store.register import Register

_SHOWN = 5


def by_number(register: Register, number: str, code: str = "") -> Uid:
    """The issue with a number, in the area with this code where one is told.

    Raises:
        UserError: there is none, or ledgers of several communities have the same.
    """
    within: Expression = Issue.number == number.strip()
    if code:
        within &= tree.within(code)
    query = Issue.select(Issue.uid, Area.code, Area.name).join(Area, on=(Area.uid == Issue.area)).where(within)
    found = register.all(query.order_by(Area.code).limit(_SHOWN).tuples())
    if not found:
        raise UserError(f"没有编号为 {number} 的民意。请用 list issues 查看编号。")
    if len(found) > 1:
        places = "、".join(f"{name}（{area}）" for _uid, area, name in found)
        raise UserError(f"有多条民意的编号是 {number}：{places}。请用 --area 写明区域。")
    return bytes(found[0][0])
