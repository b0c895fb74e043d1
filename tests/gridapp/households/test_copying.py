"""Cells as spreadsheets exchange them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.errors import UserError
from gridapp.households import copying
from gridapp.households.batch import Selection
from gridapp.households.categories import BY_KEY, to_mask
from gridapp.households.copying import copied, read_tabbed, tabbed
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing
from gridapp.progress import Cancelled, CancelToken
from gridapp.register import Register
from tests import factories as make

cells = st.text(st.characters(blacklist_categories=["Cs"]) | st.sampled_from('\t\n\r"= '), max_size=12)
grids = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1))


@given(grids)
def test_what_is_copied_can_be_pasted_again(grid: list[list[str]]) -> None:
    assert read_tabbed(tabbed(grid)) == grid


@given(st.text(max_size=60))
def test_whatever_stands_on_the_clipboard_is_read_as_some_cells(text: str) -> None:
    grid = read_tabbed(text)
    assert grid
    assert all(grid)


@pytest.mark.parametrize(
    ("text", "grid"),
    [
        ("", [[""]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"a\nb"\tc', [["a\nb", "c"]]),
        ('"没有结束\t3\n二\t4', [['"没有结束', "3"], ["二", "4"]]),
        ("a\n\nb\n", [["a"], [""], ["b"]]),
    ],
)
def test_cells_are_read_as_excel_writes_them(text: str, grid: list[list[str]]) -> None:
    assert read_tabbed(text) == grid


@pytest.fixture
def selection(register: Register) -> Selection:
    """Three households of a grid, the last of them not selected."""
    grid = make.make_grid(register)
    for number, (head, mask) in enumerate((("甲<b>", to_mask(["tenant"])), ("乙", 0), ("丙", 0))):
        make.make_household(
            register, grid, room=str(101 + number), head=head, phone="022-1", people=3, categories=mask, note="一\n二"
        )
    return Selection(Listing(register, Filter(make.GRID)), [range(2)])


def test_rows_are_copied_as_text_and_as_a_table_with_colours(selection: Selection) -> None:
    found = copied(selection, ["phone", "category", "head", "people", "note"])
    assert found.rows == 2
    assert found.text == '022-1\t租户\t甲<b>\t3\t"一\n二"\r\n022-1\t未分类\t乙\t3\t"一\n二"\r\n'
    assert "mso-number-format:'\\@'\">022-1</td>" in found.html
    assert f"background:{BY_KEY['tenant'].colour};color:{BY_KEY['tenant'].text_colour}" in found.html
    assert "甲&lt;b&gt;" in found.html
    assert "<td>3</td>" in found.html
    assert "<th>" not in found.html


def test_headings_stand_above_where_they_are_asked_for(selection: Selection) -> None:
    found = copied(selection, ["head", "phone"], headed=True)
    assert found.text.splitlines()[0] == "户主\t电话"
    assert "<tr><th>户主</th><th>电话</th></tr>" in found.html


def test_too_many_rows_are_refused_in_words_and_many_are_copied_without_colours(
    selection: Selection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_MOST_IN_COLOUR", 1)
    assert copied(selection, ["head"]).html == ""
    monkeypatch.setattr(copying, "MOST_ROWS", 1)
    with pytest.raises(UserError, match="最多复制 1 户，选中了 2 户"):
        copied(selection, ["head"])


def test_copying_can_be_given_up(selection: Selection) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        copied(selection, ["head"], cancel=token)
