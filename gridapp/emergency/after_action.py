"""What is to be learned from an emergency that has ended, or has gone on so far: its course, and how fast help came."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from peewee import fn

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.emergency import counting, progress, reports, running
from gridapp.emergency.model import NEEDS_HELP, NOT_REACHED, Duty, EmergencyCall
from gridapp.emergency.progress import Figures
from gridapp.emergency.running import Running
from gridapp.households import address
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.issues.model import Issue, IssueStep
from gridapp.issues.states import State
from gridapp.store.register import Register
from gridapp.tasks.model import Task
from gridapp.teams.model import Absence, Member, Service


@dataclass(frozen=True)
class Event:
    """Something that happened, to the minute."""

    at: datetime.datetime
    place: str
    text: str


@dataclass(frozen=True)
class GridLine:
    """A grid of the emergency: its figures, and after how many minutes the first household was reached."""

    area_code: str
    area_name: str
    figures: Figures
    first_contact: int | None


@dataclass(frozen=True)
class Substitute:
    """Somebody who stood in for a member who was away, and served."""

    name: str
    stood_in_for: str
    area_name: str
    duties: int


@dataclass(frozen=True)
class AfterAction:
    """What came of an emergency.

    Attributes:
        area_path: names from the district down to its area.
        figures: how far everything had come at the end.
        calls: how many calls were made, to however many households.
        first_contact: minutes from the beginning to the first household that was reached; None if none was.
        median_contact: the median of the same of the grids that reached somebody.
        tasks_in_time: tasks that were done by the clock they were due at.
        duties: how many turns of duty were served, by how many ``people``.
        reports: how many reports came, ``reports_due`` how many were due, ``reports_late`` how many came late.
        timeline: what happened, in its order.
    """

    emergency: Running
    area_path: tuple[str, ...]
    made_at: datetime.datetime
    figures: Figures
    calls: int
    first_contact: int | None
    median_contact: float | None
    tasks_in_time: int
    duties: int
    people: int
    substitutes: tuple[Substitute, ...]
    reports: int
    reports_due: int
    reports_late: int
    grids: tuple[GridLine, ...]
    timeline: tuple[Event, ...]

    @property
    def title(self) -> str:
        return f"{self.emergency.name}应急处置复盘"

    @property
    def lasted(self) -> datetime.timedelta:
        return (self.emergency.ended_at or self.made_at) - self.emergency.started_at

    @property
    def in_time_share(self) -> float | None:
        """How many of the tasks were done in time, from 0 to 1; None where there were none."""
        return self.tasks_in_time / self.figures.tasks if self.figures.tasks else None


def minutes_text(minutes: float | None) -> str:
    """``25分``, ``1小时5分``, ``2天3小时``; a dash where nothing is known."""
    if minutes is None:
        return "—"
    whole = round(minutes)
    days, rest = divmod(whole, 24 * 60)
    hours, left = divmod(rest, 60)
    if days:
        return f"{days}天{hours}小时" if hours else f"{days}天"
    return (f"{hours}小时" if hours else "") + (f"{left}分" if left or not hours else "")


def assemble(register: Register, emergency: Uid, now: datetime.datetime | None = None) -> AfterAction:
    """Everything that there is to tell of an emergency.

    Raises:
        UserError: it has been taken back.
    """
    one = running.read(register, emergency)
    now = (now or datetime.datetime.now()).replace(microsecond=0)
    end = one.ended_at or now
    same = running.counting(register, one)
    counted = counting.counted(same, one)
    standing = progress.progress(register, emergency, end)
    contact = _first_contacts(register, one, same)
    per_grid = {code: _minutes(one, at) for code, at in contact.items()}
    turns = register.all(Duty.select(Duty.member, Duty.area).where(_served(emergency, end)).tuples())
    sent = reports.reports_of(register, emergency)
    due = _reports_due(register, one, end)
    return AfterAction(
        emergency=one,
        area_path=tuple(area.name for area in tree.path_of(register, one.area_code)),
        made_at=now,
        figures=standing.of(one.area_code),
        calls=register.value(EmergencyCall.select(fn.COUNT(EmergencyCall.uid)).where(counted & _within(one))),
        first_contact=min(per_grid.values(), default=None),
        median_contact=median(per_grid.values()) if per_grid else None,
        tasks_in_time=register.value(_in_time(emergency)),
        duties=len(turns),
        people=len({bytes(member) for member, _area in turns}),
        substitutes=_substitutes(register, emergency, end),
        reports=len(sent),
        reports_due=len(due),
        reports_late=sum(told.reported_at > reports.due_at(one, told.day) for told in sent),
        grids=tuple(
            GridLine(grid.area_code, grid.area_name, grid.figures, per_grid.get(grid.area_code))
            for grid in standing.grids
        ),
        timeline=tuple(_timeline(register, one, same)),
    )


def _within(one: Running) -> Any:
    """The condition that a call went to a household of the emergency's area."""
    grids = Area.select(Area.uid).where(tree.within(one.area_code))
    return EmergencyCall.household.in_(Household.select(Household.uid).where(Household.area.in_(grids)))


