"""What the facts of a household suggest, and what they do not."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.households.categories import BY_KEY, CATEGORIES, to_mask
from gridapp.households.editing import HouseholdDraft, ResidentDraft
from gridapp.households.suggestions import suggestions

TODAY = datetime.date(2026, 11, 24)
OLD = ResidentDraft(name="马玉兰", birth_date=datetime.date(1954, 1, 1))


def texts(residents: list[ResidentDraft], **values: object) -> list[str]:
    draft = HouseholdDraft(b"grid", residents=residents, **values)  # type: ignore[arg-type]
    return [one.text for one in suggestions(draft, TODAY)]


def test_an_elder_alone_is_named_with_the_age() -> None:
    assert texts([OLD], emergency_contact="女儿") == ["建议：独居（1人，72岁）"]
    assert texts([OLD]) == ["建议：孤老户？（1人，72岁，没有紧急联系人）", "建议：独居（1人，72岁）"]


@pytest.mark.parametrize("values", [{"people": 2}, {"categories": to_mask(["lonely_elderly"])}])
def test_who_is_not_alone_or_known_already_is_not_suggested(values: dict) -> None:
    assert texts([OLD], emergency_contact="女儿", **values) == []


def test_residents_and_kind_speak_for_themselves() -> None:
    people = [ResidentDraft(name="李一", conditions="残疾"), ResidentDraft(name="李二", party_member=True)]
    assert texts(people) == ["建议：特殊群体（李一：残疾）", "建议：党员（李二是党员）"]
    assert texts(people, kind="enterprise") == ["建议：企业（类型为企业）"]


residents = st.builds(
    ResidentDraft,
    name=st.text(max_size=3),
    birth_date=st.none() | st.dates(datetime.date(1900, 1, 1), datetime.date(2030, 1, 1)),
    party_member=st.booleans(),
    conditions=st.sampled_from(["", "残疾", " "]),
)


@given(st.lists(residents, max_size=3), st.integers(0, 127), st.sampled_from(["residential", "enterprise"]))
def test_nothing_is_suggested_twice_or_that_is_carried_and_all_in_precedence(people, mask, kind) -> None:
    draft = HouseholdDraft(b"grid", kind=kind, categories=mask, residents=people)
    before = draft.copy()
    keys = [one.key for one in suggestions(draft, TODAY)]
    assert draft == before
    assert keys == [category.key for category in CATEGORIES if category.key in keys]
    assert not mask & to_mask(keys) and all(key in BY_KEY for key in keys)
