"""An invented emergency that is over: one wet night of one community, with its calls, duties and reports."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from gridapp.areas.model import Level
from gridapp.demo import absences
from gridapp.demo.households import Home
from gridapp.demo.names import TODAY
from gridapp.demo.teams import Helper
from gridapp.emergency import plans, rota
from gridapp.emergency.model import NOT_REACHED, REACHED
from gridapp.emergency.plans import Step
from gridapp.emergency.rota import Person
from gridapp.emergency.standing_down import NOTE
from gridapp.ids import SeededUids, Uid

KIND = "flood"
BEGAN = datetime.combine(TODAY - timedelta(days=24), time(2))
ENDED = BEGAN + timedelta(hours=16)
_REASON = "暴雨橙色预警，低洼处积水，部分楼门口进水"
_SUMMARY = "积水于当日下午排净，逐户联系了孤老、独居和特殊群体，无人员受伤，没有住户需要转移。"
_FIRST_CALL = 18
"""Minutes after the beginning."""

_LOST_SHARE = 0.08
_DONE_SHARE = 0.8
_TEXTS = ("", "", "", "雨水箅子已清理", "地下室积水已抽排", "已张贴提示")

EMERGENCY_COLUMNS = (
    *("uid", "area", "kind", "reason", "started_at", "report_at", "shift_hours", "plan", "ended_at", "summary"),
    "actor",
)
DUTY_COLUMNS = ("uid", "emergency", "area", "member", "starts_at", "ends_at")
CALL_COLUMNS = ("uid", "emergency", "household", "called_at", "member", "outcome", "note")
REPORT_COLUMNS = ("uid", "emergency", "area", "day", "text", "figures", "reported_at", "actor")
TASK_COLUMNS = (
    *("uid", "area", "title", "assignee", "role", "due_on", "due_at", "emergency", "note"),
    *("started_on", "done_on", "done_at", "cancelled_on", "progress"),
)


@dataclass
class Drawn:
    """The rows of an emergency."""

    emergencies: list[tuple] = field(default_factory=list)
    duties: list[tuple] = field(default_factory=list)
    calls: list[tuple] = field(default_factory=list)
    reports: list[tuple] = field(default_factory=list)
    tasks: list[tuple] = field(default_factory=list)


class Night:
    """Draws it, grid by grid."""

    def __init__(self, rng: Random, community: Uid, leader: Helper, away: Sequence[tuple], new_uid: SeededUids) -> None:
        self._rng = rng
        self._community = community
        self._leader = leader
        self._new_uid = new_uid
        self._plan = plans.template(KIND)
        self._uid = new_uid()
        member, since, until = (absences.ABSENCE_COLUMNS.index(name) for name in ("member", "since", "until"))
        day = BEGAN.date()
        self._away = {row[member] for row in away if row[since] <= day and (row[until] is None or row[until] >= day)}

    def draw(self, homes: Sequence[tuple[Uid, Sequence[Home]]], teams: Sequence[tuple[Uid, Sequence[Helper]]]) -> Drawn:
        """All of it, for the grids of the community."""
        leader = self._leader.name
        told = (self._plan.report_at, self._plan.shift_hours, plans.written(self._plan), ENDED, _SUMMARY, leader)
        found = Drawn([(self._uid, self._community, KIND, _REASON, BEGAN, *told)])
        there = {area: [one for one in team if self._is_there(one)] for area, team in teams}
        for area, team in there.items():
            found.duties += self._duties(area, team)
            found.tasks += self._tasks(area, Level.GRID, team)
        for area, households in homes:
            called = list(self._calls(households, there[area]))
            found.calls += called
            found.reports.append(self._report(area, called, there[area][0].name if there[area] else leader))
        found.reports.append(self._report(self._community, found.calls, leader))
        found.tasks += self._tasks(self._community, Level.COMMUNITY, [self._leader])
        return found

    def _is_there(self, one: Helper) -> bool:
        day = BEGAN.date()
        return one.since <= day and (one.until is None or one.until > day) and one.member not in self._away

    def _duties(self, area: Uid, team: Sequence[Helper]) -> Iterator[tuple]:
        people = [Person(one.member) for one in team if one.role in self._plan.duty_roles]
        for turn in rota.draw(people, rota.shifts(BEGAN, ENDED, self._plan.shift_hours), [area]).assignments:
            ends = min(turn.shift.ends_at, ENDED)
            yield self._new_uid(), self._uid, area, turn.person, turn.shift.starts_at, ends

    def _calls(self, homes: Sequence[Home], team: Sequence[Helper]) -> Iterator[tuple]:
        """Those in need are called one after the other, by whoever of the team is there; who is lost, once more."""
        at = BEGAN + timedelta(minutes=_FIRST_CALL + self._rng.randrange(20))
        callers = [one.member for one in team[:3]] or [self._leader.member]
        for home in (home for home in homes if home.first in self._plan.call_first):
            if at > ENDED - timedelta(hours=3):
                return
            member = self._rng.choice(callers)
            lost = self._rng.random() < _LOST_SHARE
            yield self._call(home, at, member, NOT_REACHED if lost else REACHED)
            if lost and self._rng.random() < 0.7:
                yield self._call(home, at + timedelta(hours=2), member, REACHED)
            at += timedelta(minutes=self._rng.randrange(2, 6))

    def _call(self, home: Home, at: datetime, member: Uid, outcome: str) -> tuple:
        return self._new_uid(), self._uid, home.uid, at, member, outcome, ""

    def _report(self, area: Uid, called: Sequence[tuple], actor: str) -> tuple:
        figures = {"called": len({row[2] for row in called}), "reached": sum(row[5] == REACHED for row in called)}
        at = datetime.combine(BEGAN.date(), time(16, 20)) + timedelta(minutes=self._rng.randrange(50))
        text = self._rng.choice(_TEXTS)
        return self._new_uid(), self._uid, area, BEGAN.date(), text, json.dumps(figures), at, actor

    def _tasks(self, area: Uid, level: Level, team: Sequence[Helper]) -> Iterator[tuple]:
        for step in (step for step in self._plan.steps if step.level is level):
            yield self._task(area, step, next((one.name for one in team if one.role == step.role), ""))

    def _task(self, area: Uid, step: Step, assignee: str) -> tuple:
        due = BEGAN + timedelta(minutes=step.within)
        who: tuple[Any, ...] = (assignee, "" if assignee else step.role)
        first = (self._new_uid(), area, step.title, *who, due.date(), due, self._uid)
        if self._rng.random() < _DONE_SHARE:
            done = BEGAN + timedelta(minutes=int(step.within * self._rng.uniform(0.3, 1.15)))
            return *first, step.note, done.date(), done.date(), done, None, 100
        return *first, f"{step.note}\n{NOTE}".strip(), None, None, None, ENDED.date(), 0
