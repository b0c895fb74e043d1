"""Masks of categories keep every combination and its precedence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.households import categories
from gridapp.households.categories import BY_KEY, CATEGORIES, UNCLASSED

keys = st.sets(st.sampled_from(sorted(BY_KEY)))


@given(keys)
def test_a_mask_gives_back_its_categories_in_precedence(chosen: set[str]) -> None:
    found = categories.from_mask(categories.to_mask(chosen))
    assert list(found) == [category for category in CATEGORIES if category.key in chosen]


@given(keys)
def test_the_first_category_is_the_first_in_precedence(chosen: set[str]) -> None:
    first = categories.at(categories.first_position(categories.to_mask(chosen)))
    assert first == next((category for category in CATEGORIES if category.key in chosen), UNCLASSED)


def test_precedence_runs_from_most_to_least_in_need() -> None:
    assert "".join(category.mark for category in CATEGORIES) == "孤独特党企租常"


def test_no_mask_yet_counts_as_unclassed() -> None:
    assert categories.at(categories.first_position(None)) is UNCLASSED


def test_an_unknown_key_is_a_bug() -> None:
    with pytest.raises(KeyError):
        categories.to_mask(["pink"])
