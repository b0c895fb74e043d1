"""The tab of the service teams: who is listed, the card beside the list, members added, moved and put in reserve."""

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridapp.areas.model import Area
from gridapp.register import Register, open_register
from gridapp.teams import editing, serving
from gridapp.teams.card import card
from tests import factories as make
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import LEFT, retype, settle, type_text
from tests.ui.team_driving import choose, enter, go_to_teams, member_of, names, opened, press, service_of, undo
from ui.main_window import MainWindow
from ui.tabs import Tab
from ui.teams.join_dialog import JoinDialog
from ui.teams.page import Part, TeamPage
from ui.teams.service_dialogs import EndDialog, MoveDialog, ServeDialog

TODAY = datetime.date.today()


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> TeamPage:
    """The page of the teams in the third grid."""
    return go_to_teams(qtbot, window)


def test_the_team_is_listed_and_typing_initials_filters_it(page: TeamPage, window: MainWindow, qtbot: QtBot) -> None:
    assert names(page) == ["网格小刘", "机关老何", "街道老吕"]
    type_text(qtbot, page.people.box, "jglh")
    settle(qtbot, window)
    assert names(page) == ["机关老何"]
    qtbot.keyClick(page.people.box, Qt.Key.Key_Escape)
    qtbot.mouseClick(page.people.roles.chips["street_official"], LEFT)
    settle(qtbot, window)
    assert names(page) == ["街道老吕"]
    qtbot.mouseClick(page.people.roles.chips["volunteer"], LEFT)
    settle(qtbot, window)
    assert page.people.empty.isVisible()


