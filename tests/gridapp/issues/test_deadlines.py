"""Until when an issue has to be resolved, and how many are late, counted in one go as one by one."""

import datetime
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.areas.model import CODE_LENGTHS, Level
from gridapp.issues import deadlines
from gridapp.issues.categories import Category
from gridapp.issues.deadlines import Urgency, due_at, due_on, end_of, in_words, postponed, urgency, working_days_between
from gridapp.issues.overdue import grouped, overdue_counts
from gridapp.register import Register
from gridapp.store.dialects import explain
from tests import factories as make

days = st.dates(date(2019, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("level", "registered", "due"),
    [
        (Level.GRID, date(2020, 8, 19), date(2020, 8, 21)),
        (Level.COMMUNITY, date(2020, 8, 19), date(2020, 8, 26)),
        (Level.STREET, date(2020, 8, 19), date(2020, 9, 2)),
        (Level.DISTRICT, date(2020, 8, 19), date(2020, 9, 16)),
        (Level.GRID, date(2020, 8, 21), date(2020, 8, 25)),  # over a weekend
        (Level.GRID, date(2020, 9, 30), date(2020, 10, 10)),  # eight days off, and a Saturday to make up for them
        (Level.GRID, date(2026, 2, 13), date(2026, 2, 24)),  # Spring Festival, with a Saturday before it to make up
        (Level.GRID, date(2027, 10, 1), date(2027, 10, 5)),  # nobody knows of those days off yet
        (Level.GRID, date(2026, 12, 31), date(2027, 1, 4)),  # from a year that is known into one that is not
    ],
)
def test_the_last_day_is_counted_in_working_days(level: Level, registered: date, due: date) -> None:
    assert due_on(level, registered) == due
    moment = due_at(level, datetime.datetime.combine(registered, datetime.time(9)))
    assert moment == end_of(due)
    assert urgency(moment, end_of(due)) is Urgency.TODAY
    assert urgency(moment, end_of(due) + datetime.timedelta(seconds=1)) is Urgency.OVERDUE


def test_an_emergency_has_a_day_by_the_clock_and_a_category_its_own_time() -> None:
    at = datetime.datetime(2020, 9, 30, 15, 20)
    leak = Category("gas.leak", "燃气泄漏", hours=2)
    lamp = Category("lighting", "公共照明", working_days=1)
    assert due_at(Level.STREET, at, urgent=True) == datetime.datetime(2020, 10, 1, 15, 20)
    assert due_at(Level.STREET, at, category=leak) == datetime.datetime(2020, 9, 30, 17, 20)
    assert due_at(Level.STREET, at, urgent=True, category=leak) == datetime.datetime(2020, 9, 30, 17, 20)
    assert due_at(Level.STREET, at, category=lamp) == end_of(date(2020, 10, 9))


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (end_of(date(2020, 8, 17)), "逾期3天"),
        (end_of(date(2020, 8, 20)), "今日到期"),
        (end_of(date(2020, 8, 23)), "剩3天"),
        (datetime.datetime(2020, 8, 20, 15, 30), "剩5小时"),
        (datetime.datetime(2020, 8, 20, 7, 0), "逾期3小时"),
        (None, ""),
    ],
)
def test_a_deadline_is_told_in_words(due: datetime.datetime | None, words: str) -> None:
    assert in_words(due, datetime.datetime(2020, 8, 20, 10, 0)) == words


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_what_stood_still_has_as_many_working_days_left_as_before(start: date, left: int, stood: int) -> None:
    due = deadlines.stepped(start, left)
    again = start + datetime.timedelta(days=stood)
    later = postponed(end_of(due), start, again).date()
    assert working_days_between(again, later) == working_days_between(start, due)


@given(days)
def test_a_day_is_a_working_day_or_not_whatever_is_known_of_its_year(day: date) -> None:
    assert deadlines.is_working_day(day) in (True, False)
    if not deadlines.has_holidays(day.year):
        assert deadlines.is_working_day(day) == (day.isoweekday() <= 5)


def test_every_area_counts_what_is_late_in_it_and_below(engine_register: Register) -> None:
    today = date(2020, 8, 28)
    now = datetime.datetime.combine(today, datetime.time(9))
    codes = [make.GRID, "120104003001004", "120104003002001"]
    grids = {code: make.make_grid(engine_register, code) for code in codes}
    community = make.tree.find(engine_register, make.GRID[:12]).uid
    expected: Counter[str] = Counter()
    for back in range(0, 40, 3):
        for level in Level:
            for code, area in [*grids.items(), (make.GRID[:12], community)]:
                registered = today - datetime.timedelta(days=back)
                values = {"level": int(level), "registered_on": registered}
                make.make_issue(engine_register, area, **values, resolved_on=today if back % 2 else None)
                if back % 2 == 0 and due_on(level, registered) < today:
                    expected.update(code[:length] for length in CODE_LENGTHS.values() if length <= len(code))
    assert overdue_counts(engine_register, now) == expected
    assert expected[make.GRID[:6]] == expected[make.GRID[:9]] > expected[make.GRID[:12]] > expected[make.GRID] > 0
    assert overdue_counts(engine_register, datetime.datetime(2020, 7, 1)) == {}


def test_late_issues_are_counted_by_an_index_among_the_open_ones_alone(register: Register) -> None:
    plan = explain(register.db, grouped(datetime.datetime(2020, 8, 28)))
    assert "issue_open" in plan or "COVERING INDEX issue_ledger (state<?)" in plan
