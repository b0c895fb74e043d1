"""Names are found by their pinyin."""

from hypothesis import given
from hypothesis import strategies as st

from gridapp.households import pinyin


def test_a_name_in_syllables_and_initials() -> None:
    assert pinyin.full("马大爷") == "ma da ye"
    assert pinyin.initials("马大爷") == "mdy"


def test_blanks_between_are_left_out_and_letters_stay() -> None:
    assert pinyin.full("王 Anna") == "wang a n n a"
    assert pinyin.initials("王 Anna") == "wanna"


def test_no_name_has_no_pinyin() -> None:
    assert pinyin.full(None) == pinyin.initials("") == ""


@given(st.text(max_size=8))
def test_any_text_has_initials_as_many_as_visible_characters_at_least(text: str) -> None:
    assert len(pinyin.initials(text)) >= sum(not character.isspace() for character in text)
