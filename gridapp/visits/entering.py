"""Entering a sheet back: line by line, each with what it has in common with the line before."""

import datetime
from dataclasses import dataclass

from peewee import fn

from gridapp.errors import UserError
from gridapp.households import address
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.visits.model import Visit
from gridapp.visits.sheet import Printed

_CHUNK = 500


@dataclass(frozen=True)
class Door:
    """A household of a sheet: its line, how one says it, and the room by which one may also call it."""

    number: int
    household: Uid
    label: str
    head: str
    room: str
    visited_on: datetime.date | None
    """The day of the last visit to it since the sheet was printed; None if there was none."""


def doors(register: Register, sheet: Printed) -> list[Door]:
    """The households of a sheet that there still are, by their lines."""
    place = (Household.estate, Household.building, Household.entrance, Household.room)
    homes: dict[Uid, tuple] = {}
    visited: dict[Uid, datetime.date] = {}
    for start in range(0, len(sheet.households), _CHUNK):
        chunk = sheet.households[start : start + _CHUNK]
        query = Household.select(Household.uid, Household.head, *place).where(Household.uid.in_(chunk))
        homes.update({row[0]: row[1:] for row in register.all(query.tuples())})
        since = (Visit.household.in_(chunk)) & (Visit.visited_on >= sheet.made_on)
        last = Visit.select(Visit.household, fn.MAX(Visit.visited_on)).where(since).group_by(Visit.household)
        visited.update(register.all(last.tuples()))
    found = []
    for number, uid in enumerate(sheet.households, 1):
        if uid in homes:
            head, *door = homes[uid]
            found.append(Door(number, uid, address.full_label(*door), head, door[-1], visited.get(uid)))
    return found


def meant(found: list[Door], typed: str) -> Door:
    """The household that a line's number means, or else the room.

    Raises:
        UserError: there is no such line, or several have that room.
    """
    text = typed.strip()
    by_number = [door for door in found if text.isascii() and text.isdigit() and door.number == int(text)]
    if by_number:
        return by_number[0]
    room = text.removesuffix("室")
    by_room = [door for door in found if room and (door.room == room or door.label.endswith(text))]
    if len(by_room) == 1:
        return by_room[0]
    if by_room:
        lines = "、".join(str(door.number) for door in by_room)
        raise UserError(f"房号 {room} 在第 {lines} 行都有，请填行号。")
    raise UserError(f"这张表上没有“{text}”这一行，也没有这个房号，请核对。" if text else "请填行号或房号。")


def next_line(found: list[Door], after: int) -> int | None:
    """The number of the next line that has no visit yet; None if there is none behind."""
    return next((door.number for door in found if door.number > after and door.visited_on is None), None)
