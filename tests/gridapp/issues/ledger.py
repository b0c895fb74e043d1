"""What tests of the issue ledger have in common: an issue to begin with, and what holds of every ledger."""

import datetime
import json

from gridapp.areas.model import Level
from gridapp.ids import Uid
from gridapp.issues import consistency, history
from gridapp.issues.model import Issue, Reporter
from gridapp.issues.registering import NewIssue, NewReporter, register_issue
from gridapp.issues.states import Channel, Source, State
from gridapp.issues.stepping import Entry, take
from gridapp.issues.workflow import BY_STEP, Need, Step, allowed, is_allowed, level_after
from gridapp.register import Register
from tests import factories as make

NOW = datetime.datetime(2020, 8, 19, 9, 30)
TODAY = NOW.date()


def make_issue(register: Register, *reporters: NewReporter, **values) -> Uid:
    """An issue that was registered as a person does it, at ``NOW`` unless told."""
    told = {"category": "lighting.corridor", "now": NOW, **values}
    now = told.pop("now")
    area = told.pop("area", None) or make.make_grid(register)
    people = reporters or (NewReporter("马大爷", "13812345678", Source.PHONE),)
    return register_issue(register, NewIssue("楼道灯不亮", area=area, reporters=people, **told), now=now).uid


def whole_entry(step: Step, other: Uid, now: datetime.datetime = NOW) -> Entry:
    """What a step needs, and no more."""
    values = {
        Need.NOTE: {"note": "按规定办理"},
        Need.HANDLER: {"handler": "紫光苑物业"},
        Need.REVIEW_ON: {"review_on": now.date() + datetime.timedelta(days=30)},
        Need.DUE_ON: {"due_on": now.date() + datetime.timedelta(days=400)},
        Need.ORIGINAL: {"original": other},
        Need.CHANNEL: {"channel": Channel.PHONE},
        Need.REPORTER: {},
        Need.NEW_REPORTER: {"new_reporter": NewReporter("李婶", "13912345678")},
    }
    told: dict = {}
    for need in BY_STEP[step].needs:
        told |= values[need]
    return Entry(**told)


ROADS: dict[State, tuple[Step, ...]] = {
    State.REGISTERED: (),
    State.ACCEPTED: (Step.ACCEPT,),
    State.IN_PROGRESS: (Step.ASSIGN,),
    State.SUSPENDED: (Step.ACCEPT, Step.SUSPEND),
    State.RESOLVED: (Step.RESOLVE,),
    State.REJECTED: (Step.REJECT,),
    State.REPORTED_BACK: (Step.RESOLVE, Step.REPORT_BACK),
    State.FOLLOWED_UP: (Step.RESOLVE, Step.REPORT_BACK, Step.FOLLOW_UP),
    State.CLOSED: (Step.RESOLVE, Step.REPORT_BACK, Step.CLOSE),
}
"""How an issue comes to each state."""


def bring_to(register: Register, issue: Uid, state: State) -> Uid:
    """Take an issue that was just registered as far as a state."""
    for step in ROADS[state]:
        take(register, issue, step, whole_entry(step, b""), now=NOW)
    return issue


def whole_ledger(register: Register) -> dict:
    """Everything that the ledger holds, to be compared."""
    return {
        model: sorted(register.each(model.select()), key=lambda row: row[0])
        for model in (Issue, Reporter, history.IssueStep)
    }


def faults(register: Register) -> list[str]:
    """Everything that is not as it should be of any ledger, in words."""
    found = [fault.detail for fault in consistency.faults(register)]
    waiting = {
        bytes(uid)
        for (uid,) in register.all(Reporter.select(Reporter.issue).where(~Reporter.is_settled()).distinct().tuples())
    }
    for row in register.all(Issue.select().dicts()):
        found += [f"{row['number']} {text}" for text in _faults(register, row, bytes(row["uid"]) in waiting)]
    return found


def _faults(register: Register, row: dict, waits: bool) -> list[str]:
    state, level = State(row["state"]), Level(row["level"])
    steps = history.steps(register, row["uid"])
    found = []
    if (row["pending_at"] is not None) != state.is_pending or row["pending_at"] not in (None, row["due_at"]):
        found.append("pending_at and state disagree")
    if state.awaits_report_back and not waits:
        found.append("nobody is left to be told, and it was not told back")
    if state.is_open and not waits:
        found.append("is open and everybody has been told")
    if (state is State.SUSPENDED) != (row["suspended_on"] is not None):
        found.append("suspended_on and state disagree")
    if row["suspended_on"] is None and row["review_on"] is not None:
        found.append("has a day of review and is not suspended")
    if state not in (State.SUSPENDED, State.CLOSED) and not any(
        one.target not in (None, state) for one in allowed(state, level)
    ):
        found.append("has no way out")
    found += _history_faults(steps, level)
    return found


def _history_faults(steps: list, level: Level) -> list[str]:
    found = []
    reached_level: int | None = None
    for step in steps[1:]:
        details = json.loads(step.details) if step.details else {}
        kind = Step(step.step)
        if step.old_state is None or kind is Step.REGISTER:
            found.append("was registered twice")
            continue
        old, new = State(step.old_state), State(step.new_state)
        if "level" in details:
            before, reached_level = details["level"]
            if level_after(kind, Level(before)) != reached_level:
                found.append("went to a level that its step does not lead to")
        if kind is not Step.EDIT and not any(is_allowed(kind, old, one) for one in Level):
            found.append(f"took {kind} while {old.name}")
        if BY_STEP[kind].target is None and old != new:
            found.append(f"{kind} changed its state")
        if details.get("due", [None])[0] and details["due"][1] < details["due"][0]:
            found.append(f"{kind} brought its deadline nearer")
    if reached_level is not None and reached_level != level:
        found.append("is at another level than its history tells")
    return found
