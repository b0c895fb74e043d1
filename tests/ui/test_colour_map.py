"""The colour map on screen: its colours as painted, worked by mouse and keys, and what it opens."""

import datetime
from statistics import median
from time import perf_counter

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton, QToolTip
from pytestqt.qtbot import QtBot

from gridapp.areas import tree
from gridapp.households.categories import BY_KEY, to_mask
from gridapp.households.colour_map import Cell, CellKind
from gridapp.households.model import Household
from gridapp.register import Register, open_register
from tests import factories as make
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import ALT, CONTROL, LEFT, current_head, heads, settle
from ui import theme
from ui.areas.add_dialog import AddAreaDialog
from ui.buildings.editor import BuildingDialog
from ui.colour_map.colouring import COLOURINGS, UNKNOWN, contrast
from ui.colour_map.view import ColourMapView
from ui.main_window import MainWindow
from ui.tabs import Tab

NO_KEYS = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def mapped(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window that shows the colour map of 第三网格."""
    open_map(window, qtbot)
    return window


def open_map(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.on_tabs[Tab.COLOUR_MAP].trigger()
    assert window.tabs.currentIndex() == Tab.COLOUR_MAP
    settle(qtbot, window)


def view(window: MainWindow) -> ColourMapView:
    return window.colour_map.view


def cell_of(window: MainWindow, head: str) -> Cell:
    return next(cell for cell in shown(window) if head in [home.head for home in cell.households])


def shown(window: MainWindow) -> tuple[Cell, ...]:
    return window.colour_map._map.cells


def painted(window: MainWindow, cell: Cell) -> QImage:
    """A cell as it is painted."""
    return view(window).viewport().grab(view(window).cell_rect(cell)).toImage()


def colour_at(image: QImage, x: float, y: float) -> str:
    """The colour at a share of width and height."""
    return image.pixelColor(int((image.width() - 1) * x), int((image.height() - 1) * y)).name().upper()


def ground(window: MainWindow, head: str) -> str:
    """The colour on which a household's cell is written."""
    return colour_at(painted(window, cell_of(window, head)), 0.1, 0.15)


def click(qtbot: QtBot, window: MainWindow, head: str, modifier: Qt.KeyboardModifier = NO_KEYS) -> None:
    place = view(window).cell_rect(cell_of(window, head)).center()
    qtbot.mouseClick(view(window).viewport(), LEFT, modifier, place)


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEYS) -> None:
    qtbot.keyClick(view(window), key, modifier)


def current(window: MainWindow) -> str:
    cell = view(window).current_cell()
    assert cell is not None
    return cell.label


def selected(window: MainWindow) -> list[str]:
    return [cell.label for cell in view(window).selected_cells()]


def switch(window: MainWindow, name: str) -> QToolButton:
    return next(one for one in window.colour_map.findChildren(QToolButton) if one.text() == name)


