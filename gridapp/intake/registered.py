"""Which households of a file are in the register already, or stand in the file twice."""

import datetime

from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.intake.addresses import building_of, entrance_of, room_of
from gridapp.intake.cells import name_of, text_of
from gridapp.intake.families import Family
from gridapp.store.register import Register

_Door = tuple[str, str, str, str]


_Seen = tuple[str, int, str]
"""Sheet, row and head of a household of the file."""


class Registered:
    """Looks households up by address and head, with one query for each grid that occurs."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._stored: dict[Uid, dict[_Door, set[str]]] = {}
        self._past: dict[tuple[Uid, _Door, str], datetime.date] = {}
        self._read: dict[tuple[Uid, _Door], tuple[_Seen, ...]] = {}

    def has(self, family: Family) -> bool:
        """Whether the register holds this household already."""
        return family.head in self._of(family.grid).get(_door(family), ())

    def twice(self, family: Family, sheet: str) -> str:
        """Why a household that the file has held before is not taken again; empty if it is new.

        One with the same address and another head is taken, with a warning.
        """
        door = _door(family)
        seen = self._read.get((family.grid, door), ())
        for sheet_before, row, head in seen:
            if head == family.head:
                return f"与{_where(sheet_before, row, sheet)}是同一户（地址和户主相同），没有重复登记。"
        if door[3]:  # what has no room of its own shares its address with others
            others = self._of(family.grid).get(door)
            if seen:
                before = _where(seen[0][0], seen[0][1], sheet)
                family.warnings.append(f"与{before}地址相同、户主不同，两户都已登记，请核对")
            elif others:
                family.warnings.append(f"登记簿中这个地址已有另一户（户主{'、'.join(sorted(others))}），请核对")
        self._of(family.grid)
        left_on = self._past.get((family.grid, door, family.head))
        if left_on is not None and not seen:
            family.warnings.append(f"登记簿中这一户已于{left_on.isoformat()}离开，按新的一户登记，请核对")
        self._read[family.grid, door] = (*seen, (sheet, family.entries[0].row, family.head))
        return ""

    def _of(self, grid: Uid) -> dict[_Door, set[str]]:
        found = self._stored.get(grid)
        if found is None:
            found = self._stored[grid] = {}
            place = (Household.estate, Household.building, Household.entrance, Household.room)
            query = Household.select(*place, Household.head, Household.left_on).where(Household.area == grid)
            for estate, building, entrance, room, head, left_on in self._register.each(query):
                # Typed into the form, an address may be written as in a workbook: 3号楼 and 3 are the same.
                door = (*building_of(building, estate), entrance_of(entrance), room_of(room)[0])
                name = name_of(text_of(head))
                if left_on is None:
                    found.setdefault(door, set()).add(name)
                else:  # who comes back is listed anew
                    self._past[grid, door, name] = left_on
        return found


def _door(family: Family) -> _Door:
    place = family.place
    return place.estate, place.building, place.entrance, place.room


def _where(before: str, row: int, sheet: str) -> str:
    return f"第 {row} 行" if before == sheet else f"工作表「{before}」第 {row} 行"
