"""Registering visits: of one household or of many at once, changing one, and taking one away."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from gridapp.areas.model import Area
from gridapp.attachments import changing
from gridapp.attachments.preparing import Prepared
from gridapp.days import EARLIEST
from gridapp.errors import UserError
from gridapp.households import address
from gridapp.households.model import Household
from gridapp.ids import Uid, new_uid
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.visits.members import joined, names_in
from gridapp.visits.model import TO_FOLLOW_UP, Visit

_COLUMNS = ("household", "visited_on", "members", "summary", "needs", "follow_up", "follow_up_on")
_CHUNK = 500
_LONGEST_MEMBERS = 255


@dataclass(frozen=True)
class VisitDraft:
    """What is to be registered of a visit.

    Attributes:
        members: names of those who went, with 、 or a blank between.
        follow_up: what has to be seen to afterwards, by the day ``follow_up_on``.
        followed_up_on: when that was done, of a visit that is on record.
    """

    visited_on: datetime.date
    members: str = ""
    summary: str = ""
    needs: str = ""
    follow_up: str = ""
    follow_up_on: datetime.date | None = None
    followed_up_on: datetime.date | None = None

    def tidied(self) -> "VisitDraft":
        """The same as the register keeps it: without blanks around it, each member once."""
        return replace(
            self,
            members=joined(names_in(self.members)),
            summary=self.summary.strip(),
            needs=self.needs.strip(),
            follow_up=self.follow_up.strip(),
        )


@dataclass(frozen=True)
class Home:
    """A household that is to be visited, or was: how one says it, its grid, and what is still to be followed up."""

    uid: Uid
    area_code: str
    label: str
    follow_ups: tuple[str, ...] = ()


def problems(draft: VisitDraft, today: datetime.date | None = None) -> dict[str, str]:
    """What is wrong with a draft, by the field that it is wrong with; empty if nothing is.

    Args:
        today: the last day on which a visit can have been.
    """
    today = today or datetime.date.today()
    found = {}
    if draft.visited_on > today:
        found["visited_on"] = f"走访日期 {draft.visited_on.isoformat()} 还没有到，请填今天或以前的日期。"
    elif draft.visited_on < EARLIEST:
        found["visited_on"] = f"走访日期 {draft.visited_on.isoformat()} 太早，请核对年份。"
    members = joined(names_in(draft.members))
    if not members:
        found["members"] = "请填写走访人。"
    elif len(members) > _LONGEST_MEMBERS:
        found["members"] = f"走访人太多，请不超过 {_LONGEST_MEMBERS} 个字。"
    if draft.follow_up.strip() and draft.follow_up_on is None:
        found["follow_up_on"] = "请填写跟进的日期。"
    elif draft.follow_up_on is not None and draft.follow_up_on < draft.visited_on:
        found["follow_up_on"] = "跟进日期早于走访日期，请核对。"
    return found


def register_visits(
    register: Register,
    households: Sequence[Uid],
    draft: VisitDraft,
    follows_up: bool = True,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
    today: datetime.date | None = None,
    files: Sequence[Prepared] = (),
) -> list[Uid]:
    """Register one visit to each of some households, as one step, and return the uids of the visits.

    Args:
        follows_up: whether what was to be followed up there is done with this.
        files: what is attached to each of the visits.

    Raises:
        UserError: no household is told, one has been deleted or had left by then, or ``problems`` finds something.
        Cancelled: the token was set; nothing is kept.
    """
    draft = draft.tidied()
    uids = list(dict.fromkeys(households))
    if not uids:
        raise UserError("没有选中住户，没有登记走访。")
    _refuse(draft, today)
    with register.recording(label_for(register, uids)) as recording:
        made: list[Uid] = []
        for start in range(0, len(uids), _CHUNK):
            if cancel is not None:
                cancel.check()
            progress(start, len(uids), "登记走访")
            chunk = uids[start : start + _CHUNK]
            _refuse_gone(register, chunk, draft.visited_on)
            if follows_up:
                _follow_up(recording, chunk, draft.visited_on)
            visits = [new_uid() for _household in chunk]
            rows = ((visit, home, *_named(draft).values()) for visit, home in zip(visits, chunk, strict=True))
            recording.insert_many(Visit, ("uid", *_COLUMNS), rows, cancel)
            for visit in visits:
                changing.add_files(recording, Visit.table(), visit, files)
            made += visits
    return made


def label_for(register: Register, uids: Sequence[Uid]) -> str:
    """What registering a visit to these is called in the undo menu."""
    if len(uids) > 1:
        return f"登记走访 {len(uids):,} 户"
    (home,) = homes(register, uids) or (None,)
    return f"登记走访 {home.label}" if home is not None else "登记走访"


def load(register: Register, visit: Uid) -> VisitDraft:
    """A visit as it is stored.

    Raises:
        UserError: it has been deleted.
    """
    row = register.first(Visit.select().where(Visit.uid == visit).dicts())
    if row is None:
        raise UserError("这次走访已被删除。")
    names = (*_COLUMNS[1:], "followed_up_on")
    return VisitDraft(**{name: row[name] for name in names})


def edit(
    register: Register, visit: Uid, draft: VisitDraft, base: VisitDraft, today: datetime.date | None = None
) -> None:
    """Change a visit.

    Args:
        base: what the user saw before changing it.

    Raises:
        Conflict: somebody else changed the same field in the meantime.
        UserError: it has been deleted, or ``problems`` finds something.
    """
    draft = draft.tidied()
    _refuse(draft, today)
    values = {**_named(draft), "followed_up_on": draft.followed_up_on}
    if draft.follow_up_on is None:
        values["followed_up_on"] = None
    with register.recording("修改走访") as recording:
        recording.update(Visit, visit, values, {**_named(base), "followed_up_on": base.followed_up_on})


def delete(register: Register, visits: Sequence[Uid], label: str = "") -> int:
    """Delete visits with what is attached to them, as one step, and return how many visits there were.

    Raises:
        UserError: all of them have been deleted already.
    """
    with register.recording(label or f"删除走访 {len(visits):,} 次") as recording:
        changing.remove_with(recording, visits)
        gone = sum(
            recording.delete_many(Visit, visits[start : start + _CHUNK]) for start in range(0, len(visits), _CHUNK)
        )
    if not gone:
        raise UserError("所选的走访已被删除。")
    return gone


def follow_up(register: Register, visits: Sequence[Uid], on: datetime.date | None = None) -> int:
    """Note that what was promised at these visits is done, on a day, today unless told; return how many were open.

    Raises:
        UserError: none of them is open.
    """
    done, day = 0, on or datetime.date.today()
    with register.recording("标为已跟进") as recording:
        for start in range(0, len(visits), _CHUNK):
            is_open = Visit.uid.in_(visits[start : start + _CHUNK]) & TO_FOLLOW_UP
            uids = [uid for (uid,) in register.all(Visit.select(Visit.uid).where(is_open).tuples())]
            done += recording.update_many(Visit, "followed_up_on", uids, lambda _uid, _old: day)
    if not done:
        raise UserError("所选的走访没有待跟进的事项。")
    return done


def home_of(register: Register, visit: Uid) -> Home:
    """The household of a visit.

    Raises:
        UserError: the visit has been deleted.
    """
    household = register.value(Visit.select(Visit.household).where(Visit.uid == visit))
    if household is None:
        raise UserError("这次走访已被删除。")
    return homes(register, [household])[0]


def homes(register: Register, uids: Sequence[Uid]) -> list[Home]:
    """The households with these uids that there are, in this order, with what is open to be followed up."""
    columns = (Household.estate, Household.building, Household.entrance, Household.room, Household.head)
    found: dict[Uid, Home] = {}
    for start in range(0, len(uids), _CHUNK):
        chunk = uids[start : start + _CHUNK]
        query = Household.select(Household.uid, Area.code, *columns).join(Area, on=(Area.uid == Household.area))
        told = open_follow_ups(register, chunk)
        for uid, code, *door, head in register.all(query.where(Household.uid.in_(chunk)).tuples()):
            label = f"{address.full_label(*door)} {head}".strip()
            found[uid] = Home(uid, code, label, tuple(text for _day, text in told.get(uid, ())))
    return [found[uid] for uid in uids if uid in found]


def open_follow_ups(register: Register, uids: Sequence[Uid]) -> dict[Uid, list[tuple[datetime.date, str]]]:
    """By household, of at most some hundred: the days and texts of what is still to be followed up."""
    query = (
        Visit.select(Visit.household, Visit.follow_up_on, Visit.follow_up)
        .where(Visit.household.in_(uids) & TO_FOLLOW_UP)
        .order_by(Visit.follow_up_on, Visit.uid)
    )
    found: dict[Uid, list[tuple[datetime.date, str]]] = {}
    for household, day, text in register.all(query.tuples()):
        found.setdefault(household, []).append((day, text))
    return found


def _refuse(draft: VisitDraft, today: datetime.date | None) -> None:
    for problem in problems(draft, today).values():
        raise UserError(problem)


def _refuse_gone(register: Register, uids: Sequence[Uid], on: datetime.date) -> None:
    query = Household.select(Household.uid, Household.left_on, Household.head).where(Household.uid.in_(uids))
    rows = register.all(query.tuples())
    if len(rows) != len(uids):
        raise UserError("所选的住户中有的已被删除，请重新选择。")
    for _uid, left_on, head in rows:
        if left_on is not None and on > left_on:
            raise UserError(f"{head}一户已于 {left_on.isoformat()} 离开，走访日期应不晚于那一天。")


def _follow_up(recording: Recording, uids: Sequence[Uid], on: datetime.date) -> None:
    """What was promised at an earlier visit is done with one that comes after it."""
    query = Visit.select(Visit.uid).where(Visit.household.in_(uids) & TO_FOLLOW_UP & (Visit.visited_on <= on))
    visits = [uid for (uid,) in recording.register.all(query.tuples())]
    for start in range(0, len(visits), _CHUNK):
        recording.update_many(Visit, "followed_up_on", visits[start : start + _CHUNK], lambda _uid, _old: on)


def _named(draft: VisitDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in _COLUMNS[1:]}
