"""The site plan on screen: a picture imported, buildings dragged onto it by mouse and keys, and what a click opens."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gridapp.areas import tree
from gridapp.errors import UserError
from gridapp.households.categories import BY_KEY
from gridapp.store.undo import undo
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import CONTROL, LEFT, settle
from tests.ui.test_batch import press_undo
from tests.ui.test_colour_map import open_map, switch
from ui.main_window import MainWindow
from ui.site_plan.card import BuildingCard
from ui.site_plan.panel import SitePlanPanel
from ui.tabs import Tab

NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    Image.new("RGB", (800, 400), "#EEEEEE").save(tmp_path / "平面图.png")
    return tmp_path / "平面图.png"


@pytest.fixture
def planned(window: MainWindow, picture: Path, qtbot: QtBot) -> MainWindow:
    """A window that shows the plan of 第三网格, on which no building stands yet."""
    open_map(window, qtbot)
    qtbot.mouseClick(switch(window, "平面图"), LEFT)
    window.site_plan.import_picture(tree.find(window.register, people.THIRD).uid, picture)
    settle(qtbot, window)
    return window


def panel(window: MainWindow) -> SitePlanPanel:
    return window.colour_map.plan


def waiting(window: MainWindow) -> list[str]:
    found = panel(window).waiting
    return [found.item(row).text() for row in range(found.count())]


def place(window: MainWindow, name: str) -> tuple[float, float] | None:
    return next(card.place for card in panel(window).site.cards if card.building.name == name)


def card(window: MainWindow, name: str) -> BuildingCard:
    found = panel(window).view.card(name)
    assert found is not None
    return found


def spot(window: MainWindow, name: str) -> QPoint:
    return panel(window).view.mapFromScene(card(window, name).pos())


def put(window: MainWindow, qtbot: QtBot, name: str, x: float, y: float) -> None:
    window.site_plan.place(tree.find(window.register, people.THIRD).uid, "盛欣园", name, x, y)
    settle(qtbot, window)


def drag(qtbot: QtBot, window: MainWindow, start: QPoint, end: QPoint) -> None:
    surface = panel(window).view.viewport()
    qtbot.mousePress(surface, LEFT, NO_KEYS, start)
    for step in (0.3, 0.7, 1.0):
        qtbot.mouseMove(surface, start + (QPointF(end - start) * step).toPoint())
    qtbot.mouseRelease(surface, LEFT, NO_KEYS, end)
    settle(qtbot, window)


def test_without_a_picture_one_is_offered_for_the_grid_or_its_community(
    window: MainWindow, picture: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_map(window, qtbot)
    qtbot.mouseClick(switch(window, "平面图"), LEFT)
    texts = [one.text() for one in panel(window).empty.findChildren(QPushButton) if one.isVisible()]
    assert texts == ["为第三网格导入图片…", "为紫光苑社区导入图片…"]
    monkeypatch.setattr("ui.site_plan.commands.QFileDialog.getOpenFileName", lambda *_: (str(picture), ""))
    button = next(one for one in panel(window).empty.findChildren(QPushButton) if "社区" in one.text())
    qtbot.mouseClick(button, LEFT)
    settle(qtbot, window)
    assert waiting(window) == ["盛欣园 3号楼  10户", "盛欣园 4号楼  10户"]
    assert "社区平面图：紫光苑社区" in [one.text() for one in panel(window).findChildren(QLabel)]
    assert panel(window).view.scene().sceneRect().width() == 800


def test_what_is_no_picture_is_refused_in_the_status_bar(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "台账.png").write_text("住户")
    open_map(window, qtbot)
    window.site_plan.import_picture(tree.find(window.register, people.THIRD).uid, tmp_path / "台账.png")
    settle(qtbot, window)
    assert "“台账.png”不是可用的图片" in window.status.notice()
    assert panel(window).site.plan is None


def test_a_building_is_dropped_onto_the_plan_and_undo_takes_it_back(planned: MainWindow, qtbot: QtBot) -> None:
    view = panel(planned).view
    panel(planned).waiting.setCurrentRow(1)
    data = QMimeData()
    there = QPointF(view.mapFromScene(QPointF(200, 100)))
    view.dropEvent(QDropEvent(there, Qt.DropAction.CopyAction, data, LEFT, NO_KEYS))
    settle(qtbot, planned)
    assert waiting(planned) == ["盛欣园 3号楼  10户"]
    x, y = place(planned, "4号楼") or (0, 0)
    assert (x, y) == (pytest.approx(0.25, abs=0.01), pytest.approx(0.25, abs=0.01))
    press_undo(qtbot, planned)
    assert len(waiting(planned)) == 2 and not view.cards


def test_enter_in_the_list_puts_a_building_in_the_middle(planned: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(panel(planned).waiting, Qt.Key.Key_Return)
    settle(qtbot, planned)
    assert place(planned, "3号楼") == (pytest.approx(0.5, abs=0.01), pytest.approx(0.5, abs=0.01))


def test_a_card_is_dragged_elsewhere_and_stays_on_the_picture(planned: MainWindow, qtbot: QtBot) -> None:
    put(planned, qtbot, "3", 0.5, 0.5)
    start = spot(planned, "3号楼")
    drag(qtbot, planned, start, start + QPoint(-100, 40))
    x, y = place(planned, "3号楼") or (0, 0)
    assert 0 < x < 0.45 and y > 0.52
    drag(qtbot, planned, spot(planned, "3号楼"), QPoint(-400, 40))
    assert (place(planned, "3号楼") or (1, 1))[0] == 0.0


def test_a_click_on_a_card_opens_the_building_on_the_map(planned: MainWindow, qtbot: QtBot) -> None:
    put(planned, qtbot, "4", 0.5, 0.5)
    qtbot.mouseClick(panel(planned).view.viewport(), LEFT, NO_KEYS, spot(planned, "4号楼"))
    assert planned.tabs.currentIndex() == Tab.COLOUR_MAP and not planned.colour_map.is_plan
    current = planned.colour_map.view.current_cell()
    assert current is not None and current.room == "111"


def test_keys_go_from_card_to_card_move_them_as_one_step_and_take_them_down(planned: MainWindow, qtbot: QtBot) -> None:
    put(planned, qtbot, "3", 0.2, 0.5)
    put(planned, qtbot, "4", 0.7, 0.5)
    view = panel(planned).view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.accessibleName() == "平面图 盛欣园 4号楼"
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Left, CONTROL)
    qtbot.waitUntil(lambda: (place(planned, "4号楼") or (1, 1))[0] < 0.7)
    settle(qtbot, planned)
    undo(planned.register)
    settle(qtbot, planned)
    assert place(planned, "4号楼") == (0.7, 0.5)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    settle(qtbot, planned)
    assert place(planned, "4号楼") is None and place(planned, "3号楼") is not None
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert not planned.colour_map.is_plan


def test_a_card_bears_its_colours_with_their_marks_and_says_them(planned: MainWindow, qtbot: QtBot) -> None:
    put(planned, qtbot, "3", 0.5, 0.5)
    assert "孤老户 2 · 独居 2" in card(planned, "3号楼").toolTip()
    image = panel(planned).view.viewport().grab().toImage()
    ratio, middle = image.devicePixelRatio(), spot(planned, "3号楼")
    row = [image.pixelColor(int((middle.x() + x) * ratio), int(middle.y() * ratio)).name() for x in range(-60, 60)]
    colours = {category.colour.lower() for category in BY_KEY.values()}
    assert colours <= set(row)
    qtbot.mouseClick(switch(planned, "未结民意"), LEFT)
    assert "没有 10" in card(planned, "3号楼").toolTip()


def test_zoom_buttons_and_keys_act_on_the_plan_while_it_is_seen(planned: MainWindow, qtbot: QtBot) -> None:
    view, before = panel(planned).view, planned.colour_map.view.scale
    fitting = view.scale_
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.scale_ == pytest.approx(fitting * 1.25)
    qtbot.keyClick(view, Qt.Key.Key_1)
    assert planned.colour_map._scale.text() == "100%"
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.scale_ == pytest.approx(fitting)
    assert planned.colour_map.view.scale == before


def test_batch_work_takes_nothing_from_the_map_behind_the_plan(planned: MainWindow, qtbot: QtBot) -> None:
    planned.colour_map.view.select_all()
    assert planned.colour_map.selection() is None
    qtbot.mouseClick(switch(planned, "楼栋"), LEFT)
    assert planned.colour_map.selection() is not None


def test_the_plan_is_removed_comes_back_with_undo_and_is_remembered(
    make_window: MakeWindow, planned: MainWindow, qtbot: QtBot
) -> None:
    put(planned, qtbot, "3", 0.5, 0.5)
    qtbot.mouseClick(next(one for one in panel(planned).findChildren(QPushButton) if "移除" in one.text()), LEFT)
    settle(qtbot, planned)
    assert panel(planned).site.plan is None and panel(planned).empty.isVisible()
    press_undo(qtbot, planned)
    assert place(planned, "3号楼") == (0.5, 0.5) and panel(planned).view.cards
    assert planned.close()
    from gridapp.register import open_register

    again = make_window(open_register(planned.register.url))
    assert again.colour_map.is_plan and panel(again).view.cards


def test_a_card_goes_back_where_its_new_place_could_not_be_stored(
    planned: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(planned, qtbot, "3", 0.5, 0.5)

    def refuse(*_: object) -> str:
        raise UserError("登记簿正被另一个程序占用，请稍后再试。")

    monkeypatch.setattr("gridapp.site_plan.planning.place", refuse)
    start = spot(planned, "3号楼")
    drag(qtbot, planned, start, start + QPoint(-100, 40))
    assert "正被另一个程序占用" in planned.status.notice()
    assert spot(planned, "3号楼") == start
