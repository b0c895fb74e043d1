"""Who is away now or from this week on, with nobody to stand in, where one of 1 + 2 is missed."""

import datetime

from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, Level
from gridapp.days import said_day, week_of
from gridapp.issues.deadlines import Urgency
from gridapp.store.register import Register
from gridapp.teams.openings import Opening, Openings
from gridapp.today.lines import Kind, Line, Section, Thing

_COMMUNITY = CODE_LENGTHS[Level.COMMUNITY]


def shortage(register: Register, code: str, today: datetime.date, limit: int) -> Section:
    """What absences leave open in an area and below; ``count`` is all of it that is open by the end of the week."""
    _monday, sunday = week_of(today)
    found = [one for one in Openings(register, code, today, sunday).rows if one.is_pressing and _opens_by(one, sunday)]
    found.sort(key=lambda one: (one.open_since, one.area_code))
    begun = sum(1 for one in found if one.open_since is not None and one.open_since <= today)
    named = (("现在", begun), ("本周", len(found) - begun))
    summary = " · ".join(f"{name} {number}" for name, number in named if number)
    shown = found[:limit]
    around = tree.communities_of(register, [one.area_code for one in shown], code)
    lines = tuple(_line(one, around.get(one.area_code[:_COMMUNITY], ""), today) for one in shown)
    return Section(Kind.SHORTAGE, len(found), lines, summary)


def _opens_by(one: Opening, day: datetime.date) -> bool:
    return one.open_since is not None and one.open_since <= day


def _line(one: Opening, community: str, today: datetime.date) -> Line:
    assert one.open_since is not None
    title = f"{community}{one.area_name} 缺{one.role.name}"
    detail = f"{one.name} {one.away.text}"
    has_begun = one.open_since <= today
    when = "现在缺" if has_begun else f"{said_day(one.open_since, today)}起"
    urgency = Urgency.TODAY if has_begun else Urgency.NONE
    return Line(title, detail, when, Thing.SHORTAGE, one.away.uid, one.area_code, urgency)
