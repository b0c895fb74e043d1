"""Members who are away: registered with a substitute by keys alone, back early, and what tells of the gap elsewhere."""

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gridapp.areas.model import Area
from gridapp.register import Register
from gridapp.teams import absences, substitution
from gridapp.teams.absences import AbsenceDraft
from gridapp.teams.roster import roster
from gridapp.today.lines import Kind
from tests import factories as make
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import LEFT, retype, settle, type_text
from tests.ui.team_driving import choose, enter, go_to_teams, is_open, member_of, names, opened, press, undo
from ui.areas.tree_model import LACKING
from ui.main_window import MainWindow
from ui.tabs import Tab
from ui.teams.absence_dialogs import AbsenceDialog, BackDialog
from ui.teams.join_dialog import JoinDialog
from ui.teams.page import Part, TeamPage
from ui.teams.substitute_dialog import SubstituteDialog

TODAY = datetime.date.today()


def after(days: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=days)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> TeamPage:
    """The page of the teams in the third grid."""
    return go_to_teams(qtbot, window)


@pytest.fixture
def filled(filled: Register) -> Register:
    """Somebody is in reserve of the grid, so that one comes into question before all others."""
    grid = filled.value(Area.select(Area.uid).where(Area.code == people.THIRD))
    make.make_service(filled, make.make_member(filled, name="后备小孟"), grid, "reserve")
    return filled


def leave(register: Register, name: str, since: int, until: int | None, reason: str = "请假") -> bytes:
    last = after(until) if until is not None else None
    return absences.add(register, member_of(register, name), AbsenceDraft(after(since), last, reason))[0]


def stand_in(register: Register, absence: bytes, name: str) -> None:
    (gap,) = substitution.gaps_of(register, absence)
    substitution.accept(register, gap, member_of(register, name))


def states(register: Register) -> dict[str, tuple[bool, str]]:
    return {one.name: (one.is_present, one.stands_in_for) for one in roster(register, people.THIRD)}


def shown_states(page: TeamPage) -> list[str]:
    model = page.people.table.paged
    return [f"{model.row(at).name} {model.row(at).state_text}" for at in range(model.rowCount())]


def sign(window: MainWindow, code: str) -> int:
    model = window.dock.model
    return model.index_of(model.find(code)).data(LACKING)


