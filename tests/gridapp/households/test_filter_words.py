"""Filters in words, as text, and as people type them."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.errors import UserError
from gridapp.households import saved_filters
from gridapp.households.categories import NO_PRECEDENCE
from gridapp.households.filter_words import describe, parts, typed_ages, typed_band, typed_days
from gridapp.households.filters import Ages, Filter, Place
from gridapp.households.model import ENTERPRISE
from tests.gridapp.households.test_filters import asked

EVERYTHING = Filter(
    "120104",
    first=frozenset({0, NO_PRECEDENCE}),
    carrying=frozenset({"tenant", "party_member"}),
    text=" 马 ",
    places=(Place("盛欣园", "3", "2"), Place("盛欣园", "甲楼")),
    unvisited_days=45,
    open_issues=True,
    ages=(Ages(80), Ages(60, 69), Ages(5, 5)),
    special=frozenset({"残疾", "低保"}),
    party_member=True,
    kind=ENTERPRISE,
    no_phone=True,
    no_residents=True,
)


def test_everything_that_is_asked_for_is_named() -> None:
    assert describe(EVERYTHING, "第三网格") == [
        "第三网格",
        "首要分类：孤老户、未分类",
        "分类含党员或租户",
        "类型：企业",
        "位置：盛欣园3号楼2门、盛欣园甲楼",
        "45天未走访",
        "有未结民意",
        "居民年龄：5岁、60–69岁、80岁以上",
        "居民情况：低保、残疾",
        "居民中有党员",
        "没有电话",
        "没有居民登记",
        "含“马”",
    ]
    assert "分类同时含党员、租户" in describe(replace(EVERYTHING, carrying_all=True))


def test_many_places_are_counted() -> None:
    many = tuple(Place("盛欣园", str(number)) for number in range(1, 6))
    assert describe(Filter("", places=many)) == ["位置：盛欣园1号楼、盛欣园2号楼、盛欣园3号楼等5处"]


@given(chosen=asked)
def test_taking_away_part_after_part_leaves_nothing_to_say(chosen: Filter) -> None:
    rest = chosen
    while told := parts(rest):
        assert len(parts(told[-1].rest)) == len(told) - 1
        rest = told[-1].rest
    assert replace(rest, carrying_all=False) == Filter(chosen.area_code)


@given(chosen=asked)
def test_a_filter_comes_back_from_its_text(chosen: Filter) -> None:
    named = replace(chosen, places=tuple(place for place in chosen.places if place != Place()))
    back = saved_filters.from_json(saved_filters.to_json(named), chosen.area_code)
    assert back == named
    assert saved_filters.same(back, replace(named, area_code="1", places=named.places[::-1]))


def test_what_a_later_version_wrote_is_read_as_far_as_it_is_known() -> None:
    text = '{"version": 7, "new": [1], "first": ["tenant", "unheard_of"], "ages": [[60, 69], [9], [8, 2], "x"]}'
    assert saved_filters.from_json(text, "12") == Filter("12", first=frozenset({5}), ages=(Ages(60, 69),))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=3),
        lambda inner: st.lists(inner, max_size=3),
        max_leaves=6,
    )
)
def test_nonsense_in_a_text_is_left_out(value: object) -> None:
    names = ("first", "carrying", "text", "places", "unvisited_days", "ages", "special", "kind", "open_issues")
    for told in (dict.fromkeys(names, value), value):
        chosen = saved_filters.from_json(json.dumps(told))
        assert saved_filters.from_json(saved_filters.to_json(chosen)) == replace(chosen, text=chosen.text.strip())
    assert saved_filters.from_json("{") == Filter("")


def test_saved_filters_stand_in_order_and_are_renamed() -> None:
    saved = saved_filters.with_name(saved_filters.with_name({}, "乙", "{}"), " 甲  一 ", "{}")
    assert list(saved) == ["乙", "甲 一"]
    assert list(saved_filters.renamed(saved, "乙", "丙")) == ["丙", "甲 一"]
    assert saved_filters.renamed(saved, "乙", "乙") == saved


@pytest.mark.parametrize("name", ["", "  ", "长" * 31, "甲"])
def test_a_name_that_is_none_too_long_or_taken_is_refused(name: str) -> None:
    with pytest.raises(UserError):
        saved_filters.renamed({"甲": "{}", "乙": "{}"}, "乙", name)


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("60-79", (60, 79)),
        ("６０－７９岁", (60, 79)),
        ("80-", (80, None)),
        ("-6", (0, 6)),
        ("7", (7, 7)),
        ("60到69", (60, 69)),
    ],
)
def test_ages_are_read_as_people_type_them(text: str, ages: tuple[int, int | None]) -> None:
    assert typed_band(text) == Ages(*ages)


@pytest.mark.parametrize("text", ["", "老", "-", "70-60", "1-2-3", "151", "6.5", "-x", "六十"])
def test_what_is_no_age_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(UserError, match="年龄"):
        typed_band(text)


@given(st.text(max_size=4), st.text(max_size=4))
def test_whatever_is_typed_is_an_age_band_or_refused(first: str, last: str) -> None:
    try:
        ages = typed_ages(first, last)
    except UserError:
        return
    assert 0 <= ages.first <= 150 and (ages.last is None or ages.first <= ages.last <= 150)


def test_days_are_counted_from_one() -> None:
    assert typed_days(" ４５ ") == 45
    for text in ("", "0", "-1", "10000", "三十"):
        with pytest.raises(UserError, match="天数"):
            typed_days(text)
