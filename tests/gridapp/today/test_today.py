"""What there is to do today: what is due, who waits for an answer, whose birthday it is, what was done."""

import datetime
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.households.categories import to_mask
from gridapp.ids import Uid
from gridapp.issues.deadlines import Urgency, end_of
from gridapp.issues.registering import NewIssue, NewReporter, register_issue
from gridapp.issues.stepping import Entry, take
from gridapp.issues.workflow import Step
from gridapp.register import Register
from gridapp.store import undo
from gridapp.today import birthdays, changes, issues
from gridapp.today.board import today
from gridapp.today.lines import Kind, Thing
from tests import factories as make

NOW = datetime.datetime(2026, 11, 25, 10, 0)
COMMUNITY = make.GRID[:12]


def due_at(day: date) -> dict[str, object]:
    return {"registered_on": date(2026, 11, 2), "due_at": end_of(day)}


def test_what_is_late_or_due_stands_there_emergencies_first(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    make.make_issue(engine_register, grid, description="逾期的", **due_at(date(2026, 11, 23)))
    make.make_issue(engine_register, grid, description="今天的", **due_at(date(2026, 11, 25)))
    make.make_issue(engine_register, grid, description="明天的", **due_at(date(2026, 11, 26)))
    make.make_issue(engine_register, grid, description="下周的", **due_at(date(2026, 12, 2)))
    make.make_issue(engine_register, grid, description="急的", urgent=True, **due_at(date(2026, 11, 26)))
    elsewhere = make.make_grid(engine_register, "120104003002001")
    make.make_issue(engine_register, elsewhere, description="别处的", **due_at(date(2026, 11, 20)))
    section = issues.due(engine_register, COMMUNITY, NOW, 8)
    assert [line.title for line in section.lines] == ["【紧急】急的", "逾期的", "今天的", "明天的"]
    assert [line.when for line in section.lines] == ["剩1天", "逾期2天", "今日到期", "剩1天"]
    assert [line.urgency for line in section.lines][1:] == [Urgency.OVERDUE, Urgency.TODAY, Urgency.SOON]
    assert (section.count, section.summary) == (4, "逾期 1 · 今日 1 · 即将 2")
    assert issues.due(engine_register, COMMUNITY, NOW, 2).count == 4
    assert issues.due(engine_register, make.GRID[:6], NOW, 8).count == 5


def test_what_was_suspended_comes_back_on_the_day_of_its_review(register: Register) -> None:
    uid = raised(register)
    take(register, uid, Step.ACCEPT, now=NOW)
    review = Entry(note="列入改造计划", review_on=date(2026, 12, 10))
    take(register, uid, Step.SUSPEND, review, now=NOW)
    later = datetime.datetime(2026, 12, 9, 9, 0)
    assert issues.due(register, COMMUNITY, later, 8).count == 0
    section = issues.due(register, COMMUNITY, later + datetime.timedelta(days=1), 8)
    assert (section.summary, section.lines[0].when) == ("复查 1", "今日复查")


def test_everybody_who_waits_for_an_answer_stands_there_until_told(engine_register: Register) -> None:
    register = engine_register
    people = (NewReporter("马大爷", "13812345678"), NewReporter("李婶", "13912345678"))
    uid = raised(register, *people)
    assert issues.report_backs(register, COMMUNITY, NOW, 8).count == 0
    take(register, uid, Step.RESOLVE, Entry(note="换了灯泡"), now=NOW)
    section = issues.report_backs(register, COMMUNITY, NOW + datetime.timedelta(days=2), 8)
    assert [line.title for line in section.lines] == ["马大爷  13812345678", "李婶  13912345678"]
    assert [(line.thing, line.uid, line.when) for line in section.lines] == [(Thing.ISSUE, uid, "办结2天")] * 2
    assert issues.report_backs(register, "120104003002", NOW, 8).count == 0


def test_what_was_turned_down_stands_behind_what_was_resolved(engine_register: Register) -> None:
    register = engine_register
    rejected, resolved = raised(register, NewReporter("甲")), raised(register, NewReporter("乙"))
    take(register, rejected, Step.REJECT, Entry(note="不属于社区"), now=NOW)
    take(register, resolved, Step.RESOLVE, Entry(note="换了灯泡"), now=NOW)
    lines = issues.report_backs(register, COMMUNITY, NOW, 8).lines
    assert [(line.title, line.when) for line in lines] == [("乙", "今日办结"), ("甲", "不予受理")]


@pytest.mark.parametrize(
    ("born", "when"), [((1940, 11, 25), "今天"), ((1944, 11, 27), "后天"), ((1930, 12, 1), "12月1日")]
)
def test_a_birthday_of_somebody_old_and_alone_is_told_a_week_ahead(
    engine_register: Register, born: tuple[int, int, int], when: str
) -> None:
    grid = make.make_grid(engine_register)
    for keys in (["lonely_elderly"], ["permanent_resident"]):
        home = make.make_household(engine_register, grid, categories=to_mask(keys))
        make.make_resident(engine_register, home, name="马玉兰", birth_date=date(*born))
    section = birthdays.birthdays(engine_register, COMMUNITY, NOW.date(), 8)
    assert [(line.title, line.when) for line in section.lines] == [(f"马玉兰  {2026 - born[0]}岁", when)]


def test_who_only_turns_eighty_or_has_left_is_not_told(register: Register) -> None:
    grid = make.make_grid(register)
    home = make.make_household(register, grid, categories=to_mask(["living_alone"]))
    make.make_resident(register, home, birth_date=date(1946, 11, 26))
    make.make_resident(register, home, birth_date=date(1940, 11, 26), left_on=date(2026, 1, 2))
    assert birthdays.birthdays(register, COMMUNITY, NOW.date(), 8).count == 0


@given(st.dates(date(1900, 1, 1), date(1930, 12, 31)), st.dates(date(2015, 1, 1), date(2045, 12, 31)))
def test_every_birthday_comes_once_a_year_also_that_of_a_leap_day(born: date, day: date) -> None:
    coming = birthdays._next(born, day)
    assert day <= coming <= day + datetime.timedelta(days=366)
    assert (coming.month, coming.day) in {(born.month, born.day), (2, 28)}


def test_what_was_done_since_yesterday_leads_to_its_household_or_issue(engine_register: Register) -> None:
    register, now = engine_register, datetime.datetime.now()
    home = make.make_household(
        register, make.make_grid(register), building="3", entrance="2", room="501", head="马大爷"
    )
    make.make_visit(register, home)
    uid = raised(register)
    take(register, uid, Step.ACCEPT)
    lines = changes.changes(register, COMMUNITY, now, 8).lines
    assert lines[0].title.startswith("受理") and (lines[0].thing, lines[0].uid) == (Thing.ISSUE, uid)
    visit = next(line for line in lines if line.thing is Thing.HOUSEHOLD and line.uid == home)
    assert visit.detail.startswith("3号楼2门501 马大爷")
    assert changes.changes(register, "120104003002", now, 8).count == 0
    assert changes.changes(register, COMMUNITY, now + datetime.timedelta(days=2), 8).count == 0
    undo.undo(register)
    assert not changes.changes(register, COMMUNITY, now, 8).lines[0].title.startswith(("受理", "撤销"))


def test_an_empty_area_has_nothing_in_any_section(register: Register) -> None:
    make.make_grid(register)
    found = today(register, make.GRID, datetime.datetime.now())
    assert {section.kind for section in found.sections} <= set(Kind)
    assert all(section.count == 0 and section.lines == () for section in found.sections)


def raised(register: Register, *reporters: NewReporter) -> Uid:
    home = make.make_household(register, make.make_grid(register))
    new = NewIssue("楼道灯不亮", household=home, reporters=reporters or (NewReporter("马大爷"),))
    return register_issue(register, new, now=NOW).uid
