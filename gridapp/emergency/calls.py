"""Calling households in an emergency: who is called first, what each call brought, and what they need."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import peewee
from peewee import JOIN, SQL, fn

from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.emergency import running
from gridapp.emergency.model import NEEDS_HELP, NOT_REACHED, OUTCOME_NAMES, REACHED, EmergencyCall
from gridapp.emergency.running import Running
from gridapp.errors import UserError
from gridapp.households import address
from gridapp.households.categories import CATEGORIES, NO_PRECEDENCE, Category, from_mask
from gridapp.households.filters import Filter, conditions
from gridapp.households.model import Household
from gridapp.households.order import Order
from gridapp.households.words import moment_text
from gridapp.ids import Uid
from gridapp.issues.model import Issue
from gridapp.issues.registering import NewIssue, NewReporter, register_issue
from gridapp.issues.states import Source, State
from gridapp.store.register import Register
from gridapp.teams import presence
from gridapp.teams.model import Member, Pairing

LONGEST_NOTE = 2_000
FIRST = ("lonely_elderly", "living_alone", "special_group")
"""Whose households are called before the others, whatever a plan says."""

ISSUE_CATEGORIES = {
    "epidemic": "epidemic",
    "flood": "drainage.flooding",
    "snow_and_ice": "heating.cold",
    "heat_wave": "elderly",
    "gas_leak": "gas.leak",
    "missing_person": "elderly.bathing",
    "other": "other",
}
"""Under which category a need is registered, by the kind of emergency, unless another is told."""

_POSITIONS = {category.key: position for position, category in enumerate(CATEGORIES)}
_CHUNK = 500
_NEVER_CALLED = ("", None, "", "", "", False)


class View(StrEnum):
    """Which households are looked at."""

    ALL = "all"
    NOT_CALLED = "not_called"
    NOT_REACHED = "not_reached"
    NEEDS_HELP = "needs_help"
    REACHED = "reached"


VIEW_NAMES = {
    View.ALL: "全部",
    View.NOT_CALLED: "还没联系",
    View.NOT_REACHED: "未联系上",
    View.NEEDS_HELP: "需要帮助",
    View.REACHED: "已联系",
}
_VIEWS = {
    "": View.NOT_CALLED,
    NOT_REACHED: View.NOT_REACHED,
    NEEDS_HELP: View.NEEDS_HELP,
    REACHED: View.REACHED,
}


@dataclass(frozen=True)
class CallFilter:
    """Which households of an emergency are wanted.

    Attributes:
        area_code: the emergency's own, or one within it.
        first: positions in precedence of their first category; None: all.
        only_first: only those that are called before all others.
        text: what head, phone, note or address contains.
    """

    emergency: Uid
    area_code: str
    view: View = View.ALL
    first: frozenset[int] | None = None
    only_first: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class CallRow:
    """A household as the call list shows it, with the last call to it.

    Attributes:
        paired: members who look after it, with their phones: ``王芳 138…``, with 、 between.
        is_first: whether it is called before the others.
        outcome: of the last call; empty where nobody has called yet.
        calls: how often it was called.
        issue: of the last need that it told, the number.
    """

    uid: Uid
    area_code: str
    area_name: str
    estate: str
    building: str
    entrance: str
    room: str
    head: str
    people: int | None
    phone: str
    emergency_contact: str
    mask: int
    precedence: int
    household_note: str
    paired: str
    is_first: bool
    outcome: str
    called_at: datetime.datetime | None
    called_by: str
    note: str
    calls: int
    issue: str
    issue_is_open: bool

    @property
    def address(self) -> str:
        return address.full_label(self.estate, self.building, self.entrance, self.room)

    @property
    def categories(self) -> tuple[Category, ...]:
        return from_mask(self.mask)

    def state_text(self, now: datetime.datetime) -> str:
        """``还没联系``, ``已联系 10:32``, ``需要帮助 10:32（已解决）``."""
        if self.called_at is None:
            return VIEW_NAMES[View.NOT_CALLED]
        met = "（已解决）" if self.outcome == NEEDS_HELP and not self.issue_is_open else ""
        return f"{OUTCOME_NAMES[self.outcome]} {moment_text(self.called_at, now)}{met}"


@dataclass(frozen=True)
class Call:
    """One call to a household, for its history."""

    uid: Uid
    called_at: datetime.datetime
    called_by: str
    outcome: str
    note: str
    issue: str


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


def ranks(call_first: Sequence[str]) -> list[int]:
    """All positions in precedence in the order in which they are called."""
    wanted = [_POSITIONS[key] for key in (*call_first, *FIRST) if key in _POSITIONS]
    return list(dict.fromkeys([*wanted, *range(NO_PRECEDENCE + 1)]))


def first_positions(call_first: Sequence[str]) -> frozenset[int]:
    """Positions in precedence of those that are called before all others."""
    return frozenset(_POSITIONS[key] for key in (call_first or FIRST) if key in _POSITIONS)


def counted(emergencies: Sequence[Uid], one: Running) -> peewee.Expression:
    """The condition that a call counts for an emergency."""
    during = EmergencyCall.called_at >= one.started_at
    if one.ended_at is not None:
        during &= EmergencyCall.called_at <= one.ended_at
    return EmergencyCall.emergency.in_(list(emergencies)) & during


def joined(one: Running, code: str, *columns: Any) -> Any:
    """Calls with their households and areas, of an area within an emergency.

    Of its whole area the calls are read first, which are few beside the households; of a part, the households are.
    """
    query: Any
    if code == one.area_code:
        query = EmergencyCall.select(*columns).join(Household, JOIN.CROSS).join(Area, JOIN.CROSS)
    else:
        query = Area.select(*columns).join(Household, JOIN.CROSS).join(EmergencyCall, JOIN.CROSS)
    together = (Household.uid == EmergencyCall.household) & (Area.uid == Household.area)
    return query.where(together & tree.within(code))


def is_latest(emergencies: Sequence[Uid], one: Running) -> peewee.Expression:
    """The condition that no later call to the same household counts for an emergency."""
    later = EmergencyCall.alias()
    behind = (later.called_at == EmergencyCall.called_at) & (later.uid > EmergencyCall.uid)
    same = (later.household == EmergencyCall.household) & later.emergency.in_(list(emergencies))
    if one.ended_at is not None:
        same &= later.called_at <= one.ended_at
    return ~fn.EXISTS(later.select(SQL("1")).where(same & ((later.called_at > EmergencyCall.called_at) | behind)))


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
            issue, number = _need(register, one, household, home, text, category, moment, now)
        values = {"emergency": emergency, "household": household, "called_at": moment, "member": member}
        uid = recording.insert(EmergencyCall, **values, outcome=outcome, note=text, issue=issue)
    return Recorded(uid, f"{label}{f'，登记民意 {number}' if number else ''}", issue, number)


def calls_of(register: Register, emergency: Uid, household: Uid) -> list[Call]:
    """All calls to a household that count for an emergency, the newest first."""
    one = running.read(register, emergency)
    query = (
        EmergencyCall.select(
            *(EmergencyCall.uid, EmergencyCall.called_at, Member.name, EmergencyCall.outcome, EmergencyCall.note),
            Issue.number,
        )
        .left_outer_join(Member, on=(Member.uid == EmergencyCall.member))
        .switch(EmergencyCall)
        .left_outer_join(Issue, on=(Issue.uid == EmergencyCall.issue))
        .where((EmergencyCall.household == household) & counted(running.counting(register, one), one))
        .order_by(EmergencyCall.called_at.desc(), EmergencyCall.uid.desc())
    )
    return [
        Call(bytes(uid), at, by or "", outcome, note, number or "")
        for uid, at, by, outcome, note, number in register.all(query.tuples())
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


def _need(
    register: Register,
    one: Running,
    household: Uid,
    home: _Home,
    note: str,
    category: str,
    moment: datetime.datetime,
    now: datetime.datetime,
) -> tuple[Uid, str]:
    """The issue of a need: the one that is open already in the same words, or a new one."""
    text = f"{one.kind_name}：{note}"
    same = (EmergencyCall.household == household) & (EmergencyCall.emergency == one.uid)
    query = (
        EmergencyCall.select(Issue.uid, Issue.number)
        .join(Issue, on=(Issue.uid == EmergencyCall.issue))
        .where(same & Issue.is_open() & (Issue.description == text))
    )
    found = register.first(query.tuples())
    if found is not None:
        return bytes(found[0]), found[1]
    made = register_issue(
        register,
        NewIssue(
            text,
            household=household,
            category=category or ISSUE_CATEGORIES.get(one.kind, ""),
            urgent=True,
            reporters=[NewReporter(home.head, home.phone, Source.PHONE, household)],
            registered_on=moment.date(),
        ),
        now=moment if moment.date() == now.date() else now,
    )
    return made.uid, made.number


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
