"""Characters that the packaged typeface lacks are found in the fonts of the computer."""

import json

import pytest

from exports.fonts.fallback import candidates, font_list
from gridapp.places import cache_folder
from tests.exports.rare_font import make_rare_font

RARE = "\U0002f9f4"


def found_for(character):
    return [candidate.path.name for candidate in candidates(character)]


def test_a_font_that_has_the_character_is_found(home):
    make_rare_font(home / "invented.ttf", [RARE])
    make_rare_font(home / "other.ttf", "甲")
    assert "invented.ttf" in found_for(RARE)
    assert "other.ttf" not in found_for(RARE)


def test_fonts_made_for_rare_characters_come_first(home):
    for name in ("aaa.ttf", "simsunb.ttf", "zzz.ttf"):
        make_rare_font(home / name, [RARE])
    assert found_for(RARE)[0] == "simsunb.ttf"
    assert font_list()[0][0].name == "simsunb.ttf"


@pytest.mark.parametrize(
    ("rights", "taken"), [(0, True), (0x2, False), (0x4, True), (0x8, True), (0x108, False), (0x204, False)]
)
def test_a_font_that_may_not_be_embedded_in_part_is_passed_over(home, rights, taken):
    make_rare_font(home / "invented.ttf", [RARE], rights)
    assert (found_for(RARE) == ["invented.ttf"]) is taken


def test_a_broken_font_is_passed_over(home):
    make_rare_font(home / "invented.ttf", [RARE])
    for name in ("broken.ttf", "broken.ttc"):
        (home / name).write_bytes(b"\x00\x01\x00\x00 no font at all")
    (home / "empty.otf").write_bytes(b"")
    assert found_for(RARE) == ["invented.ttf"]


def test_what_was_found_is_kept_until_the_fonts_change(home):
    assert found_for(RARE) == []
    kept = json.loads((cache_folder() / "fonts" / "other-fonts.json").read_text("utf-8"))
    assert kept["found"] == {RARE: []}
    make_rare_font(home / "invented.ttf", [RARE])
    assert found_for(RARE) == ["invented.ttf"]


def test_a_damaged_note_of_what_was_found_is_made_anew(home):
    make_rare_font(home / "invented.ttf", [RARE])
    store = cache_folder() / "fonts" / "other-fonts.json"
    for damaged in ("{", "[]", '{"fonts": 3}'):
        store.parent.mkdir(parents=True, exist_ok=True)
        store.write_text(damaged, "utf-8")
        assert found_for(RARE) == ["invented.ttf"]
