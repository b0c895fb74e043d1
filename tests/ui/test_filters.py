"""Filters of the household table: switches, panel, chips, counts that follow, and filters that are saved."""

import datetime

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gridapp.areas import tree
from gridapp.households.filters import Ages, Filter, Place
from gridapp.households.listing import Listing
from gridapp.register import Register
from tests import factories as make
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import ALT, CONTROL, LEFT, click_row, heads, retype, settle, type_text
from ui.households.filter_panel import FilterPanel
from ui.households.live_counts import LiveCounts
from ui.main_window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier
VISITED, UNVISITED, OPEN = "李建国", "王秀英", "张桂芳"


@pytest.fixture
def busy(make_window: MakeWindow, filled: Register) -> MainWindow:
    """A window over the third grid: one was visited today, one long ago, one has an open issue; two of known age."""
    grid = tree.find(filled, people.THIRD).uid
    homes = {row.head: row.uid for row in Listing(filled, Filter(people.THIRD)).page(0, 50)}
    today = datetime.date.today()
    make.make_visit(filled, homes[VISITED], visited_on=today)
    make.make_visit(filled, homes[UNVISITED], visited_on=today - datetime.timedelta(days=45))
    make.make_issue(filled, grid, household=homes[OPEN])
    make.make_resident(filled, homes[OPEN], birth_date=today.replace(year=today.year - 85, day=1), conditions="残疾")
    make.make_resident(filled, homes[VISITED], birth_date=today.replace(year=today.year - 65, day=1))
    return make_window(filled)


def number(window: MainWindow) -> str:
    """What the bar says of how many there are."""
    return window.page._shown.text()


def chips(window: MainWindow) -> list[str]:
    return window.page.chips.texts() if window.page.chips.isVisible() else []


def chip(qtbot: QtBot, part: QWidget, text: str) -> QToolButton:
    """A chip by what it says, once it is seen."""

    def seen() -> list[QToolButton]:
        return [one for one in part.findChildren(QToolButton) if one.isVisible() and one.text() == text]

    qtbot.waitUntil(lambda: len(seen()) == 1)
    return seen()[0]


def legend(window: MainWindow) -> list[str]:
    """The counts beside the seven colours."""
    return [button.text() for button in window.page.legend._buttons[:7]]


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, *wanted: str) -> None:
    """Press Alt and a key, upon which a button goes down and up, and wait for the chips that shall be there then."""
    qtbot.keyClick(window.page.table if window.page.table.isVisible() else window.page.box, key, ALT)
    qtbot.waitUntil(lambda: chips(window) == list(wanted))


def open_panel(qtbot: QtBot, window: MainWindow) -> FilterPanel:
    qtbot.keyClick(window.page.table, Qt.Key.Key_F, CONTROL | SHIFT)
    qtbot.waitUntil(window.page.panel.isVisible)
    settle(qtbot, window)
    return window.page.panel


def test_who_was_not_visited_is_a_click_and_another_shows_all_again(busy: MainWindow, qtbot: QtBot) -> None:
    assert (number(busy), chips(busy)) == ("20 户", [])
    qtbot.mouseClick(busy.page.quick.unvisited, LEFT)
    assert (number(busy), chips(busy)) == ("19 / 20 户", ["30天未走访"])
    assert VISITED not in heads(busy) and UNVISITED in heads(busy)
    qtbot.mouseClick(busy.page.quick.unvisited, LEFT)
    assert (number(busy), chips(busy)) == ("20 户", [])


def test_both_switches_have_keys(busy: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, busy, Qt.Key.Key_I, "有未结民意")
    assert heads(busy) == [OPEN]
    press(qtbot, busy, Qt.Key.Key_V, "30天未走访", "有未结民意")


def test_a_chip_takes_its_condition_away_and_the_last_one_the_line(busy: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, busy, Qt.Key.Key_I, "有未结民意")
    retype(qtbot, busy.page.box, "张")
    qtbot.waitUntil(lambda: chips(busy) == ["有未结民意", "含“张”"])
    qtbot.mouseClick(chip(qtbot, busy.page.chips, "有未结民意"), LEFT)
    assert (heads(busy), chips(busy)) == ([OPEN], ["含“张”"])
    qtbot.keyClick(chip(qtbot, busy.page.chips, "含“张”"), Qt.Key.Key_Space)
    assert (number(busy), chips(busy), busy.page.box.text()) == ("20 户", [], "")
    assert not busy.page.chips.isVisible()


