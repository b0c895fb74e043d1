"""Cells of the household table: what is typed into them and what it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.errors import UserError
from gridapp.households import cells, editing
from gridapp.households.categories import to_mask
from gridapp.households.editing import HouseholdDraft
from gridapp.ids import new_uid

DRAFT = HouseholdDraft(area=new_uid(), building="3", room="501", head="王秀英")


@pytest.mark.parametrize(("typed", "people"), [("", None), (" 3 ", 3), ("3人", 3), ("３", 3), ("0", 0), ("9999", 9999)])
def test_numbers_of_people_are_read_as_they_are_written(typed: str, people: int | None) -> None:
    assert cells.written(DRAFT, "people", typed).people == people


@pytest.mark.parametrize("typed", ["三", "-1", "3.5", "10000", "9" * 400, "²", "3口"])
def test_what_is_no_number_of_people_is_refused_in_words(typed: str) -> None:
    with pytest.raises(UserError, match="人数"):
        cells.written(DRAFT, "people", typed)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("", []),
        ("未分类", []),
        ("租户", ["tenant"]),
        ("租户、孤老户", ["tenant", "lonely_elderly"]),
        ("党常", ["party_member", "permanent_resident"]),
        ("孤 独;特", ["lonely_elderly", "living_alone", "special_group"]),
        ("enterprise", ["enterprise"]),
    ],
)
def test_categories_are_read_by_names_and_marks(typed: str, keys: list[str]) -> None:
    assert cells.written(DRAFT, "categories", typed).categories == to_mask(keys)


@pytest.mark.parametrize("typed", ["红色", "孤x", "x" * 400])
def test_what_is_no_category_is_refused_with_those_there_are(typed: str) -> None:
    with pytest.raises(UserError, match="常住户"):
        cells.written(DRAFT, "categories", typed)


def test_a_room_may_go_while_a_building_is_left_and_a_head_never() -> None:
    assert cells.written(DRAFT, "room", "").room == ""
    with pytest.raises(UserError, match="户主"):
        cells.written(DRAFT, "head", " \n ")
    with pytest.raises(UserError, match="房号"):
        cells.written(cells.written(DRAFT, "room", ""), "building", "")


@given(st.sampled_from(sorted(cells.NAMES)), st.text(max_size=300))
def test_whatever_is_typed_is_refused_in_words_or_can_be_read_back(field: str, typed: str) -> None:
    try:
        draft = cells.written(DRAFT, field, typed)
    except UserError as error:
        assert str(error)
        return
    assert not [one for one in editing.problems(draft) if one.blocking]
    again = cells.written(DRAFT, field, cells.text(draft, field))
    assert getattr(again, field) == getattr(draft, field)
    if field not in ("note", "people", "categories"):
        assert not set(getattr(draft, field)) & set("\t\n\r")


@given(st.integers(0, 127))
def test_every_set_of_categories_can_be_read_back(mask: int) -> None:
    draft = DRAFT.copy()
    draft.categories = mask
    assert cells.read("categories", cells.text(draft, "categories")) == mask
