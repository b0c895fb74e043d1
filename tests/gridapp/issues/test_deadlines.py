"""Until when an issue has to be resolved, and how many are late, counted in one go as one by one."""

import datetime
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.areas.model import CODE_LENGTHS, Level
from gridapp.issues import deadlines
from gridapp.issues.deadlines import due_on, is_overdue, latest_overdue
from gridapp.issues.overdue import grouped, overdue_counts
from gridapp.register import Register
from gridapp.store.dialects import explain
from tests import factories as make

days = st.dates(date(2019, 1, 1), date(2029, 12, 31))
levels = st.sampled_from(list(Level))


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
    assert not is_overdue(level, registered, due)
    assert is_overdue(level, registered, due + datetime.timedelta(days=1))


@given(levels, days, st.integers(-40, 5))
def test_late_is_what_was_registered_until_the_latest_overdue_day(level: Level, today: date, back: int) -> None:
    latest = latest_overdue(level, today)
    for registered in (latest + datetime.timedelta(days=back), latest, latest + datetime.timedelta(days=1)):
        assert is_overdue(level, registered, today) == (registered <= latest)


@given(days)
def test_a_day_is_a_working_day_or_not_whatever_is_known_of_its_year(day: date) -> None:
    assert deadlines.is_working_day(day) in (True, False)
    if not deadlines.has_holidays(day.year):
        assert deadlines.is_working_day(day) == (day.isoweekday() <= 5)


def test_every_area_counts_what_is_late_in_it_and_below(engine_register: Register) -> None:
    today = date(2020, 8, 28)
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
                if back % 2 == 0 and is_overdue(level, registered, today):
                    expected.update(code[:length] for length in CODE_LENGTHS.values() if length <= len(code))
    assert overdue_counts(engine_register, today) == expected
    assert expected[make.GRID[:6]] == expected[make.GRID[:9]] > expected[make.GRID[:12]] > expected[make.GRID] > 0
    assert overdue_counts(engine_register, date(2020, 7, 1)) == {}


def test_late_issues_are_counted_by_the_index_of_open_ones(register: Register) -> None:
    assert "issue_open" in explain(register.db, grouped(date(2020, 8, 28)))
