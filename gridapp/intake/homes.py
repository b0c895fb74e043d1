"""The household that an address means, among those of the area that a workbook is about."""

from collections.abc import Collection
from dataclasses import dataclass

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.households.model import Household, Resident
from gridapp.ids import Uid
from gridapp.intake.addresses import Place, building_of, entrance_of, room_of
from gridapp.intake.cells import name_of, text_of
from gridapp.store.register import Register

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Home:
    """A household that is here, with its address as workbooks write it."""

    uid: Uid
    area: Uid
    estate: str
    building: str
    entrance: str
    room: str
    head: str


class Homes:
    """Finds households by their doors, after one look at all of an area.

    Args:
        places: those that will be asked for; only households with their rooms are kept.
    """

    def __init__(self, register: Register, code: str, places: Collection[Place]) -> None:
        self._register = register
        # By the parts that tell most apart; of a whole district, thousands have the same room.
        self._at: dict[tuple[str, str, str], list[Home]] = {_key(place): [] for place in places if place.room}
        if self._at:
            self._read(code)

    def find(self, place: Place, name: str) -> Home | None:
        """The household at an address; of several, the one that somebody of this name belongs to.

        An address that leaves something out means a household where only one answers to what it does say.
        """
        found = [home for home in self._at.get(_key(place), ()) if _answers(home, place)]
        if len(found) > 1 and name:
            found = [home for home in found if home.head == name] or self._with_resident(found, name)
        return found[0] if len(found) == 1 else None

    def _read(self, code: str) -> None:
        area = (Household.uid, Household.area, Household.estate, Household.building, Household.entrance)
        query = (
            Household.select(*area, Household.room, Household.head)
            .join(Area, on=(Area.uid == Household.area))
            .where(tree.within(code) & Household.is_here())
        )
        for uid, grid, estate, building, entrance, room, head in self._register.each(query):
            # Typed into the form, an address may be written as in a workbook: 3号楼 and 3 are the same.
            where = (*building_of(building, estate), entrance_of(entrance), room_of(room)[0])
            home = Home(bytes(uid), bytes(grid), *where, name_of(text_of(head)))
            for key in {(part, door, home.room) for part in (home.building, "") for door in (home.entrance, "")}:
                if key in self._at:
                    self._at[key].append(home)

    def _with_resident(self, homes: list[Home], name: str) -> list[Home]:
        uids = [home.uid for home in homes][:_CHUNK]
        query = Resident.select(Resident.household).where(
            Resident.household.in_(uids) & (Resident.name == name) & Resident.is_here()
        )
        living = {bytes(uid) for (uid,) in self._register.all(query.tuples())}
        return [home for home in homes if home.uid in living]


def _key(place: Place) -> tuple[str, str, str]:
    return place.building, place.entrance, place.room


def _answers(home: Home, place: Place) -> bool:
    # An estate is often left out, here in an address, there in the register of a grid that has only one.
    return place.estate in ("", home.estate) or not home.estate
