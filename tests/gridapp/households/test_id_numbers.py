"""What an identity number tells, and what is said of a wrong one."""

import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import ric

from gridapp.households import id_numbers
from gridapp.households.id_numbers import FEMALE, MALE, IdFacts


def number(born: datetime.date, order: int) -> str:
    body = f"120104{born:%Y%m%d}{order:03}"
    return body + ric.calc_check_digit(body + "0")


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2020, 1, 1)), st.integers(0, 999))
def test_a_correct_number_tells_sex_and_birth_date(born: datetime.date, order: int) -> None:
    correct = number(born, order)
    assume(not correct.endswith("000"))
    assert id_numbers.problem(correct) == ""
    assert id_numbers.facts(correct) == IdFacts(MALE if order % 2 else FEMALE, born)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2020, 1, 1)), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(born: datetime.date, at: int, by: int) -> None:
    correct = number(born, 37)
    digit = str((int(correct[at].replace("X", "0")) + by) % 10)
    wrong = correct[:at] + digit + correct[at + 1 :]
    if wrong != correct:
        assert id_numbers.problem(wrong)
        assert id_numbers.facts(wrong) is None


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2020, 1, 1)), st.integers(0, 999))
def test_a_number_that_excel_has_rounded_tells_nothing_even_if_it_passes_the_check(
    born: datetime.date, order: int
) -> None:
    rounded = number(born, order)[:15] + "000"
    assert "Excel" in id_numbers.problem(rounded)
    assert id_numbers.facts(rounded) is None


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(id_numbers.problem(id_numbers.normalized(text)), str)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("12010419500228", "应为18位，现为14位"),
        ("12010419500228003Y", "不该有的字符"),
        ("120104195002300012", "出生日期不存在"),
        ("120104195002280000", "Excel"),
    ],
)
def test_the_reason_is_told_in_words(wrong: str, said: str) -> None:
    assert said in id_numbers.problem(wrong)


def test_blanks_and_small_letters_are_forgiven() -> None:
    assert id_numbers.normalized(" 120104 19500228 003x ") == "12010419500228003X"


def test_age_grows_on_the_birthday() -> None:
    born = datetime.date(1952, 2, 29)
    assert id_numbers.age_on(born, datetime.date(2020, 2, 28)) == 67
    assert id_numbers.age_on(born, datetime.date(2020, 2, 29)) == 68
    assert id_numbers.age_on(born, datetime.date(2021, 3, 1)) == 69
