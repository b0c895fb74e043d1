"""When a task that comes again is due: whatever the rule, month ends are right and nothing is left out."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.tasks.recurrence import MOST, ONCE, Frequency, Rule, next_after, occurrence, rule_of

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 12, 31))
RULES = st.builds(Rule, st.sampled_from(Frequency), st.integers(1, MOST))


def test_what_begins_on_the_31st_comes_on_the_last_day_of_shorter_months_and_on_the_31st_again() -> None:
    rule, first = Rule(Frequency.MONTHLY), datetime.date(2020, 1, 31)
    days = [occurrence(rule, first, number).isoformat() for number in range(5)]
    assert days == ["2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30", "2020-05-31"]
    assert next_after(rule, first, datetime.date(2020, 2, 29)) == datetime.date(2020, 3, 31)


def test_a_day_in_february_comes_every_year_and_on_the_29th_in_leap_years() -> None:
    rule, first = Rule(Frequency.YEARLY), datetime.date(2020, 2, 29)
    assert [occurrence(rule, first, number).day for number in range(5)] == [29, 28, 28, 28, 29]


def test_rules_are_said_in_words() -> None:
    assert [Rule(one).text for one in Frequency] == ["每天", "每周", "每月", "每季度", "每年"]
    assert [Rule(one, 2).text for one in Frequency] == ["每2天", "每2周", "每2个月", "每2个季度", "每2年"]
    assert (ONCE.text, rule_of("", 1), rule_of("every_full_moon", 1)) == ("", ONCE, ONCE)
    assert rule_of("weekly", 2) == Rule(Frequency.WEEKLY, 2)


def test_what_comes_once_has_no_next() -> None:
    with pytest.raises(ValueError, match="once"):
        next_after(ONCE, datetime.date(2020, 1, 1), datetime.date(2020, 1, 1))


@given(RULES, DAYS, DAYS)
def test_the_next_is_an_occurrence_later_than_the_day_and_none_lies_between(
    rule: Rule, first: datetime.date, day: datetime.date
) -> None:
    found = next_after(rule, first, day)
    assert found > day and found >= first
    number = next(number for number in range(100_000) if occurrence(rule, first, number) == found)
    assert number == 0 or occurrence(rule, first, number - 1) <= day


@given(RULES, DAYS, st.integers(0, 40))
def test_occurrences_come_one_after_the_other_on_the_day_of_the_month_or_its_last(
    rule: Rule, first: datetime.date, number: int
) -> None:
    if rule.frequency in (Frequency.DAILY, Frequency.WEEKLY):
        step = datetime.timedelta(days=rule.every * (7 if rule.frequency is Frequency.WEEKLY else 1))
        assert occurrence(rule, first, number) == first + number * step
        return
    day = occurrence(rule, first, number)
    assert day < occurrence(rule, first, number + 1)
    assert day.day == first.day or (day + datetime.timedelta(days=1)).day == 1
