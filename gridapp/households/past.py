"""Who lived in a household before, and which households have gone over into it."""

import datetime
from dataclasses import dataclass, field

from gridapp.areas.model import Area
from gridapp.households import address, history_scope, words
from gridapp.households.model import Household, Resident
from gridapp.ids import Uid
from gridapp.store.log import Batch
from gridapp.store.register import Register
from gridapp.store.undo import taken_back


@dataclass(frozen=True)
class Elsewhere:
    """Another household: how one says it, and where it is found."""

    household: Uid
    area_code: str
    label: str


@dataclass(frozen=True)
class Former:
    """Somebody who lived in a household.

    Attributes:
        left: ``已迁出 2026-11-20``; empty for who has gone over into another household.
        now: the other household.
    """

    resident: Uid
    name: str
    relation: str
    birth_date: datetime.date | None
    left: str
    now: Elsewhere | None = None


@dataclass(frozen=True)
class Past:
    """What there was before in a household.

    Attributes:
        former: who lived there, the last to leave first.
        absorbed: households whose residents have gone over into it.
        into: the household that its own residents have gone over into.
    """

    former: tuple[Former, ...] = ()
    absorbed: tuple[Elsewhere, ...] = ()
    into: Elsewhere | None = field(default=None)


_PERSON = (Resident.uid, Resident.name, Resident.relation, Resident.birth_date)
_PLACE = (
    Household.uid,
    Area.code,
    Household.estate,
    Household.building,
    Household.entrance,
    Household.room,
    Household.head,
)


def of_household(register: Register, household: Uid) -> Past:
    """The past of a household, by indexes alone."""
    gone = (Resident.household == household) & ~Resident.is_here()
    left = Resident.select(*_PERSON, Resident.left_on, Resident.left_how).where(gone).order_by(Resident.left_on.desc())
    former = [
        Former(uid, name, relation, born, words.left_text(how, day))
        for uid, name, relation, born, day, how in register.all(left.tuples())
    ]
    into = register.value(Household.select(Household.merged_into).where(Household.uid == household))
    return Past(
        (*former, *_moved(register, household)),
        tuple(_elsewhere(register, Household.merged_into == household)),
        next(iter(_elsewhere(register, Household.uid == into)), None) if into is not None else None,
    )


def _moved(register: Register, household: Uid) -> list[Former]:
    """Who has gone over into another household, by moves that were not taken back."""
    moves = register.all(history_scope.moved_away(household).tuples())
    if not moves:
        return []
    batches = {batch for _uid, batch in moves}
    made = {
        batch
        for (batch,) in register.all(
            Batch.select(Batch.id).where(Batch.id.in_(batches) & Batch.undoes.is_null()).tuples()
        )
    }
    in_force = made - taken_back(register, list(made))
    uids = [uid for uid, batch in moves if batch in in_force]
    if not uids:
        return []
    query = (
        Resident.select(*_PERSON, *_PLACE)
        .join(Household, on=(Household.uid == Resident.household))
        .join(Area, on=(Area.uid == Household.area))
        .where(Resident.uid.in_(uids) & (Resident.household != household))
        .order_by(Resident.moved_in_on.desc(), Resident.position)
    )
    return [
        Former(uid, name, relation, born, "", _place(*place))
        for uid, name, relation, born, *place in register.all(query.tuples())
    ]


def _elsewhere(register: Register, chosen: object) -> list[Elsewhere]:
    query = Household.select(*_PLACE).join(Area, on=(Area.uid == Household.area)).where(chosen)
    return [_place(*row) for row in register.all(query.order_by(Household.left_on, Household.uid).tuples())]


def _place(uid: Uid, code: str, estate: str, building: str, entrance: str, room: str, head: str) -> Elsewhere:
    return Elsewhere(uid, code, f"{address.full_label(estate, building, entrance, room)} {head}".strip())