def _minutes(one: Running, moment: datetime.datetime) -> int:
    return int((moment - one.started_at).total_seconds() // 60)


def _first_contacts(register: Register, one: Running, same: list[Uid]) -> dict[str, datetime.datetime]:
    """When the first household of each grid was reached."""
    query = (
        counting.joined(one, one.area_code, Area.code, fn.MIN(EmergencyCall.called_at))
        .where(counting.counted(same, one) & (EmergencyCall.outcome != NOT_REACHED))
        .group_by(Area.code)
    )
    return {code: _moment(at) for code, at in register.all(query.tuples())}


def _moment(told: datetime.datetime | str) -> datetime.datetime:
    """What an engine answers of the least of some moments."""
    return datetime.datetime.fromisoformat(told) if isinstance(told, str) else told


def _served(emergency: Uid, end: datetime.datetime) -> Any:
    return (Duty.emergency == emergency) & (Duty.starts_at < end)


def _in_time(emergency: Uid) -> Any:
    done = (Task.emergency == emergency) & Task.done_at.is_null(False) & (Task.done_at <= Task.due_at)
    return Task.select(fn.COUNT(Task.uid)).where(done)


def _reports_due(register: Register, one: Running, end: datetime.datetime) -> list[tuple[datetime.date, str]]:
    found = []
    for day in reports.days(one, end):
        standing = reports.standing(register, one.uid, day, end)
        found += [(day, due.area_code) for due in standing if due.state is not reports.State.WAITING]
    return found


def _substitutes(register: Register, emergency: Uid, end: datetime.datetime) -> tuple[Substitute, ...]:
    """Who stood in for somebody in a grid on the day of a duty there."""
    missing = Member.alias()
    day = fn.DATE(Duty.starts_at)
    query = (
        Duty.select(Member.name, missing.name, Area.name, fn.COUNT(Duty.uid.distinct()))
        .join(Service, on=((Service.member == Duty.member) & (Service.area == Duty.area)))
        .join(Absence, on=(Absence.uid == Service.absence))
        .join(missing, on=(missing.uid == Absence.member))
        .switch(Duty)
        .join(Member, on=(Member.uid == Duty.member))
        .switch(Duty)
        .join(Area, on=(Area.uid == Duty.area))
        .where(_served(emergency, end))
        .where((Service.since <= day) & (Service.until.is_null() | (Service.until > day)))
        .group_by(Member.uid, Member.name, missing.name, Area.code, Area.name)
        .order_by(Area.code, Member.uid)
    )
    return tuple(Substitute(*row) for row in register.all(query.tuples()))


def _timeline(register: Register, one: Running, same: list[Uid]) -> list[Event]:
    found = [Event(one.started_at, one.area_name, f"启动{one.kind_name}应急响应：{one.reason}")]
    found += _calls(register, one, same)
    found += _met(register, one, same)
    found += _reports(register, one)
    found += _tasks(register, one)
    if one.ended_at is not None:
        found.append(Event(one.ended_at, one.area_name, f"结束应急响应：{one.summary}"))
    # The beginning stays first of what happened in its minute, and the end last; a need may be met later still.
    return sorted(found, key=lambda event: event.at)


def _calls(register: Register, one: Running, same: list[Uid]) -> Iterator[Event]:
    """The first call of all, the first that reached somebody, and each need."""
    columns = (
        *(EmergencyCall.called_at, Area.name, Household.building, Household.entrance, Household.room),
        *(Household.head, EmergencyCall.outcome, EmergencyCall.note, Issue.number),
    )
    query = (
        counting.joined(one, one.area_code, *columns)
        .switch(EmergencyCall)
        .left_outer_join(Issue, on=(Issue.uid == EmergencyCall.issue))
        .where(counting.counted(same, one))
        .order_by(EmergencyCall.called_at, EmergencyCall.uid)
    )
    first = register.first(query.tuples())
    if first is not None:
        yield Event(first[0], first[1], f"首次联系：{_home(first)}")
    reached = register.first(query.where(EmergencyCall.outcome != NOT_REACHED).tuples())
    if reached is not None and reached != first:
        yield Event(reached[0], reached[1], f"首次联系上：{_home(reached)}")
    for row in register.all(query.where(EmergencyCall.outcome == NEEDS_HELP).tuples()):
        yield Event(row[0], row[1], f"{_home(row)}需要帮助：{row[7]}（民意 {row[8]}）")


def _home(row: tuple) -> str:
    return f"{address.short_label(*row[2:5])} {row[5]}".strip()


def _met(register: Register, one: Running, same: list[Uid]) -> Iterator[Event]:
    needs = EmergencyCall.select(EmergencyCall.issue).where(
        counting.counted(same, one) & EmergencyCall.issue.is_null(False)
    )
    query = (
        IssueStep.select(IssueStep.at, Area.name, Issue.number, Issue.result)
        .join(Issue, on=(Issue.uid == IssueStep.issue))
        .join(Area, on=(Area.uid == Issue.area))
        .where(Issue.uid.in_(needs) & (IssueStep.new_state == int(State.RESOLVED)) & tree.within(one.area_code))
        .where(IssueStep.old_state.is_null() | (IssueStep.old_state != IssueStep.new_state))
        .order_by(IssueStep.at, IssueStep.uid)
    )
    for at, place, number, result in register.all(query.tuples()):
        yield Event(at, place, f"解决需求 {number}{f'：{result}' if result else ''}")


def _reports(register: Register, one: Running) -> Iterator[Event]:
    for told in reports.reports_of(register, one.uid):
        late = "（迟报）" if told.reported_at > reports.due_at(one, told.day) else ""
        yield Event(told.reported_at, told.area_name, f"日报{late}：{told.told}")


def _tasks(register: Register, one: Running) -> Iterator[Event]:
    query = (
        Task.select(Task.done_at, Area.name, Task.title, Task.assignee, Task.due_at)
        .join(Area, on=(Area.uid == Task.area))
        .where((Task.emergency == one.uid) & Task.done_at.is_null(False))
        .order_by(Task.done_at, Area.code, Task.uid)
    )
    for at, place, title, who, due in register.all(query.tuples()):
        late = "（逾期）" if due is not None and at > due else ""
        yield Event(at, place, f"完成任务{late}：{title}{f'（{who}）' if who else ''}")
