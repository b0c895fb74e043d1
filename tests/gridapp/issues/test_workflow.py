"""The table of the workflow is whole, and taking steps follows it to the letter."""

import dataclasses
import datetime
import threading

import pytest

from gridapp.areas.model import Level
from gridapp.errors import UserError
from gridapp.ids import new_uid
from gridapp.issues import history
from gridapp.issues.model import IssueStep
from gridapp.issues.reading import read
from gridapp.issues.registering import NewIssue, NewReporter, change, register_issue
from gridapp.issues.states import STATE_NAMES, Channel, Source, State
from gridapp.issues.stepping import Entry, take
from gridapp.issues.workflow import BY_STEP, DONE_NAMES, TRANSITIONS, Need, Step, allowed, is_allowed, target
from gridapp.register import Register, open_register
from gridapp.store import undo
from tests import factories as make
from tests.gridapp.issues.ledger import NOW, bring_to, faults, make_issue, whole_entry, whole_ledger

TAKEN = [step for step in Step if step not in (Step.REGISTER, Step.EDIT)]
"""What ``take`` takes; registering and correcting have functions of their own."""
EMPTY = {
    Need.NOTE: {"note": " \n "},
    Need.HANDLER: {"handler": " "},
    Need.REVIEW_ON: {"review_on": None},
    Need.DUE_ON: {"due_on": None},
    Need.ORIGINAL: {"original": None},
    Need.CHANNEL: {"channel": None},
    Need.NEW_REPORTER: {"new_reporter": None},
}


def test_every_step_but_registering_has_one_row() -> None:
    assert sorted(row.step for row in TRANSITIONS) == sorted(set(Step) - {Step.REGISTER})
    assert set(DONE_NAMES) == set(Step)
    assert set(STATE_NAMES) == set(State)


def test_every_state_is_reached_and_every_one_but_the_last_can_be_left() -> None:
    reached, new = set(), {State.REGISTERED}
    while new:
        reached |= new
        new = {target(row.step, state) for state in reached for row in allowed(state, Level.STREET)} - reached
    assert reached == set(State)
    for state in set(State) - {State.CLOSED}:
        for level in Level:
            ways = {target(row.step, state) for row in allowed(state, level)} - {state}
            assert any(way > state or way is State.IN_PROGRESS for way in ways), (state, level)


def test_a_closed_issue_can_only_be_taken_up_again_or_written_about() -> None:
    assert {row.step for row in allowed(State.CLOSED, Level.GRID)} == {Step.REOPEN, Step.NOTE}


@pytest.mark.parametrize(
    ("state", "level"),
    [*((state, Level.COMMUNITY) for state in State), (State.ACCEPTED, Level.DISTRICT), (State.ACCEPTED, Level.GRID)],
)
def test_what_is_allowed_can_be_taken_and_nothing_else(register: Register, state: State, level: Level) -> None:
    grid = make.make_grid(register)
    other = make_issue(register, area=grid)
    for step in TAKEN:
        issue = bring_to(register, make_issue(register, area=grid, level=level), state)
        before = whole_ledger(register)
        if is_allowed(step, state, level):
            take(register, issue, step, whole_entry(step, other), now=NOW)
            assert read(register, issue).state is target(step, state)
        else:
            with pytest.raises(UserError, match=r"不能|已经反馈过了"):
                take(register, issue, step, whole_entry(step, other), now=NOW)
            assert whole_ledger(register) == before
    assert {row.step for row in allowed(state, level)} - {Step.EDIT} == {
        step for step in TAKEN if is_allowed(step, state, level)
    }
    assert faults(register) == []


@pytest.mark.parametrize(
    ("step", "need"), [(row.step, need) for row in TRANSITIONS for need in row.needs if need is not Need.REPORTER]
)
def test_what_a_step_needs_has_to_be_told(register: Register, step: Step, need: Need) -> None:
    grid = make.make_grid(register)
    other, issue = make_issue(register, area=grid), make_issue(register, area=grid, level=Level.STREET)
    bring_to(register, issue, min(BY_STEP[step].sources))
    before = whole_ledger(register)
    with pytest.raises(UserError) as refusal:
        take(register, issue, step, dataclasses.replace(whole_entry(step, other), **EMPTY[need]), now=NOW)
    assert str(refusal.value).startswith("请") and str(refusal.value).count("。") == 1
    assert whole_ledger(register) == before


