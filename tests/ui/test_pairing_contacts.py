"""Keeping pairings alive: two keys in the form, the card with promises, the list of all of an area."""

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from gridapp.emergency import activation
from gridapp.households.model import Household
from gridapp.teams import absences, pairing, substitution
from gridapp.teams.absences import AbsenceDraft
from gridapp.teams.model import Member
from gridapp.teams.pairing_contacts import Which, contacts_due
from tests import factories as make
from tests.ui import people
from tests.ui.driving import LEFT, click_row, retype, settle, type_text
from ui.households.pairing_card import PairingCard
from ui.households.pairing_list import PairingListDialog
from ui.main_window import MainWindow

TODAY = datetime.date.today()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def window(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window on 马玉兰, who is paired with 网格小刘 since 40 days; so is somebody in the fourth grid, for longer."""
    pair(window, people.THIRD, people.FIRST, "网格小刘", 40)
    pair(window, people.FOURTH, "杨0", "机关老何", 90)
    settle(qtbot, window)
    click_row(qtbot, window, people.FIRST)
    qtbot.waitUntil(lambda: bool(line(window).contacts))
    return window


def pair(window: MainWindow, code: str, head: str, name: str, days: int) -> bytes:
    register = window.register
    member = register.value(Member.select(Member.uid).where(Member.name == name))
    grid = make.tree.find(register, code).uid
    there = (Household.area == grid) & (Household.head == head)
    home = register.value(Household.select(Household.uid).where(there))
    return pairing.pair(register, member, home, TODAY - days * DAY, promises="每周送菜")[0]


def line(window: MainWindow):
    return window.page.form.pairings


def open_list(qtbot: QtBot, window: MainWindow, code: str = people.COMMUNITY) -> PairingListDialog:
    window.dock.choose(window.dock.model.find(code))
    settle(qtbot, window)
    window.actions_.pairings.trigger()
    settle(qtbot, window)
    return next(one for one in window.findChildren(PairingListDialog) if one.isVisible())


def members(dialog: PairingListDialog) -> list[str]:
    return [dialog.model.index(row, 0).data() for row in range(dialog.model.rowCount())]


def contact_column(dialog: PairingListDialog) -> list[str]:
    return [dialog.model.index(row, 4).data() for row in range(dialog.model.rowCount())]


def test_a_contact_takes_two_keys_in_the_form_and_undo_takes_it_back(window: MainWindow, qtbot: QtBot) -> None:
    button = line(window).contacts[0]
    assert button.text() == "40天未联系" and button.property("caution")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    menu = button.findChild(QMenu)
    assert menu.isVisible()
    qtbot.keyClick(menu, Qt.Key.Key_2)
    settle(qtbot, window)
    assert window.status.notice() == "已登记网格小刘与3号楼2门101 马玉兰的联系（电话）"
    button = line(window).contacts[0]
    assert button.text() == "今天联系过" and not button.property("caution")
    window.undo()
    qtbot.waitUntil(lambda: line(window).contacts[0].text() == "40天未联系")


def test_the_card_has_promises_the_last_contacts_and_takes_another_day(window: MainWindow, qtbot: QtBot) -> None:
    line(window).contacts[0].findChild(QMenu).actions()[-1].trigger()
    card = next(one for one in window.findChildren(PairingCard) if one.isVisible())
    assert card.windowTitle() == "网格小刘 与 3号楼2门101 马玉兰" and card.promises.toPlainText() == "每周送菜"
    card.how.set_value("微信")
    retype(qtbot, card.day, "3天后")
    type_text(qtbot, card.note, "血压偏高")
    qtbot.keyClick(card.note, Qt.Key.Key_Return)
    assert "还没有到" in card._day_field.remark() and card.table.rowCount() == 0
    retype(qtbot, card.day, "昨天")
    qtbot.keyClick(card.note, Qt.Key.Key_Return)
    assert [card.table.item(0, column).text() for column in range(3)] == [
        (TODAY - DAY).isoformat(),
        "微信",
        "血压偏高",
    ]
    assert card.note.text() == "" and "1天前联系" in card.told.text()
    card.promises.setPlainText("每周送菜\n陪同就医")
    qtbot.mouseClick(card.button, LEFT)
    settle(qtbot, window)
    (one,) = pairing.of_household(window.register, window.page.form.draft.uid)
    assert one.promises == "每周送菜\n陪同就医" and one.last_on == TODAY - DAY


def test_promises_that_cannot_be_kept_stay_where_they_were_typed(window: MainWindow, qtbot: QtBot) -> None:
    line(window).contacts[0].findChild(QMenu).actions()[-1].trigger()
    card = next(one for one in window.findChildren(PairingCard) if one.isVisible())
    card.promises.setPlainText("字" * 2_001)
    qtbot.mouseClick(card.button, LEFT)
    settle(qtbot, window)
    assert card.isVisible() and "承诺最多2,000个字" in card._promises_field.remark()
    card.promises.setPlainText("每周送菜，陪同就医")
    qtbot.mouseClick(card.button, LEFT)
    settle(qtbot, window)
    (one,) = pairing.of_household(window.register, window.page.form.draft.uid)
    assert one.promises == "每周送菜，陪同就医"


def test_the_list_shows_who_had_no_contact_for_longest_first_and_opens_the_household(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = open_list(qtbot, window)
    assert members(dialog) == ["机关老何", "网格小刘"]
    assert contact_column(dialog) == ["90天未联系", "40天未联系"]
    assert dialog.views[Which.DUE].text() == "超过一个月未联系 2"
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.page.form.draft.head == people.FIRST


def test_a_contact_registered_in_the_list_is_seen_there_at_once(window: MainWindow, qtbot: QtBot) -> None:
    dialog = open_list(qtbot, window)
    qtbot.mouseClick(dialog.views[Which.DUE], LEFT)
    settle(qtbot, window)
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.menu.isVisible()
    qtbot.keyClick(dialog.menu, Qt.Key.Key_1)
    settle(qtbot, window)
    assert members(dialog) == ["网格小刘"]
    assert dialog.views[Which.DUE].text() == "超过一个月未联系 1"
    dialog.reject()


def test_the_list_is_filtered_and_says_why_it_is_empty(window: MainWindow, qtbot: QtBot) -> None:
    dialog = open_list(qtbot, window)
    type_text(qtbot, dialog.box, "老何")
    qtbot.waitUntil(lambda: members(dialog) == ["机关老何"])
    retype(qtbot, dialog.box, "没有的人")
    qtbot.waitUntil(lambda: members(dialog) == [])
    assert "没有符合“没有的人”的结对" in dialog.empty._text.text()
    assert not dialog.open_button.isEnabled()
    dialog.box.clear()
    qtbot.mouseClick(dialog.views[Which.ENDED], LEFT)
    settle(qtbot, window)
    assert members(dialog) == [] and not dialog.contact_button.isEnabled()
    dialog.reject()
    (row,) = contacts_due(window.register, people.FOURTH, TODAY, 1).pairings
    pairing.end(window.register, row.uid)
    dialog = open_list(qtbot, window)
    qtbot.mouseClick(dialog.views[Which.ENDED], LEFT)
    settle(qtbot, window)
    assert members(dialog) == ["机关老何"] and contact_column(dialog)[0].endswith("解除")
    dialog.reject()


def test_a_member_who_is_away_is_shown_with_who_stands_in(window: MainWindow, qtbot: QtBot) -> None:
    register, last = window.register, TODAY + 6 * DAY
    worker = register.value(Member.select(Member.uid).where(Member.name == "网格小刘"))
    absence, _label = absences.add(register, worker, AbsenceDraft(TODAY, last, "请假"))
    settle(qtbot, window)
    qtbot.waitUntil(lambda: f"离岗至 {last}，无人代管" in line(window).text())
    (gap,) = substitution.gaps_of(register, absence)
    reserve = make.make_member(register, name="后来", phone="13820000001")
    make.make_service(register, reserve, gap.area, "reserve")
    substitution.accept(register, gap, reserve)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: f"由后来代管至 {last}" in line(window).text())
    dialog = open_list(qtbot, window)
    assert sorted(members(dialog)) == ["机关老何", "网格小刘（后来代）"]
    row = members(dialog).index("网格小刘（后来代）")
    told = dialog.model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert told == f"网格小刘  由后来代管至 {last}"


def test_the_list_says_why_nobody_is_asked_for_contacts_in_an_emergency(window: MainWindow, qtbot: QtBot) -> None:
    dialog = open_list(qtbot, window)
    assert not dialog.paused.isVisible()
    dialog.reject()
    settle(qtbot, window)
    activation.activate(window.register, people.COMMUNITY, "flood", "暴雨")
    window.actions_.pairings.trigger()
    settle(qtbot, window)
    dialog = next(one for one in window.findChildren(PairingListDialog) if one.isVisible())
    dialog.views[Which.DUE].click()
    settle(qtbot, window)
    assert dialog.model.rowCount() == 0
    assert dialog.paused.isVisible()
    assert dialog.paused.text().endswith("应急响应期间，日常走访和联系提醒暂停。")
    assert dialog.empty._text.text() == "应急期间不提醒联系，结束后自动恢复。"
    dialog.reject()
    settle(qtbot, window)


def test_a_list_that_is_closed_while_it_is_read_is_left_alone(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.pairings.trigger()
    dialog = next(one for one in window.findChildren(PairingListDialog) if one.isVisible())
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    dialog.reject()
    qtbot.waitUntil(lambda: bool(gone))
    settle(qtbot, window)  # what is read arrives, and nobody is there to take it
    assert not window.is_busy()
