"""Bugs are written down, shown so that they can be copied, and mistakes of the user are told in their sentence."""

import logging
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from gridapp import places
from gridapp.errors import UserError
from ui import crash


@pytest.fixture
def installed(dressed: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The hook and the log file, taken away again when the test ends."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    log = logging.getLogger("gridapp")
    before = list(log.handlers)
    crash.install()
    yield
    for handler in [one for one in log.handlers if one not in before]:
        log.removeHandler(handler)
        handler.close()
    for box in boxes():
        box.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def boxes() -> list[QMessageBox]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]


def raise_(error: BaseException) -> None:
    """What the event loop does with an error that reaches its top."""
    try:
        raise error
    except BaseException:
        sys.excepthook(*sys.exc_info())


def log_text() -> str:
    return (places.data_folder() / "log" / "gridapp.log").read_text("utf-8")


def test_a_bug_is_logged_and_shown_in_full(installed: None, qtbot: QtBot) -> None:
    raise_(ZeroDivisionError("没有料到"))
    QCoreApplication.processEvents()
    (box,) = boxes()
    assert "登记簿没有受影响" in box.text()
    assert "ZeroDivisionError: 没有料到" in box.detailedText()
    assert "ZeroDivisionError: 没有料到" in log_text()


def test_while_one_bug_is_shown_others_are_only_logged(installed: None, qtbot: QtBot) -> None:
    raise_(ZeroDivisionError("一"))
    raise_(ZeroDivisionError("二"))
    (box,) = boxes()
    assert "ZeroDivisionError: 二" in log_text()
    box.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    raise_(ZeroDivisionError("三"))
    (box,) = boxes()
    assert "三" in box.detailedText()


def test_a_mistake_that_nobody_caught_is_told_in_its_sentence(installed: None, qtbot: QtBot) -> None:
    told: list[str] = []

    def read() -> None:
        (box,) = boxes()
        told.append(box.text())
        box.accept()

    for _ in range(3):  # as often as it is met in painting
        raise_(UserError("请换一个位置。"))
    assert boxes() == []
    QTimer.singleShot(0, read)
    qtbot.waitUntil(lambda: told == ["请换一个位置。"] and boxes() == [])
    QCoreApplication.processEvents()
    assert boxes() == []


def test_a_folder_that_cannot_be_written_does_not_keep_the_window_shut(
    dressed: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    blocked = tmp_path_factory.mktemp("heim") / "文件"
    blocked.write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(blocked))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    log = logging.getLogger("gridapp")
    before = list(log.handlers)
    crash.install()
    (added,) = [one for one in log.handlers if one not in before]
    log.removeHandler(added)
    assert isinstance(added, logging.StreamHandler)
