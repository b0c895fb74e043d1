"""What a person begins while the rows of the table are still being read stays as it was begun."""

import contextlib
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gridapp.households.columns import POSITIONS
from gridapp.households.filters import Filter
from gridapp.households.listing import SortBy
from gridapp.households.model import Household
from gridapp.store.patience import GivenUp
from tests.ui import people
from tests.ui.driving import click_row, current_head, heads, press_save, retype, settle, type_text
from ui.main_window import MainWindow


@pytest.fixture
def slow(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A window to which no listing comes at once."""

    @contextlib.contextmanager
    def too_long(_milliseconds: int) -> Iterator[None]:
        raise GivenUp
        yield

    monkeypatch.setattr(window.register, "within", too_long)
    return window


def test_a_household_that_is_begun_before_the_rows_are_there_stays_in_the_form(slow: MainWindow, qtbot: QtBot) -> None:
    slow.dock.choose(slow.dock.model.find(people.FOURTH))
    slow.add_household()
    settle(qtbot, slow)
    assert heads(slow)[0] == "杨0"
    assert slow.page.side.current is None
    assert slow.page.side.currentWidget() is slow.page.form
    assert slow.page.form.draft is not None
    assert slow.page.form.draft.uid is None


def test_a_new_household_stays_in_the_form_while_the_rows_with_it_are_read(slow: MainWindow, qtbot: QtBot) -> None:
    slow.page.filter_by(Filter("", no_phone=True))
    settle(qtbot, slow)
    slow.add_household()
    for name, text in (("building", "9"), ("room", "901"), ("head", "新来的")):
        retype(qtbot, slow.page.form.lines[name], text)
    press_save(qtbot, slow)
    assert heads(slow) == ["新来的"]
    assert current_head(slow) == "新来的"
    assert slow.page.side.currentWidget() is slow.page.form


def test_a_cell_that_is_edited_keeps_its_row_when_the_rows_arrive(slow: MainWindow, qtbot: QtBot) -> None:
    page = slow.page
    click_row(qtbot, slow, "王秀英")
    settle(qtbot, slow)
    page._sort_by(SortBy.ADDRESS, True)
    page.table.setCurrentIndex(page.model.index(heads(slow).index("王秀英"), POSITIONS["phone"]))
    assert page.cells.begin("")
    settle(qtbot, slow)
    assert page.cells.is_open
    assert current_head(slow) == "王秀英"
    assert page.cells.editor.geometry().top() == page.table.visualRect(page.table.currentIndex()).top()
    type_text(qtbot, page.cells.editor, "022-1")
    assert page.cells.finish()
    settle(qtbot, slow)
    assert heads(slow)[-1] == people.FIRST
    assert current_head(slow) == "王秀英"
    assert slow.register.value(Household.select(Household.phone).where(Household.head == "王秀英")) == "022-1"