def test_whatever_is_typed_is_only_text(busy: MainWindow, qtbot: QtBot) -> None:
    typed = "A&B<b>粗</b>" + "长" * 60
    retype(qtbot, busy.page.box, typed)
    qtbot.waitUntil(lambda: chips(busy) == [f"含“{typed}”"])
    shown = next(one for one in busy.page.chips.findChildren(QToolButton) if one.isVisible())
    assert shown.shortcut().isEmpty() and shown.text().startswith("含“A&&B<b>") and len(shown.text()) < 40
    label = next(one for one in busy.page.empty.findChildren(QLabel) if typed in one.text())
    assert label.textFormat() == Qt.TextFormat.PlainText
    save_as(qtbot, busy, "A&B")
    assert busy.page.quick.saved.text() == "A&&B ▾" and busy.page.quick.saved.names() == ["A&B"]


def test_everything_is_cleared_by_a_key(busy: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, busy, Qt.Key.Key_V, "30天未走访")
    press(qtbot, busy, Qt.Key.Key_1, "首要分类：孤老户", "30天未走访")
    press(qtbot, busy, Qt.Key.Key_Delete)
    assert number(busy) == "20 户"
    assert busy.page.legend.chosen() == frozenset()


def test_the_counts_beside_the_colours_follow_the_other_filters(busy: MainWindow, qtbot: QtBot) -> None:
    whole = legend(busy)
    press(qtbot, busy, Qt.Key.Key_I, "有未结民意")
    settle(qtbot, busy)
    assert legend(busy) == ["0", "0", "0", "1", "0", "0", "0"]
    press(qtbot, busy, Qt.Key.Key_1, "首要分类：孤老户", "有未结民意")  # which does not count the others away
    settle(qtbot, busy)
    assert legend(busy) == ["0", "0", "0", "1", "0", "0", "0"]
    press(qtbot, busy, Qt.Key.Key_Delete)
    assert legend(busy) == whole


def test_of_counts_that_are_asked_for_one_after_the_other_only_the_last_arrive(filled: Register, qtbot: QtBot) -> None:
    counts, failed = LiveCounts(filled), []
    arrived: list[list[int]] = []
    counts.arrived.connect(arrived.append)
    counts.failed.connect(failed.append)
    for text in ("马", "李", "韩"):
        counts.ask(Filter(people.THIRD, text=text))
    qtbot.waitUntil(lambda: not counts.is_busy())
    assert [sum(one) for one in arrived] == [3] and failed == []


def test_what_the_panel_asks_for_holds_at_once(busy: MainWindow, qtbot: QtBot) -> None:
    panel = open_panel(qtbot, busy)
    qtbot.mouseClick(panel.ages.boxes[Ages(80)], LEFT, pos=panel.ages.boxes[Ages(80)].rect().center() * 0.2)
    qtbot.waitUntil(lambda: heads(busy) == [OPEN])
    qtbot.keyClick(panel.ages.boxes[Ages(60, 69)], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: heads(busy) == [VISITED, OPEN])
    assert panel.count.text() == "2 / 20 户"
    qtbot.keyClick(panel.special["残疾"], Qt.Key.Key_Space)
    assert (heads(busy), chips(busy)) == ([OPEN], ["居民年龄：60–69岁、80岁以上", "居民情况：残疾"])
    qtbot.mouseClick(panel.clear, LEFT)
    assert (number(busy), panel.special["残疾"].isChecked()) == ("20 户", False)


def test_places_narrow_while_one_types_and_several_are_chosen(busy: MainWindow, qtbot: QtBot) -> None:
    panel = open_panel(qtbot, busy)
    assert panel.places.line.hasFocus() or panel.places.line is panel.focusWidget()
    retype(qtbot, panel.places.line, "4号")
    completer = panel.places.line.completer()
    assert completer is not None
    offered = [completer.completionModel().index(row, 0).data() for row in range(completer.completionCount())]
    assert offered == ["盛欣园4号楼", "盛欣园4号楼2门"]
    retype(qtbot, panel.places.line, "盛欣园 4号楼")
    qtbot.keyClick(panel.places.line, Qt.Key.Key_Return)
    assert panel.places.places() == (Place("盛欣园", "4"),)
    assert (number(busy), chips(busy)) == ("10 / 20 户", ["位置：盛欣园4号楼"])
    retype(qtbot, panel.places.line, "盛欣园3号楼2门")
    qtbot.keyClick(panel.places.line, Qt.Key.Key_Return)
    assert number(busy) == "20 / 20 户"
    qtbot.mouseClick(chip(qtbot, panel.places, "盛欣园4号楼"), LEFT)
    assert chips(busy) == ["位置：盛欣园3号楼2门"]