def test_a_click_on_a_heading_sorts_by_it(page: TeamPage, window: MainWindow, qtbot: QtBot) -> None:
    header = page.people.table.horizontalHeader()
    place = header.viewport().rect().topLeft()
    place += type(place)(header.sectionViewportPosition(0) + 12, 10)
    qtbot.mouseClick(header.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    settle(qtbot, window)
    assert names(page) == ["机关老何", "街道老吕", "网格小刘"]
    qtbot.mouseClick(header.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    settle(qtbot, window)
    assert names(page) == ["网格小刘", "街道老吕", "机关老何"]


def test_a_member_is_added_by_keys_and_the_undo_takes_it_back(page: TeamPage, window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier)
    dialog = opened(window, JoinDialog)
    assert dialog.area.text() == "紫光苑社区第三网格"
    enter(qtbot, window, dialog)
    assert dialog.named.remark() == "请填写姓名"
    type_text(qtbot, dialog.name, "周军")
    type_text(qtbot, dialog.phone, "1382")
    dialog.role.set_role("volunteer")
    enter(qtbot, window, dialog)
    assert "不是完整的电话号码" in dialog._told["phone"].remark()
    retype(qtbot, dialog.phone, "13820000099")
    enter(qtbot, window, dialog)
    assert names(page) == ["网格小刘", "机关老何", "街道老吕", "周军"]
    assert window.status.notice() == "已添加队员周军（第三网格志愿者）"
    undo(qtbot, window)
    assert names(page) == ["网格小刘", "机关老何", "街道老吕"]


def test_a_namesake_is_pointed_out_before_somebody_is_added_twice(
    page: TeamPage, window: MainWindow, qtbot: QtBot
) -> None:
    press(qtbot, window, Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier)
    dialog = opened(window, JoinDialog)
    type_text(qtbot, dialog.name, "机关老何")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: "机关老何（第三网格机关干部）" in dialog.named.remark())
    dialog.reject()


def test_a_move_tells_what_becomes_of_both_and_leaves_the_past(
    page: TeamPage, window: MainWindow, qtbot: QtBot
) -> None:
    choose(qtbot, window, "网格小刘")
    press(qtbot, window, Qt.Key.Key_D)
    dialog = opened(window, MoveDialog)
    type_text(qtbot, dialog.area, "dswg")
    qtbot.keyClick(dialog.area, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.area, Qt.Key.Key_Return)
    assert dialog.area.text() == "紫光苑社区第四网格"
    yesterday = TODAY - datetime.timedelta(days=1)
    told = f"第三网格网格员任到 {yesterday}；{TODAY} 起在紫光苑社区第四网格任网格员。"
    assert dialog.becomes.text() == told
    enter(qtbot, window, dialog)
    assert window.status.notice() == "已登记：网格小刘由第三网格网格员调任第四网格网格员"
    assert names(page) == ["机关老何", "街道老吕"]
    qtbot.mouseClick(page.people.states.chips["ended"], LEFT)
    settle(qtbot, window)
    assert names(page) == ["网格小刘"]
    choose(qtbot, window, "网格小刘")
    first, second = page.side.story.texts()
    assert first.startswith("第四网格 网格员") and second.startswith("第三网格 网格员")
    undo(qtbot, window)
    qtbot.mouseClick(page.people.states.chips["serving"], LEFT)
    settle(qtbot, window)
    assert names(page) == ["网格小刘", "机关老何", "街道老吕"]


def test_a_place_that_is_none_is_said_beside_its_field(page: TeamPage, window: MainWindow, qtbot: QtBot) -> None:
    choose(qtbot, window, "网格小刘")
    press(qtbot, window, Qt.Key.Key_D)
    dialog = opened(window, MoveDialog)
    type_text(qtbot, dialog.area, "不在这里")
    enter(qtbot, window, dialog)
    assert dialog._area.remark() == "没有“不在这里”，请从列表中选一个。"
    retype(qtbot, dialog.on, "前天某时")
    dialog.area.show_area(window.dock.model.find(people.FOURTH))
    enter(qtbot, window, dialog)
    assert dialog._on.remark()
    dialog.reject()


def test_a_service_ends_on_its_last_day_and_comes_back_by_undo(
    page: TeamPage, window: MainWindow, qtbot: QtBot
) -> None:
    choose(qtbot, window, "街道老吕")
    press(qtbot, window, Qt.Key.Key_J)
    dialog = opened(window, EndDialog)
    assert dialog.last.text() == "昨天"
    enter(qtbot, window, dialog)
    assert names(page) == ["网格小刘", "机关老何"]
    assert window.status.notice() == "已结束街道老吕在第三网格的街道干部任职"
    undo(qtbot, window)
    assert names(page) == ["网格小刘", "机关老何", "街道老吕"]


def test_somebody_serves_in_two_grids_and_leads_the_community(page: TeamPage, window: MainWindow, qtbot: QtBot) -> None:
    choose(qtbot, window, "机关老何")
    press(qtbot, window, Qt.Key.Key_R)
    dialog = opened(window, ServeDialog)
    retype(qtbot, dialog.area, "第四")
    qtbot.keyClick(dialog.area, Qt.Key.Key_Return)
    dialog.role.set_role("agency_official")
    enter(qtbot, window, dialog)
    assert window.status.notice() == "已登记机关老何为第四网格机关干部"
    press(qtbot, window, Qt.Key.Key_W)
    assert window.status.notice() == "已登记：机关老何任紫光苑社区网格长"
    texts = "".join(page.side.story.texts())
    assert "第四网格 机关干部" in texts and "紫光苑社区 网格长" in texts
    undo(qtbot, window)
    assert "网格长" not in "".join(page.side.story.texts())


def test_reserve_is_turned_on_and_off_by_the_same_key(page: TeamPage, window: MainWindow, qtbot: QtBot) -> None:
    choose(qtbot, window, "机关老何")
    press(qtbot, window, Qt.Key.Key_H)
    dialog = opened(window, ServeDialog)
    assert dialog.area.text() == "紫光苑社区"
    enter(qtbot, window, dialog)
    assert window.status.notice() == "已登记机关老何为紫光苑社区后备力量"
    window.dock.choose(window.dock.model.find(people.COMMUNITY))
    page.show_part(Part.RESERVE)
    settle(qtbot, window)
    assert names(page) == ["机关老何"]
    choose(qtbot, window, "机关老何")
    press(qtbot, window, Qt.Key.Key_H)
    assert names(page) == []
    undo(qtbot, window)
    assert names(page) == ["机关老何"]


def test_the_card_stores_each_field_as_it_is_left(page: TeamPage, window: MainWindow, qtbot: QtBot) -> None:
    choose(qtbot, window, "网格小刘")
    qtbot.keyClick(page.people.table, Qt.Key.Key_Return)
    lines = page.side.fields.lines
    assert page.focusWidget() is lines["phone"]
    type_text(qtbot, lines["phone"], "138-2000-0077")
    qtbot.keyClick(lines["phone"], Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert lines["phone"].text() == "13820000077"
    assert window.status.notice() == "已修改队员网格小刘"
    qtbot.mouseClick(page.side.fields.copy, LEFT)
    assert QGuiApplication.clipboard().text() == "13820000077"
    retype(qtbot, lines["phone"], "12")
    qtbot.keyClick(lines["phone"], Qt.Key.Key_Return)
    assert "不是完整的电话号码" in page.side.fields.fields["phone"].remark()
    qtbot.keyClick(lines["phone"], Qt.Key.Key_Escape)
    assert lines["phone"].text() == "13820000077"
    qtbot.keyClick(lines["phone"], Qt.Key.Key_Escape)
    assert page.people.table.hasFocus()
    undo(qtbot, window)
    assert lines["phone"].text() == ""


def test_what_somebody_else_changed_meanwhile_is_told_beside_the_field(
    page: TeamPage, window: MainWindow, qtbot: QtBot, filled: Register
) -> None:
    choose(qtbot, window, "网格小刘")
    unit = page.side.fields.lines["unit"]
    unit.setFocus()
    type_text(qtbot, unit, "居委会")
    uid = member_of(filled, "网格小刘")
    base = editing.load(filled, uid)
    editing.save(filled, uid, editing.MemberDraft(name=base.name, unit="街道办", duty="科员"), base)
    settle(qtbot, window)
    assert unit.text() == "居委会"
    assert "街道办" in page.side.fields.fields["unit"].remark()
    assert page.side.fields.lines["duty"].text() == "科员"
    qtbot.keyClick(unit, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert editing.load(filled, uid).unit == "居委会"
    assert page.side.fields.fields["unit"].remark() == ""


def test_a_member_with_a_past_is_not_deleted_and_one_without_is(
    page: TeamPage, window: MainWindow, qtbot: QtBot
) -> None:
    choose(qtbot, window, "网格小刘")
    page.acts.delete.trigger()
    settle(qtbot, window)
    assert "还有任职，不能删除" in window.status.notice()
    assert names(page)[0] == "网格小刘"


def test_a_member_who_was_searched_for_stands_on_the_card(
    make_window: MakeWindow, filled: Register, qtbot: QtBot
) -> None:
    make.make_member(filled, name="前任老孙")
    window = make_window(filled)
    window.search.begin()
    type_text(qtbot, window.search, "前任老孙")
    settle(qtbot, window)
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    settle(qtbot, window)
    page = window.team_tab.page
    assert page.side.card is not None and page.side.card.member.name == "前任老孙"
    assert page.side.state.text() == "现不任职"
    page.acts.serve.trigger()
    settle(qtbot, window)
    assert "前任老孙" in opened(window, ServeDialog).windowTitle()
    opened(window, ServeDialog).reject()


def test_two_windows_show_what_either_of_them_does(make_window: MakeWindow, filled: Register, qtbot: QtBot) -> None:
    first, second = make_window(filled), make_window(filled)
    for window in (first, second):
        window.show_tab(Tab.TEAM)
        settle(qtbot, window)
    serving.end(filled, service_of(filled, "街道老吕"), TODAY)
    settle(qtbot, first)
    settle(qtbot, second)
    assert names(first.team_tab.page) == names(second.team_tab.page) == ["网格小刘", "机关老何"]
    first.team_tab.page.show_part(Part.SHORTAGE)
    settle(qtbot, first)
    assert first.team_tab.page.shortage.row().role.name == "街道干部"


def test_without_areas_the_page_says_what_to_do_first(
    make_window: MakeWindow, register: Register, qtbot: QtBot
) -> None:
    window = make_window(register)
    window.show_tab(Tab.TEAM)
    settle(qtbot, window)
    page = window.team_tab.page
    for part in Part:
        page.show_part(part)
        settle(qtbot, window)
        assert page.view.empty.isVisible()
    assert not page.acts.add.isEnabled()


def test_long_names_neither_widen_the_card_nor_the_window(
    make_window: MakeWindow, filled: Register, qtbot: QtBot
) -> None:
    grid = filled.value(Area.select(Area.uid).where(Area.code == people.THIRD))
    unit = "某某市某某区人民政府某某街道办事处" * 4
    long = make.make_member(filled, name="阿卜杜热合曼·" * 5, unit=unit, skills="、".join("电工水工" * 9))
    make.make_service(filled, long, grid, "volunteer")
    window = make_window(filled)
    window.resize(1024, 720)
    window.show_tab(Tab.TEAM)
    settle(qtbot, window)
    choose(qtbot, window, "阿卜杜热合曼·" * 5)
    assert window.width() == 1024
    card = window.team_tab.page.side
    QApplication.processEvents()
    assert card.fields.width() <= card.width()


def test_a_narrow_window_says_what_a_grid_lacks_since_when_and_whom_it_has(
    window: MainWindow, qtbot: QtBot, filled: Register
) -> None:
    window.resize(1024, 720)
    page = go_to_teams(qtbot, window)
    for code in (people.COMMUNITY, people.COMMUNITY[:9]):
        window.dock.choose(window.dock.model.find(code))
        page.show_part(Part.SHORTAGE)
        settle(qtbot, window)
        table = page.shortage.table
        shown = [table.model().headerData(at, Qt.Orientation.Horizontal) for at in range(6) if table.columnWidth(at)]
        assert shown[:5] == ["网格", "缺", "原因", "自何时", "1 + 2 + N"]
        assert table.columnWidth(2) > 80 and table.horizontalScrollBar().maximum() == 0


def test_the_roster_that_is_shown_goes_into_a_workbook(
    page: TeamPage, window: MainWindow, qtbot: QtBot, tmp_path
) -> None:
    window.teams.export(tmp_path / "名册.xlsx")
    settle(qtbot, window)
    assert (tmp_path / "名册.xlsx").exists()
    assert window.status.notice() == "已导出 名册.xlsx"


def test_part_and_window_come_up_as_they_were_left(
    page: TeamPage, window: MainWindow, make_window: MakeWindow, qtbot: QtBot, db
) -> None:
    page.show_part(Part.AWAY)
    window.close()
    again = make_window(open_register(str(db)))
    settle(qtbot, again)
    assert again.team_tab.page.parts.currentIndex() == Part.AWAY
    again.close()


def test_the_first_picture_that_is_attached_is_the_photo(
    page: TeamPage, window: MainWindow, qtbot: QtBot, filled: Register
) -> None:
    choose(qtbot, window, "网格小刘")
    image = QImage(60, 80, QImage.Format.Format_RGB32)
    image.fill(QColor("#884422"))
    page.side.strip.add([image])
    settle(qtbot, window)
    qtbot.waitUntil(lambda: page.side.photo.pixmap().toImage().pixelColor(10, 10).red() == 0x88)
    assert card(filled, member_of(filled, "网格小刘")).photo is not None
    undo(qtbot, window)
    qtbot.waitUntil(lambda: page.side.photo.pixmap().toImage().pixelColor(10, 10).red() != 0x88)


def test_the_keys_of_the_teams_work_though_the_ledger_has_some_of_them_too(
    page: TeamPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.show_tab(Tab.LEDGER)
    settle(qtbot, window)
    window.show_tab(Tab.TEAM)
    choose(qtbot, window, "网格小刘")
    press(qtbot, window, Qt.Key.Key_J)
    assert opened(window, EndDialog).isVisible()
    opened(window, EndDialog).reject()


def test_above_a_community_grids_are_named_with_their_communities(
    page: TeamPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.dock.choose(window.dock.model.find(people.COMMUNITY[:9]))
    settle(qtbot, window)
    assert page.people.table.paged.index(0, 2).data() == "紫光苑社区第三网格"
    window.dock.choose(window.dock.model.find(people.COMMUNITY))
    settle(qtbot, window)
    assert page.people.table.paged.index(0, 2).data() == "第三网格"
