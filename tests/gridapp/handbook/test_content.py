"""What a handbook says follows from its entries: sections, buildings, counts, each household once."""

import datetime
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gridapp.handbook.content import Entry, Handbook
from gridapp.households import address
from gridapp.households.categories import CATEGORIES, UNCLASSED, to_mask

ENTRY = Entry("", "residential", "盛欣园", "3", "2", "501", "马一", 3, "", "", "", 0)
BOOK = Handbook("120104003001003", ("南开区", "第三网格"), datetime.date(2020, 8, 30), (), (), ())


def book_of(*entries):
    return replace(BOOK, entries=entries)


def place(entry):
    return address.sort_key(entry.estate, entry.building, entry.entrance, "", entry.room)


entries = st.lists(
    st.builds(
        replace,
        st.just(ENTRY),
        categories=st.integers(0, 2 ** len(CATEGORIES) - 1),
        building=st.sampled_from(["1", "3", "12", "东塔", ""]),
        room=st.sampled_from(["101", "102", "底商"]),
        people=st.none() | st.integers(0, 9),
    )
).map(lambda found: book_of(*sorted(found, key=place)))


@given(entries)
def test_sections_hold_every_household_once_in_precedence_and_by_address(book):
    order = [section.category for section in book.sections]
    every = [*CATEGORIES, UNCLASSED]
    assert order == sorted(order, key=every.index)
    assert sum(len(section.entries) for section in book.sections) == len(book.entries)
    for section in book.sections:
        assert all(entry.marks[0] is section.category for entry in section.entries)
        assert [place(entry) for entry in section.entries] == sorted(place(entry) for entry in section.entries)


@given(entries)
def test_buildings_hold_every_household_once_in_the_same_order(book):
    assert [entry for building in book.buildings for entry in building.entries] == list(book.entries)
    labels = [building.label for building in book.buildings]
    assert len(labels) == len(set(labels))


@given(entries)
def test_the_legend_adds_up(book):
    assert sum(line.first for line in book.legend) == len(book.entries)
    assert all(line.first <= line.carrying <= len(book.entries) for line in book.legend)
    assert [line.category for line in book.legend][: len(CATEGORIES)] == list(CATEGORIES)
    assert book.people == sum(entry.people or 0 for entry in book.entries)


def test_the_unclassed_are_in_the_legend_only_where_there_are_any():
    assert [line.category for line in book_of(ENTRY).legend][-1] is UNCLASSED
    assert UNCLASSED not in [line.category for line in book_of(replace(ENTRY, categories=1)).legend]


def test_marks_are_the_categories_in_precedence():
    entry = replace(ENTRY, categories=to_mask(["tenant", "lonely_elderly", "party_member"]))
    assert [mark.mark for mark in entry.marks] == ["孤", "党", "租"]


def test_an_address_is_said_as_far_as_the_place_in_the_book_leaves_open():
    assert (ENTRY.full_address, ENTRY.short_address, ENTRY.door) == ("盛欣园3号楼2门501", "3号楼2门501", "2门501")


def test_a_household_whose_building_is_unknown_has_a_heading_all_the_same():
    (building,) = book_of(replace(ENTRY, estate="", building="")).buildings
    assert building.label == "未写明楼栋"


def test_people_that_nobody_counted_are_left_blank():
    assert (ENTRY.people_label, replace(ENTRY, people=None).people_label) == ("3人", "")


def test_several_estates_are_noticed():
    assert not book_of(ENTRY).has_several_estates
    assert book_of(ENTRY, replace(ENTRY, estate="宜家园")).has_several_estates
