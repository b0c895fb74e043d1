"""What Python collects is collected in the window's thread, whichever thread makes the garbage."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridapp.progress import CancelToken, Progress
from ui.jobs import Jobs
from ui.sweeping import sweep


class _Ring:
    """Refers to itself, so that only a collection frees it."""

    def __init__(self) -> None:
        self.me = self


def test_a_job_that_makes_much_garbage_collects_nothing_but_the_window_does(
    dressed: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gc, "get_threshold", lambda: (1_000, 10, 10))
    threads: set[int] = set()
    first = _Ring()
    weakref.finalize(first, lambda: threads.add(threading.get_ident()))
    del first

    def work(_progress: Progress, _cancel: CancelToken) -> int:
        rings = [_Ring() for _number in range(200_000)]
        return len(rings)

    jobs = Jobs(dressed)
    answers: list[int] = []
    jobs.start("", work, None, answers.append, lambda error: None)
    qtbot.waitUntil(lambda: not jobs.running)
    assert answers == [200_000]
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == {threading.get_ident()}
    jobs.deleteLater()


def test_nothing_is_collected_that_has_not_grown(dressed: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not gc.isenabled()
    done: list[int] = []
    monkeypatch.setattr(gc, "collect", done.append)
    for grown, expected in (((5, 0, 0), []), ((2_000, 0, 0), [0]), ((2_000, 11, 0), [1]), ((0, 0, 11), [2])):
        monkeypatch.setattr(gc, "get_count", lambda grown=grown: grown)
        monkeypatch.setattr(gc, "get_threshold", lambda: (1_000, 10, 10))
        done.clear()
        sweep()
        assert done == expected


def test_a_widget_in_a_cycle_is_gone_after_a_while(dressed: QApplication, qtbot: QtBot) -> None:
    thing = QObject()
    ring = _Ring()
    ring.thing = thing  # type: ignore[attr-defined]
    gone: list[bool] = []
    thing.destroyed.connect(lambda: gone.append(True))
    del thing, ring
    gc.collect()
    qtbot.waitUntil(lambda: bool(gone))
