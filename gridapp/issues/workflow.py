"""What may be done with an issue: the one table that window, command line and tests all read.

    registered → accepted → in progress → resolved → reported back → followed up → closed

and beside it escalating and sending back, suspending and resuming, rejecting, and reopening. "Small things in the grid,
big ones in the street, hard ones in the district": escalating and sending back go one level of area up or down.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum

from gridapp.areas.model import Level
from gridapp.issues.states import State


class Step(StrEnum):
    """A step that an issue can take."""

    REGISTER = "register"
    ACCEPT = "accept"
    ASSIGN = "assign"
    START = "start"
    ESCALATE = "escalate"
    SEND_BACK = "send_back"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    RESOLVE = "resolve"
    REJECT = "reject"
    DUPLICATE = "duplicate"
    REPORT_BACK = "report_back"
    EXCUSE = "excuse"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"
    REOPEN = "reopen"
    JOIN = "join"
    EDIT = "edit"
    NOTE = "note"


class Need(Enum):
    """Something that a step asks for."""

    NOTE = "note"
    """A reason, or what was done."""
    HANDLER = "handler"
    REVIEW_ON = "review_on"
    DUE_ON = "due_on"
    ORIGINAL = "original"
    """The issue that it is a duplicate of."""
    REPORTER = "reporter"
    """Whom it is about; a reporter who has not been told yet."""
    CHANNEL = "channel"
    SATISFACTION = "satisfaction"
    NEW_REPORTER = "new_reporter"
    """Who has raised it too."""


@dataclass(frozen=True)
class Transition:
    """One row of the table.

    Attributes:
        name: the step in words, as it stands on a button.
        done: the same once it was taken, as it stands in the history.
        sources: the states in which it may be taken.
        target: the state to which it leads; None where it leaves the state as it is.
        needs: what has to be told; ``asks`` what may be.
        note: what the note is called.
    """

    step: Step
    name: str
    done: str
    sources: frozenset[State]
    target: State | None
    needs: tuple[Need, ...] = ()
    asks: tuple[Need, ...] = (Need.NOTE,)
    note: str = "说明"


_S = State
_RUNNING = (_S.REGISTERED, _S.ACCEPTED, _S.IN_PROGRESS)
_OPEN = (*_RUNNING, _S.SUSPENDED)
_DECIDED = (_S.RESOLVED, _S.REJECTED)
_TOLD = (_S.REPORTED_BACK, _S.FOLLOWED_UP)


def _row(
    step: Step,
    name: str,
    done: str,
    sources: Iterable[State],
    target: State | None,
    needs: tuple[Need, ...] = (),
    asks: tuple[Need, ...] = (Need.NOTE,),
    note: str = "说明",
) -> Transition:
    return Transition(step, name, done, frozenset(sources), target, needs, asks, note)


TRANSITIONS = (
    _row(Step.ACCEPT, "受理", "受理", [_S.REGISTERED], _S.ACCEPTED),
    _row(Step.ASSIGN, "派遣", "派遣", _RUNNING, _S.IN_PROGRESS, (Need.HANDLER,), note="要求"),
    _row(Step.START, "开始办理", "开始办理", [_S.ACCEPTED], _S.IN_PROGRESS),
    _row(Step.RESOLVE, "办结", "办结", _RUNNING, _S.RESOLVED, (Need.NOTE,), (), "办理结果"),
    _row(Step.REPORT_BACK, "反馈", "反馈", _DECIDED, _S.REPORTED_BACK, (Need.REPORTER, Need.CHANNEL),
         (Need.SATISFACTION, Need.NOTE), "反馈情况"),
    _row(Step.EXCUSE, "无法反馈", "无法反馈", _DECIDED, _S.REPORTED_BACK, (Need.REPORTER, Need.NOTE), (), "原因"),
    _row(Step.FOLLOW_UP, "回访", "回访", [_S.REPORTED_BACK], _S.FOLLOWED_UP, (),
         (Need.SATISFACTION, Need.NOTE), "回访情况"),
    _row(Step.CLOSE, "结案", "结案", _TOLD, _S.CLOSED),
    _row(Step.ESCALATE, "上报", "上报", _RUNNING, _S.REGISTERED, (Need.NOTE,), (), "上报理由"),
    _row(Step.SEND_BACK, "退回", "退回", _RUNNING, _S.REGISTERED, (Need.NOTE,), (), "退回理由"),
    _row(Step.SUSPEND, "挂起", "挂起", (_S.ACCEPTED, _S.IN_PROGRESS), _S.SUSPENDED,
         (Need.NOTE, Need.REVIEW_ON), (), "挂起原因"),
    _row(Step.RESUME, "恢复办理", "恢复办理", [_S.SUSPENDED], _S.IN_PROGRESS),
    _row(Step.EXTEND, "延期", "延期", _RUNNING, None, (Need.NOTE, Need.DUE_ON), (), "延期理由"),
    _row(Step.REJECT, "不予受理", "不予受理", (_S.REGISTERED, _S.ACCEPTED), _S.REJECTED, (Need.NOTE,), (), "理由"),
    _row(Step.DUPLICATE, "并入重复件", "并入", _OPEN, _S.CLOSED, (Need.ORIGINAL,)),
    _row(Step.REOPEN, "重新办理", "重新办理", (*_DECIDED, *_TOLD, _S.CLOSED), _S.IN_PROGRESS, (Need.NOTE,), (), "原因"),
    _row(Step.JOIN, "增加反映人", "又有人反映", (*_OPEN, *_DECIDED), None, (Need.NEW_REPORTER,), ()),
    _row(Step.EDIT, "修改", "修改", _OPEN, None, (), ()),
    _row(Step.NOTE, "记一笔", "记录", State, None, (Need.NOTE,), (), "记录"),
)  # fmt: skip
"""The table. What comes first is offered first."""

BY_STEP = {row.step: row for row in TRANSITIONS}

DONE_NAMES = {Step.REGISTER: "登记", **{row.step: row.done for row in TRANSITIONS}}
"""Every step in words, as the history tells it."""

_TOP, _BOTTOM = Level.DISTRICT, Level.GRID


def allowed(state: State, level: Level) -> list[Transition]:
    """What may be done with an issue in this state at this level, in the order in which it is offered."""
    rows = [row for row in TRANSITIONS if state in row.sources and _has_level(row.step, level)]
    if len(rows) > 1 and rows[0].target is state:  # what leads on comes before another hand for the same
        rows[0], rows[1] = rows[1], rows[0]
    return rows


def is_allowed(step: Step, state: State, level: Level) -> bool:
    """Whether a step may be taken."""
    row = BY_STEP.get(step)
    return row is not None and state in row.sources and _has_level(step, level)


def target(step: Step, state: State, all_told: bool = True) -> State:
    """The state to which a step leads.

    Args:
        all_told: after a report back, whether everybody who raised the issue has been told or cannot be.
    """
    reached = BY_STEP[step].target
    if reached is None or (step in (Step.REPORT_BACK, Step.EXCUSE) and not all_told):
        return state
    return reached


def level_after(step: Step, level: Level) -> Level:
    """The level that handles an issue after a step."""
    moved = {Step.ESCALATE: -1, Step.SEND_BACK: 1}.get(step, 0)
    return Level(level + moved)


def _has_level(step: Step, level: Level) -> bool:
    if step is Step.ESCALATE:
        return level > _TOP
    return step is not Step.SEND_BACK or level < _BOTTOM
