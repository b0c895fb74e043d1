"""Text is measured as it will be printed and broken where one may break it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.fonts.pdf import BOLD, REGULAR
from exports.pdf.page import Page
from exports.pdf.typesetting import Typesetter, wrap


class OneEach(dict):
    """Chinese characters one wide, others half."""

    def __missing__(self, character: str) -> float:
        return 0.5 if character.isascii() else 1.0


texts = st.text(st.sampled_from("中文字体，。（）「」ab1 3-\n\t"), max_size=60)
limits = st.integers(1, 12)


def unspaced(text: str) -> str:
    return "".join(text.split())


@given(texts, limits)
def test_no_character_is_lost_and_none_is_added(text, limit):
    assert unspaced("".join(wrap(text, OneEach(), limit))) == unspaced(text)


@given(texts, limits)
def test_no_line_is_wider_than_its_column(text, limit):
    widths = OneEach()
    for line in wrap(text, widths, limit):
        assert sum(widths[character] for character in line) <= limit or len(line) == 1


@given(
    st.lists(st.text(st.sampled_from("中文字体1"), min_size=1, max_size=5).map(lambda word: f"（{word}）"), max_size=9)
)
def test_closing_punctuation_begins_no_line_and_opening_ends_none(parts):
    for line in wrap("".join(parts), OneEach(), 8):
        assert not line.startswith("）")
        assert not line.endswith("（")


def test_a_comma_takes_the_character_before_it_along():
    assert wrap("白天上班，晚上在家", OneEach(), 4) == ["白天上", "班，晚上", "在家"]


def test_an_opening_bracket_does_not_end_a_line():
    assert wrap("女儿甲（住同楼）", OneEach(), 4) == ["女儿甲", "（住同", "楼）"]


def test_a_telephone_number_is_not_torn_apart():
    assert wrap("女儿 13800000000", OneEach(), 6) == ["女儿", "13800000000"]


def test_what_is_longer_than_a_line_is_torn_after_all():
    assert wrap("abcdefgh", OneEach(), 2) == ["abcd", "efgh"]


def test_line_breaks_of_the_user_are_kept():
    assert wrap("一\n二", OneEach(), 10) == ["一", "二"]


def test_an_empty_text_is_one_empty_line():
    assert wrap("", OneEach(), 10) == [""]


@pytest.mark.parametrize("font", [REGULAR, BOLD])
def test_a_shortened_text_fits_and_says_that_it_goes_on(font):
    typesetter = Typesetter()
    short = typesetter.shortened("紫光苑社区第三网格", font, 10, 50)
    assert short == "紫光苑社…"
    assert typesetter.width(short, font, 10) <= 50
    assert typesetter.shortened("紫光苑", font, 10, 50) == "紫光苑"


@pytest.mark.parametrize("end", ["12号楼", "很长的楼名" * 10])
def test_the_end_of_a_shortened_text_stays_where_there_is_room_for_it(end):
    typesetter = Typesetter()
    text = f"{'滨海国际花园' * 4} {end}"
    short = typesetter.shortened(text, REGULAR, 10, 120, end=end)
    assert typesetter.width(short, REGULAR, 10) <= 120
    assert short.startswith("滨海") and "…" in short
    assert short.endswith("12号楼") or end != "12号楼"


def test_text_set_to_the_right_ends_where_it_should():
    typesetter, page = Typesetter(), Page()
    typesetter.put_right(page, (REGULAR, 10, "#000000"), 100, 20, "13800000000")
    (((font, size, _colour), x, y, text),) = page.texts
    assert (font, y) == (REGULAR, 20)
    assert x + typesetter.width(text, font, size) == pytest.approx(100)
