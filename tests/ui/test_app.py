"""Starting: which register is opened, and what is offered where it cannot be."""

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from gridapp.areas import tree
from gridapp.places import default_register
from gridapp.register import Register, open_register
from gridapp.store import backups
from tests.factories import make_grid, make_household
from ui import app, theme
from ui.main_window import MainWindow
from ui.memory import last_register, settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def started(dressed: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What starting changes in the process is as before when the test ends."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    log = logging.getLogger("gridapp")
    before = list(log.handlers)
    yield
    for handler in [one for one in log.handlers if one not in before]:
        log.removeHandler(handler)
        handler.close()
    theme.apply(dressed, theme.LIGHT)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A register with a backup, whose file was overwritten."""
    path = tmp_path / "登记簿.db"
    with open_register(str(path)) as register:
        make_grid(register)
    path.write_bytes(b"kaputt" * 1_000)
    return path


def answering(text: str, told: list[str]) -> Callable[[], None]:
    """Note what the dialog says and click one of its buttons."""

    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        told.append(f"{box.text()} {box.informativeText()}")
        next(one for one in box.buttons() if text in one.text()).click()

    return click


def window() -> MainWindow:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible())


def grids(register: Register) -> int:
    return sum(1 for root in tree.roots(register) for node in root.walk() if not node.children)


def test_a_damaged_register_is_restored_where_the_user_wants_it(damaged: Path, dressed: QApplication) -> None:
    told: list[str] = []
    QTimer.singleShot(0, answering("从备份恢复", told))
    register = app._open(str(damaged))
    assert register is not None and grids(register) == 1
    register.close(backup=False)
    assert "已损坏" in told[0] and "损坏的文件会保留在旁边" in told[0]
    (aside,) = damaged.parent.glob("*.replaced-*")
    assert aside.read_bytes().startswith(b"kaputt")


def test_a_damaged_register_is_left_alone_where_the_user_does_not(damaged: Path, dressed: QApplication) -> None:
    told: list[str] = []
    QTimer.singleShot(0, answering("退出", told))
    assert app._open(str(damaged)) is None
    assert damaged.read_bytes().startswith(b"kaputt")


def test_a_damaged_register_without_a_backup_says_so(tmp_path: Path, dressed: QApplication) -> None:
    path = tmp_path / "说明.db"
    path.write_text("这不是数据库" * 500, encoding="utf-8")
    told: list[str] = []
    QTimer.singleShot(0, answering("", told))
    assert app._open(str(path)) is None
    assert "没有找到完好的备份" in told[0]


def test_a_register_of_a_newer_version_says_so(register: Register, dressed: QApplication) -> None:
    register.db.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')")
    told: list[str] = []
    QTimer.singleShot(0, answering("", told))
    assert app._open(register.url) is None
    assert "更新版本的程序" in told[0]


def test_a_start_opens_what_was_open_last_and_remembers_what_is_opened_now(
    started: None, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = (str(tmp_path / f"{name}.db") for name in ("一", "二"))
    with open_register(first) as register:
        make_grid(register)
    memory = settings()
    memory.setValue("register", first)
    memory.setValue("theme", "dark")
    memory.sync()
    seen: list[tuple[str, int]] = []

    def go_on() -> None:
        seen.append((window().register.name, grids(window().register)))
        window().another_register.emit(second)
        seen.append((window().register.name, grids(window().register)))
        window().close()

    QTimer.singleShot(0, go_on)
    assert app.run(None) == 0
    assert seen == [("一", 1), ("二", 0)]
    assert theme.current() is theme.DARK
    assert last_register(QSettings(settings().fileName(), QSettings.Format.IniFormat)) == second


def test_a_register_that_is_gone_is_not_made_anew(started: None, qtbot: QtBot, tmp_path: Path) -> None:
    gone = tmp_path / "U盘" / "登记簿.db"
    memory = settings()
    memory.setValue("register", str(gone))
    memory.sync()
    seen: list[str] = []

    def go_on() -> None:
        seen.extend((window().register.url, window().status.notice()))
        window().close()

    QTimer.singleShot(0, go_on)
    assert app.run(None) == 0
    assert seen[0] == str(default_register())
    assert str(gone) in seen[1]
    assert not gone.parent.exists()


def test_a_register_that_cannot_be_opened_leaves_the_one_that_is_open(
    started: None, qtbot: QtBot, tmp_path: Path
) -> None:
    told: list[str] = []
    (tmp_path / "文件").write_text("")

    def go_on() -> None:
        QTimer.singleShot(0, answering("", told))
        window().another_register.emit(str(tmp_path / "文件" / "登记簿.db"))
        assert window().register.name == "一"
        window().close()

    QTimer.singleShot(0, go_on)
    assert app.run(str(tmp_path / "一.db")) == 0
    assert len(told) == 1


def test_the_program_ends_with_1_where_there_is_nothing_to_open(started: None, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("")
    QTimer.singleShot(0, answering("", []))
    assert app.run(str(tmp_path / "文件" / "登记簿.db")) == 1


def test_a_backup_is_restored_and_shown_in_a_new_window(started: None, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db"
    with open_register(str(path)) as register:
        make_grid(register)
    (copy,) = backups.existing(path)
    with open_register(str(path)) as register:
        make_grid(register, "120104003001004")
    seen: list[int] = []

    def go_on() -> None:
        old = window()
        seen.append(grids(old.register))
        old.files.restore(copy)
        assert window() is not old
        seen.append(grids(window().register))
        window().close()

    QTimer.singleShot(0, go_on)
    assert app.run(str(path)) == 0
    assert seen == [2, 1]


def test_a_window_whose_form_misses_something_is_not_closed_for_another_register(
    started: None, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "一.db"
    with open_register(str(path)) as register:
        make_household(register, make_grid(register), head="马甲")

    def go_on() -> None:
        shown = window()
        shown.page.form.lines["head"].setFocus()
        shown.page.form.lines["head"].selectAll()
        qtbot.keyClick(shown.page.form.lines["head"], Qt.Key.Key_Delete)
        shown.another_register.emit(str(tmp_path / "二.db"))
        assert window() is shown
        shown.page.side.cancel()
        shown.close()

    QTimer.singleShot(0, go_on)
    assert app.run(str(path)) == 0


def test_a_start_loads_nothing_that_the_first_painting_does_not_need() -> None:
    """What is read beside the window loads its own; pictures, psycopg and forms wait until somebody wants them."""
    later = {"PIL", "psycopg", "openpyxl", "reportlab", "gridapp.today.board", "gridapp.issues.ledger_listing"}
    code = f"import sys, ui.app, ui.today.page; print(*sorted({later!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    assert done.stdout.split() == []
