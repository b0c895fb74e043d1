"""Families in motion: who moves out and in, dies, goes over to others, parts or joins; each of it is one batch."""

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from gridapp.areas.model import Area
from gridapp.emergency.model import EmergencyCall
from gridapp.errors import UserError
from gridapp.households import address, editing
from gridapp.households.editing import ResidentDraft
from gridapp.households.family_steps import Row, behind, door_of, label_of, recorded, refuse_day, stored, verb
from gridapp.households.kinship import through, under
from gridapp.households.model import HEAD, MERGED, WAYS_OF_KINDS, WAYS_OF_RESIDENTS, Household, Resident
from gridapp.ids import Uid
from gridapp.issues.model import Issue, Reporter
from gridapp.store.register import Register
from gridapp.visits.model import Visit


@dataclass(frozen=True)
class Done:
    """What was done, in words, and the household to look at after it, if there is one."""

    label: str
    household: Uid | None


@dataclass(frozen=True)
class Place:
    """Where a household that parts from another is from now on, in the same grid."""

    estate: str = ""
    building: str = ""
    entrance: str = ""
    floor: str = ""
    room: str = ""


def move_out(register: Register, household: Uid, on: datetime.date, how: str) -> Done:
    """A whole household leaves. It stays on record as it was, and is found by asking for it.

    Args:
        how: one of ``WAYS_OF_KINDS`` for its kind.

    Raises:
        UserError: it has left or been deleted, the day is none on which it can have left, or nobody leaves like that.
    """
    label = f"{label_of(stored(register, Household, household))} 整户{verb(how)}"
    with recorded(register, label) as batch:
        home = batch.home(household)
        if how not in WAYS_OF_KINDS[home["kind"]]:
            raise UserError(f"不能这样记录一户的离开：{how}。")
        refuse_day(on, batch.residents(household))
        batch.end_pairings(household, on)
        batch.update(Household, household, {"left_on": on, "left_how": how})
    return Done(label, None)


def come_back(register: Register, household: Uid) -> Done:
    """A household that had left is here again, as it was.

    Raises:
        UserError: it has not left, has been deleted, or its residents have gone over into another.
    """
    label = f"恢复 {label_of(stored(register, Household, household))}"
    with recorded(register, label) as batch:
        home = batch.home(household, past=True)
        if home["merged_into"] is not None:
            raise UserError(f"{label_of(home)}一户已并入另一户，请在那一户用“分户”把人分出来。")
        batch.update(Household, household, {"left_on": None, "left_how": ""})
    return Done(label, household)


def move_in(register: Register, household: Uid, on: datetime.date, residents: Sequence[ResidentDraft]) -> Done:
    """New residents join a household.

    Raises:
        UserError: something blocking is wrong with one of them, or with the day, or the household is not here any more.
    """
    home = stored(register, Household, household)
    draft = editing.HouseholdDraft(home["area"], head="户", room="1", residents=list(residents))
    joining = editing.tidied(draft).residents
    wrong = [problem.text for problem in editing.problems(draft) if problem.blocking]
    if wrong or not joining:
        raise UserError("；".join(wrong) or "请填写迁入的人。")
    refuse_day(on, [{"name": one.name, "birth_date": one.birth_date, "moved_in_on": None} for one in joining])
    label = f"{'、'.join(one.name for one in joining)} 迁入 {door_of(home)}"
    with recorded(register, label) as batch:
        home = batch.home(household)
        for position, one in enumerate(joining, behind(batch.residents(household))):
            values = {name: getattr(one, name) for name in editing.RESIDENT_FIELDS}
            batch.recording.insert(Resident, household=household, position=position, moved_in_on=on, **values)
        batch.add(home, len(joining))
    return Done(label, household)


def resident_left(
    register: Register, resident: Uid, on: datetime.date, how: str, next_head: Uid | str | None = None
) -> Done:
    """One resident leaves, by moving away or dying, and stays on record among those who lived there.

    Args:
        how: one of ``WAYS_OF_RESIDENTS``.
        next_head: who is head of the household from now on, if it was the head: a resident, or the name of somebody
            who is counted and not on record.

    Raises:
        UserError: nobody would be left, it is not said who is head next, or the day is none on which one can leave.
    """
    person = stored(register, Resident, resident)
    home = stored(register, Household, person["household"])
    label = f"{door_of(home)} {person['name']} {verb(how)}"
    with recorded(register, label) as batch:
        person, home = batch.person(resident)
        if how not in WAYS_OF_RESIDENTS:
            raise UserError(f"不能这样记录居民的离开：{how}。")
        refuse_day(on, [person])
        batch.part(home, [person], next_head)
        batch.update(Resident, resident, {"left_on": on, "left_how": how})
    return Done(label, home["uid"])


