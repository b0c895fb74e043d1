"""Search finds a household by whatever the caller on the phone says."""

import pytest

from gridapp.households.categories import to_mask
from gridapp.households.finding import Hit, search
from gridapp.ids import uid_text
from gridapp.register import Register
from gridapp.store.search import State
from tests import factories as make


@pytest.fixture
def homes(engine_register: Register) -> Register:
    """Two households: one with a family in it, one that shares the building."""
    grid = make.make_grid(engine_register)
    home = make.make_household(
        engine_register,
        grid,
        head="马玉兰",
        phone="13820001234",
        room="501",
        note="养鸽子",
        categories=to_mask(["tenant", "living_alone"]),
    )
    make.make_resident(engine_register, home, name="马玉兰", id_number="120104193707146540")
    make.make_resident(engine_register, home, name="李小明", id_number="12010419660101123X", phone="13900005678")
    make.make_household(engine_register, grid, head="兴旺超市", phone="02228000000", room="101", kind="enterprise")
    return engine_register


def names(register: Register, text: str) -> list[str]:
    return [hit.name for hit in search(register, text)]


@pytest.mark.parametrize(
    "text", ["马玉兰", "玉兰", "myl", "MYL", "mayul", "1234", "3号楼2门501", "3-2-501", "鸽子", " 马 "]
)
def test_a_household_is_found_by_name_initials_phone_address_and_note(homes: Register, text: str) -> None:
    assert names(homes, text) == ["马玉兰"]


@pytest.mark.parametrize("text", ["2单元501室", "3号楼2单元501室", "盛欣园3号楼2门501号"])
def test_an_address_is_found_as_it_is_spoken(homes: Register, text: str) -> None:
    assert names(homes, text) == ["马玉兰"]


@pytest.mark.parametrize("text", ["李小明", "5678", "0101123x", "19660101"])
def test_a_resident_is_found_by_name_phone_and_id_number(homes: Register, text: str) -> None:
    assert names(homes, text) == ["李小明"]


def test_a_household_comes_before_its_people_and_its_head_is_named_once(homes: Register) -> None:
    found = search(homes, "138200")
    assert [(hit.kind, hit.name) for hit in found] == [("household", "马玉兰")]
    assert [(hit.kind, hit.name) for hit in search(homes, "小")] == [("resident", "李小明")]


def test_who_has_no_phone_is_reached_by_that_of_the_household(homes: Register) -> None:
    (found,) = search(homes, "19370714")
    assert (found.name, found.phone) == ("马玉兰", "13820001234")


def test_a_hit_says_where_and_in_which_colour(homes: Register) -> None:
    (found,) = search(homes, "马玉兰")
    assert isinstance(found, Hit)
    assert found.as_dict() == {
        "kind": "household",
        "household": uid_text(found.household),
        "area_code": make.GRID,
        "address": "盛欣园3号楼2门501",
        "name": "马玉兰",
        "phone": "13820001234",
        "category": "living_alone",
        "left": "",
    }


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "'", "不在这里", "zzz", "101999"])
def test_nothing_and_what_is_nowhere_find_nothing(homes: Register, text: str) -> None:
    assert search(homes, text) == []


def test_no_more_is_returned_than_was_asked_for(homes: Register) -> None:
    assert len(search(homes, "3号楼")) == 2
    assert len(search(homes, "3号楼", limit=1)) == 1


@pytest.mark.parametrize("text", ["盛欣园 马", "马 501", "1234 玉兰", "myl 3-2-501", "3号楼 2门 马", "鸽子 mayulan"])
def test_of_several_words_all_have_to_be_there(homes: Register, text: str) -> None:
    assert names(homes, text) == ["马玉兰"]
    assert names(homes, f"{text} 超市") == []


def test_what_a_word_says_in_full_comes_before_what_begins_with_it_or_holds_it(homes: Register) -> None:
    grid = make.make_grid(homes)
    for head in ("小马玉兰", "马玉兰花", "马玉兰"):
        make.make_household(homes, grid, head=head, room="901")
    assert names(homes, "马玉兰") == ["马玉兰", "马玉兰", "马玉兰花", "小马玉兰"]


def test_characters_that_only_stand_apart_are_not_taken_for_a_word(homes: Register) -> None:
    make.make_household(homes, make.make_grid(homes), head="玉兰马", note="兰马玉")
    assert "玉兰马" not in names(homes, "马玉兰")
    assert names(homes, "13号楼") == []


@pytest.mark.parametrize("text", ["马", "myl", "1234", "3-2-501", "盛欣园 马", "李小明", "5678", "3号楼"])
def test_without_an_index_the_same_is_found(homes: Register, text: str) -> None:
    found = names(homes, text)
    homes.run(State.delete())
    assert names(homes, text) == found


def test_a_number_is_found_with_and_without_what_stands_between_its_digits(homes: Register) -> None:
    make.make_household(homes, make.make_grid(homes), head="许远山", phone="022-2345 6789")
    assert names(homes, "23456789") == names(homes, "022-2345") == names(homes, "6789") == ["许远山"]