def test_a_place_that_is_not_there_is_said_beside_its_line(busy: MainWindow, qtbot: QtBot) -> None:
    panel = open_panel(qtbot, busy)
    retype(qtbot, panel.places.line, "99号楼")
    qtbot.keyClick(panel.places.line, Qt.Key.Key_Return)
    assert panel.places.field.remark() == "这个区域没有“99号楼”，请从列表中选择。"
    type_text(qtbot, panel.places.line, "x")
    assert (panel.places.field.remark(), chips(busy)) == ("", [])


@pytest.mark.parametrize(
    ("first", "last", "remark"),
    [("70", "60", "前一个应不大于后一个"), ("老", "", "0到150"), ("0.5", "1", "0到150"), ("60", "1000", "0到150")],
)
def test_ages_that_make_no_sense_are_said_beside_their_field(
    busy: MainWindow, qtbot: QtBot, first: str, last: str, remark: str
) -> None:
    panel = open_panel(qtbot, busy)
    retype(qtbot, panel.ages.first, first)
    retype(qtbot, panel.ages.last, last)
    qtbot.waitUntil(lambda: remark in panel.ages.field.remark())
    assert chips(busy) == []
    retype(qtbot, panel.ages.first, "60")
    retype(qtbot, panel.ages.last, "")
    qtbot.waitUntil(lambda: chips(busy) == ["居民年龄：60岁以上"])
    assert panel.ages.field.remark() == ""


def test_days_without_a_visit_are_typed_and_the_switch_remembers_them(busy: MainWindow, qtbot: QtBot) -> None:
    panel = open_panel(qtbot, busy)
    retype(qtbot, panel.days, "百")
    qtbot.waitUntil(lambda: "1到9999" in panel.days_field.remark())
    assert chips(busy) == []
    retype(qtbot, panel.days, "60")
    qtbot.waitUntil(lambda: chips(busy) == ["60天未走访"])
    assert UNVISITED not in heads(busy)
    panel.close()
    for shown in ([], ["60天未走访"]):
        qtbot.mouseClick(busy.page.quick.unvisited, LEFT)
        assert chips(busy) == shown
        assert busy.page.quick.unvisited.text() == "60天未走访"


def test_escape_closes_the_panel_and_what_was_asked_for_stays(busy: MainWindow, qtbot: QtBot) -> None:
    panel = open_panel(qtbot, busy)
    qtbot.mouseClick(panel.kind.buttons["enterprise"], LEFT)
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert (heads(busy), chips(busy)) == ([people.SHOP], ["类型：企业"])
    assert busy.page.quick.more.text() == "筛选 1"


def test_a_filter_stays_in_another_area_and_its_total_is_of_that_area(busy: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, busy, Qt.Key.Key_V, "30天未走访")
    busy.dock.choose(busy.dock.model.find(people.COMMUNITY))
    settle(qtbot, busy)
    assert (number(busy), chips(busy)) == ("27 / 28 户", ["30天未走访"])


def test_a_colour_that_was_counted_in_the_overview_opens_just_those(busy: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, busy, Qt.Key.Key_I, "有未结民意")
    busy.overview.colour_asked.emit(0)
    assert chips(busy) == ["首要分类：孤老户"]
    assert len(heads(busy)) == 3


def test_a_form_that_cannot_be_left_leaves_the_filter_as_it_is(busy: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, busy, VISITED)
    retype(qtbot, busy.page.form.lines["head"], "")
    qtbot.mouseClick(busy.page.quick.open_issues, LEFT)
    assert (chips(busy), busy.page.quick.open_issues.isChecked(), len(heads(busy))) == ([], False, 20)


# Saved filters


def save_as(qtbot: QtBot, window: MainWindow, name: str) -> None:
    window.page.quick.saved.ask_name()
    answer(qtbot, window, name)