def test_an_absence_with_its_substitute_takes_keys_alone_and_two_undos(
    page: TeamPage, window: MainWindow, qtbot: QtBot, filled: Register
) -> None:
    choose(qtbot, window, "网格小刘")
    press(qtbot, window, Qt.Key.Key_Q)
    dialog = opened(window, AbsenceDialog)
    assert dialog.becomes.text() == f"自 {TODAY} 离岗，何时返岗未定；返岗时按“销假”。"
    type_text(qtbot, dialog.until, "+5")
    assert dialog.becomes.text() == f"自 {TODAY} 至 {after(5)}，共 6 天；{after(6)} 返岗。"
    enter(qtbot, window, dialog)
    asked = opened(window, SubstituteDialog)
    assert asked.gap().role.name == "网格员"
    assert asked.offered()[0] == "后备小孟"
    assert asked.table.item(0, 2).text() == "第三网格后备力量"
    qtbot.keyClick(asked.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert not is_open(window, SubstituteDialog)
    assert shown_states(page) == [
        f"网格小刘 本单位抽调，至 {after(5)}，由后备小孟代管",
        f"后备小孟 替补网格小刘，至 {after(5)}",
        "机关老何 在岗",
        "街道老吕 在岗",
    ]
    assert "网格员 后备小孟（替网格小刘）" in window.header._team.text()
    assert sign(window, people.THIRD) == 0
    undo(qtbot, window)
    assert states(filled)["网格小刘"] == (False, "") and "后备小孟" not in states(filled)
    assert sign(window, people.THIRD) == 1
    assert window.header.lacking.isVisible()
    undo(qtbot, window)
    assert shown_states(page) == ["网格小刘 在岗", "机关老何 在岗", "街道老吕 在岗"]
    assert not window.header.lacking.isVisible()


def test_a_wrong_last_day_is_said_and_nothing_is_written(
    page: TeamPage, window: MainWindow, qtbot: QtBot, filled: Register
) -> None:
    choose(qtbot, window, "网格小刘")
    press(qtbot, window, Qt.Key.Key_Q)
    dialog = opened(window, AbsenceDialog)
    type_text(qtbot, dialog.until, "昨天")
    enter(qtbot, window, dialog)
    assert "不能早于第一天" in dialog._since.remark()
    retype(qtbot, dialog.until, "某日")
    enter(qtbot, window, dialog)
    assert dialog._until.remark()
    assert states(filled)["网格小刘"] == (True, "")
    dialog.reject()


def test_nobody_need_stand_in_and_the_gap_leads_back_to_who_may(
    page: TeamPage, window: MainWindow, qtbot: QtBot, filled: Register
) -> None:
    choose(qtbot, window, "网格小刘")
    press(qtbot, window, Qt.Key.Key_Q)
    enter(qtbot, window, opened(window, AbsenceDialog))
    asked = opened(window, SubstituteDialog)
    qtbot.mouseClick(asked.skip_button, LEFT)
    settle(qtbot, window)
    assert not is_open(window, SubstituteDialog)
    qtbot.mouseClick(window.header.lacking, LEFT)
    settle(qtbot, window)
    assert page.parts.currentIndex() == Part.SHORTAGE
    row = page.shortage.row()
    assert (row.role.name, row.why) == ("网格员", "网格小刘 本单位抽调，何时返岗未定")
    qtbot.keyClick(page.shortage.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    asked = opened(window, SubstituteDialog)
    qtbot.keyClick(asked.table, Qt.Key.Key_Down)
    qtbot.keyClick(asked.table, Qt.Key.Key_Up)
    qtbot.keyClick(asked.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert page.shortage.empty.isVisible()
    assert states(filled)["后备小孟"] == (True, "网格小刘")


def test_where_nobody_serves_a_line_of_the_gaps_adds_a_member_of_just_that_role(
    page: TeamPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.dock.choose(window.dock.model.find(people.FOURTH))
    page.show_part(Part.SHORTAGE)
    settle(qtbot, window)
    assert [page.shortage.table.paged.row(at).role.name for at in range(3)] == ["网格员", "机关干部", "街道干部"]
    qtbot.keyClick(page.shortage.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.shortage.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    dialog = opened(window, JoinDialog)
    assert (dialog.role.role(), dialog.area.text()) == ("agency_official", "紫光苑社区第四网格")
    type_text(qtbot, dialog.name, "机关小温")
    enter(qtbot, window, dialog)
    assert [page.shortage.table.paged.row(at).role.name for at in range(2)] == ["网格员", "街道干部"]


def test_who_is_back_early_ends_the_substitute_and_undo_brings_both_back(
    page: TeamPage, window: MainWindow, qtbot: QtBot, filled: Register
) -> None:
    stand_in(filled, leave(filled, "网格小刘", -3, 9), "后备小孟")
    settle(qtbot, window)
    page.show_part(Part.AWAY)
    settle(qtbot, window)
    assert names(page) == ["网格小刘"]
    assert page.away.row().text == "后备小孟代管"
    press(qtbot, window, Qt.Key.Key_X)
    dialog = opened(window, BackDialog)
    enter(qtbot, window, dialog)
    assert names(page) == []
    assert states(filled) == {"网格小刘": (True, ""), "机关老何": (True, ""), "街道老吕": (True, "")}
    undo(qtbot, window)
    assert names(page) == ["网格小刘"]
    assert states(filled)["后备小孟"] == (True, "网格小刘")


def test_an_absence_that_has_not_begun_is_taken_out_whole(
    page: TeamPage, window: MainWindow, qtbot: QtBot, filled: Register
) -> None:
    stand_in(filled, leave(filled, "网格小刘", 3, 9), "后备小孟")
    choose(qtbot, window, "网格小刘")
    press(qtbot, window, Qt.Key.Key_X)
    assert "已删除网格小刘的离岗记录" in window.status.notice()
    page.show_part(Part.AWAY)
    settle(qtbot, window)
    assert names(page) == []


def test_the_card_leads_to_an_absence_that_lasts_longer(
    page: TeamPage, window: MainWindow, qtbot: QtBot, filled: Register
) -> None:
    stand_in(filled, leave(filled, "网格小刘", -3, 2), "后备小孟")
    choose(qtbot, window, "网格小刘")
    page.side.story._absences.itemAt(0).widget().click()
    dialog = opened(window, AbsenceDialog)
    retype(qtbot, dialog.until, "+8")
    enter(qtbot, window, dialog)
    assert f"替补网格小刘，至 {after(8)}" in "".join(shown_states(page))


def test_who_serves_nowhere_has_nothing_to_end_and_who_is_there_needs_no_substitute(
    page: TeamPage, window: MainWindow, qtbot: QtBot, filled: Register
) -> None:
    choose(qtbot, window, "网格小刘")
    press(qtbot, window, Qt.Key.Key_T)
    assert window.status.notice() == "网格小刘没有离岗，不用顶替。请先登记请假。"
    press(qtbot, window, Qt.Key.Key_X)
    assert window.status.notice() == "网格小刘现在没有离岗，也没有登记好的请假。"
    assert not is_open(window, BackDialog) and not is_open(window, SubstituteDialog)


def test_a_gap_that_was_filled_meanwhile_is_said_in_the_dialog(
    page: TeamPage, window: MainWindow, qtbot: QtBot, filled: Register
) -> None:
    absence = leave(filled, "网格小刘", 0, 5)
    window.teams.substitute_for(absence)
    settle(qtbot, window)
    asked = opened(window, SubstituteDialog)
    stand_in(filled, absence, "后备小孟")
    settle(qtbot, window)
    asked.table.setFocus()
    qtbot.keyClick(asked.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "已经补上或有了变动" in asked.remark.text()
    assert not asked.take_button.isEnabled()
    asked.reject()


def test_today_names_who_is_missed_and_leads_to_the_gap(
    make_window: MakeWindow, filled: Register, qtbot: QtBot
) -> None:
    leave(filled, "机关老何", 0, None, "出差")
    window = make_window(filled)
    window.show_tab(Tab.TODAY)
    settle(qtbot, window)
    card = window.today_tab.page.cards[Kind.SHORTAGE]
    (line,) = card.list.lines()
    assert (line.title, line.detail, line.when) == ("第三网格 缺机关干部", "机关老何 出差，何时返岗未定", "现在缺")
    card.list.setFocus()
    qtbot.keyClick(card.list, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.tabs.currentIndex() == Tab.TEAM
    assert window.team_tab.page.shortage.row().role.name == "机关干部"
    stand_in(filled, leave(filled, "街道老吕", 0, 3), "后备小孟")
    settle(qtbot, window)
    assert len(card.list.lines()) == 1


def test_the_tree_says_in_words_how_many_grids_lack_somebody(
    page: TeamPage, window: MainWindow, qtbot: QtBot, filled: Register
) -> None:
    model = window.dock.model
    community = model.index_of(model.find(people.COMMUNITY))
    assert "1 个网格的服务队缺员" in community.data(Qt.ItemDataRole.ToolTipRole)
    fourth = model.index_of(model.find(people.FOURTH))
    assert fourth.data(Qt.ItemDataRole.ToolTipRole).endswith("服务队缺员")
    leave(filled, "街道老吕", 0, 3)
    settle(qtbot, window)
    assert "2 个网格的服务队缺员" in community.data(Qt.ItemDataRole.ToolTipRole)
    window.dock.choose(window.dock.model.find(people.COMMUNITY))
    assert window.header.lacking.text() == "2 个网格缺员"


def test_the_overview_says_who_is_away_and_who_stands_in(
    make_window: MakeWindow, filled: Register, qtbot: QtBot
) -> None:
    stand_in(filled, leave(filled, "网格小刘", 0, 3), "后备小孟")
    leave(filled, "机关老何", 0, 3)
    window = make_window(filled)
    window.show_tab(Tab.OVERVIEW)
    grid = window.overview._team
    told = [grid.itemAt(at).widget().text() for at in range(grid.count())]
    assert f"请假，至 {after(3)}，由后备小孟代管" in told
    assert f"请假，至 {after(3)}，无人顶替" in told
    qtbot.mouseClick(window.overview.lacking, LEFT)
    settle(qtbot, window)
    assert window.team_tab.page.shortage.row().role.name == "机关干部"


def test_a_dialog_stays_until_what_it_writes_is_written(
    page: TeamPage, window: MainWindow, qtbot: QtBot, filled: Register
) -> None:
    choose(qtbot, window, "网格小刘")
    press(qtbot, window, Qt.Key.Key_Q)
    dialog = opened(window, AbsenceDialog)
    qtbot.keyClick(dialog.until, Qt.Key.Key_Return)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    settle(qtbot, window)
    assert not is_open(window, AbsenceDialog) and states(filled)["网格小刘"] == (False, "")
    asked = opened(window, SubstituteDialog)
    qtbot.keyClick(asked.table, Qt.Key.Key_Return)
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert asked.isVisible()
    settle(qtbot, window)
    assert not is_open(window, SubstituteDialog) and states(filled)["后备小孟"] == (True, "网格小刘")
    assert "后备小孟替补网格小刘" in window.status.notice()


def test_dialogs_that_are_closed_while_they_are_read_for_are_left_alone(
    page: TeamPage, window: MainWindow, qtbot: QtBot
) -> None:
    choose(qtbot, window, "网格小刘")
    press(qtbot, window, Qt.Key.Key_Q)
    enter(qtbot, window, opened(window, AbsenceDialog))
    asked = opened(window, SubstituteDialog)
    window.reads.hold()
    asked.asked.emit(asked.gap())
    close_at_once(qtbot, asked)
    window.reads.let_go()
    settle(qtbot, window)
    page.acts.add.trigger()
    window.reads.hold()
    joining = opened(window, JoinDialog)
    joining.name.setText("机关老何")
    close_at_once(qtbot, joining)
    window.reads.let_go()
    settle(qtbot, window)  # what is read arrives, and nobody is there to take it
    assert not window.is_busy()


def close_at_once(qtbot: QtBot, dialog: QDialog) -> None:
    """Close a dialog before what it waits for has come."""
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    dialog.reject()
    qtbot.waitUntil(lambda: bool(gone))
