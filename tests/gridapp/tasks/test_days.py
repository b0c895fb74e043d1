"""Days as one says them, read and said."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.errors import UserError
from gridapp.tasks import days

TODAY = datetime.date(2020, 8, 26)  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("今天", "2020-08-26"),
        (" 明 天 ", "2020-08-27"),
        ("大后天", "2020-08-29"),
        ("周三", "2020-08-26"),
        ("星期五", "2020-08-28"),
        ("周二", "2020-09-01"),
        ("下周一", "2020-08-31"),
        ("下个星期天", "2020-09-06"),
        ("本周一", "2020-08-24"),
        ("3天后", "2020-08-29"),
        ("两", None),
        ("2周后", "2020-09-09"),
        ("1个月后", "2020-09-26"),
        ("月底", "2020-08-31"),
        ("下月底", "2020-09-30"),
        ("8-30", "2020-08-30"),
        ("８．３０", "2020-08-30"),
        ("8月30日", "2020-08-30"),
        ("3-5", "2020-03-05"),
        ("1-5", "2021-01-05"),
        ("2-29", "2020-02-29"),
        ("2-20", "2021-02-20"),
        ("30号", "2020-08-30"),
        ("5号", "2020-09-05"),
        ("2020/9/1", "2020-09-01"),
        ("20200901", "2020-09-01"),
        ("", ""),
        ("2-30", None),
        ("13-1", None),
        ("31号后", None),
        ("不知道", None),
        ("99999999", None),
    ],
)
def test_a_day_is_read_as_it_is_said(typed: str, day: str | None) -> None:
    if day is None:
        with pytest.raises(UserError, match="不是日期"):
            days.read(typed, TODAY)
    else:
        assert days.read(typed, TODAY) == (datetime.date.fromisoformat(day) if day else None)


def test_a_day_is_said_as_short_as_it_is_clear() -> None:
    ahead = {number: days.say(TODAY + datetime.timedelta(days=number), TODAY) for number in range(-2, 6)}
    assert ahead == {-2: "8月24日", -1: "昨天", 0: "今天", 1: "明天", 2: "后天", 3: "周六", 4: "周日", 5: "8月31日"}
    assert days.say(datetime.date(2021, 1, 4), TODAY) == "2021-01-04"
    assert days.say(None, TODAY) == ""


@given(st.dates(datetime.date(2001, 1, 1), datetime.date(2090, 1, 1)), st.integers(-150, 180))
def test_what_is_said_of_a_day_is_read_as_that_day(today: datetime.date, ahead: int) -> None:
    day = today + datetime.timedelta(days=ahead)
    assert days.read(days.say(day, today), today) == day


@given(st.text(max_size=12), st.dates(datetime.date(2001, 1, 1), datetime.date(2090, 1, 1)))
def test_whatever_is_typed_is_a_day_or_refused(typed: str, today: datetime.date) -> None:
    try:
        found = days.read(typed, today)
    except UserError:
        return
    assert found is None or isinstance(found, datetime.date)