def answer(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """Type a name into the dialog and press Enter."""
    line = dialog_line(window)
    retype(qtbot, line, name)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    if not line.isVisible():
        window.activateWindow()  # which only a display does by itself
        qtbot.waitUntil(window.isActiveWindow)


def dialog_line(window: MainWindow) -> QLineEdit:
    from PySide6.QtWidgets import QDialog

    dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
    return dialog.findChild(QLineEdit)  # type: ignore[return-value]


def menu_texts(window: MainWindow) -> list[str]:
    saved = window.page.quick.saved
    saved.list.aboutToShow.emit()
    return [action.text() for action in saved.list.actions() if action.text()]


def undo_notice(qtbot: QtBot, window: MainWindow) -> None:
    button = next(one for one in window.status.findChildren(QPushButton) if one.text() == "撤销" and one.isVisible())
    qtbot.mouseClick(button, LEFT)


def test_a_filter_is_saved_under_a_name_and_asked_for_by_it_in_the_next_window(
    busy: MainWindow, make_window: MakeWindow, qtbot: QtBot
) -> None:
    saved = busy.page.quick.saved
    assert menu_texts(busy) == ["还没有保存的筛选", "保存当前筛选…", "重命名", "删除"]
    press(qtbot, busy, Qt.Key.Key_I, "有未结民意")
    save_as(qtbot, busy, "要办的事")
    assert (saved.text(), busy.status.notice()) == ("要办的事 ▾", "已保存筛选“要办的事”")
    busy.page.clear_filter()
    assert saved.text() in ("▾", "保存的筛选 ▾")
    other = make_window(busy.register)
    busy._memory.sync()
    other.page.quick.saved.restore_state(QSettings(busy._memory.fileName(), QSettings.Format.IniFormat))
    assert menu_texts(other)[0] == "要办的事"
    other.page.quick.saved.list.actions()[0].trigger()
    assert (heads(other), chips(other)) == ([OPEN], ["有未结民意"])


def test_a_saved_filter_that_was_changed_says_so_and_is_updated(busy: MainWindow, qtbot: QtBot) -> None:
    saved = busy.page.quick.saved
    busy.page.filter_by(Filter("", open_issues=True))
    save_as(qtbot, busy, "甲")
    press(qtbot, busy, Qt.Key.Key_V, "30天未走访", "有未结民意")
    assert saved.text() == "甲 (已改) ▾"
    assert "更新“甲”" in menu_texts(busy)
    next(action for action in saved.list.actions() if action.text() == "更新“甲”").trigger()
    assert (saved.text(), busy.status.notice()) == ("甲 ▾", "已改写筛选“甲”")
    undo_notice(qtbot, busy)
    assert saved.text() == "甲 (已改) ▾"


def test_saved_filters_are_renamed_and_deleted_and_both_can_be_taken_back(busy: MainWindow, qtbot: QtBot) -> None:
    saved = busy.page.quick.saved
    for name, chosen in (("甲", Filter("", open_issues=True)), ("乙", Filter("", unvisited_days=30))):
        busy.page.filter_by(chosen)
        save_as(qtbot, busy, name)
    saved.ask_new_name("乙")
    answer(qtbot, busy, "甲")
    assert dialog_line(busy).text() == "甲" and saved.names() == ["乙", "甲"]
    answer(qtbot, busy, "丙")
    assert (saved.names(), saved.text()) == (["丙", "甲"], "丙 ▾")
    saved.delete("丙")
    assert (saved.names(), chips(busy)) == (["甲"], ["30天未走访"]) and "丙" not in saved.text()
    undo_notice(qtbot, busy)
    assert (saved.names(), saved.text()) == (["丙", "甲"], "丙 ▾")


def test_the_same_filter_is_known_by_its_name_however_it_was_put_together(busy: MainWindow, qtbot: QtBot) -> None:
    busy.page.filter_by(Filter("", open_issues=True, unvisited_days=30))
    save_as(qtbot, busy, "甲")
    busy.page.clear_filter()
    press(qtbot, busy, Qt.Key.Key_V, "30天未走访")
    press(qtbot, busy, Qt.Key.Key_I, "30天未走访", "有未结民意")
    assert busy.page.quick.saved.text() == "甲 ▾"


def test_nonsense_in_the_settings_is_no_saved_filter(busy: MainWindow) -> None:
    for text in ("", "{", "[]", '{"filters": 3}', '{"filters": {"甲": 5}}'):
        busy._memory.setValue("households/saved_filters", text)
        busy.page.quick.saved.restore_state(busy._memory)
        assert busy.page.quick.saved.names() == []
