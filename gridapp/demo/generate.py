"""Writing the demo register: an invented district, or a piece of it, in one batch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from gridapp.areas.model import Area, Level
from gridapp.buildings.model import Building
from gridapp.demo import absences, emergencies, pairings, past, records, tasks, visits, workflow
from gridapp.demo.buildings import Estate, found
from gridapp.demo.families import Person
from gridapp.demo.households import Home, Homes
from gridapp.demo.issues import Ledger, Raised, numbered
from gridapp.demo.names import People
from gridapp.demo.past import Gone
from gridapp.demo.plan import CommunityPlan, GridPlan, Plan, StreetPlan, plan
from gridapp.demo.shifting import days_until, shifted
from gridapp.demo.teams import Helper, Teams
from gridapp.emergency.model import Duty, Emergency, EmergencyCall, EmergencyReport
from gridapp.errors import UserError
from gridapp.households.model import Household, Resident
from gridapp.ids import SeededUids, Uid
from gridapp.issues.model import Issue, IssueStep, Reporter
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.changes import Recording
from gridapp.store.record import Record
from gridapp.store.register import Register
from gridapp.tasks.model import Task, WorkPlan
from gridapp.teams.model import Absence, Member, Pairing, PairingContact, Service
from gridapp.visits.model import Visit

ACTOR = "演示数据"
_LABEL = "生成演示数据"
_UIDS_START_MS = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp() * 1000)

_LEFT = ("left_on", "left_how")
_COLUMNS: dict[type[Record], tuple[str, ...]] = {
    Building: records.COLUMNS,
    Household: (
        *("uid", "area", "kind", "estate", "building", "entrance", "floor", "room", "head", "phone", "people"),
        *("emergency_contact", "categories", "note", "credit_code"),
    ),
    Resident: (
        *("uid", "household", "position", "name", "id_number", "sex", "birth_date", "relation", "phone"),
        *("party_member", "conditions"),
    ),
    Member: ("uid", "name", "phone", "unit", "duty", "party_branch", "skills"),
    Absence: absences.ABSENCE_COLUMNS,
    Service: absences.SERVICE_COLUMNS,
    Pairing: ("uid", "member", "household", "since", "until", "note", "promises"),
    PairingContact: ("uid", "pairing", "contacted_on", "how", "note"),
    Visit: (
        *("uid", "household", "visited_on", "members", "summary"),
        *("needs", "follow_up", "follow_up_on", "followed_up_on"),
    ),
    Issue: (
        *("uid", "number", "area", "household", "category", "level", "urgent", "state", "description", "handler"),
        *("registered_on", "due_at", "resolved_on", "reported_back_on", "result", "suspended_on", "review_on"),
        "satisfaction",
    ),
    Reporter: (
        *("uid", "issue", "household", "name", "phone", "source", "reported_on", "reported_back_on", "channel"),
        *("satisfaction", "excuse"),
    ),
    IssueStep: ("uid", "issue", "at", "step", "by", "old_state", "new_state", "note", "details"),
    Task: tasks.COLUMNS,
    WorkPlan: tasks.PLAN_COLUMNS,
    Emergency: emergencies.EMERGENCY_COLUMNS,
    Duty: emergencies.DUTY_COLUMNS,
    EmergencyCall: emergencies.CALL_COLUMNS,
    EmergencyReport: emergencies.REPORT_COLUMNS,
}


def generate(
    register: Register,
    scale: str = "street",
    seed: int = 1,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
    as_of: date | None = None,
) -> None:
    """Fill an empty register with invented people, the same for the same scale, seed and day.

    Args:
        scale: ``grid``, ``community``, ``street`` or ``district`` (see ``gridapp.demo.plan``).
        as_of: the day on which it shall stand, to the week; that of the source unless told.
        progress: counts households.

    Raises:
        UserError: the register already holds areas, or there is no such scale.
        Cancelled: the user asked to stop; nothing was written.
    """
    district = plan(scale, seed)
    with register.recording(_LABEL, ACTOR) as recording:
        if register.first(Area.select(Area.uid)) is not None:
            raise UserError("登记簿里已经有区域，演示数据只能写进空的登记簿。请另选一个文件。")
        _Writer(recording, district, seed, progress, cancel, days_until(as_of) if as_of else 0).write()


@dataclass
class _Community:
    """Everything of one community, grid by grid, on its way into the register."""

    buildings: list[Sequence[Any]] = field(default_factory=list)
    homes: list[tuple[Uid, list[Home]]] = field(default_factory=list)
    gone: list[tuple[Uid, Gone]] = field(default_factory=list)
    helpers: list[Helper] = field(default_factory=list)
    teams: list[tuple[Uid, list[Helper]]] = field(default_factory=list)
    pairings: list[tuple] = field(default_factory=list)
    visits: list[tuple] = field(default_factory=list)
    issues: list[Raised] = field(default_factory=list)
    tasks: list[tuple] = field(default_factory=list)
    plans: list[tuple] = field(default_factory=list)
    touch: Random = field(default_factory=Random)
    """Chance of what keeps pairings alive."""
    skills: Random = field(default_factory=Random)
    away: absences.Drawn = field(default_factory=absences.Drawn)
    night: emergencies.Drawn = field(default_factory=emergencies.Drawn)


class _Writer:
    """Writes a plan community by community, so that memory holds one of them at a time."""

    def __init__(
        self,
        recording: Recording,
        district: Plan,
        seed: int,
        progress: Progress,
        cancel: CancelToken | None,
        days: int,
    ) -> None:
        self._recording = recording
        self._plan = district
        self._seed = seed
        self._progress = progress
        self._cancel = cancel
        self._days = days
        self._new_uid = SeededUids(Random(f"{seed}/uids"), _UIDS_START_MS)
        self._uids_of_buildings = SeededUids(Random(f"{seed}/buildings/uids"), _UIDS_START_MS)
        self._uids_of_ledger = SeededUids(Random(f"{seed}/ledger/uids"), _UIDS_START_MS)
        self._uids_of_teams = SeededUids(Random(f"{seed}/teams/uids"), _UIDS_START_MS)
        self._uids_of_tasks = SeededUids(Random(f"{seed}/tasks/uids"), _UIDS_START_MS)
        self._uids_of_emergencies = SeededUids(Random(f"{seed}/emergencies/uids"), _UIDS_START_MS)
        self._areas: dict[str, Uid] = {}
        people = People()
        self._homes = Homes(people, self._new_uid)
        self._teams = Teams(people, self._new_uid)
        raised = sum(grid.issues for grid in district.grids())
        self._ledger = Ledger(seed, numbered(Random(f"{seed}/ledger"), raised))

    def write(self) -> None:
        self._recording.insert_many(Area, ("uid", "level", "parent", "code", "name"), list(self._area_rows()))
        total = sum(grid.households for grid in self._plan.grids())
        done = 0
        self._progress(done, total, "生成演示数据")
        for street, community in self._plan.communities():
            if self._cancel is not None:
                self._cancel.check()
            self._insert(self._draw(street, community))
            done += sum(grid.households for grid in community.grids)
            self._progress(done, total, f"{street.name} {community.name}")
        for street in self._plan.streets:
            self._insert(self._street_tasks(street))
        self._insert(_Community(plans=list(tasks.plan(Random(self._seed), self._areas[self._plan.code], share=1))))

    def _area_rows(self) -> Iterator[Sequence[Any]]:
        district = self._plan
        yield self._area(Level.DISTRICT, None, district.code, district.name)
        for street in district.streets:
            yield self._area(Level.STREET, district.code, street.code, street.name)
        for street, community in district.communities():
            yield self._area(Level.COMMUNITY, street.code, community.code, community.name)
            for grid in community.grids:
                yield self._area(Level.GRID, community.code, grid.code, grid.name)

    def _area(self, level: Level, parent: str | None, code: str, name: str) -> Sequence[Any]:
        uid = self._areas[code] = self._new_uid()
        return uid, int(level), self._areas[parent] if parent else None, code, name

    def _draw(self, street: StreetPlan, community: CommunityPlan) -> _Community:
        # Each area has chance of its own, so the same people live there in a small register as in a large one.
        rng = Random(f"{self._seed}/{community.code}")
        touch, skills = (Random(f"{self._seed}/{community.code}/{what}") for what in ("touch", "skills"))
        drawn = _Community(touch=touch, skills=skills)
        area = self._areas[community.code]
        leader = self._teams.leader(rng, area, community.name)
        drawn.helpers.append(leader)
        estate: Estate | None = None
        for grid in community.grids:
            if estate is None or estate.name != grid.estate:
                estate = found(Random(f"{self._seed}/{grid.estate}"), grid.estate)
            self._draw_grid(drawn, street, community, grid, estate)
        away = Random(f"{self._seed}/{community.code}/absences")
        drawn.away = absences.Absences(away, drawn.teams, self._uids_of_teams).draw(area)
        if self._has_night(community):
            night = Random(f"{self._seed}/{community.code}/emergency")
            told = emergencies.Night(night, area, leader, drawn.away.absences, self._uids_of_emergencies)
            drawn.night = told.draw(drawn.homes, drawn.teams)
        drawn.tasks += self._tasks(rng, "community", community.code, [leader.name])
        drawn.plans += tasks.plan(Random(f"{self._seed}/{community.code}/plan"), area)
        return drawn

    def _has_night(self, community: CommunityPlan) -> bool:
        """Whether it is the one community that has had an emergency."""
        _street, first = next(iter(self._plan.communities()))
        return community.code == first.code and len(community.grids) > 1

    def _draw_grid(
        self, drawn: _Community, street: StreetPlan, community: CommunityPlan, grid: GridPlan, estate: Estate
    ) -> None:
        rng = Random(f"{self._seed}/{grid.code}")
        area = self._areas[grid.code]
        homes = self._homes.of_grid(rng, grid, estate)
        standing, estate.standing = estate.standing, []
        drawn.buildings += records.draw(self._seed, area, estate.name, standing, self._uids_of_buildings)
        team = self._teams.of_grid(rng, area, street.name, community.name, homes)
        handlers = {
            Level.GRID: team[0].name,
            Level.COMMUNITY: f"{community.name}居委会",
            Level.STREET: f"{street.name}办事处",
        }
        drawn.homes.append((area, homes))
        past_rng = Random(f"{self._seed}/{grid.code}/past")
        drawn.gone += [(area, one) for one in past.draw(past_rng, self._homes, homes)]
        drawn.helpers += team
        drawn.teams.append((area, team))
        # With chance of its own, so that everything else is as it is without it.
        drawn.pairings += pairings.draw(Random(f"{self._seed}/{grid.code}/pairings"), homes, team)
        needs_rng, by_uid = Random(f"{self._seed}/{grid.code}/needs"), {home.uid: home for home in homes}
        drawn.visits += [
            (uid, day, *rest, *visits.needs(needs_rng, by_uid[uid], day))
            for uid, day, *rest in visits.draw(rng, homes, team, grid.visits)
        ]
        drawn.issues += self._ledger.of_grid(rng, area, handlers, homes, team, grid.issues, grid.resolved)
        serving = [helper.name for helper in team if helper.until is None]
        drawn.tasks += self._tasks(rng, "grid", grid.code, serving)

    def _street_tasks(self, street: StreetPlan) -> _Community:
        rng = Random(f"{self._seed}/{street.code}")
        return _Community(tasks=self._tasks(rng, "street", street.code, [f"{street.name}网格化管理中心"]))

    def _tasks(self, rng: Random, kind: str, code: str, assignees: list[str]) -> list[tuple]:
        own = Random(f"{self._seed}/{code}/tasks")
        found = tasks.draw(rng, kind, assignees)
        return [(self._areas[code], *tasks.told(own, kind, task, self._uids_of_tasks)) for task in found]

    def _insert(self, drawn: _Community) -> None:
        new_uid = self._new_uid
        self._rows(Building, iter(drawn.buildings))
        self._rows(Household, (_household(area, home) for area, homes in drawn.homes for home in homes))
        self._rows(Resident, (row for _area, homes in drawn.homes for home in homes for row in self._residents(home)))
        self._insert_gone(drawn.gone)
        self._rows(Member, (_member(drawn.skills, one) for one in drawn.helpers))
        self._rows(Absence, iter(drawn.away.absences))
        self._rows(Service, (_service(one) for one in drawn.helpers))
        self._rows(Service, iter(drawn.away.services))
        paired = [(new_uid(), *pairing, pairings.promise(drawn.touch)) for pairing in drawn.pairings]
        self._rows(Pairing, iter(paired))
        self._rows(PairingContact, self._contacts(drawn.touch, paired))
        self._rows(Visit, ((new_uid(), *visit) for visit in drawn.visits))
        names = _COLUMNS[Issue][1:]
        uids = [new_uid() for _issue in drawn.issues]
        raised = list(zip(uids, drawn.issues, strict=True))
        self._rows(Issue, ((uid, *(getattr(one, name) for name in names)) for uid, one in raised))
        of_ledger = self._uids_of_ledger
        self._rows(Reporter, (row for uid, one in raised for row in workflow.rows(one.reporters, uid, of_ledger)))
        self._rows(IssueStep, ((of_ledger(), uid, *step) for uid, one in raised for step in one.course.steps))
        self._rows(Task, ((new_uid(), *task) for task in drawn.tasks))
        self._rows(WorkPlan, ((self._uids_of_tasks(), *plan) for plan in drawn.plans))

        self._insert_night(drawn.night)

    def _insert_night(self, night: emergencies.Drawn) -> None:
        self._rows(Emergency, iter(night.emergencies))
        self._rows(Duty, iter(night.duties))
        self._rows(EmergencyCall, iter(night.calls))
        self._rows(EmergencyReport, iter(night.reports))
        moved = iter(night.tasks)
        columns = emergencies.TASK_COLUMNS
        rows = shifted(moved, columns, self._days) if self._days else moved
        self._recording.insert_many(Task, columns, rows, self._cancel)

    def _contacts(self, rng: Random, paired: Sequence[tuple]) -> Iterator[Sequence[Any]]:
        for uid, _member, _household, since, until, *_told in paired:
            for contact in pairings.contacts(rng, since, until):
                yield self._uids_of_tasks(), uid, *contact

    def _insert_gone(self, gone: Sequence[tuple[Uid, Gone]]) -> None:
        families = [(area, one) for area, one in gone if one.person is None]
        self._rows(Household, ((*_household(area, one.home), one.on, one.how) for area, one in families), _LEFT)
        self._rows(Resident, (row for _area, one in families for row in self._residents(one.home)))
        people = [(one, one.person) for _area, one in gone if one.person is not None]
        rows = ((*self._resident(one.home, len(one.home.residents), person), one.on, one.how) for one, person in people)
        self._rows(Resident, rows, _LEFT)

    def _rows(self, model: type[Record], rows: Iterator[Sequence[Any]], more: tuple[str, ...] = ()) -> None:
        columns = (*_COLUMNS[model], *more)
        moved = shifted(rows, columns, self._days) if self._days else rows
        self._recording.insert_many(model, columns, moved, self._cancel)

    def _residents(self, home: Home) -> Iterator[Sequence[Any]]:
        for position, one in enumerate(home.residents):
            yield self._resident(home, position, one)

    def _resident(self, home: Home, position: int, one: Person) -> Sequence[Any]:
        return (
            *(self._new_uid(), home.uid, position, one.name, one.id_number, one.sex, one.birth_date),
            *(one.relation, one.phone, one.party_member, one.conditions),
        )


def _member(rng: Random, one: Helper) -> Sequence[Any]:
    more = (absences.party_branch(one), absences.skills(rng))
    return (one.member, one.name, one.phone, one.unit, one.duty, *more)


def _service(one: Helper) -> Sequence[Any]:
    return (one.service, one.member, one.area, one.role, one.since, one.until, None)


def _household(area: Uid, home: Home) -> Sequence[Any]:
    return (
        *(home.uid, area, home.kind, home.estate, *home.door, home.head, home.phone, home.people),
        *(home.emergency_contact, home.categories, home.note, home.credit_code),
    )
