"""Addresses sort as one walks and read as one says them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.households import address

numbers = st.integers(0, 99_999)
places = st.tuples(
    st.sampled_from(["盛欣园", "盛欣园二期", ""]), numbers, numbers, st.integers(0, 99), st.integers(0, 9_999)
)


@given(places, places)
def test_numbers_sort_by_value_part_by_part(one: tuple, other: tuple) -> None:
    keys = [address.sort_key(place[0], *(str(part) for part in place[1:])) for place in (one, other)]
    assert (keys[0] < keys[1]) == (one < other)
    assert (keys[0] == keys[1]) == (one == other)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("盛欣园", "3", "", "", ""), ("盛欣园", "12", "", "", "")),
        (("盛欣园", "3", "2", "2", "201"), ("盛欣园", "3", "2", "10", "1001")),
        (("盛欣园", "3", "2", "", ""), ("盛欣园", "3", "2", "1", "101")),
        (("盛欣园", "A3", "", "", ""), ("盛欣园", "A12", "", "", "")),
        (("盛欣园", "9", "9", "9", "999"), ("盛欣园二期", "1", "1", "1", "101")),
    ],
)
def test_walking_order(before: tuple, after: tuple) -> None:
    assert address.sort_key(*before) < address.sort_key(*after)


@given(st.tuples(*[st.text(max_size=5)] * 5))
def test_any_text_has_a_sort_key(parts: tuple[str, str, str, str, str]) -> None:
    assert isinstance(address.sort_key(*parts), str)


@pytest.mark.parametrize(
    ("room", "floor"), [("501", "5"), ("1203", "12"), ("101", "1"), ("底商", ""), ("5", ""), ("001", ""), ("12345", "")]
)
def test_the_floor_that_a_room_number_tells(room: str, floor: str) -> None:
    assert address.floor_of(room) == floor


def test_an_address_reads_as_one_says_it() -> None:
    assert address.full_label("盛欣园", "3", "2", "501") == "盛欣园3号楼2门501"
    assert address.full_label("盛欣园", "南楼", "东门", "") == "盛欣园南楼东门"
    assert address.full_label("盛欣园", "", "", "") == "盛欣园"
