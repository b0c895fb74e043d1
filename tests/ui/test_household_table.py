"""The household table: read by the page, sorted, filtered, and each row in its colours."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from gridapp.areas import tree
from gridapp.errors import UserError
from gridapp.households.categories import BY_KEY, CATEGORIES
from gridapp.households.columns import POSITIONS
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing, Row
from gridapp.register import Register
from tests import factories as make
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import ALT, LEFT, click_heading, click_row, current_head, heads, retype, settle, shown_text
from ui.households.table_model import PAGE
from ui.main_window import MainWindow
from ui.widgets.marks import SIZE

LOST = "连不上共享登记簿。"


class CountingListing(Listing):
    """Notes which pages were read."""

    def page(self, offset: int, limit: int) -> list[Row]:
        self.pages = [*getattr(self, "pages", []), offset]
        return super().page(offset, limit)


class DroppedListing(Listing):
    """Cannot be read while ``lost``, as on a server whose line has dropped."""

    lost = True

    def page(self, offset: int, limit: int) -> list[Row]:
        if self.lost:
            raise UserError(LOST)
        return super().page(offset, limit)


@pytest.fixture
def crowded(make_window: MakeWindow, register: Register) -> MainWindow:
    """A window over a grid of 350 households."""
    grid = make.make_grid(register)
    with register.recording("迁入", actor="资料员"):
        for number in range(350):
            make.make_household(register, grid, room=str(1000 + number), head=f"户{number:03}")
    return make_window(register)


def legend_button(window: MainWindow, key: str) -> QToolButton:
    name = BY_KEY[key].name if key else "未分类"
    return next(one for one in window.page.legend.findChildren(QToolButton) if one.accessibleName().startswith(name))


def colours_shown(window: MainWindow) -> set[int]:
    """Positions in precedence of the first colours that stand in the table."""
    return {window.page.model.row(at).precedence for at in range(window.page.model.rowCount())}


def picture(window: MainWindow, head: str) -> QImage:
    """The category cell of a household as it is painted."""
    table = window.page.table
    index = window.page.model.index(heads(window).index(head), 0)
    table.scrollTo(index)
    return table.viewport().grab(table.visualRect(index)).toImage()


def colours_of_marks(image: QImage) -> list[str]:
    """The ground of each mark in a category cell, from the left."""
    ratio = image.devicePixelRatio()
    y = int((image.height() / ratio - SIZE) / 2) + 2
    found = []
    for x in range(12 + SIZE // 2, int(image.width() / ratio), SIZE + 4):
        colour = image.pixelColor(round(x * ratio), round(y * ratio)).name().upper()
        if colour in {category.colour for category in CATEGORIES}:
            found.append(colour)
    return found


def band(image: QImage) -> str:
    return image.pixelColor(1, image.height() // 2).name().upper()


def test_only_the_pages_that_are_looked_at_are_read(crowded: MainWindow, qtbot: QtBot) -> None:
    listing = CountingListing(crowded.register, Filter(make.GRID))
    crowded.page.model.show(listing)
    crowded.page.table.grab()
    assert listing.pages == [0]
    crowded.page.table.setFocus()
    crowded.page.table.verticalScrollBar().setValue(crowded.page.table.verticalScrollBar().maximum())
    crowded.page.table.grab()
    assert listing.pages == [0, 3 * PAGE]
    crowded.page.table.verticalScrollBar().setValue(0)
    crowded.page.table.grab()
    assert listing.pages == [0, 3 * PAGE]


def test_control_end_goes_to_the_last_of_many(crowded: MainWindow, qtbot: QtBot) -> None:
    crowded.page.table.setFocus()
    qtbot.keyClick(crowded.page.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert current_head(crowded) == "户349"
    assert crowded.page.form.lines["head"].text() == "户349"


def test_pages_beyond_those_kept_are_read_again(crowded: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.households.table_model._PAGES_KEPT", 2)
    listing = CountingListing(crowded.register, Filter(make.GRID))
    crowded.page.model.show(listing)
    for position in (0, 100, 200, 0):
        row = crowded.page.model.row(position)
        assert row is not None and row.head == f"户{position:03}"
    assert listing.pages == [0, 100, 200, 0]
    assert crowded.page.model.row(350) is crowded.page.model.row(-1) is None


def test_a_heading_sorts_upwards_and_at_the_next_click_downwards(window: MainWindow, qtbot: QtBot) -> None:
    table = window.page.table
    for column in ("head", "phone", "people", "visited", "category", "address"):
        place = POSITIONS[column]
        click_heading(qtbot, table, place)
        upwards = heads(window)
        assert table.horizontalHeader().sortIndicatorSection() == place
        click_heading(qtbot, table, place)
        assert heads(window) == upwards[::-1] != upwards
        assert table.horizontalHeader().sortIndicatorOrder() == Qt.SortOrder.DescendingOrder


def test_sorting_keeps_the_household_that_is_looked_at(window: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, window, "赵铁柱")
    click_heading(qtbot, window.page.table, POSITIONS["head"])
    assert current_head(window) == "赵铁柱"
    assert heads(window)[-1] == "周文斌"


def test_a_click_on_a_colour_shows_its_households_and_another_click_all(window: MainWindow, qtbot: QtBot) -> None:
    red = legend_button(window, "lonely_elderly")
    assert red.text() == "3"
    qtbot.mouseClick(red, LEFT)
    assert heads(window) == [people.FIRST, "周文斌", people.SEVERAL]
    qtbot.mouseClick(legend_button(window, "living_alone"), LEFT)
    assert len(heads(window)) == 5
    qtbot.mouseClick(red, LEFT)
    assert heads(window) == ["李建国", "吴春梅"]
    qtbot.mouseClick(legend_button(window, "living_alone"), LEFT)
    assert len(heads(window)) == 20


@pytest.mark.parametrize("position", range(len(CATEGORIES) + 1))
def test_alt_and_a_digit_filters_by_colour_and_at_the_second_time_no_longer(
    window: MainWindow, qtbot: QtBot, position: int
) -> None:
    key = Qt.Key(Qt.Key.Key_1 + position)
    qtbot.keyClick(window.page.table, key, ALT)
    qtbot.waitUntil(lambda: colours_shown(window) == {position})
    qtbot.keyClick(window.page.table, key, ALT)
    qtbot.waitUntil(lambda: len(heads(window)) == 20)


def test_alt_0_shows_all_colours_again(window: MainWindow, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_1, Qt.Key.Key_4):
        qtbot.keyClick(window.page.table, key, ALT)
    qtbot.waitUntil(lambda: colours_shown(window) == {0, 3})
    qtbot.keyClick(window.page.table, Qt.Key.Key_0, ALT)
    qtbot.waitUntil(lambda: len(heads(window)) == 20)
    assert window.page.legend.chosen() == frozenset()


def test_the_legend_names_colour_number_and_key(window: MainWindow) -> None:
    assert legend_button(window, "tenant").toolTip() == "只看租户（首要分类），共 2 户 (Alt+6)"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("玉兰", people.FIRST),
        ("myl", people.FIRST),
        ("13820000004", "张桂芳"),
        ("4号楼2门112", "陈长江"),
        ("4-2-111", "冯丽华"),
    ],
)
def test_a_text_filters_by_name_initials_phone_and_address(
    window: MainWindow, qtbot: QtBot, typed: str, found: str
) -> None:
    retype(qtbot, window.page.box, typed)
    qtbot.waitUntil(lambda: heads(window) == [found])
    assert any(label.text() == "1 / 20 户" for label in window.page.findChildren(QLabel))


def test_control_f_goes_to_the_filter(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.page.box.hasFocus()


def test_where_nothing_is_found_a_button_clears_both_filters(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(legend_button(window, "tenant"), LEFT)
    retype(qtbot, window.page.box, "不在这里")
    qtbot.waitUntil(lambda: window.page.empty.isVisible())
    assert not window.page.table.isVisible()
    told = "第三网格没有符合筛选条件的住户。\n首要分类：租户、含“不在这里”"
    assert any(label.text() == told for label in window.page.empty.findChildren(QLabel))
    clear = next(one for one in window.page.empty.findChildren(QPushButton) if one.text() == "清除筛选")
    qtbot.mouseClick(clear, LEFT)
    assert window.page.table.isVisible()
    assert window.page.box.text() == ""
    assert len(heads(window)) == 20


def test_a_row_bears_the_band_of_its_first_colour_and_the_marks_of_all(window: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, window, "李建国")  # so that none of those looked at is drawn as selected
    red, green = BY_KEY["lonely_elderly"].colour, BY_KEY["permanent_resident"].colour
    assert (band(picture(window, people.FIRST)), colours_of_marks(picture(window, people.FIRST))) == (red, [red])
    assert (band(picture(window, "韩17")), colours_of_marks(picture(window, "韩17"))) == (green, [green])
    several = picture(window, people.SEVERAL)
    assert band(several) == red
    assert colours_of_marks(several) == [BY_KEY[key].colour for key in ("lonely_elderly", "party_member", "tenant")]
    assert shown_text(window, people.SEVERAL, "category") == "孤老户、党员、租户"


def test_a_row_that_is_selected_keeps_its_band(window: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, window, people.FIRST)
    assert band(picture(window, people.FIRST)) == BY_KEY["lonely_elderly"].colour


def test_what_nobody_classed_has_a_mark_of_its_own_and_no_band(window: MainWindow) -> None:
    image = picture(window, people.UNCLASSED)
    assert QColor(band(image)) == QColor("#FFFFFF")
    assert colours_of_marks(image) == []
    assert len({image.pixel(x, y) for x in range(12, 12 + SIZE) for y in range(5, 25)}) > 2
    assert shown_text(window, people.UNCLASSED, "category") == "未分类"


def test_a_shop_stands_among_the_families_under_its_name(window: MainWindow, qtbot: QtBot) -> None:
    assert shown_text(window, people.SHOP, "category") == "企业"
    assert shown_text(window, people.SHOP, "address") == "盛欣园4号楼2门117"
    click_row(qtbot, window, people.SHOP)
    assert window.page.form.kind.currentText() == "企业"


def test_the_grid_is_named_only_where_there_can_be_several(window: MainWindow, qtbot: QtBot) -> None:
    table = window.page.table
    assert table.isColumnHidden(POSITIONS["place"])
    window.dock.choose(window.dock.model.find(people.COMMUNITY))
    settle(qtbot, window)
    assert not table.isColumnHidden(POSITIONS["place"])
    assert shown_text(window, "杨0", "place") == "第四网格"


def test_visits_and_open_issues_of_a_household_are_shown(make_window: MakeWindow, filled: Register) -> None:
    listing = Listing(filled, Filter(people.THIRD))
    home = listing.page(0, 1)[0].uid
    make.make_visit(filled, home)
    make.make_issue(filled, tree.find(filled, people.THIRD).uid, household=home)
    window = make_window(filled)
    assert shown_text(window, people.FIRST, "visited") == "2020-08-19"
    assert shown_text(window, people.FIRST, "issues") == "1"
    assert shown_text(window, "李建国", "issues") == ""


def test_rows_that_cannot_be_read_stay_blank_and_are_asked_for_again(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.households.table_model._RETRY_MS", 50)
    page = window.page
    listing = DroppedListing(window.register, Filter(people.THIRD))
    page.model.show(listing)
    page.table.viewport().repaint()
    qtbot.waitUntil(lambda: LOST in [one.text() for one in window.status.findChildren(QLabel)])
    assert page.model.index(0, POSITIONS["head"]).data() is None
    assert QApplication.activeModalWidget() is None
    listing.lost = False
    qtbot.waitUntil(lambda: bool(page.model.index(0, POSITIONS["head"]).data()))


def test_escape_empties_the_filter(window: MainWindow, qtbot: QtBot) -> None:
    every = window.page.model.rowCount()
    retype(qtbot, window.page.box, people.FIRST)
    qtbot.waitUntil(lambda: window.page.model.rowCount() == 1)
    qtbot.keyClick(window.page.box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.page.model.rowCount() == every)
    assert window.page.box.text() == ""
