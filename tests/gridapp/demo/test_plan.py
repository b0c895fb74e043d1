"""The demo district has exactly what the district reported."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.areas import tree
from gridapp.demo.plan import ordinal, plan, spread
from gridapp.errors import UserError

STREETS = ["长虹", "鼓楼", "兴南", "广开", "万兴", "学府", "向阳路", "嘉陵道", "王顶堤", "水上公园", "体育中心", "华苑"]


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_district_sums_up_to_the_reported_figures(seed):
    district = plan("district", seed)
    grids = list(district.grids())
    assert (len(district.streets), len(list(district.communities())), len(grids)) == (12, 175, 1_464)
    assert sum(grid.households for grid in grids) == 350_000
    assert sum(grid.visits for grid in grids) == 69_375
    assert sum(grid.issues for grid in grids) == 5_424
    assert sum(grid.resolved for grid in grids) == 2_018


def test_every_grid_is_of_a_plausible_size_and_could_do_what_it_reports():
    for grid in plan("district", 1).grids():
        assert 180 <= grid.households <= 320
        assert 0 < grid.visits < grid.households
        assert 0 <= grid.resolved <= grid.issues


def test_streets_stand_in_the_order_of_their_codes():
    district = plan("district", 1)
    assert (district.code, district.name) == ("120104", "南开区")
    assert [street.name for street in district.streets] == [f"{name}街道" for name in STREETS]
    assert [street.code for street in district.streets] == [f"120104{number:03}" for number in range(1, 13)]


@pytest.mark.parametrize("seed", range(1, 6))
def test_codes_and_names_of_communities_are_unique_and_nested(seed):
    district = plan("district", seed)
    communities = [community for _street, community in district.communities()]
    assert len({community.name for community in communities}) == 175
    for street, community in district.communities():
        assert tree.level_of(community.code) == tree.Level.COMMUNITY
        assert community.code.startswith(street.code)
        assert community.name.endswith("社区")
        for number, grid in enumerate(community.grids, 1):
            assert (grid.code, grid.name) == (f"{community.code}{number:03}", f"第{ordinal(number)}网格")


def test_the_named_places_are_where_they_belong():
    streets = {street.name: street for street in plan("district", 7).streets}
    shown = streets["兴南街道"].communities[0]
    assert (shown.code, shown.name) == ("120104003001", "紫光苑社区")
    third = shown.grids[2]
    assert (third.code, third.name, third.estate) == ("120104003001003", "第三网格", "盛欣园")
    found = {community.name: community for community in streets["广开街道"].communities}
    assert "太极园" in {grid.estate for grid in found["延生里社区"].grids}
    assert "朝园里社区" in found


def test_an_estate_lies_in_one_community_and_its_grids_stand_side_by_side():
    runs = Counter()
    for _street, community in plan("district", 1).communities():
        before = None
        for grid in community.grids:
            runs[grid.estate] += grid.estate != before
            before = grid.estate
    assert set(runs.values()) == {1}


@pytest.mark.parametrize(("scale", "communities", "grids"), [("grid", 1, 1), ("community", 1, 9), ("street", 14, 122)])
def test_a_smaller_scale_is_a_piece_of_the_district(scale, communities, grids):
    piece, whole = plan(scale, 3), {grid.code: grid for grid in plan("district", 3).grids()}
    assert len(list(piece.communities())) == communities
    assert len(list(piece.grids())) == grids
    assert all(whole[grid.code] == grid for grid in piece.grids())


def test_another_seed_is_another_district():
    assert plan("district", 1) == plan("district", 1)
    assert plan("district", 1) != plan("district", 2)


def test_an_unknown_scale_is_refused_with_those_there_are():
    with pytest.raises(UserError, match="grid、community、street、district"):
        plan("province", 1)


@given(st.randoms(use_true_random=False), st.integers(1, 60), st.integers(0, 30), st.integers(0, 30), st.data())
def test_spread_numbers_keep_their_bounds_and_their_sum(rng, parts, low, width, data):
    total = data.draw(st.integers(low * parts, (low + width) * parts))
    found = spread(rng, total, parts, low, low + width)
    assert len(found) == parts
    assert sum(found) == total
    assert all(low <= number <= low + width for number in found)


def test_an_impossible_sum_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="cannot make 10"):
        spread(Random(1), 10, 3, 4, 9)


def test_numbers_of_grids_read_as_one_says_them():
    assert [ordinal(number) for number in (1, 9, 10, 11, 20, 21)] == ["一", "九", "十", "十一", "二十", "二十一"]