def test_a_cell_has_the_colour_of_its_category_and_writing_on_it(mapped: MainWindow) -> None:
    assert ground(mapped, "李建国") == BY_KEY["living_alone"].colour
    image = painted(mapped, cell_of(mapped, "李建国"))
    line = {image.pixelColor(x, image.height() // 2).name().upper() for x in range(image.width())}
    assert "#FFFFFF" in line, "room number and mark stand on it"


def test_two_categories_share_a_cell_and_a_third_has_a_small_mark(mapped: MainWindow) -> None:
    image = painted(mapped, cell_of(mapped, people.SEVERAL))
    assert colour_at(image, 0.02, 0.06) == BY_KEY["lonely_elderly"].colour
    assert colour_at(image, 0.95, 0.5) == BY_KEY["party_member"].colour
    height = image.height()
    below = {
        image.pixelColor(x, y).name().upper() for x in range(image.width() // 3) for y in range(height // 2, height)
    }
    assert BY_KEY["tenant"].colour in below


def test_rooms_that_nobody_is_registered_in_are_hatched(
    make_window: MakeWindow, register: Register, qtbot: QtBot
) -> None:
    grid = make.make_grid(register)
    for room in ("101", "102", "201", "301", "302"):
        make.make_household(register, grid, room=room)
    window = make_window(register)
    open_map(window, qtbot)
    (missing,) = [cell for cell in shown(window) if cell.kind is CellKind.UNKNOWN]
    assert missing.room == "202"
    image = painted(window, missing)
    inside = [image.pixelColor(x, y).name() for x in range(3, 15) for y in range(3, 15)]
    assert len(set(inside)) > 1, "lines, and between them the bare ground"
    assert window.colour_map.legend.button(UNKNOWN).text() == "未登记 1"


def test_a_click_selects_and_a_double_click_opens_the_household(mapped: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, mapped, "赵铁柱")
    assert selected(mapped) == ["105"]
    assert mapped.tabs.currentIndex() == Tab.COLOUR_MAP
    place = view(mapped).cell_rect(cell_of(mapped, "赵铁柱")).center()
    qtbot.mouseDClick(view(mapped).viewport(), LEFT, NO_KEYS, place)
    assert mapped.tabs.currentIndex() == Tab.HOUSEHOLDS
    assert current_head(mapped) == "赵铁柱"
    assert mapped.page.form.lines["head"].text() == "赵铁柱"


def test_enter_opens_a_household_even_if_a_filter_had_hidden_it(mapped: MainWindow, qtbot: QtBot) -> None:
    mapped.page.legend.choose(frozenset({0}))
    assert "赵铁柱" not in heads(mapped)
    click(qtbot, mapped, "赵铁柱")
    press(qtbot, mapped, Qt.Key.Key_Return)
    assert current_head(mapped) == "赵铁柱"


def test_several_at_one_address_are_offered_to_choose_from(
    make_window: MakeWindow, register: Register, qtbot: QtBot
) -> None:
    grid = make.make_grid(register)
    for head in ("甲", "乙"):
        make.make_household(register, grid, room="501", head=head)
    window = make_window(register)
    open_map(window, qtbot)
    click(qtbot, window, "乙")
    press(qtbot, window, Qt.Key.Key_Return)
    menu = next(one for one in view(window).findChildren(QMenu) if one.isVisible())
    choice = next(action for action in menu.actions() if action.text().startswith("乙"))
    choice.trigger()
    menu.close()
    assert current_head(window) == "乙"


def test_a_colour_of_the_legend_lets_the_others_fade(mapped: MainWindow, qtbot: QtBot) -> None:
    blue, orange = ground(mapped, "李建国"), ground(mapped, "钱小燕")
    qtbot.keyClick(view(mapped), Qt.Key.Key_2, ALT)
    qtbot.waitUntil(lambda: mapped.colour_map.legend.chosen() == {"living_alone"})
    assert ground(mapped, "李建国") == blue
    faded = QColor(ground(mapped, "钱小燕"))
    assert faded.lightnessF() > QColor(orange).lightnessF()
    qtbot.mouseClick(mapped.colour_map.legend.button("tenant"), LEFT)
    assert ground(mapped, "钱小燕") == orange
    qtbot.keyClick(view(mapped), Qt.Key.Key_0, ALT)
    qtbot.waitUntil(lambda: not mapped.colour_map.legend.chosen())


def test_control_and_shift_select_many_and_tell_their_households(mapped: MainWindow, qtbot: QtBot) -> None:
    told: list[list[bytes]] = []
    mapped.colour_map.selected.connect(told.append)
    click(qtbot, mapped, people.FIRST)
    click(qtbot, mapped, "王秀英", SHIFT)
    assert selected(mapped) == ["101", "102", "103"]
    click(qtbot, mapped, "李建国", CONTROL)
    click(qtbot, mapped, "孙福来", CONTROL)
    assert selected(mapped) == ["101", "103", "107"]
    assert told[-1] == [uid for cell in view(mapped).selected_cells() for uid in cell.uids]
    assert "已选 3 户" in [label.text() for label in mapped.colour_map.findChildren(QLabel)]
    press(qtbot, mapped, Qt.Key.Key_Escape)
    assert told[-1] == []


def test_a_rubber_band_selects_what_it_touches(mapped: MainWindow, qtbot: QtBot) -> None:
    surface = view(mapped).viewport()
    first = view(mapped).cell_rect(cell_of(mapped, "李建国"))
    last = view(mapped).cell_rect(cell_of(mapped, "张桂芳"))
    qtbot.mousePress(surface, LEFT, NO_KEYS, QPoint(first.center().x(), first.top() - 6))
    for place in (first.center(), last.center()):
        qtbot.mouseMove(surface, place)
    assert view(mapped)._band.isVisible()
    qtbot.mouseRelease(surface, LEFT, NO_KEYS, last.center())
    assert selected(mapped) == ["102", "103", "104"]
    assert not view(mapped)._band.isVisible()


def test_a_selected_cell_has_a_ring_in_the_accent(mapped: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, mapped, "李建国")
    press(qtbot, mapped, Qt.Key.Key_Right, CONTROL)
    image = painted(mapped, cell_of(mapped, "李建国"))
    assert colour_at(image, 0.5, 0.0) == theme.LIGHT.accent


def test_arrows_move_from_cell_to_cell_and_shift_takes_them_along(mapped: MainWindow, qtbot: QtBot) -> None:
    view(mapped).setFocus()
    assert current(mapped) == "101"
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        press(qtbot, mapped, key)
    assert (current(mapped), selected(mapped)) == ("102", ["102"])
    press(qtbot, mapped, Qt.Key.Key_Right, SHIFT)
    assert selected(mapped) == ["102", "103"]
    press(qtbot, mapped, Qt.Key.Key_PageDown)
    assert current(mapped) == "111"
    press(qtbot, mapped, Qt.Key.Key_End)
    assert current(mapped) == "120"
    press(qtbot, mapped, Qt.Key.Key_Home)
    press(qtbot, mapped, Qt.Key.Key_Up)
    assert current(mapped) == "101"
    press(qtbot, mapped, Qt.Key.Key_A, CONTROL)
    assert len(selected(mapped)) == 20


def test_a_screen_reader_is_told_where_the_keys_are(mapped: MainWindow, qtbot: QtBot) -> None:
    view(mapped).setFocus()
    press(qtbot, mapped, Qt.Key.Key_Home)
    assert view(mapped).accessibleName() == "分色图 盛欣园3号楼2门101 马玉兰"
    assert "孤老户" in view(mapped).accessibleDescription() and people.PHONE in view(mapped).accessibleDescription()


def test_a_tooltip_says_who_how_many_by_which_number_and_when_visited(mapped: MainWindow, qtbot: QtBot) -> None:
    place = view(mapped).cell_rect(cell_of(mapped, people.FIRST)).center()
    surface = view(mapped).viewport()
    event = QHelpEvent(QEvent.Type.ToolTip, place, surface.mapToGlobal(place))
    QApplication.sendEvent(surface, event)
    for part in ("盛欣园3号楼2门101", people.FIRST, "1人", people.PHONE, "还没有走访过"):
        assert part in QToolTip.text()


def test_keys_and_wheel_zoom_and_fit_shows_everything(mapped: MainWindow, qtbot: QtBot) -> None:
    width = view(mapped).cell_rect(shown(mapped)[0]).width()
    press(qtbot, mapped, Qt.Key.Key_Plus)
    assert view(mapped).cell_rect(shown(mapped)[0]).width() > width
    press(qtbot, mapped, Qt.Key.Key_Minus)
    assert view(mapped).cell_rect(shown(mapped)[0]).width() == width
    surface = view(mapped).viewport()
    place = QPointF(surface.rect().center())
    turn = QWheelEvent(
        place, surface.mapToGlobal(place), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, CONTROL,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(surface, turn)
    assert view(mapped).scale == pytest.approx(1.25**2)
    press(qtbot, mapped, Qt.Key.Key_0)
    assert view(mapped).verticalScrollBar().maximum() == view(mapped).horizontalScrollBar().maximum() == 0
    press(qtbot, mapped, Qt.Key.Key_1)
    assert view(mapped).scale == 1.0


def test_zoomed_out_the_writing_goes_and_the_colours_stay(mapped: MainWindow) -> None:
    view(mapped).zoom_to(0.3)
    image = painted(mapped, cell_of(mapped, "李建国"))
    inside = {
        image.pixelColor(x, y).name().upper() for x in range(2, image.width() - 3) for y in range(2, image.height() - 3)
    }
    assert inside == {BY_KEY["living_alone"].colour}


def test_the_other_colourings_write_numbers_and_take_no_categorys_colour(mapped: MainWindow, qtbot: QtBot) -> None:
    register, first = mapped.register, cell_of(mapped, people.FIRST).uids[0]
    make.make_visit(register, first, visited_on=datetime.date.today() - datetime.timedelta(days=3))
    make.make_issue(register, tree.find(register, people.THIRD).uid, household=first)
    settle(qtbot, mapped)
    of_categories = {category.colour for category in BY_KEY.values()}
    marks = []
    for name in ("距上次走访天数", "未结民意"):
        qtbot.mouseClick(switch(mapped, name), LEFT)
        colouring = mapped.colour_map._colouring
        marks.append([colouring.shades(cell_of(mapped, head))[0].mark for head in (people.FIRST, "李建国")])
        grounds = [ground(mapped, head) for head in (people.FIRST, "李建国")]
        assert grounds[0] != grounds[1] and not of_categories & set(grounds)
    assert marks == [["3天", "从未"], ["1件", "无"]]


@pytest.mark.parametrize("worn", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_writing_on_every_shade_can_be_read(monkeypatch: pytest.MonkeyPatch, worn: theme.Theme) -> None:
    monkeypatch.setattr(theme, "_current", worn)
    for colouring in COLOURINGS:
        for entry in colouring.entries():
            assert contrast(entry.shade.colour, entry.shade.ink) >= 4.5, (colouring.key, entry.name)


def test_what_is_written_is_shown_at_once_and_what_is_selected_stays(mapped: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, mapped, "李建国")
    uid = cell_of(mapped, people.FIRST).uids[0]
    with mapped.register.recording("改分类", actor="同事") as recording:
        recording.update(Household, uid, {"categories": to_mask(["tenant"])})
    settle(qtbot, mapped)
    assert ground(mapped, people.FIRST) == BY_KEY["tenant"].colour
    assert selected(mapped) == ["102"]


def test_a_larger_area_says_to_choose_a_grid_and_leads_there(mapped: MainWindow, qtbot: QtBot) -> None:
    mapped.dock.choose(mapped.dock.model.find(people.COMMUNITY))
    settle(qtbot, mapped)
    assert mapped.colour_map.empty.isVisible()
    assert "选一个网格" in " ".join(label.text() for label in mapped.colour_map.empty.findChildren(QLabel))
    button = next(one for one in mapped.colour_map.empty.findChildren(QPushButton) if one.text() == "第四网格")
    qtbot.mouseClick(button, LEFT)
    settle(qtbot, mapped)
    assert mapped.node is not None and mapped.node.code == people.FOURTH
    assert len(shown(mapped)) == 8


def test_tab_and_colouring_are_remembered(make_window: MakeWindow, mapped: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(switch(mapped, "未结民意"), LEFT)
    assert mapped.close()
    again = make_window(open_register(mapped.register.url))
    assert again.tabs.currentIndex() == Tab.COLOUR_MAP
    assert switch(again, "未结民意").isChecked()
    assert len(shown(again)) == 20


def test_four_hundred_households_are_painted_before_anybody_waits(
    make_window: MakeWindow, register: Register, qtbot: QtBot
) -> None:
    grid = make.make_grid(register)
    with register.recording("迁入", actor="资料员"):
        for number in range(400):
            building, door = divmod(number, 80)
            room = f"{door // 8 + 1}{door % 8 + 1:02}"
            make.make_household(
                register, grid, building=str(building + 1), entrance="1", room=room, categories=1 + number % 126
            )
    window = make_window(register)
    open_map(window, qtbot)
    view(window).fit()
    times = []
    for _ in range(5):
        start = perf_counter()
        view(window).viewport().grab()
        times.append(perf_counter() - start)
    assert len(shown(window)) == 400
    assert median(times) < 0.25, "50 ms on an idle machine; a busy one is given room"


def test_an_empty_register_offers_the_first_step_on_the_map_too(
    make_window: MakeWindow, register: Register, qtbot: QtBot
) -> None:
    window = make_window(register)
    window.show_tab(Tab.COLOUR_MAP)
    steps = window.colour_map.empty.findChildren
    qtbot.waitUntil(lambda: any(one.isVisible() for one in steps(QPushButton)))
    qtbot.mouseClick(next(one for one in steps(QPushButton) if one.isVisible()), Qt.MouseButton.LeftButton)
    assert [one for one in window.findChildren(AddAreaDialog) if one.isVisible()]


def test_the_legend_takes_a_second_line_where_the_window_is_narrow(mapped: MainWindow, qtbot: QtBot) -> None:
    def lines() -> int:
        seen = [one for one in mapped.colour_map.legend.findChildren(QToolButton) if one.isVisible()]
        assert all(one.width() >= one.sizeHint().width() for one in seen)
        return len({one.y() for one in seen})

    assert lines() == 1
    mapped.resize(960, 620)
    qtbot.waitUntil(lambda: mapped.width() == 960)
    settle(qtbot, mapped)
    qtbot.mouseClick(mapped.colour_map.legend.button("tenant"), LEFT)
    qtbot.waitUntil(lambda: lines() == 2)
    assert mapped.width() == 960
    mapped.resize(1440, 900)
    qtbot.waitUntil(lambda: lines() == 1)


def test_names_of_buildings_and_storeys_stay_in_sight_however_far_one_scrolls(mapped: MainWindow, qtbot: QtBot) -> None:
    view(mapped).zoom_to(2.5)
    view(mapped).horizontalScrollBar().setValue(400)
    building = mapped.colour_map._map.buildings[0]
    assert 0 < view(mapped).title_rect(building).left() < 20
    view(mapped).setFocus()
    for _ in range(4):
        press(qtbot, mapped, Qt.Key.Key_Right)
    for _ in range(3):
        press(qtbot, mapped, Qt.Key.Key_Left)
    here = view(mapped).current_cell()
    assert here is not None and view(mapped).cell_rect(here).left() > 70, "not below the names of the storeys"
    qtbot.mouseClick(view(mapped).viewport(), LEFT, NO_KEYS, view(mapped).title_rect(building).center())
    settle(qtbot, mapped)
    assert mapped.findChildren(BuildingDialog)
