"""Days are read as people type them, and said so that they are read as the same."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.days import Sense, said_day, typed_day
from gridapp.errors import UserError

TODAY = datetime.date(2020, 8, 26)  # a Wednesday
DAYS = st.dates(datetime.date(2001, 1, 1), datetime.date(2090, 1, 1))
SENSES = st.sampled_from(Sense)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("今天", "2020-08-26"),
        (" 明 天 ", "2020-08-27"),
        ("大后天", "2020-08-29"),
        ("昨天", "2020-08-25"),
        ("周三", "2020-08-26"),
        ("星期五", "2020-08-28"),
        ("周二", "2020-09-01"),
        ("周5", "2020-08-28"),
        ("下周一", "2020-08-31"),
        ("下下周一", "2020-09-07"),
        ("下个星期天", "2020-09-06"),
        ("本周一", "2020-08-24"),
        ("上周五", "2020-08-21"),
        ("周末", "2020-08-29"),
        ("+5", "2020-08-31"),
        ("-7", "2020-08-19"),
        ("3天后", "2020-08-29"),
        ("三天", "2020-08-29"),
        ("3天前", "2020-08-23"),
        ("两周", "2020-09-09"),
        ("2周后", "2020-09-09"),
        ("1个月后", "2020-09-26"),
        ("+1月", "2020-09-26"),
        ("5个工作日", "2020-09-02"),
        ("月底", "2020-08-31"),
        ("下月底", "2020-09-30"),
        ("上个月底", "2020-07-31"),
        ("年底", "2020-12-31"),
        ("8-30", "2020-08-30"),
        ("0830", "2020-08-30"),
        ("８．３０", "2020-08-30"),
        ("8月30日", "2020-08-30"),
        ("3-5", "2020-03-05"),
        ("1-5", "2021-01-05"),
        ("2-29", "2020-02-29"),
        ("2-20", "2021-02-20"),
        ("30号", "2020-08-30"),
        ("5号", "2020-09-05"),
        ("下月5号", "2020-09-05"),
        ("2020/9/1", "2020-09-01"),
        ("2020年9月1日", "2020-09-01"),
        ("20200901", "2020-09-01"),
        ("", ""),
        *((text, None) for text in ("两", "2-30", "13-1", "1399", "31号后", "不知道", "99999999", "5", "9999个月后")),
        *((text, None) for text in ("1001个工作日", "十十天后", "一二天后")),
    ],
)
def test_a_day_is_read_as_it_is_typed(typed: str, day: str | None) -> None:
    if day is None:
        with pytest.raises(UserError, match="看不懂"):
            typed_day(typed, TODAY)
    else:
        assert typed_day(typed, TODAY) == (datetime.date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("typed", "behind", "ahead"),
    [
        ("9-3", "2019-09-03", "2020-09-03"),
        ("8-1", "2020-08-01", "2021-08-01"),
        ("8-26", "2020-08-26", "2020-08-26"),
        ("2-29", "2020-02-29", "2024-02-29"),
        ("30日", "2020-07-30", "2020-08-30"),
        ("周五", "2020-08-21", "2020-08-28"),
        ("周三", "2020-08-26", "2020-08-26"),
    ],
)
def test_a_day_without_a_year_lies_where_the_thing_does(typed: str, behind: str, ahead: str) -> None:
    assert typed_day(typed, TODAY, Sense.BEHIND) == datetime.date.fromisoformat(behind)
    assert typed_day(typed, TODAY, Sense.AHEAD) == datetime.date.fromisoformat(ahead)


def test_a_day_that_this_month_does_not_have_is_refused() -> None:
    with pytest.raises(UserError):
        typed_day("31日", datetime.date(2020, 9, 5))


def test_a_day_is_said_as_short_as_it_is_clear() -> None:
    ahead = {number: said_day(TODAY + datetime.timedelta(days=number), TODAY) for number in range(-2, 6)}
    assert ahead == {-2: "8月24日", -1: "昨天", 0: "今天", 1: "明天", 2: "后天", 3: "周六", 4: "周日", 5: "8月31日"}
    assert said_day(datetime.date(2021, 1, 4), TODAY) == "2021-01-04"
    assert said_day(None, TODAY) == ""


@given(DAYS, st.integers(-150, 180))
def test_what_is_said_of_a_day_is_read_as_that_day(today: datetime.date, ahead: int) -> None:
    day = today + datetime.timedelta(days=ahead)
    assert typed_day(said_day(day, today), today) == day


@given(DAYS, st.integers(0, 360), st.booleans())
def test_what_was_done_and_what_will_be_are_read_back(today: datetime.date, days: int, is_ahead: bool) -> None:
    day = today + datetime.timedelta(days=days if is_ahead else -days)
    assert typed_day(said_day(day, today), today, Sense.AHEAD if is_ahead else Sense.BEHIND) == day


@given(st.dates(min_value=datetime.date(1950, 1, 1)))
def test_every_day_is_read_back_from_how_it_is_written(day: datetime.date) -> None:
    assert typed_day(day.isoformat(), TODAY) == day


@given(st.text(max_size=12) | st.text("0123456789-+月日号周下上天底个年末一十", max_size=8), DAYS, SENSES)
def test_whatever_is_typed_is_a_day_nothing_or_refused_in_words(typed: str, today: datetime.date, sense: Sense) -> None:
    try:
        found = typed_day(typed, today, sense)
    except UserError as error:
        assert "看不懂" in str(error)
    else:
        assert (found is None) == (not typed.split())
