"""Households gathered by building or entrance: the groups and the arithmetic of their rows."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.households import families
from gridapp.households.categories import NO_PRECEDENCE, to_mask
from gridapp.households.filters import Filter
from gridapp.households.grouping import Group, GroupBy, Grouping, keys_from_text, keys_text
from gridapp.households.listing import Listing, SortBy
from gridapp.register import Register
from gridapp.reports.counts import filtered_counts
from tests import factories as make

OTHER = f"{make.GRID[:12]}004"


@st.composite
def gathered(draw: st.DrawFn) -> Grouping:
    counts = draw(st.lists(st.integers(1, 6), max_size=8))
    groups = [Group(("", str(number)), str(number), (count, 0), count) for number, count in enumerate(counts)]
    return Grouping(groups, [one.key for one in groups if draw(st.booleans())])


def rows_by_hand(grouping: Grouping) -> list[int | str]:
    """What stands in each row: the position of a household, or the name of a group."""
    found: list[int | str] = []
    position = 0
    for number, group in enumerate(grouping.groups):
        found.append(group.label)
        if not grouping.is_collapsed(number):
            found += range(position, position + group.count)
        position += group.count
    return found


@given(gathered())
def test_every_row_is_a_group_or_a_household_and_every_household_has_a_row(grouping: Grouping) -> None:
    expected = rows_by_hand(grouping)
    assert grouping.rows == len(expected)
    for row, one in enumerate(expected):
        number = grouping.group_in(row)
        assert (grouping.groups[number].label if number is not None else grouping.position_in(row)) == one
    for position in range(grouping.households):
        row = grouping.row_of(position)
        assert row is not None
        assert grouping.position_in(row) == position or grouping.is_collapsed(grouping.group_with(position) or 0)
    for beyond in (-1, grouping.rows):
        assert grouping.group_in(beyond) is grouping.position_in(beyond) is None
    assert grouping.row_of(-1) is grouping.row_of(grouping.households) is None


@given(gathered(), st.integers(-2, 60), st.integers(0, 60))
def test_the_positions_in_some_rows_are_those_of_the_households_that_are_seen_there(
    grouping: Grouping, start: int, length: int
) -> None:
    rows = range(max(start, 0), max(start, 0) + length)
    parts = grouping.positions_in(rows)
    seen = [one for one in rows_by_hand(grouping)[rows.start : rows.stop] if isinstance(one, int)]
    assert [position for part in parts for position in part] == seen
    assert all(before.stop < after.start for before, after in itertools.pairwise(parts))


@given(gathered(), st.data())
def test_opening_and_closing_a_group_changes_its_own_rows_only(grouping: Grouping, data: st.DataObject) -> None:
    if not grouping.groups:
        return
    number = data.draw(st.integers(0, len(grouping.groups) - 1))
    was, before = grouping.is_collapsed(number), rows_by_hand(grouping)
    grouping.set_collapsed(number, not was)
    assert grouping.rows == len(before) + (grouping.groups[number].count if was else -grouping.groups[number].count)
    grouping.set_collapsed(number, was)
    assert [grouping.position_in(row) for row in range(grouping.rows)] == [
        one if isinstance(one, int) else None for one in before
    ]


@given(st.lists(st.tuples(st.text(), st.text())))
def test_the_keys_that_are_kept_come_back(keys: list[tuple[str, str]]) -> None:
    assert keys_from_text(keys_text(keys)) == keys


@pytest.mark.parametrize("text", ["", "{", "3", '[["1"], [1, 2], "ab", ["a", "b"]]'])
def test_keys_that_cannot_be_made_out_are_left_out(text: str) -> None:
    assert keys_from_text(text) == ([("a", "b")] if "b" in text else [])


@pytest.fixture
def street(engine_register: Register) -> Register:
    """Two grids with buildings 3 and 12, one of whose households writes its building as 03."""
    for code in (make.GRID, OTHER):
        grid = make.make_grid(engine_register, code)
        for building, entrance, room, keys in (
            ("12", "1", "101", ["tenant"]),
            ("3", "2", "102", ["tenant"]),
            ("3", "1", "101", ["lonely_elderly"]),
            ("03", "2", "101", []),
            ("", "", "平房", []),
        ):
            make.make_household(
                engine_register, grid, building=building, entrance=entrance, room=room, categories=to_mask(keys)
            )
    return engine_register


def labels(register: Register, code: str, by: GroupBy, **more: object) -> list[tuple[str, int]]:
    listing = Listing(register, Filter(code, **more), group_by=by)  # type: ignore[arg-type]
    return [(group.label, group.count) for group in listing.groups]


def test_groups_stand_in_walking_order_with_their_colours(street: Register) -> None:
    expected = [("盛欣园", 1), ("盛欣园 3号楼", 3), ("盛欣园 12号楼", 1)]
    assert labels(street, make.GRID, GroupBy.BUILDING) == expected
    third = Listing(street, Filter(make.GRID), group_by=GroupBy.BUILDING).groups[1]
    assert [position for position, count in enumerate(third.counts) if count] == [0, 5, NO_PRECEDENCE]
    assert labels(street, make.GRID, GroupBy.ENTRANCE) == [
        ("盛欣园", 1),
        ("盛欣园 3号楼 1门", 1),
        ("盛欣园 3号楼 2门", 2),
        ("盛欣园 12号楼 1门", 1),
    ]


def test_above_a_grid_the_groups_of_each_grid_are_named_by_it(street: Register) -> None:
    found = labels(street, make.GRID[:12], GroupBy.BUILDING)
    assert len(found) == 6
    assert len({label.split()[0] for label, _count in found}) == 2


def test_groups_hold_what_the_filter_leaves_and_only_in_walking_order(street: Register) -> None:
    assert labels(street, make.GRID, GroupBy.BUILDING, carrying=frozenset({"tenant"})) == [
        ("盛欣园 3号楼", 1),
        ("盛欣园 12号楼", 1),
    ]
    assert Listing(street, Filter(make.GRID), SortBy.HEAD, group_by=GroupBy.BUILDING).groups == []


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("by", list(GroupBy))
def test_each_household_lies_in_the_group_of_its_position(street: Register, by: GroupBy, descending: bool) -> None:
    listing = Listing(street, Filter(make.GRID[:12]), descending=descending, group_by=by)
    grouping = Grouping(listing.groups)
    assert grouping.households == listing.count
    for position, row in enumerate(listing.page(0, 100)):
        number = grouping.group_with(position)
        assert number is not None
        key = grouping.groups[number].key
        assert key[0] == row.area_code
        entrance = row.entrance if by is GroupBy.ENTRANCE else ""
        assert key[1].split("\x1f")[1].lstrip("0") == row.building.lstrip("0")
        assert key[1].split("\x1f")[2].lstrip("0") == entrance


def test_groups_of_those_who_have_left_tell_their_colours_too(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    for number, keys in enumerate((["tenant"], ["tenant", "party_member"], [])):
        left = make.make_household(engine_register, grid, room=str(101 + number), categories=to_mask(keys))
        families.move_out(engine_register, left, datetime.date(2020, 9, 1), "迁出")
    make.make_household(engine_register, grid, categories=to_mask(["lonely_elderly"]))
    (group,) = Listing(engine_register, Filter(make.GRID, past=True), group_by=GroupBy.BUILDING).groups
    assert list(group.counts) == filtered_counts(engine_register, Filter(make.GRID, past=True))
    assert (group.count, group.counts[NO_PRECEDENCE]) == (3, 1)
