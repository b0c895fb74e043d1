"""The issue and the household that somebody means who types a number or a few words."""

from peewee import Expression

from gridapp import finding
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


def household(register: Register, text: str, code: str = "") -> Uid:
    """The one household that a name, a phone or an address means.

    Raises:
        UserError: there is none, or there are several.
    """
    found = [one for one in finding.homes(register, text).found if one.area_code.startswith(code)]
    if not found:
        raise UserError(f"没有找到住户“{text}”。请换一个写法，如姓名、电话或 3-2-501。")
    if len(found) > 1:
        some = "、".join(f"{one.title} {one.detail}".strip() for one in found[:_SHOWN])
        raise UserError(f"“{text}”对应多户：{some}。请写得更具体些。")
    assert found[0].household is not None  # these are households
    return found[0].household