def test_who_is_told_has_to_be_said_where_it_could_be_several(register: Register) -> None:
    issue = make_issue(register, NewReporter("马大爷"), NewReporter("李婶"))
    bring_to(register, issue, State.RESOLVED)
    for step in (Step.REPORT_BACK, Step.EXCUSE):
        with pytest.raises(UserError, match="请选择是哪一位"):
            take(register, issue, step, whole_entry(step, b""), now=NOW)


def test_registering_again_and_correcting_are_no_steps_to_be_taken(register: Register) -> None:
    issue = make_issue(register)
    for step in (Step.REGISTER, Step.EDIT):
        with pytest.raises(UserError, match="不能"):
            take(register, issue, step, Entry(note="再登记"), now=NOW)
    assert len(read(register, issue).events) == 1


def test_an_issue_that_was_taken_back_takes_no_step(register: Register) -> None:
    issue = make_issue(register)
    undo.undo(register)
    for step in TAKEN:
        with pytest.raises(UserError, match="这条民意已被撤销"):
            take(register, issue, step, whole_entry(step, new_uid()), now=NOW)
    with pytest.raises(UserError, match="这条民意已被撤销"):
        read(register, issue)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (Entry(note="好了", on=NOW.date() + datetime.timedelta(days=1)), "还没有到"),
        (Entry(note="好了", on=NOW.date() - datetime.timedelta(days=1)), "早于登记日期"),
        (Entry(note="好了", on=datetime.date(1900, 1, 1)), "太早"),
    ],
)
def test_a_day_that_cannot_be_is_refused(register: Register, entry: Entry, why: str) -> None:
    issue = make_issue(register)
    with pytest.raises(UserError, match=why):
        take(register, issue, Step.RESOLVE, entry, now=NOW)
    assert read(register, issue).state is State.REGISTERED


def test_nobody_hears_of_it_before_it_was_resolved(register: Register) -> None:
    issue = make_issue(register, registered_on=datetime.date(2020, 8, 10))
    take(register, issue, Step.RESOLVE, Entry(note="好了", on=datetime.date(2020, 8, 14)), now=NOW)
    told = Entry(channel=Channel.PHONE, on=datetime.date(2020, 8, 13))
    with pytest.raises(UserError, match="早于办结日期"):
        take(register, issue, Step.REPORT_BACK, told, now=NOW)


def test_a_review_and_a_new_deadline_lie_ahead(register: Register) -> None:
    issue = bring_to(register, make_issue(register), State.ACCEPTED)
    with pytest.raises(UserError, match="应在今天之后"):
        take(register, issue, Step.SUSPEND, Entry(note="等材料", review_on=NOW.date()), now=NOW)
    with pytest.raises(UserError, match="应在原期限"):
        take(register, issue, Step.EXTEND, Entry(note="缺材料", due_on=NOW.date()), now=NOW)


def test_an_issue_is_no_duplicate_of_itself_or_of_one_that_is_over(register: Register) -> None:
    grid = make.make_grid(register)
    issue = make_issue(register, area=grid)
    over = bring_to(register, make_issue(register, area=grid), State.CLOSED)
    for original in (issue, over, new_uid()):
        before = whole_ledger(register)
        with pytest.raises(UserError):
            take(register, issue, Step.DUPLICATE, Entry(original=original), now=NOW)
        assert whole_ledger(register) == before


def test_two_of_the_same_name_are_told_apart_by_where_they_live(register: Register) -> None:
    grid = make.make_grid(register)
    homes = [make.make_household(register, grid) for _ in range(2)]
    issue = make_issue(register, NewReporter("张伟", household=homes[0]), area=grid)
    take(register, issue, Step.JOIN, Entry(new_reporter=NewReporter("张伟", household=homes[1])), now=NOW)
    with pytest.raises(UserError, match="已经反映过"):
        take(register, issue, Step.JOIN, Entry(new_reporter=NewReporter("张伟", household=homes[1])), now=NOW)
    assert len(read(register, issue).reporters) == 2


def test_steps_follow_each_other_whatever_the_clocks_say(register: Register) -> None:
    issue = make_issue(register)
    take(register, issue, Step.ACCEPT, now=NOW - datetime.timedelta(hours=2))
    # Another workstation, whose clock is behind, has made its uids long before.
    last = history.last_step(register, issue)
    with register.recording("改") as recording:
        early = bytes(last.uid)[:-8]
        recording.delete(IssueStep, bytes(last.uid))
        late = b"\xff" * 6 + early[6:] + bytes(8)
        recording.insert(IssueStep, **{**last.__data__, "uid": late, "issue": issue})
    take(register, issue, Step.START, now=NOW - datetime.timedelta(hours=3))
    assert [event.step for event in read(register, issue).events] == [Step.REGISTER, Step.ACCEPT, Step.START]
    assert faults(register) == []


