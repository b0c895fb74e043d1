"""One search over households and the people in them."""

from dataclasses import asdict, dataclass

from peewee import fn

from gridapp.areas.model import Area
from gridapp.households import address
from gridapp.households.categories import at
from gridapp.households.listing import matching
from gridapp.households.model import Household, Resident
from gridapp.ids import Uid, uid_text
from gridapp.store.register import Register


@dataclass(frozen=True)
class Hit:
    """Something that was found: a household, or a resident of it."""

    kind: str
    household: Uid
    area_code: str
    address: str
    name: str
    phone: str
    category: str

    def as_dict(self) -> dict[str, str]:
        return {**asdict(self), "household": uid_text(self.household)}


def search(register: Register, text: str, limit: int = 50) -> list[Hit]:
    """Households by head, pinyin initials, phone, address or note, then residents by name, phone or ID number.

    A household is named once, by its head where the head is what was found.
    """
    needle = text.strip()
    if not needle:
        return []
    place = (Area.code, Household.estate, Household.building, Household.entrance, Household.room)
    households = (
        Household.select(Household.uid, *place, Household.head, Household.phone, Household.precedence)
        .join(Area, on=(Area.uid == Household.area))
        .where(matching(needle))
        .order_by(Area.code, Household.address_key)
        .limit(limit)
    )
    found = [_hit("household", *row) for row in register.each(households)]
    seen = {(hit.household, hit.name) for hit in found}
    condition = Resident.name.contains(needle) | Resident.phone.contains(needle)
    if len(needle) >= 4:
        condition |= Resident.id_number.contains(needle.upper())
    residents = (
        Resident.select(Household.uid, *place, Resident.name, _phone(), Household.precedence)
        .join(Household, on=(Household.uid == Resident.household))
        .join(Area, on=(Area.uid == Household.area))
        .where(condition)
        .order_by(Area.code, Household.address_key, Resident.position)
        .limit(limit)
    )
    others = (_hit("resident", *row) for row in register.each(residents))
    found += [hit for hit in others if (hit.household, hit.name) not in seen]
    return found[:limit]


def _phone():
    return fn.COALESCE(fn.NULLIF(Resident.phone, ""), Household.phone)


def _hit(
    kind: str,
    household: Uid,
    code: str,
    estate: str,
    building: str,
    entrance: str,
    room: str,
    name: str,
    phone: str,
    precedence: int,
) -> Hit:
    label = address.full_label(estate, building, entrance, room)
    return Hit(kind, household, code, label, name, phone, at(precedence).key)
