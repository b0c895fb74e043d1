"""What the file and help menus do, behind their dialogs."""

import os
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from gridapp.areas.model import Area
from gridapp.register import Register, open_register
from gridapp.store import backups
from tests.factories import make_area
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import heads, press_save, retype, settle
from ui.main_window import MainWindow
from ui.shortcuts import ShortcutsDialog


def offered(window: MainWindow) -> str:
    """The button beside the notice; empty if there is none."""
    shown = [one.text() for one in window.status.findChildren(QPushButton) if one.isVisible() and one.text() != "取消"]
    return shown[0] if shown else ""


def test_the_handbook_of_a_grid_is_written_and_told(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "手册"
    window.files.export_handbooks(folder)
    qtbot.waitUntil(lambda: window.status.notice() != "", timeout=20_000)
    settle(qtbot, window)
    (path,) = folder.iterdir()
    assert window.status.notice() == f"已导出 {path.name}"
    assert offered(window) == "打开"
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert people.FIRST in text and "第三网格" in text


def test_a_larger_area_gets_a_handbook_for_each_grid(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.dock.choose(window.dock.model.find(people.COMMUNITY))
    settle(qtbot, window)
    window.files.export_handbooks(tmp_path / "手册")
    qtbot.waitUntil(lambda: window.status.notice() == "已导出 2 册手册", timeout=20_000)
    assert offered(window) == "打开文件夹"
    assert sorted(path.suffix for path in (tmp_path / "手册").iterdir()) == [".pdf", ".pdf"]


def test_names_that_cannot_be_printed_are_told(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    unheard_of = "\U0003347f"  # not assigned, so no font has it
    retype(qtbot, window.page.form.lines["head"], f"王{unheard_of}")
    window.files.export_handbooks(tmp_path / "手册")
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)), timeout=20_000)
    settle(qtbot, window)
    box = window.findChild(QMessageBox)
    assert f"王{unheard_of}" in box.text() and "〓" in box.text()
    box.close()


def test_a_folder_that_is_a_file_is_refused_in_one_sentence(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    blocked = tmp_path / "文件"
    blocked.write_text("别动")
    window.files.export_handbooks(blocked)
    qtbot.waitUntil(lambda: "没有写成" in window.status.notice(), timeout=20_000)
    assert "\n" not in window.status.notice()
    assert offered(window) == ""
    assert blocked.read_text() == "别动"


def test_an_area_without_grids_has_no_handbook(make_window: MakeWindow, register: Register, qtbot: QtBot) -> None:
    make_area(register, "120104", "南开区")
    window = make_window(register)
    window.files.export_handbooks(register.path.parent / "手册")
    qtbot.waitUntil(lambda: window.status.notice() == "“南开区”下面还没有网格。请先新增网格。", timeout=20_000)


def test_with_something_missing_in_the_form_nothing_is_exported(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    retype(qtbot, window.page.form.lines["head"], "")
    window.files.export_handbooks(tmp_path / "手册")
    settle(qtbot, window)
    assert not (tmp_path / "手册").exists()
    assert window.status.notice() == "请填写户主姓名或单位名称"


def test_what_is_typed_is_saved_before_it_is_exported(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    retype(qtbot, window.page.form.lines["head"], "马改名")
    window.files.export_handbooks(tmp_path / "手册")
    qtbot.waitUntil(lambda: window.status.notice().startswith("已导出"), timeout=20_000)
    (path,) = (tmp_path / "手册").iterdir()
    assert "马改名" in "".join(page.extract_text() for page in PdfReader(path).pages)


def test_a_backup_brings_back_what_it_holds_and_the_window_asks_for_another(window: MainWindow, qtbot: QtBot) -> None:
    copy = backups.rotate(window.register.path)
    retype(qtbot, window.page.form.lines["head"], "马改名")
    press_save(qtbot, window)
    with qtbot.waitSignal(window.another_register) as asked:
        window.files.restore(copy)
    assert asked.args == [str(window.register.path)]
    assert not window.isVisible()


def test_a_restored_register_holds_what_the_backup_held(
    window: MainWindow, make_window: MakeWindow, qtbot: QtBot
) -> None:
    copy = backups.rotate(window.register.path)
    retype(qtbot, window.page.form.lines["head"], "马改名")
    press_save(qtbot, window)
    window.files.restore(copy)
    again = make_window(open_register(window.register.url))
    assert heads(again)[0] == people.FIRST
    (aside,) = window.register.path.parent.glob("*.replaced-*")
    assert aside.stat().st_size > 0


def test_the_oldest_backup_is_restored_though_closing_makes_one_too_many(
    window: MainWindow, make_window: MakeWindow, qtbot: QtBot
) -> None:
    copies = [backups.rotate(window.register.path) for _ in range(backups.LATEST)]
    retype(qtbot, window.page.form.lines["head"], "马改名")
    press_save(qtbot, window)
    window.files.restore(copies[0])
    assert not copies[0].exists()
    assert heads(make_window(open_register(window.register.url)))[0] == people.FIRST
    assert not list(window.register.path.parent.glob("*.chosen*"))


def test_a_file_that_is_no_backup_leaves_the_window_as_it_is(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    bad = tmp_path / "坏.db"
    bad.write_text("不是备份")
    window.files.restore(bad)
    assert window.isVisible()
    assert "不是完好的登记簿备份" in window.status.notice()
    window.files.restore(tmp_path / "缺.db")
    assert "没有找到备份" in window.status.notice()


def test_a_register_that_others_use_is_not_restored_over(window: MainWindow, qtbot: QtBot) -> None:
    copy = backups.rotate(window.register.path)
    told: list[str] = []

    def read() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        told.append(box.text())
        box.accept()

    with open_register(window.register.url) as colleague:
        colleague.first(Area.select())
        QTimer.singleShot(0, read)
        with qtbot.waitSignal(window.another_register):
            window.files.restore(copy)
    assert len(told) == 1 and "正在使用中" in told[0]


def test_a_new_register_over_one_that_is_there_is_refused(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = str(window.register.path)
    monkeypatch.setattr("ui.commands.QFileDialog.getSaveFileName", lambda *_: (there, ""))
    with qtbot.assertNotEmitted(window.another_register):
        window.files.new_register()
    assert "已经存在" in window.status.notice()


def test_another_register_is_asked_for_by_its_path(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = str(tmp_path / "另一个.db")
    for dialog, act in (("getSaveFileName", window.files.new_register), ("getOpenFileName", window.files.ask_register)):
        monkeypatch.setattr(f"ui.commands.QFileDialog.{dialog}", lambda *_: (other, ""))
        with qtbot.waitSignal(window.another_register) as asked:
            act()
        assert asked.args == [other]


def test_f1_lists_the_shortcuts_that_work(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = next(one for one in window.findChildren(ShortcutsDialog) if one.isVisible())
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    listed = {texts[at + 1]: texts[at] for at in range(0, len(texts), 2)}
    assert (
        listed["Ctrl+N"] == "登记住户"
        and listed["Ctrl+Del"] == "删除所选住户"
        and listed["Ctrl+Shift+P"] == "导出工作手册"
        and listed["Alt+Q  Alt+W  Alt+E"] == "民意账单：表格、看板、电话单"
    )
    dialog.close()


def test_about_says_where_the_register_lies(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.about.trigger()
    box = next(one for one in window.findChildren(QDialog) if one.isVisible())
    assert isinstance(box, QMessageBox)
    assert str(window.register.path).replace(os.sep, "/") in box.informativeText().replace(os.sep, "/")
    box.close()