def test_a_step_on_which_others_have_built_is_not_taken_back(register: Register) -> None:
    issue = make_issue(register)
    with register.recording("受理", "甲"):
        take(register, issue, Step.ACCEPT, now=NOW)
    with register.recording("记录", "乙"):
        take(register, issue, Step.NOTE, Entry(note="已电话联系"), now=NOW)
    with pytest.raises(UserError, match="后来又被改动过"):
        undo.undo(register, "甲")
    undo.undo(register, "乙")
    undo.undo(register, "甲")
    assert read(register, issue).state is State.REGISTERED
    with register.recording("记录", "乙"):
        take(register, issue, Step.NOTE, Entry(note="再次联系"), now=NOW)
    with pytest.raises(UserError, match="后来又被改动过"):
        undo.redo(register, "甲")
    assert faults(register) == []


def test_a_reporter_is_not_taken_back_once_another_was_told(register: Register) -> None:
    issue = make_issue(register)
    with register.recording("增加", "甲"):
        take(register, issue, Step.JOIN, Entry(new_reporter=NewReporter("李婶")), now=NOW)
    bring_to(register, issue, State.RESOLVED)
    first = read(register, issue).reporters[0]
    take(register, issue, Step.REPORT_BACK, Entry(channel=Channel.PHONE, reporter=first.uid), now=NOW)
    with pytest.raises(UserError, match="后来又被改动过"):
        undo.undo(register, "甲")
    assert read(register, issue).state is State.RESOLVED


def test_a_number_that_somebody_else_was_given_meanwhile_does_not_come_back(register: Register) -> None:
    grid = make.make_grid(register)
    with register.recording("登记", "甲"):
        make_issue(register, area=grid)
    undo.undo(register, "甲")
    with register.recording("登记", "乙"):
        make_issue(register, area=grid)
    with pytest.raises(UserError, match="后来又被改动过"):
        undo.redo(register, "甲")
    undo.undo(register, "乙")
    assert undo.redo(register, "甲") == "登记"


def test_what_was_written_of_an_issue_that_is_over_stays(register: Register) -> None:
    issue = bring_to(register, make_issue(register), State.RESOLVED)
    with pytest.raises(UserError, match="已经办结，不能再改"):
        change(register, issue, {"description": "别的"}, now=NOW)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"description": " "}, "请写明反映的问题"),
        ({"description": "长" * 2001}, "精简到2000字"),
        ({"reporters": ()}, "请填写反映人"),
        ({"area": None}, "请选择民意所在"),
        ({"area": new_uid()}, "所选的区域已被删除"),
        ({"household": new_uid()}, "这一户已被删除"),
        ({"registered_on": NOW.date() + datetime.timedelta(days=1)}, "还没有到"),
    ],
)
def test_an_issue_that_cannot_be_registered_leaves_nothing(register: Register, told: dict, why: str) -> None:
    whole = {"description": "楼道灯不亮", "area": make.make_grid(register), **told}
    with pytest.raises(UserError, match=why):
        register_issue(register, NewIssue(**whole), now=NOW)
    assert not any(whole_ledger(register).values())


def test_of_two_who_take_a_step_at_once_one_does_and_the_other_is_told(engine_url: str) -> None:
    with open_register(engine_url) as register:
        issue = make_issue(register, NewReporter("马大爷", "", Source.VISIT))
        seen = read(register, issue).seen
        answers: list[tuple[Step, str | None]] = []
        ready = threading.Barrier(2)

        def step(which: Step) -> None:
            ready.wait()
            try:
                take(register, issue, which, whole_entry(which, b""), seen=seen, by="甲")
                answers.append((which, None))
            except UserError as error:
                answers.append((which, str(error)))
            register.release()

        both = [threading.Thread(target=step, args=(which,)) for which in (Step.ACCEPT, Step.REJECT)]
        for one in both:
            one.start()
        for one in both:
            one.join()
        ((winner, _nothing),) = [answer for answer in answers if answer[1] is None]
        ((_loser, why),) = [answer for answer in answers if answer[1] is not None]
        assert why.startswith("甲刚刚") and "请核对后再办" in why
        assert read(register, issue).state is target(winner, State.REGISTERED)
        assert faults(register) == []