def resident_back(register: Register, resident: Uid, on: datetime.date) -> Done:
    """A resident who had left lives in the same household again.

    Raises:
        UserError: the household is not here any more, or the day lies before that of leaving.
    """
    person = stored(register, Resident, resident)
    home = stored(register, Household, person["household"])
    label = f"{door_of(home)} {person['name']} 回来"
    with recorded(register, label) as batch:
        person = batch.read(Resident, resident)
        if person["left_on"] is None:
            raise UserError(f"{person['name']}没有离开过。")
        home = batch.home(person["household"])
        refuse_day(on, [person])
        if on < person["left_on"]:
            raise UserError(f"日期早于{person['name']}离开的日期 {person['left_on'].isoformat()}。")
        values = {"left_on": None, "left_how": "", "moved_in_on": on}
        if person["relation"] == HEAD and person["name"] != home["head"]:
            values["relation"] = ""  # somebody else is head by now
        batch.update(Resident, resident, values)
        batch.add(home, 1)
    return Done(label, home["uid"])


def move_resident(
    register: Register,
    resident: Uid,
    household: Uid,
    relation: str,
    on: datetime.date,
    next_head: Uid | str | None = None,
) -> Done:
    """A resident goes over into another household.

    Args:
        relation: to the head of the other household.
        next_head: as in ``resident_left``.

    Raises:
        UserError: see ``resident_left``; or the other household is the same, a shop, or not here any more.
    """
    name = stored(register, Resident, resident)["name"]
    label = f"{name} 移到 {label_of(stored(register, Household, household))}"
    with recorded(register, label) as batch:
        person, home = batch.person(resident)
        other = batch.family(household)
        if household == home["uid"]:
            raise UserError(f"{person['name']}已经在这一户。")
        refuse_day(on, [person])
        batch.part(home, [person], next_head)
        batch.join(other, [person], on, lambda _row: relation)
    return Done(label, home["uid"])


def split(
    register: Register,
    household: Uid,
    residents: Sequence[Uid],
    place: Place,
    head: Uid,
    on: datetime.date,
    next_head: Uid | str | None = None,
) -> Done:
    """Residents part from a household and become one of their own, of no category yet.

    Args:
        head: the one of them who is head of the new household.
        next_head: as in ``resident_left``, if the head goes.

    Raises:
        UserError: none or all of the household are chosen, one is not in it, the new one has no address, or the
            household is a shop or not here any more.
    """
    name = stored(register, Resident, head)["name"]
    label = f"{name} 从 {label_of(stored(register, Household, household))} 分户"
    with recorded(register, label) as batch:
        home = batch.family(household)
        there = {one["uid"]: one for one in batch.residents(household)}
        if head not in residents:
            raise UserError("请选择要分出去的人，并选定其中一人为户主。")
        if not set(residents) <= there.keys():
            raise UserError("所选的人中有的已不在这一户，请重新选择。")
        going = [there[uid] for uid in dict.fromkeys(residents)]
        refuse_day(on, going)
        first = there[head]
        values = _place_values(place)
        batch.part(home, going, next_head)
        new = batch.recording.insert(
            Household, area=home["area"], head=first["name"], phone=first["phone"], people=0, **values
        )
        made = batch.home(new)
        batch.join(made, going, on, lambda row: under(row["relation"], first["relation"]), first)
    return Done(label, new)


def merge(register: Register, into: Uid, other: Uid, on: datetime.date, relation: str = "") -> Done:
    """The residents of one household go over into another, with its visits and issues; the one that is empty is past.

    Args:
        relation: of the other household's head to the head of the one that stays.

    Raises:
        UserError: both are the same, or one is a shop or not here any more.
    """
    if into == other:
        raise UserError("不能把一户并入它自己，请选另一户。")
    stays, goes = (stored(register, Household, uid) for uid in (into, other))
    label = f"{label_of(goes)} 并入 {label_of(stays)}"
    with recorded(register, label) as batch:
        stays, goes = batch.family(into), batch.family(other)
        going = batch.residents(other)
        refuse_day(on, going)
        people = max(len(going), goes["people"] or 0)  # there may be more than those on record
        batch.join(stays, going, on, lambda row: through(row["relation"], relation), people=people)
        batch.hand_over(Visit, other, into)
        batch.hand_over(EmergencyCall, other, into)
        batch.hand_over(Issue, other, into)
        batch.hand_over(Reporter, other, into)
        batch.hand_over_pairings(other, into, on)
        batch.update(Household, other, {"left_on": on, "left_how": MERGED, "merged_into": into})
    return Done(label, into)


def grid_of(register: Register, household: Uid) -> str | None:
    """The code of the grid in which a household is; None if it has been deleted."""
    query = Area.select(Area.code).join(Household, on=(Household.area == Area.uid)).where(Household.uid == household)
    code: str | None = register.value(query)
    return code


def _place_values(place: Place) -> Row:
    values = {name: " ".join(text.split()) for name, text in asdict(place).items()}
    if not values["room"] and not values["building"]:
        raise UserError("请填写房号，或至少填写楼栋。")
    values["floor"] = values["floor"] or address.floor_of(values["room"])
    return values
