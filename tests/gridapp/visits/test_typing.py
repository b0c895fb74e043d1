"""What is typed of a visit: names, and digits for short replies."""

from hypothesis import given
from hypothesis import strategies as st

from gridapp.register import Register
from gridapp.visits import members, phrases
from tests import factories as make


def test_digits_at_the_beginning_stand_for_replies() -> None:
    first, third = phrases.phrases()[0], phrases.phrases()[2]
    assert phrases.expand("1") == phrases.expand(" 11 ") == first
    assert phrases.expand("13 头晕") == f"{first}；{third}；头晕"
    assert phrases.expand("3号楼堆物") == "3号楼堆物"
    assert phrases.expand("120") == "120"
    assert phrases.added(first, third) == f"{first}；{third}"
    assert phrases.added(f"{first}；{third}", third) == f"{first}；{third}"
    assert 3 <= len(phrases.phrases()) <= 9


@given(st.text(max_size=30))
def test_what_is_no_digit_stays_what_it_is(text: str) -> None:
    assert phrases.expand(text) == text.strip() or text.strip()[0] in "123456789"


def test_names_are_parted_by_whatever_one_types_between_them() -> None:
    assert members.names_in(" 小刘，老何 老何;\n马大姐 ") == ["小刘", "老何", "马大姐"]
    assert [members.company_remark(text) for text in ("", "小刘", "小刘、小刘", "小刘、老何")] == [
        "",
        "仅1人",
        "仅1人",
        "",
    ]


def test_those_of_the_grid_come_first_and_are_found_by_their_initials(register: Register) -> None:
    grid = make.make_grid(register)
    other = make.make_grid(register, "120104003001004")
    community = make.tree.find(register, make.GRID[:12]).uid
    for name, area, role in (
        ("何长山", community, "grid_leader"),
        ("白云", other, "volunteer"),
        ("马立新", grid, "volunteer"),
        ("刘平", grid, "grid_worker"),
    ):
        make.make_service(register, make.make_member(register, name=name), area, role)
    found = members.visitors(register, [make.GRID])
    assert [one.name for one in found] == ["刘平", "马立新", "何长山"]
    assert [one.name for one in found if one.is_meant("mlx")] == ["马立新"]
    assert [one.name for one in found if one.is_meant("立")] == ["马立新"]
    both = members.visitors(register, [make.GRID, "120104003001004"])
    assert sorted(one.name for one in both) == ["何长山", "刘平", "白云", "马立新"]
    assert members.visitors(register, []) == []
    assert members.common_code([make.GRID, "120104003002001"]) == make.GRID[:9]
