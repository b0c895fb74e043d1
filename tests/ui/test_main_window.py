"""The main window: an empty register, adding areas, what is remembered, closing, light and dark."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.households.categories import BY_KEY
from gridapp.households.columns import POSITIONS
from gridapp.progress import CancelToken, Progress
from gridapp.register import Register, open_register
from gridapp.store import backups
from gridapp.store.setting import Setting
from tests import factories as make
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import CONTROL, LEFT, click_row, focus_in, heads, press_save, retype, settle
from ui import theme
from ui.areas.add_dialog import AddAreaDialog
from ui.main_window import MainWindow
from ui.tabs import Tab
from ui.widgets import marks

NEW_GRID = "120104003001009"
NEW_PATH = "南开区/兴南街道/紫光苑社区/第九网格"


@pytest.fixture
def bright(dressed: QApplication) -> Iterator[None]:
    """The light theme is put on again when the test ends."""
    yield
    theme.apply(dressed, theme.LIGHT)


def open_dialog(window: MainWindow) -> AddAreaDialog:
    window.actions_.area.trigger()
    return next(one for one in window.findChildren(AddAreaDialog) if one.isVisible())


def accept(qtbot: QtBot, dialog: QDialog) -> None:
    box = dialog.findChild(QDialogButtonBox)
    add = next(one for one in box.buttons() if box.buttonRole(one) == QDialogButtonBox.ButtonRole.AcceptRole)
    qtbot.mouseClick(add, LEFT)


def reopened(make_window: MakeWindow, window: MainWindow) -> MainWindow:
    """The window closed and brought up again over the same register, with the same memory."""
    assert window.close()
    return make_window(open_register(window.register.url))


@pytest.mark.parametrize("tab", [Tab.VISITS, Tab.TASKS, Tab.TEAM, Tab.EMERGENCY, Tab.LEDGER, Tab.TODAY], ids=str)
def test_without_areas_every_page_offers_the_first_step(
    make_window: MakeWindow, register: Register, qtbot: QtBot, tab: Tab
) -> None:
    window = make_window(register)
    window.show_tab(tab)
    settle(qtbot, window)

    def steps() -> list[QPushButton]:
        return [one for one in window.tabs.findChildren(QPushButton) if one.isVisible() and one.text() == "新增区域…"]

    qtbot.waitUntil(lambda: len(steps()) == 1)
    qtbot.mouseClick(steps()[0], LEFT)
    (dialog,) = (one for one in window.findChildren(AddAreaDialog) if one.isVisible())
    dialog.close()


def test_without_areas_nobody_is_lacking(make_window: MakeWindow, register: Register, qtbot: QtBot) -> None:
    window = make_window(register)
    window.show_tab(Tab.OVERVIEW)
    settle(qtbot, window)
    assert not window.overview.lacking.isVisible()


def test_an_empty_register_says_what_to_do_first(make_window: MakeWindow, register: Register, qtbot: QtBot) -> None:
    window = make_window(register)
    assert "先新增街道、社区和网格" in " ".join(one.text() for one in window.page.empty.findChildren(QLabel))
    step = next(one for one in window.page.empty.findChildren(QPushButton) if one.isVisible())
    assert not window.actions_.import_.isEnabled()
    qtbot.mouseClick(step, LEFT)
    dialog = next(one for one in window.findChildren(AddAreaDialog) if one.isVisible())
    retype(qtbot, dialog._code, make.GRID)
    retype(qtbot, dialog._path, "/".join(make.PATH))
    accept(qtbot, dialog)
    settle(qtbot, window)
    assert window.node is not None and window.node.code == make.GRID
    assert "第三网格还没有住户。" in [one.text() for one in window.page.empty.findChildren(QLabel)]
    assert window.actions_.import_.isEnabled()
    window.undo()
    qtbot.waitUntil(lambda: window.node is None)
    settle(qtbot, window)
    assert window.page.empty.isVisible()


def test_a_wrong_code_and_a_path_of_another_depth_are_told_beside_their_fields(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = open_dialog(window)
    assert (dialog._code.text(), dialog._path.text()) == (people.COMMUNITY, "南开区/兴南街道/紫光苑社区/")
    retype(qtbot, dialog._code, "12010")
    accept(qtbot, dialog)
    assert dialog.isVisible() and "区域编码 12010 不对" in dialog._code_field.remark()
    assert dialog.focusWidget() is dialog._code
    retype(qtbot, dialog._code, NEW_GRID)
    accept(qtbot, dialog)
    assert dialog._code_field.remark() == "" and "需要 4 级名称" in dialog._path_field.remark()
    assert dialog.focusWidget() is dialog._path
    retype(qtbot, dialog._code, people.FOURTH)
    retype(qtbot, dialog._path, "南开区/兴南街道/紫光苑社区/第四网格")
    accept(qtbot, dialog)
    assert dialog._code_field.remark() == "这个区域已经存在。"
    assert len(window.register.all(Area.select())) == 7


def test_an_area_that_was_added_is_chosen_and_what_stood_open_stays_open(window: MainWindow, qtbot: QtBot) -> None:
    dialog = open_dialog(window)
    retype(qtbot, dialog._code, NEW_GRID)
    retype(qtbot, dialog._path, NEW_PATH)
    accept(qtbot, dialog)
    settle(qtbot, window)
    assert not dialog.isVisible()
    assert window.node is not None and window.node.name == "第九网格"
    assert window.dock.current() is window.node
    assert people.COMMUNITY in window.dock.opened_codes()


def test_an_area_added_while_something_is_missing_in_the_form_loses_nothing(window: MainWindow, qtbot: QtBot) -> None:
    retype(qtbot, window.page.form.lines["head"], "")
    retype(qtbot, window.page.form.lines["phone"], "139")
    with window.register.recording("新增", actor="同事") as recording:
        tree.add(recording, NEW_GRID, NEW_PATH.split("/"))
    settle(qtbot, window)
    assert window.dock.model.find(NEW_GRID) is not None
    assert window.node is not None and window.node.code == people.THIRD
    assert (window.page.form.lines["head"].text(), window.page.form.lines["phone"].text()) == ("", "139")


def test_what_a_job_adds_is_shown_without_leaving_the_household(window: MainWindow, qtbot: QtBot) -> None:
    grid = tree.find(window.register, people.THIRD).uid
    click_row(qtbot, window, "李建国")

    def add(_progress: Progress, _cancel: CancelToken) -> None:
        with window.register.recording("导入") as recording:
            tree.add(recording, NEW_GRID, NEW_PATH.split("/"))
            make.make_household(window.register, grid, building="1", head="最前")

    window.run("导入", add, lambda _answer: None)
    qtbot.waitUntil(lambda: "最前" in heads(window))
    settle(qtbot, window)
    assert window.page.form.lines["head"].text() == "李建国"
    assert window.page.table.currentIndex().row() == heads(window).index("李建国")
    assert window.tabs.tabText(Tab.HOUSEHOLDS) == "住户 21"
    assert window.overview._labels["households"][0].text() == "21"


def test_the_overview_counts_and_a_colour_of_it_opens_the_households(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert window.tabs.currentIndex() == Tab.OVERVIEW
    assert window.overview._labels["households"][0].text() == "20"
    assert window.overview._labels["residents"][0].text() == "2"
    red = next(one for one in window.overview.findChildren(QPushButton) if one.text() == "孤老户")
    qtbot.mouseClick(red, LEFT)
    assert window.tabs.currentIndex() == Tab.HOUSEHOLDS
    assert len(heads(window)) == 3


@pytest.mark.parametrize("tab", [Tab.OVERVIEW, Tab.HOUSEHOLDS])
def test_the_next_window_stands_as_this_one_was_left(
    window: MainWindow, make_window: MakeWindow, memory: QSettings, qtbot: QtBot, tab: int
) -> None:
    note = POSITIONS["phone"]
    window.page.table.setColumnWidth(note, 177)
    window.page._split.setSizes([600, 560])
    split = window.page._split.sizes()
    window.dock.choose(window.dock.model.find(people.OTHER))
    settle(qtbot, window)
    opened = window.dock.opened_codes()
    window.show_tab(tab)
    memory.sync()
    again = reopened(make_window, window)
    assert again.tabs.currentIndex() == tab
    assert again.node is not None and again.node.code == people.OTHER
    assert again.dock.opened_codes() == opened
    assert again.page.table.columnWidth(note) == 177
    again.show_tab(Tab.HOUSEHOLDS)
    assert again.page._split.sizes() == split


def test_a_window_whose_area_is_gone_shows_the_first_grid(
    make_window: MakeWindow, filled: Register, memory: QSettings
) -> None:
    memory.setValue("areas/current", "999999")
    window = make_window(filled)
    assert window.node is not None and window.node.code == people.THIRD


def test_closing_with_something_missing_is_refused_until_it_is_dropped(window: MainWindow, qtbot: QtBot) -> None:
    retype(qtbot, window.page.form.lines["head"], "")
    assert not window.close()
    assert window.isVisible()
    assert window.page.form._fields["head"].remark() == "请填写户主姓名或单位名称"
    qtbot.keyClick(focus_in(window.page.form), Qt.Key.Key_Escape)
    assert window.close()
    assert not window.isVisible()


def test_closing_saves_what_was_typed_and_makes_a_backup_of_it(window: MainWindow, qtbot: QtBot) -> None:
    path = window.register.path
    window.register._written = False
    retype(qtbot, window.page.form.lines["phone"], "13900000000")
    assert window.close()
    (copy,) = backups.existing(path)
    with open_register(str(copy), create=False) as register:
        assert next(iter(tree.roots(register))).name == "南开区"
    assert window.close()
    assert backups.existing(path) == [copy]


def test_closing_without_having_written_makes_no_backup(window: MainWindow) -> None:
    window.register._written = False
    assert window.close()
    assert backups.existing(window.register.path) == []


def test_a_backup_that_cannot_be_made_does_not_keep_the_window_open(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _parent, _title, text: told.append(text))
    backups.folder(window.register.path).write_text("")
    window.register._written = True
    assert window.close()
    assert len(told) == 1 and "没有做成备份" in told[0]


def test_closing_waits_for_what_is_running_unless_it_is_given_up_and_nothing_of_it_is_left(
    window: MainWindow, qtbot: QtBot
) -> None:
    begun = threading.Event()

    def write(_progress: Progress, cancel: CancelToken) -> None:
        with window.register.recording("写很多") as recording:
            recording.insert(Setting, key="半", value="成")
            begun.set()
            while True:
                cancel.check()

    window.run("写很多", write, lambda _answer: None)
    qtbot.waitUntil(begun.is_set)
    assert not window.close()
    assert window.isVisible()
    assert window.status.notice() == "“写很多”还没有完成，窗口没有关闭。"
    give_up = next(one for one in window.status.findChildren(QPushButton) if one.text() == "取消它并关闭")
    qtbot.mouseClick(give_up, Qt.MouseButton.LeftButton)
    assert not window.isVisible()
    settle(qtbot, window)
    assert window.register.db.is_closed()
    with open_register(window.register.url) as register:
        assert register.all(Setting.select()) == []


def test_what_a_job_wrote_just_before_closing_is_not_read_by_the_closed_window(
    window: MainWindow, qtbot: QtBot
) -> None:
    done = threading.Event()

    def write(_progress: Progress, _cancel: CancelToken) -> None:
        with window.register.recording("写") as recording:
            recording.insert(Setting, key="一", value="二")
        done.set()

    window.run("写", write, lambda _answer: None)
    assert done.wait(10)
    window.jobs.stop_all()  # written, though the window has not heard of it
    window.leaving.give_up_and_close()
    settle(qtbot, window)
    assert window.register.db.is_closed()


def test_dark_is_put_on_at_once_and_remembered(
    window: MainWindow, memory: QSettings, bright: None, qtbot: QtBot
) -> None:
    paper = window.page.table.viewport().grab().toImage().pixelColor(600, 400).name()
    window.actions_.dark.trigger()
    assert theme.current() is theme.DARK
    assert memory.value("theme") == "dark"
    dark = window.page.table.viewport().grab().toImage().pixelColor(600, 400).name()
    assert (paper.upper(), dark.upper()) == (theme.LIGHT.paper, theme.DARK.paper)
    window.actions_.dark.trigger()
    assert memory.value("theme") == "light"
    assert not window.actions_.dark.isChecked()


def test_the_status_bar_says_which_register_is_open_and_when_it_was_backed_up(window: MainWindow, qtbot: QtBot) -> None:
    def texts() -> str:
        return " ".join(label.text() for label in window.status.findChildren(QLabel))

    assert "本机登记簿 · 登记簿 · 还没有备份" in texts()
    window.files.back_up()
    qtbot.waitUntil(lambda: window.status.notice().startswith("已备份到 登记簿-"))
    settle(qtbot, window)
    assert "备份于 " in texts()


def test_a_refusal_stays_until_something_is_changed(window: MainWindow, qtbot: QtBot) -> None:
    retype(qtbot, window.page.form.lines["head"], "")
    press_save(qtbot, window)
    assert window.status.notice() == "请填写户主姓名或单位名称"
    retype(qtbot, window.page.form.lines["head"], "m")
    assert window.status.notice() == ""


def test_an_icon_made_in_one_theme_is_drawn_in_the_colours_of_the_next(window: MainWindow, bright: None) -> None:
    sign, mark = theme.icon("plus"), marks.icon(BY_KEY["living_alone"])
    before = sign.pixmap(24).toImage(), mark.pixmap(24).toImage()
    assert sign.pixmap(24).toImage() == before[0]
    window.actions_.dark.trigger()
    assert sign.pixmap(24).toImage() != before[0]
    assert mark.pixmap(24).toImage() != before[1]
    window.actions_.dark.trigger()


def test_what_was_refused_is_no_longer_said_once_it_is_dropped(window: MainWindow, qtbot: QtBot) -> None:
    window.add_household()
    retype(qtbot, window.page.form.lines["room"], "901")
    assert not window.page.side.save()
    assert window.status.notice() == "请填写户主姓名或单位名称"
    qtbot.keyClick(window.page.form.lines["room"], Qt.Key.Key_Escape)
    assert window.status.notice() == ""
