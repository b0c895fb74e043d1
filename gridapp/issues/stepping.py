"""Taking a step with an issue, or with many at once: what the workflow allows, and nothing else."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from peewee import fn

from gridapp.areas.model import Level
from gridapp.attachments.changing import add_files
from gridapp.attachments.preparing import Prepared
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.issues import categories, history
from gridapp.issues.deadlines import due_at, end_of, postponed
from gridapp.issues.history import STEPS
from gridapp.issues.model import Issue, Reporter
from gridapp.issues.registering import NewReporter, insert_reporter, is_among, join, refuse_day, registered_at
from gridapp.issues.states import STATE_NAMES, Channel, Satisfaction, Source, State, least
from gridapp.issues.workflow import BY_STEP, DONE_NAMES, Need, Step, is_allowed, level_after, target
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.teams.model import Member


class Missing(UserError):
    """Something that a step needs is not told, or cannot be. ``need`` says what has to be mended."""

    def __init__(self, need: Need, text: str) -> None:
        super().__init__(text)
        self.need = need


class Overtaken(UserError):
    """Somebody else has taken a step since the user looked. Who has seen that may take theirs all the same."""


@dataclass(frozen=True)
class Entry:
    """What is told of a step; which of it a step needs stands in the workflow.

    Attributes:
        on: the day on which it happened; today unless told.
        original: the issue that this one is a duplicate of.
        reporter: who was reported back to; may be left out where only one has not been told yet.
        new_reporter: who has raised the issue too.
        files: what is attached to the step.
    """

    note: str = ""
    on: datetime.date | None = None
    handler: str = ""
    assignee: Uid | None = None
    review_on: datetime.date | None = None
    due_on: datetime.date | None = None
    original: Uid | None = None
    reporter: Uid | None = None
    channel: Channel | None = None
    satisfaction: Satisfaction | None = None
    new_reporter: NewReporter | None = None
    files: Sequence[Prepared] = ()


@dataclass
class Taken:
    """What a step with many issues came to: the numbers of those that took it, and why others did not."""

    done: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class _Taking:
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


def take(
    register: Register,
    issue: Uid,
    step: Step,
    entry: Entry | None = None,
    seen: Uid | None = None,
    by: str | None = None,
    now: datetime.datetime | None = None,
) -> str:
    """Take a step with an issue, as one batch, and return what was done in words.

    Args:
        seen: the latest step that the user knew of; another one that changes something since is told instead.
        by: the name of who takes it; this workstation's user unless told.

    Raises:
        Overtaken: somebody else was faster.
        UserError: the workflow does not allow it, something that it needs is missing or cannot be, or the issue is
            not there any more.
    """
    entry = entry or Entry()
    if step is Step.JOIN:
        if entry.new_reporter is None:
            raise Missing(Need.NEW_REPORTER, "请填写反映人。")
        return join(register, issue, entry.new_reporter, by, now, entry.files)
    number = register.value(Issue.select(Issue.number).where(Issue.uid == issue))
    label = f"{DONE_NAMES.get(step, step.value)} {number or ''}".strip()
    with register.recording(label) as recording:
        taken = _take(recording, issue, step, entry, seen, by, now)
        add_files(recording, STEPS, taken, entry.files)
    return label


def take_many(
    register: Register,
    issues: Sequence[Uid],
    step: Step,
    entry: Entry | None = None,
    by: str | None = None,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> Taken:
    """Take the same step with many issues, as one batch; those that cannot take it are left as they are and told.

    Raises:
        Cancelled: the token was set; nothing is done.
        UserError: there is no room for what is to be attached; nothing is done.
    """
    entry, taken = entry or Entry(), Taken()
    with register.recording(f"批量{DONE_NAMES[step]} {len(issues)} 条民意") as recording:
        for done, issue in enumerate(issues):
            if cancel is not None:
                cancel.check()
            progress(done, len(issues), DONE_NAMES[step])
            number = register.value(Issue.select(Issue.number).where(Issue.uid == issue)) or ""
            try:
                uid = _take(recording, issue, step, entry, None, by, None)
            except UserError as error:
                taken.refused.append((number, str(error)))
                continue
            add_files(recording, STEPS, uid, entry.files)  # where these find no room, nothing is done at all
            taken.done.append(number)
    return taken


def _take(
    recording: Recording,
    issue: Uid,
    step: Step,
    entry: Entry,
    seen: Uid | None,
    by: str | None,
    now: datetime.datetime | None,
) -> Uid:
    """Take a step and return its uid; what is refused is refused before anything of it is written."""
    stored = history.read(recording, issue)
    moment = (now or datetime.datetime.now()).replace(microsecond=0)
    _refuse_unseen(recording.register, stored, seen)
    state, level = State(stored["state"]), Level(stored["level"])
    if not is_allowed(step, state, level) or step in (Step.JOIN, Step.EDIT):
        name = DONE_NAMES.get(step, step.value)
        raise UserError(f"{stored['number']} 现在是“{STATE_NAMES[state]}”，不能{name}。")
    taking = _Taking(recording, stored, step, entry, moment, by)
    _refuse_missing(taking)
    refuse_day(taking.day, moment.date(), "日期")
    if taking.day < stored["registered_on"]:
        raise UserError(f"日期 {taking.day} 早于登记日期 {stored['registered_on']}，请核对。")
    if entry.on is not None and entry.on != moment.date():
        taking.details["on"] = entry.on.isoformat()
    _EFFECTS.get(step, _nothing)(taking)
    reached = target(step, state, taking.all_told)
    recording.update(Issue, issue, {**taking.changes, "state": int(reached)})
    return history.append(recording, issue, step, state, reached, moment, by, entry.note.strip(), taking.details)


def _refuse_unseen(register: Register, stored: Mapping[str, Any], seen: Uid | None) -> None:
    if seen is None:
        return
    steps = history.steps(register, stored["uid"])
    there = [bytes(step.uid) for step in steps]
    later = steps[there.index(seen) + 1 :] if seen in there else []
    others = [step for step in later if step.step not in (Step.NOTE, Step.JOIN)]
    if seen not in there or others:
        what = f"{others[-1].by}刚刚{DONE_NAMES[Step(others[-1].step)]}了" if others else "别人刚刚撤销了一步，涉及"
        raise Overtaken(f"{what} {stored['number']}，现在是“{STATE_NAMES[State(stored['state'])]}”。请核对后再办。")


def _refuse_missing(taking: _Taking) -> None:
    row, entry = BY_STEP[taking.step], taking.entry
    missing = {
        Need.NOTE: not entry.note.strip(),
        Need.HANDLER: not entry.handler.strip() and entry.assignee is None,
        Need.REVIEW_ON: entry.review_on is None,
        Need.DUE_ON: entry.due_on is None,
        Need.ORIGINAL: entry.original is None,
        Need.CHANNEL: entry.channel is None,
    }
    words = {
        Need.NOTE: f"请填写{row.note}。",
        Need.HANDLER: "请填写承办单位或承办人。",
        Need.REVIEW_ON: "请填写复查日期。",
        Need.DUE_ON: "请填写新的期限。",
        Need.ORIGINAL: "请选择并入哪一条民意。",
        Need.CHANNEL: "请选择反馈方式。",
    }
    for need in row.needs:
        if missing.get(need):
            raise Missing(need, words[need])


def _nothing(_taking: _Taking) -> None:
    pass


def _assign(taking: _Taking) -> None:
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


def _change_level(taking: _Taking) -> None:
    """Another level begins with nobody assigned. It has its own time, and no deadline ever comes nearer by it."""
    level = level_after(taking.step, taking.level)
    issue, due = taking.issue, taking.issue["due_at"]
    begun = registered_at(taking.register, issue)
    own = due_at(level, begun, issue["urgent"], categories.of(taking.register).get(issue["category"]))
    taking.changes = {"level": int(level), "handler": "", "assignee": None}
    taking.details = {**taking.details, "level": [int(taking.level), int(level)], "handler": [issue["handler"], ""]}
    _move_deadline(taking, max(due, own) if due is not None else own)


def _suspend(taking: _Taking) -> None:
    review = taking.entry.review_on
    assert review is not None  # it was asked for
    if review <= taking.now.date():
        raise Missing(Need.REVIEW_ON, f"复查日期 {review} 应在今天之后。")
    taking.changes = {"suspended_on": taking.now.date(), "review_on": review}
    taking.details["review_on"] = review.isoformat()


def _resume(taking: _Taking) -> None:
    """The deadline runs on from where it stopped."""
    issue = taking.issue
    taking.changes = {"suspended_on": None, "review_on": None}
    if issue["due_at"] is not None and issue["suspended_on"] is not None:
        _move_deadline(taking, postponed(issue["due_at"], issue["suspended_on"], taking.now.date()))


def _extend(taking: _Taking) -> None:
    until, due = taking.entry.due_on, taking.issue["due_at"]
    assert until is not None  # it was asked for
    if until < taking.now.date() or (due is not None and end_of(until) <= due):
        before = f" {due.date()} " if due is not None else ""
        raise Missing(Need.DUE_ON, f"新的期限应在原期限{before}和今天之后。")
    _move_deadline(taking, end_of(until))


def _move_deadline(taking: _Taking, due: datetime.datetime) -> None:
    before = taking.issue["due_at"]
    if due != before:
        taking.changes["due_at"] = due
        taking.details["due"] = [before.isoformat() if before else None, due.isoformat()]


def _resolve(taking: _Taking) -> None:
    taking.changes = {"resolved_on": taking.day, "result": taking.entry.note.strip()}


def _reject(taking: _Taking) -> None:
    taking.changes = {"result": taking.entry.note.strip()}


def _report_back(taking: _Taking) -> None:
    entry, resolved = taking.entry, taking.issue["resolved_on"]
    if resolved is not None and taking.day < resolved:
        raise UserError(f"反馈日期 {taking.day} 早于办结日期 {resolved}，请核对。")
    assert entry.channel is not None  # it was asked for
    satisfaction = entry.satisfaction.value if entry.satisfaction is not None else ""
    values = {"reported_back_on": taking.day, "channel": entry.channel.value, "satisfaction": satisfaction}
    taking.details["channel"] = entry.channel.value
    taking.details["satisfaction"] = satisfaction
    _settle(taking, {**values, "excuse": ""})


def _excuse(taking: _Taking) -> None:
    _settle(taking, {"excuse": taking.entry.note.strip()})


def _settle(taking: _Taking, values: Mapping[str, Any]) -> None:
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


def _follow_up(taking: _Taking) -> None:
    if taking.entry.satisfaction is not None:
        taking.changes["satisfaction"] = taking.entry.satisfaction.value
        taking.details["satisfaction"] = taking.entry.satisfaction.value


def _duplicate(taking: _Taking) -> None:
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


def _reopen(taking: _Taking) -> None:
    """Everything that its end had settled is open again; what was done and said stays in its history."""
    cleared = {"reported_back_on": None, "channel": "", "satisfaction": "", "excuse": ""}
    for (uid,) in taking.register.all(Reporter.select(Reporter.uid).where(Reporter.issue == taking.uid).tuples()):
        taking.recording.update(Reporter, uid, cleared)
    taking.changes = dict.fromkeys(("resolved_on", "reported_back_on", "duplicate_of"))
    taking.changes |= {"result": "", "satisfaction": ""}
    issue, due = taking.issue, taking.issue["due_at"]
    fresh = due_at(taking.level, taking.now, issue["urgent"], categories.of(taking.register).get(issue["category"]))
    _move_deadline(taking, max(due, fresh) if due is not None else fresh)


_EFFECTS: dict[Step, Callable[[_Taking], None]] = {
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
