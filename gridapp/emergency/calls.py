"""Calling households in an emergency: who is called first, what each call brought, and what they need."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from peewee import JOIN

from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.emergency import running
from gridapp.emergency.call_rows import VIEW_NAMES, Call, CallFilter, CallRow, View
from gridapp.emergency.counting import counted, first_positions, joined, ranks
from gridapp.emergency.model import NEEDS_HELP, NOT_REACHED, OUTCOME_NAMES, REACHED, EmergencyCall
from gridapp.emergency.needs import register_need
from gridapp.emergency.running import Running
from gridapp.errors import UserError
from gridapp.households import address
from gridapp.households.filters import Filter, conditions
from gridapp.households.model import Household
from gridapp.households.order import Order
from gridapp.ids import Uid
from gridapp.issues.model import Issue
from gridapp.issues.states import State
from gridapp.store.register import Register
from gridapp.teams import presence
from gridapp.teams.model import Member, Pairing

__all__ = ["VIEW_NAMES", "Call", "CallFilter", "CallRow", "Listing", "Recorded", "View", "calls_of", "record"]

LONGEST_NOTE = 2_000
_CHUNK = 500
_NEVER_CALLED = ("", None, "", "", "", False)
_VIEWS = {
    "": View.NOT_CALLED,
    NOT_REACHED: View.NOT_REACHED,
    NEEDS_HELP: View.NEEDS_HELP,
    REACHED: View.REACHED,
}


@dataclass(frozen=True)
class Recorded:
    """A call that was registered, and what was done in words; ``number`` is that of the issue, if one was made."""

    uid: Uid
    label: str
    issue: Uid | None = None
    number: str = ""


class Listing:
    """The households of an emergency in the order in which they are called, read where they are looked at.

    Those of the plan's categories come first, then red, blue and purple, then the others; each colour in walking order.
    """

    def __init__(self, register: Register, chosen: CallFilter) -> None:
        """Make it; nothing is read yet."""
        self._register = register
        self.filter = chosen

    def prepare(self) -> None:
        """Read what may take long now, so that everything asked later is answered at once."""
        assert self.count >= 0
        assert self.counts

    @property
    def count(self) -> int:
        """How many households it holds."""
        return len(self._sorted[0])

    @property
    def counts(self) -> dict[View, int]:
        """How many households there are of each view, whichever is shown."""
        return self._sorted[1]

    @cached_property
    def running(self) -> Running:
        """The emergency."""
        return running.read(self._register, self.filter.emergency)

    @cached_property
    def counting(self) -> list[Uid]:
        """The emergencies whose calls count."""
        return running.counting(self._register, self.running)

    @cached_property
    def ranks(self) -> list[int]:
        """Positions in precedence in the order in which they are called."""
        return ranks(running.plan_of(self._register, self.filter.emergency).call_first)

    @cached_property
    def first_positions(self) -> frozenset[int]:
        """Positions in precedence of those that are called before all others."""
        return first_positions(running.plan_of(self._register, self.filter.emergency).call_first)

    def page(self, offset: int, limit: int) -> list[CallRow]:
        """At most ``limit`` rows from position ``offset`` on; households that are gone are left out."""
        return self.rows(self.uids_at(offset, limit))

    def uids_at(self, offset: int, limit: int) -> list[Uid]:
        """The households of at most ``limit`` rows from position ``offset`` on."""
        return self._order.part(offset, limit)

    def position_of(self, uid: Uid) -> int | None:
        """Where a household stands in the list, or None."""
        return self._order.position_of(uid)

    def each(self) -> list[CallRow]:
        """All rows, for a list that is printed whole."""
        found: list[CallRow] = []
        for start in range(0, self.count, _CHUNK):
            found += self.page(start, _CHUNK)
        return found

    def rows(self, uids: Sequence[Uid]) -> list[CallRow]:
        """The rows of some households, in this order."""
        if not uids:
            return []
        register = self._register
        query = Household.select(*_COLUMNS).join(Area, on=(Area.uid == Household.area))
        homes = {bytes(row[0]): row for row in register.all(query.where(Household.uid.in_(list(uids))).tuples())}
        paired = _paired(register, uids)
        last, counts = _last(register, uids, self.counting, self.running)
        found = []
        for uid in (bytes(uid) for uid in uids if bytes(uid) in homes):
            told = homes[uid]
            is_first = told[12] in self.first_positions
            outcome, at, by, note, issue, is_open = last.get(uid, _NEVER_CALLED)
            call = (outcome, at, by, note, counts.get(uid, 0), issue, is_open)
            found.append(CallRow(*(*told, paired.get(uid, ""), is_first, *call)))
        return found

    @property
    def _order(self) -> Order:
        return self._sorted[0]

    @cached_property
    def _sorted(self) -> tuple[Order, dict[View, int]]:
        """The uids of the view in order, and how many there are of each view, in one pass over the households."""
        latest = self._latest
        counts: Counter[str] = Counter()
        view = self.filter.view

        def looked_at() -> Iterator[Uid]:
            for uid in self._each():
                outcome = latest.get(uid, "")
                counts[outcome] += 1
                if view is View.ALL or _VIEWS[outcome] is view:
                    yield uid

        order = Order(looked_at())
        found = {one: counts[outcome] for outcome, one in _VIEWS.items()}
        return order, {View.ALL: sum(found.values()), **found}

    @cached_property
    def _latest(self) -> dict[Uid, str]:
        """How the last call to each household ended that was called."""
        query = joined(self.running, self.filter.area_code, EmergencyCall.household, EmergencyCall.outcome)
        query = query.where(counted(self.counting, self.running))
        return dict(self._register.each(query.order_by(EmergencyCall.called_at, EmergencyCall.uid)))

    def _each(self) -> Iterator[Uid]:
        # Colour by colour, so that each is read by the index that has it in walking order, and nothing is sorted.
        told = self.filter
        wanted = told.first if told.first is not None else frozenset(self.ranks)
        if told.only_first:
            wanted &= self.first_positions
        chosen = Filter(told.area_code, text=told.text)
        query = Area.select(Household.uid).join(Household, JOIN.CROSS).where(Household.area == Area.uid)
        query = query.where(tree.within(told.area_code) & (Area.level == int(Level.GRID)))
        query = query.where(*conditions(chosen, datetime.date.today()))
        query = query.order_by(Area.code, Household.address_key, Household.uid)
        for rank in self.ranks:
            if rank in wanted:
                yield from self._register.column(query.where(Household.precedence == rank))


def record(
    register: Register,
    emergency: Uid,
    household: Uid,
    outcome: str,
    note: str = "",
    at: datetime.datetime | None = None,
    member: Uid | None = None,
    *,
    category: str = "",
    now: datetime.datetime | None = None,
) -> Recorded:
    """Register a call; of a household that needs help, an urgent issue with it, in one step.

    A need that is told a second time in the same words belongs to the issue that is open already.

    Args:
        at: when; now unless told.
        member: who called.
        category: key of the category of the issue; what goes with the kind of emergency unless told.

    Raises:
        UserError: the emergency has ended or does not hold for the household, the household has left, the moment
            cannot be, or somebody needs help and it is not told what for.
    """
    now = (now or datetime.datetime.now()).replace(microsecond=0)
    moment = (at or now).replace(microsecond=0)
    one = running.read(register, emergency)
    text = note.strip()
    home = _home(register, household)
    _refuse(one, home, outcome, text, moment, now)
    label = f"登记联系{home.told}（{OUTCOME_NAMES[outcome]}）"
    with register.recording(label) as recording:
        if not running.read(register, emergency).is_active:
            raise UserError(f"{one.name}应急响应已经结束，不能再登记联系。")
        issue, number = None, ""
        if outcome == NEEDS_HELP:
            issue, number = register_need(
                register, one, household, (home.head, home.phone), text, category, moment, now
            )
        values = {"emergency": emergency, "household": household, "called_at": moment, "member": member}
        uid = recording.insert(EmergencyCall, **values, outcome=outcome, note=text, issue=issue)
    return Recorded(uid, f"{label}{f'，登记民意 {number}' if number else ''}", issue, number)


def calls_of(register: Register, emergency: Uid, household: Uid) -> list[Call]:
    """All calls to a household that count for an emergency, the newest first."""
    one = running.read(register, emergency)
    query = (
        EmergencyCall.select(
            *(EmergencyCall.uid, EmergencyCall.called_at, Member.name, EmergencyCall.outcome, EmergencyCall.note),
            *(Issue.number, Issue.uid),
        )
        .left_outer_join(Member, on=(Member.uid == EmergencyCall.member))
        .switch(EmergencyCall)
        .left_outer_join(Issue, on=(Issue.uid == EmergencyCall.issue))
        .where((EmergencyCall.household == household) & counted(running.counting(register, one), one))
        .order_by(EmergencyCall.called_at.desc(), EmergencyCall.uid.desc())
    )
    return [
        Call(bytes(uid), at, by or "", outcome, note, number or "", bytes(issue) if issue else None)
        for uid, at, by, outcome, note, number, issue in register.all(query.tuples())
    ]


@dataclass(frozen=True)
class _Home:
    area_code: str
    told: str
    head: str
    phone: str
    is_here: bool


def _home(register: Register, household: Uid) -> _Home:
    query = (
        Household.select(
            *(Area.code, Household.building, Household.entrance, Household.room),
            *(Household.head, Household.phone, Household.left_on),
        )
        .join(Area, on=(Area.uid == Household.area))
        .where(Household.uid == household)
    )
    row = register.first(query.tuples())
    if row is None:
        raise UserError("这一户已被删除，请另选一户。")
    code, *door, head, phone, left_on = row
    return _Home(code, f"{address.short_label(*door)} {head}".strip(), head, phone, left_on is None)


def _refuse(
    one: Running, home: _Home, outcome: str, note: str, moment: datetime.datetime, now: datetime.datetime
) -> None:
    if outcome not in OUTCOME_NAMES:
        raise UserError(f"联系结果应为{'、'.join(OUTCOME_NAMES.values())}之一。")
    if not one.is_active:
        raise UserError(f"{one.name}应急响应已经结束，不能再登记联系。")
    if not one.holds_for(home.area_code):
        raise UserError(f"{home.told}不在{one.area_name}，不属于这次应急响应。")
    if not home.is_here:
        raise UserError(f"{home.told}已经离开，不用联系。")
    if moment > now:
        raise UserError(f"联系时间 {moment:%Y-%m-%d %H:%M} 还没有到。")
    if moment < one.started_at:
        raise UserError(f"应急响应 {one.started_at:%m-%d %H:%M} 才启动，联系时间不能更早。")
    if len(note) > LONGEST_NOTE:
        raise UserError(f"说明最多{LONGEST_NOTE:,}个字，现有{len(note):,}个。")
    if outcome == NEEDS_HELP and not note:
        raise UserError("请写明这一户需要什么帮助，以便登记办理。")


def _paired(register: Register, uids: Sequence[Uid]) -> dict[Uid, str]:
    """Who looks after some households, and for whom somebody else does it meanwhile."""
    query = (
        Pairing.select(Pairing.household, Member.uid, Member.name, Member.phone)
        .join(Member, on=(Member.uid == Pairing.member))
        .where(Pairing.household.in_(list(uids)) & Pairing.until.is_null())
        .order_by(Pairing.household, Pairing.since, Pairing.uid)
    )
    rows = register.all(query.tuples())
    standing = presence.stand_ins_for(register, [member for _home, member, *_who in rows], datetime.date.today())
    found: dict[Uid, list[str]] = {}
    for household, member, name, phone in rows:
        instead = standing.get(bytes(member), ())
        told = f"{name} {phone}".strip()
        if instead:
            told = f"{name}（由{instead[0].name}代管）{instead[0].phone}"
        found.setdefault(bytes(household), []).append(told)
    return {household: "、".join(names) for household, names in found.items()}


def _last(
    register: Register, uids: Sequence[Uid], emergencies: Sequence[Uid], one: Running
) -> tuple[dict[Uid, tuple], dict[Uid, int]]:
    """The last call of each of some households, and how many there were."""
    query = (
        EmergencyCall.select(
            *(EmergencyCall.household, EmergencyCall.outcome, EmergencyCall.called_at, Member.name),
            *(EmergencyCall.note, Issue.number, Issue.state),
        )
        .left_outer_join(Member, on=(Member.uid == EmergencyCall.member))
        .switch(EmergencyCall)
        .left_outer_join(Issue, on=(Issue.uid == EmergencyCall.issue))
        .where(EmergencyCall.household.in_(list(uids)) & counted(emergencies, one))
        .order_by(EmergencyCall.called_at, EmergencyCall.uid)
    )
    last: dict[Uid, tuple] = {}
    counts: dict[Uid, int] = {}
    for household, outcome, at, by, note, number, state in register.all(query.tuples()):
        key = bytes(household)
        is_open = state is not None and State(state).is_open
        last[key] = (outcome, at, by or "", note, number or "", is_open)
        counts[key] = counts.get(key, 0) + 1
    return last, counts


_COLUMNS = (
    *(Household.uid, Area.code, Area.name, Household.estate, Household.building, Household.entrance, Household.room),
    *(Household.head, Household.people, Household.phone, Household.emergency_contact, Household.categories),
    *(Household.precedence, Household.note),
)
