"""Birthdays in the coming days of people over 80 who live alone or have no family."""

import datetime

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.households import address
from gridapp.households.categories import BY_KEY, CATEGORIES
from gridapp.households.id_numbers import age_on
from gridapp.households.model import Household, Resident
from gridapp.issues.deadlines import Urgency
from gridapp.store import dialects
from gridapp.store.register import Register
from gridapp.today.lines import Kind, Line, Section, Thing

AGE = 80
DAYS = 7
"""How many days ahead one looks, today among them."""
_LONELY = [CATEGORIES.index(BY_KEY[key]) for key in ("lonely_elderly", "living_alone")]


def birthdays(register: Register, code: str, today: datetime.date, limit: int) -> Section:
    """Who turns 81 or more, the next first. Only households whose first colour says that somebody is alone."""
    youngest = datetime.date(today.year - AGE, 12, 31)
    query = (
        Resident.select(
            *(Household.uid, Resident.name, Resident.birth_date, Household.building, Household.entrance),
            *(Household.room, Household.precedence, Area.code),
        )
        .join(Household, on=(Household.uid == Resident.household))
        .join(Area, on=(Area.uid == Household.area))
        .where(tree.within(code) & Household.precedence.in_(_LONELY) & Resident.is_here())
        .where(
            (Resident.birth_date <= youngest)
            & dialects.month_and_day(register.db, Resident.birth_date).in_(_days(today))
        )
    )
    found = []
    for uid, name, born, building, entrance, room, precedence, area_code in register.each(query):
        day = _next(born, today)
        age = age_on(born, day)
        if (day - today).days < DAYS and age > AGE:
            title = f"{name}  {age}岁"
            near = Urgency.TODAY if day == today else Urgency.NONE
            where = address.short_label(building, entrance, room)
            line = Line(
                *(title, where, _when(day, today), Thing.HOUSEHOLD, bytes(uid), area_code, near, precedence),
                household=bytes(uid),
            )
            found.append((day, precedence, title, line))
    found.sort(key=lambda one: one[:3])
    return Section(Kind.BIRTHDAY, len(found), tuple(line for *_order, line in found[:limit]))


def _days(today: datetime.date) -> list[str]:
    """The days one looks at; with 28 February also the 29th, which not every year has."""
    coming = [today + datetime.timedelta(days=ahead) for ahead in range(DAYS)]
    found = [f"{day:%m%d}" for day in coming]
    return [*found, "0229"] if "0228" in found else found


def _next(born: datetime.date, today: datetime.date) -> datetime.date:
    """The next birthday; of somebody born on 29 February, on 28 February where there is none."""
    for year in (today.year, today.year + 1):
        try:
            day = born.replace(year=year)
        except ValueError:
            day = datetime.date(year, 2, 28)
        if day >= today:
            return day
    return day


def _when(day: datetime.date, today: datetime.date) -> str:
    ahead = (day - today).days
    return ("今天", "明天", "后天")[ahead] if ahead < 3 else f"{day.month}月{day.day}日"
