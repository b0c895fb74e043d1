"""What each step does to an issue and to those who raised it, beside the state to which it leads."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from peewee import fn

from gridapp.areas.model import Level
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.issues import categories, history
from gridapp.issues.deadlines import due_at, end_of, postponed
from gridapp.issues.entry import Entry, Missing
from gridapp.issues.model import Reporter
from gridapp.issues.registering import NewReporter, insert_reporter, is_among, registered_at
from gridapp.issues.states import STATE_NAMES, Source, State, least
from gridapp.issues.workflow import BY_STEP, Need, Step, level_after
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.teams.model import Member


@dataclass
class Taking:
    """A step that is being taken.

    Attributes:
        changes: what becomes of the issue.
        details: what the history keeps of it beside the note.
    """

    recording: Recording
    issue: dict[str, Any]
    step: Step
    entry: Entry
    now: datetime.datetime
    by: str | None
    changes: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    all_told: bool = True

    @property
    def register(self) -> Register:
        return self.recording.register

    @property
    def uid(self) -> Uid:
        return bytes(self.issue["uid"])

    @property
    def level(self) -> Level:
        return Level(self.issue["level"])

    @property
    def day(self) -> datetime.date:
        return self.entry.on or self.now.date()


def _assign(taking: Taking) -> None:
    entry = taking.entry
    handler = " ".join(entry.handler.split())
    if entry.assignee is not None:
        name = taking.register.value(Member.select(Member.name).where(Member.uid == entry.assignee))
        if name is None:
            raise UserError("这位队员已被删除，请另选一位。")
        handler = handler or name
        taking.details["assignee"] = name
    taking.changes = {"handler": handler, "assignee": entry.assignee}
    taking.details["handler"] = [taking.issue["handler"], handler]


def _change_level(taking: Taking) -> None:
    """Another level begins with nobody assigned. It has its own time, and no deadline ever comes nearer by it."""
    level = level_after(taking.step, taking.level)
    issue, due = taking.issue, taking.issue["due_at"]
    begun = registered_at(taking.register, issue)
    own = due_at(level, begun, issue["urgent"], categories.of(taking.register).get(issue["category"]))
    taking.changes = {"level": int(level), "handler": "", "assignee": None}
    taking.details = {**taking.details, "level": [int(taking.level), int(level)], "handler": [issue["handler"], ""]}
    _move_deadline(taking, max(due, own) if due is not None else own)


def _suspend(taking: Taking) -> None:
    review = taking.entry.review_on
    assert review is not None  # it was asked for
    if review <= taking.now.date():
        raise Missing(Need.REVIEW_ON, f"复查日期 {review} 应在今天之后。")
    taking.changes = {"suspended_on": taking.now.date(), "review_on": review}
    taking.details["review_on"] = review.isoformat()


def _resume(taking: Taking) -> None:
    """The deadline runs on from where it stopped."""
    issue = taking.issue
    taking.changes = {"suspended_on": None, "review_on": None}
    if issue["due_at"] is not None and issue["suspended_on"] is not None:
        _move_deadline(taking, postponed(issue["due_at"], issue["suspended_on"], taking.now.date()))


def _extend(taking: Taking) -> None:
    until, due = taking.entry.due_on, taking.issue["due_at"]
    assert until is not None  # it was asked for
    if until < taking.now.date() or (due is not None and end_of(until) <= due):
        before = f" {due.date()} " if due is not None else ""
        raise Missing(Need.DUE_ON, f"新的期限应在原期限{before}和今天之后。")
    _move_deadline(taking, end_of(until))


def _move_deadline(taking: Taking, due: datetime.datetime) -> None:
    before = taking.issue["due_at"]
    if due != before:
        taking.changes["due_at"] = due
        taking.details["due"] = [before.isoformat() if before else None, due.isoformat()]


def _resolve(taking: Taking) -> None:
    taking.changes = {"resolved_on": taking.day, "result": taking.entry.note.strip()}


def _reject(taking: Taking) -> None:
    taking.changes = {"result": taking.entry.note.strip()}


def _report_back(taking: Taking) -> None:
    entry, resolved = taking.entry, taking.issue["resolved_on"]
    if resolved is not None and taking.day < resolved:
        raise UserError(f"反馈日期 {taking.day} 早于办结日期 {resolved}，请核对。")
    assert entry.channel is not None  # it was asked for
    satisfaction = entry.satisfaction.value if entry.satisfaction is not None else ""
    values = {"reported_back_on": taking.day, "channel": entry.channel.value, "satisfaction": satisfaction}
    taking.details["channel"] = entry.channel.value
    taking.details["satisfaction"] = satisfaction
    _settle(taking, {**values, "excuse": ""})


def _excuse(taking: Taking) -> None:
    _settle(taking, {"excuse": taking.entry.note.strip()})


def _settle(taking: Taking, values: Mapping[str, Any]) -> None:
    """Note of one who raised the issue that they were told or cannot be; when all are, the issue is reported back."""
    query = Reporter.select(Reporter.uid, Reporter.name).where((Reporter.issue == taking.uid) & ~Reporter.is_settled())
    waiting = {bytes(uid): name for uid, name in taking.register.all(query.order_by(Reporter.uid).tuples())}
    reporter = taking.entry.reporter
    if reporter is None and len(waiting) > 1:
        raise UserError(f"{taking.issue['number']} 有{len(waiting)}位反映人待反馈，请选择是哪一位。")
    chosen = reporter if reporter is not None else next(iter(waiting), None)
    if chosen not in waiting:
        raise UserError("这位反映人已经反馈过了。")
    taking.recording.update(Reporter, chosen, values)
    taking.details |= {"reporter": chosen.hex(), "name": waiting[chosen]}
    taking.all_told = len(waiting) == 1
    told = Reporter.select(fn.MAX(Reporter.reported_back_on)).where(Reporter.issue == taking.uid)
    asked = Reporter.select(Reporter.satisfaction).where(Reporter.issue == taking.uid)
    taking.changes["satisfaction"] = least([key for (key,) in taking.register.all(asked.tuples())])
    if taking.all_told:
        taking.changes["reported_back_on"] = taking.register.value(told)


def _follow_up(taking: Taking) -> None:
    if taking.entry.satisfaction is not None:
        taking.changes["satisfaction"] = taking.entry.satisfaction.value
        taking.details["satisfaction"] = taking.entry.satisfaction.value


def _duplicate(taking: Taking) -> None:
    """Those who raised this one are among those who raised the other, and hear of it there."""
    original = taking.entry.original
    assert original is not None  # it was asked for
    if original == taking.uid:
        raise Missing(Need.ORIGINAL, "不能把一条民意并入它自己。")
    other = history.read(taking.recording, original)
    state = State(other["state"])
    if state not in BY_STEP[Step.JOIN].sources:
        raise Missing(Need.ORIGINAL, f"{other['number']} 现在是“{STATE_NAMES[state]}”，不能再并入，请另选一条。")
    query = Reporter.select().where(Reporter.issue == taking.uid).order_by(Reporter.uid)
    for reporter in taking.register.all(query):
        household = reporter.__data__["household"]
        source = Source(reporter.source) if reporter.source else Source.OTHER
        new = NewReporter(reporter.name, reporter.phone, source, household, reporter.reported_on)
        if not is_among(taking.recording, original, new):
            uid = insert_reporter(taking.recording, original, new, reporter.reported_on)
            details = {"reporter": uid.hex(), "name": new.name, "number": taking.issue["number"]}
            history.append(taking.recording, original, Step.JOIN, state, state, taking.now, taking.by, "", details)
        taking.recording.update(Reporter, reporter.uid, {"excuse": f"并入 {other['number']}，随它反馈"})
    taking.changes = {"duplicate_of": original, "suspended_on": None, "review_on": None}
    taking.details |= {"original": original.hex(), "number": other["number"]}


def _reopen(taking: Taking) -> None:
    """Everything that its end had settled is open again; what was done and said stays in its history."""
    cleared = {"reported_back_on": None, "channel": "", "satisfaction": "", "excuse": ""}
    for (uid,) in taking.register.all(Reporter.select(Reporter.uid).where(Reporter.issue == taking.uid).tuples()):
        taking.recording.update(Reporter, uid, cleared)
    taking.changes = dict.fromkeys(("resolved_on", "reported_back_on", "duplicate_of"))
    taking.changes |= {"result": "", "satisfaction": ""}
    issue, due = taking.issue, taking.issue["due_at"]
    fresh = due_at(taking.level, taking.now, issue["urgent"], categories.of(taking.register).get(issue["category"]))
    _move_deadline(taking, max(due, fresh) if due is not None else fresh)


EFFECTS: dict[Step, Callable[[Taking], None]] = {
    Step.ASSIGN: _assign,
    Step.ESCALATE: _change_level,
    Step.SEND_BACK: _change_level,
    Step.SUSPEND: _suspend,
    Step.RESUME: _resume,
    Step.EXTEND: _extend,
    Step.RESOLVE: _resolve,
    Step.REJECT: _reject,
    Step.REPORT_BACK: _report_back,
    Step.EXCUSE: _excuse,
    Step.FOLLOW_UP: _follow_up,
    Step.DUPLICATE: _duplicate,
    Step.REOPEN: _reopen,
}
"""What a step does beside leading to another state; a step that is not here does nothing else."""
