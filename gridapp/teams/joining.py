"""A new member with the first service, as one step that one undo takes back."""

import datetime

from gridapp.areas.model import Area
from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.teams import editing, serving
from gridapp.teams.editing import MemberDraft
from gridapp.teams.model import ROLE_BY_KEY, Member, Service


def join(
    register: Register, draft: MemberDraft, area: Uid, role: str, since: datetime.date | None = None
) -> tuple[Uid, str]:
    """Register a member who serves in an area from a day on, and return the uid and what was done, in words.

    Raises:
        UserError: something is wrong with the draft, the role or the day.
    """
    place = register.first(Area.select().where(Area.uid == area))
    what = ROLE_BY_KEY.get(role)
    told = f"（{place.name}{what.name}）" if place is not None and what is not None else ""
    label = f"添加队员{editing.tidied(draft).name}{told}"
    with register.recording(label):
        member, _label = editing.create(register, draft)
        serving.begin(register, member, area, role, since)
    return member, label


def namesakes(register: Register, name: str) -> list[str]:
    """Who is known by a name already, each with where they serve, in words."""
    wanted = " ".join(name.split())
    if not wanted:
        return []
    query = (
        Member.select(Member.uid, Member.name, Member.unit, Service.role, Area.name)
        .left_outer_join(Service, on=((Service.member == Member.uid) & Service.holds()))
        .left_outer_join(Area, on=(Area.uid == Service.area))
        .where(Member.name == wanted)
        .order_by(Member.uid, Service.uid)
    )
    found: dict[Uid, str] = {}
    for uid, who, unit, role, place in register.all(query.tuples()):
        where = f"{place}{ROLE_BY_KEY[role].name}" if role else unit or "现不任职"
        found.setdefault(bytes(uid), f"{who}（{where}）")
    return list(found.values())
