"""An issue takes the steps that the workflow allows, and no others, and its history tells all of them."""

import datetime

import pytest

from gridapp.areas.model import Level
from gridapp.attachments.listing import attached_to
from gridapp.attachments.preparing import prepared
from gridapp.errors import UserError
from gridapp.issues import consistency
from gridapp.issues.deadlines import end_of
from gridapp.issues.reading import read
from gridapp.issues.registering import NewIssue, NewReporter, register_issue
from gridapp.issues.states import Channel, Satisfaction, Source, State
from gridapp.issues.stepping import Entry, take, take_many
from gridapp.issues.workflow import Step
from gridapp.register import Register
from gridapp.store.check import check
from gridapp.store.undo import redo, undo
from tests import factories as make
from tests.gridapp.attachments import files
from tests.gridapp.issues.ledger import faults

NOW = datetime.datetime(2020, 8, 19, 9, 30)


def registered(register: Register, *reporters: NewReporter, **values) -> bytes:
    home = make.make_household(register, make.make_grid(register))
    people = reporters or (NewReporter("马大爷", "13812345678", Source.PHONE, home),)
    new = NewIssue("楼道灯不亮", household=home, category="lighting.corridor", reporters=people, **values)
    return register_issue(register, new, now=NOW).uid


def test_an_issue_goes_from_its_registration_to_its_end(engine_register: Register) -> None:
    register = engine_register
    uid = registered(register)
    told = Entry(channel=Channel.PHONE, satisfaction=Satisfaction.MOSTLY)
    for step, entry in (
        (Step.ACCEPT, None),
        (Step.ASSIGN, Entry(handler="紫光苑物业")),
        (Step.RESOLVE, Entry(note="换了灯泡")),
        (Step.REPORT_BACK, told),
        (Step.FOLLOW_UP, None),
        (Step.CLOSE, None),
    ):
        take(register, uid, step, entry, seen=read(register, uid).seen)
    whole = read(register, uid)
    assert [event.new_state for event in whole.events] == [
        *(State.REGISTERED, State.ACCEPTED, State.IN_PROGRESS, State.RESOLVED),
        *(State.REPORTED_BACK, State.FOLLOWED_UP, State.CLOSED),
    ]
    assert (whole.values["number"], whole.values["result"], whole.values["satisfaction"]) == (
        "2020-00001",
        "换了灯泡",
        "mostly",
    )
    assert check(register) == [] and list(consistency.faults(register)) == []


def test_it_does_not_end_before_everybody_who_raised_it_has_heard_of_it(register: Register) -> None:
    uid = registered(register, NewReporter("马大爷", "13812345678"), NewReporter("李婶", "13912345678"))
    take(register, uid, Step.RESOLVE, Entry(note="换了灯泡"))
    with pytest.raises(UserError, match="不能结案"):
        take(register, uid, Step.CLOSE)
    with pytest.raises(UserError, match="2位反映人"):
        take(register, uid, Step.REPORT_BACK, Entry(channel=Channel.PHONE))
    first, second = read(register, uid).waiting
    take(register, uid, Step.REPORT_BACK, Entry(channel=Channel.PHONE, reporter=first.uid))
    assert read(register, uid).state is State.RESOLVED
    with pytest.raises(UserError, match="不能结案"):
        take(register, uid, Step.CLOSE)
    take(register, uid, Step.EXCUSE, Entry(note="电话三次无人接听", reporter=second.uid))
    take(register, uid, Step.CLOSE)
    assert read(register, uid).state is State.CLOSED


def test_a_higher_level_has_its_own_time_and_no_deadline_comes_nearer(register: Register) -> None:
    uid = registered(register, level=Level.GRID)
    assert read(register, uid).values["due_at"] == end_of(datetime.date(2020, 8, 21))
    take(register, uid, Step.ESCALATE, Entry(note="要更换线路"))
    whole = read(register, uid)
    assert (whole.level, whole.state) == (Level.COMMUNITY, State.REGISTERED)
    assert whole.values["due_at"] == end_of(datetime.date(2020, 8, 26))
    take(register, uid, Step.SEND_BACK, Entry(note="网格可办"))
    assert read(register, uid).values["due_at"] == end_of(datetime.date(2020, 8, 26))


def test_a_step_that_somebody_else_has_taken_meanwhile_is_told(register: Register) -> None:
    uid = registered(register)
    seen = read(register, uid).seen
    take(register, uid, Step.ACCEPT, by="李主任")
    with pytest.raises(UserError, match="李主任刚刚受理了"):
        take(register, uid, Step.REJECT, Entry(note="不属于社区"), seen=seen)
    assert read(register, uid).state is State.ACCEPTED


def test_of_many_those_that_cannot_take_a_step_are_left_and_told(register: Register) -> None:
    first, second = registered(register), registered(register)
    take(register, first, Step.ACCEPT)
    taken = take_many(register, [first, second], Step.ACCEPT)
    assert taken.done == ["2020-00002"]
    assert [number for number, _why in taken.refused] == ["2020-00001"]


def test_a_duplicate_brings_those_who_raised_it_to_the_other(register: Register) -> None:
    original, same = registered(register), registered(register, NewReporter("李婶", "13912345678"))
    take(register, same, Step.DUPLICATE, Entry(original=original))
    assert read(register, same).state is State.CLOSED
    assert [one.name for one in read(register, original).reporters] == ["马大爷", "李婶"]
    take(register, same, Step.REOPEN, Entry(note="不是一回事"))
    assert len(read(register, same).waiting) == 1
    assert list(consistency.faults(register)) == []


def test_what_is_attached_goes_with_its_issue_or_step_and_comes_back_with_it(engine_register: Register) -> None:
    register, photo = engine_register, prepared(("照片.jpg", files.picture()))
    grid = make.make_grid(register)
    new = NewIssue("楼道灯不亮", area=grid, files=(photo,))
    issue = register_issue(register, new).uid
    take(register, issue, Step.RESOLVE, Entry("已更换", files=(photo, photo)))
    told = [[file.name for file in event.files] for event in read(register, issue).events]
    assert [file.name for file in attached_to(register, issue)] == ["照片.jpg"]
    assert told == [[], ["照片.jpg", "照片.jpg"]]
    undo(register)
    assert [event.files for event in read(register, issue).events] == [()]
    undo(register)
    assert attached_to(register, issue) == [] and faults(register) == []
    redo(register)
    redo(register)
    assert len(read(register, issue).events[1].files) == 2 and check(register) == []


def test_what_somebody_shows_who_joins_stays_with_that_step(register: Register) -> None:
    issue = registered(register)
    photo = prepared(("照片.jpg", files.picture()))
    take(register, issue, Step.JOIN, Entry(new_reporter=NewReporter("李婶"), files=(photo,)))
    assert [file.name for file in read(register, issue).events[-1].files] == ["照片.jpg"]


def test_an_issue_tells_of_the_visit_that_brought_it_to_light(register: Register) -> None:
    grid = make.make_grid(register)
    visit = make.make_visit(register, make.make_household(register, grid))
    issue = register_issue(register, NewIssue("楼道灯不亮", area=grid, visit=visit)).uid
    assert read(register, issue).events[0].lines == ("2020-08-19 走访发现",)
