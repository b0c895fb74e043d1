"""Whether every issue agrees with its history: what ``check`` looks at beside the tables themselves."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from gridapp.ids import Uid
from gridapp.issues.model import Issue, IssueStep, Reporter
from gridapp.issues.states import State
from gridapp.issues.workflow import Step
from gridapp.store.check import Fault
from gridapp.store.register import Register


def faults(register: Register) -> Iterator[Fault]:
    """Everything in which an issue, its steps and those who raised it disagree."""
    raised, unsettled = _reporters(register)
    last = _histories(register)
    columns = (Issue.uid, Issue.number, Issue.state, Issue.due_at, Issue.resolved_on, Issue.duplicate_of)
    for uid, number, state, due_at, resolved_on, duplicate_of in register.each(Issue.select(*columns)):
        key = bytes(uid)
        told = _fault(State(state), last.get(key), raised[key], unsettled[key])
        if told is None and due_at is None:
            told = "没有期限"
        if told is None and State(state) is State.RESOLVED and resolved_on is None:
            told = "已办结却没有办结日期"
        if told is None and State(state).is_open and resolved_on is not None:
            told = "没有办结却有办结日期"
        if told is None and duplicate_of is not None and State(state) is not State.CLOSED:
            told = "并入了别的民意却没有结案"
        if told is not None:
            yield Fault("issue", Issue.table(), f"民意 {number} {told}")


def _fault(state: State, history: tuple[bool, State | None] | None, raised: int, unsettled: int) -> str | None:
    if history is None:
        return "没有办理记录"
    is_chained, last = history
    if not is_chained:
        return "办理记录前后不接"
    if last is not state:
        return "的状态与最后一步不符"
    if not raised:
        return "没有反映人"
    if state >= State.REPORTED_BACK and unsettled:
        return "还有反映人没有反馈就结束了"
    return None


def _reporters(register: Register) -> tuple[Counter[Uid], Counter[Uid]]:
    raised: Counter[Uid] = Counter()
    unsettled: Counter[Uid] = Counter()
    for issue, told_on, excuse in register.each(
        Reporter.select(Reporter.issue, Reporter.reported_back_on, Reporter.excuse)
    ):
        raised[bytes(issue)] += 1
        unsettled[bytes(issue)] += told_on is None and not excuse
    return raised, unsettled


def _histories(register: Register) -> dict[Uid, tuple[bool, State | None]]:
    """Of every issue whether its steps begin with its registration and follow on each other, and where they lead."""
    columns = (IssueStep.issue, IssueStep.step, IssueStep.old_state, IssueStep.new_state)
    rows = register.each(IssueStep.select(*columns).order_by(IssueStep.issue, IssueStep.at, IssueStep.uid))
    found: dict[Uid, tuple[bool, State | None]] = {}
    for issue, steps in groupby(rows, key=lambda row: bytes(row[0])):
        reached: int | None = None
        is_chained = True
        for number, (_issue, step, old, new) in enumerate(steps):
            is_chained &= old == reached and (step == Step.REGISTER.value) == (number == 0)
            reached = new
        found[issue] = (is_chained, State(reached) if reached is not None else None)
    return found
