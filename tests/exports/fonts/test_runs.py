"""A text becomes runs, each in a font that has its characters; none is dropped in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.fonts.pdf import BOLD, MISSING, REGULAR, covers, is_invisible, other_font, register_fonts, runs
from tests.exports.rare_font import make_rare_font

NOWHERE = "\U0010fffd"
"""The last private character, which no font of any system has."""


@pytest.fixture(autouse=True)
def typeface():
    return register_fonts()


@pytest.mark.parametrize("font", [REGULAR, BOLD])
def test_an_ordinary_text_is_one_run(font):
    missing = set()
    assert runs("崟圻㛃䶮 13800000000", font, missing) == [(font, "崟圻㛃䶮 13800000000")]
    assert missing == set()


def test_a_character_that_no_font_has_becomes_a_geta_mark_and_is_noted():
    missing = set()
    assert runs(f"杜{NOWHERE}之", REGULAR, missing) == [(REGULAR, f"杜{MISSING}之")]
    assert missing == {NOWHERE}


def test_a_character_of_another_font_is_set_in_it(home):
    rare = "\U0002f800"
    make_rare_font(home / "simsunb.ttf", [rare])
    missing = set()
    assert runs(f"杜{rare}之", BOLD, missing) == [(BOLD, "杜"), (f"{home / 'simsunb.ttf'}#0", rare), (BOLD, "之")]
    assert missing == set()


def test_two_fonts_whose_files_have_the_same_name_are_told_apart(home):
    for folder, character in (("甲", "\U0002f803"), ("乙", "\U0002f804")):
        make_rare_font(home / folder / "simsunb.ttf", [character])
    assert other_font("\U0002f803") == f"{home / '甲' / 'simsunb.ttf'}#0"
    assert other_font("\U0002f804") == f"{home / '乙' / 'simsunb.ttf'}#0"


def test_a_font_that_is_broken_is_not_taken(home):
    rare = "\U0002f801"
    make_rare_font(home / "a.ttf", [rare])
    content = (home / "a.ttf").read_bytes()
    (home / "a.ttf").write_bytes(content[: len(content) // 2])
    assert other_font(rare) is None


def test_what_draws_nothing_is_left_out_without_a_mark():
    missing = set()
    assert runs("葛\U000e0100城\u200b\x07\ufe0f", REGULAR, missing) == [(REGULAR, "葛城")]
    assert missing == set()


@given(st.text(st.sampled_from(f"马崟㛃1a，\u200b\ufe0f\x07𠮷{NOWHERE}")))
def test_every_visible_character_is_set_once_in_a_font_that_has_it(text):
    missing = set()
    found = runs(text, REGULAR, missing)
    visible = [character for character in text if covers(character) or not is_invisible(character)]
    assert "".join(part for _, part in found) == "".join(
        MISSING if character in missing else character for character in visible
    )
    assert all(covers(character) for name, part in found if name == REGULAR for character in part)


def test_widths_are_those_of_the_font_that_is_printed():
    widths = register_fonts().widths[REGULAR]
    assert widths["国"] == 1
    assert 0.4 < widths["1"] < 0.7
    assert widths[NOWHERE] == widths[MISSING]
    assert widths["\u200b"] == 0
