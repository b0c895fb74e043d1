"""Moments and lengths of time as people type them in an emergency."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.emergency.clock import lasted_text, typed_minutes, typed_moment
from gridapp.errors import UserError

NOW = datetime.datetime(2026, 7, 20, 5, 12, 40)
MOMENTS = st.datetimes(datetime.datetime(2021, 1, 1), NOW).map(lambda moment: moment.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("", datetime.datetime(2026, 7, 20, 5, 12)),
        ("02:00", datetime.datetime(2026, 7, 20, 2, 0)),
        ("2：00", datetime.datetime(2026, 7, 20, 2, 0)),
        ("23:30", datetime.datetime(2026, 7, 19, 23, 30)),
        ("昨天 22:30", datetime.datetime(2026, 7, 19, 22, 30)),
        ("7-18 8:05", datetime.datetime(2026, 7, 18, 8, 5)),
    ],
)
def test_a_clock_alone_means_the_last_time_that_it_showed_this(typed: str, moment: datetime.datetime) -> None:
    assert typed_moment(typed, NOW) == moment


@pytest.mark.parametrize("typed", ["夜里", "25:00", "昨天", "明年 02:00x"])
def test_what_is_no_moment_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UserError, match="看不懂"):
        typed_moment(typed, NOW)


@given(MOMENTS)
def test_a_moment_that_is_written_out_is_read_back(moment: datetime.datetime) -> None:
    assert typed_moment(f"{moment:%Y-%m-%d %H:%M}", NOW) == moment


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_moment_or_refused_in_words(text: str) -> None:
    try:
        found = typed_moment(text, NOW)
    except UserError as error:
        assert str(error)
    else:
        assert found.second == 0


@pytest.mark.parametrize(
    ("typed", "minutes"), [("30", 30), ("90分钟内", 90), ("2小时", 120), ("1.5小时", 90), ("1天", 1440), ("45分", 45)]
)
def test_a_length_of_time_is_read_as_minutes(typed: str, minutes: int) -> None:
    assert typed_minutes(typed) == minutes


@given(st.text(max_size=8))
def test_whatever_is_typed_is_a_length_of_time_or_refused(text: str) -> None:
    try:
        assert typed_minutes(text) >= 0
    except UserError as error:
        assert "看不懂" in str(error)


@pytest.mark.parametrize(
    ("minutes", "text"), [(0, "0 分"), (25, "25 分"), (192, "3 小时 12 分"), (3060, "2 天 3 小时")]
)
def test_how_long_it_has_gone_on_is_said_in_words(minutes: int, text: str) -> None:
    assert lasted_text(NOW, NOW + datetime.timedelta(minutes=minutes)) == text
