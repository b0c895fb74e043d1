"""Jobs: one after the other, with progress and cancel, and their answers in the thread that asked."""

import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gridapp.areas.model import Area
from gridapp.errors import Cancelled, UserError
from gridapp.households import editing
from gridapp.progress import CancelToken, Progress
from gridapp.register import Register
from gridapp.store import undo
from gridapp.store.setting import Setting
from tests.ui import people
from tests.ui.driving import LEFT, heads, retype, settle
from ui.jobs import Job, Jobs
from ui.main_window import MainWindow


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.stop_all()
    made.deleteLater()


def never(_answer: object) -> None:
    raise AssertionError("this was not to be called")


def until_cancelled(progress: Progress, cancel: CancelToken) -> None:
    """Works on until it is told to stop."""
    progress(3 * 2**31, 4 * 2**31, "写入")
    while True:
        cancel.check()
        QThread.msleep(1)


def test_work_runs_beside_and_its_answer_comes_back_to_the_thread_that_asked(jobs: Jobs, qtbot: QtBot) -> None:
    answers: list[tuple[int, int]] = []
    with qtbot.waitSignal(jobs.idle):
        jobs.start(
            "算",
            lambda _progress, _cancel: threading.get_ident(),
            None,
            lambda worker: answers.append((worker, threading.get_ident())),
            never,
        )
    ((worker, told),) = answers
    assert told == threading.get_ident() != worker
    assert jobs.running == []


def test_a_panic_of_a_library_is_told_like_a_failure(jobs: Jobs, qtbot: QtBot) -> None:
    class Panic(BaseException):
        pass

    def panic(_progress: Progress, _cancel: CancelToken) -> None:
        raise Panic

    errors: list[BaseException] = []
    with qtbot.waitSignal(jobs.idle):
        jobs.start("读", panic, None, never, errors.append)
    assert isinstance(errors[0], Panic)


def test_a_failure_is_told_and_the_next_work_still_runs(jobs: Jobs, qtbot: QtBot) -> None:
    errors: list[Exception] = []
    answers: list[int] = []

    def fail(_progress: Progress, _cancel: CancelToken) -> None:
        raise UserError("不行")

    with qtbot.waitSignal(jobs.idle):
        jobs.start("一", fail, None, never, errors.append)
        jobs.start("二", lambda _progress, _cancel: 7, None, answers.append, never)
    assert [str(error) for error in errors] == ["不行"]
    assert answers == [7]


def test_work_waits_for_the_work_before_it(jobs: Jobs, qtbot: QtBot) -> None:
    steps: list[str] = []
    begun: list[str] = []
    jobs.started.connect(lambda job: begun.append(job.title))
    gate = threading.Event()

    def first(_progress: Progress, _cancel: CancelToken) -> None:
        gate.wait(10)
        steps.append("一")

    jobs.start("一", first, None, lambda _answer: None, never)
    jobs.start("二", lambda _progress, _cancel: steps.append("二"), None, lambda _answer: None, never)
    qtbot.waitUntil(lambda: begun == ["一"])
    with qtbot.waitSignal(jobs.idle):
        gate.set()
    assert steps == begun == ["一", "二"]


def test_progress_comes_in_order_and_may_exceed_what_a_bar_counts_to(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[tuple[int, int, str]] = []

    def work(progress: Progress, _cancel: CancelToken) -> None:
        for done in (0, 2**31, 2**40):
            progress(done, 2**40, "读")

    with qtbot.waitSignal(jobs.idle):
        job = jobs.start("读", work, None, lambda _answer: None, never)
        job.progressed.connect(lambda *step: seen.append(step))
    assert seen == [(0, 2**40, "读"), (2**31, 2**40, "读"), (2**40, 2**40, "读")]


def test_stopping_all_waits_until_every_job_has_ended(jobs: Jobs, qtbot: QtBot) -> None:
    errors: list[Exception] = []
    for title in ("一", "二"):
        jobs.start(title, until_cancelled, None, never, errors.append)
    jobs.stop_all()
    qtbot.waitUntil(lambda: jobs.running == [])
    assert [type(error) for error in errors] == [Cancelled, Cancelled]


def test_a_job_closes_the_connection_that_it_opened(jobs: Jobs, register: Register, qtbot: QtBot) -> None:
    closed: list[bool] = []

    def work(_progress: Progress, _cancel: CancelToken) -> None:
        register.first(Area.select())
        closed.append(register.db.is_closed())

    def look(_progress: Progress, _cancel: CancelToken) -> None:
        closed.append(register.db.is_closed())

    with qtbot.waitSignal(jobs.idle):
        jobs.start("读", work, register, lambda _answer: None, never)
        jobs.start("看", look, None, lambda _answer: None, never)
    assert closed == [False, True]


def visible_texts(window: MainWindow) -> list[str]:
    return [label.text() for label in window.status.findChildren(QLabel) if label.isVisible()]


def cancel_button(window: MainWindow) -> QPushButton:
    return next(one for one in window.status.findChildren(QPushButton) if one.text() == "取消")


def test_the_cancel_button_stops_a_job_and_nothing_of_it_is_left(window: MainWindow, qtbot: QtBot) -> None:
    def write(progress: Progress, cancel: CancelToken) -> None:
        with window.register.recording("写很多") as recording:
            recording.insert(Setting, key="半", value="成")
            until_cancelled(progress, cancel)

    window.run("写很多", write, never)
    qtbot.waitUntil(lambda: "75%" in visible_texts(window))
    assert "写很多" in visible_texts(window)
    qtbot.mouseClick(cancel_button(window), LEFT)
    qtbot.waitUntil(lambda: window.status.notice() == "已取消，没有留下任何改动。")
    settle(qtbot, window)
    assert not cancel_button(window).isVisible()
    assert window.register.all(Setting.select()) == []
    assert undo.undoable(window.register) is None


def test_while_a_job_runs_the_tree_and_the_table_can_be_used(window: MainWindow, qtbot: QtBot) -> None:
    window.run("久", until_cancelled, never)
    qtbot.waitUntil(lambda: cancel_button(window).isVisible())
    window.dock.choose(window.dock.model.find(people.FOURTH))
    assert heads(window) == [f"杨{number}" for number in range(8)]
    qtbot.waitUntil(lambda: window.overview._labels["households"][0].text() == "8")
    assert window.jobs.running
    qtbot.mouseClick(cancel_button(window), LEFT)
    settle(qtbot, window)


def test_saving_while_a_job_writes_is_refused_at_once_and_keeps_what_was_typed(
    window: MainWindow, qtbot: QtBot
) -> None:
    def write(progress: Progress, cancel: CancelToken) -> None:
        with window.register.recording("写很多"):
            until_cancelled(progress, cancel)

    window.run("写很多", write, never)
    qtbot.waitUntil(lambda: "75%" in visible_texts(window))
    retype(qtbot, window.page.form.lines["phone"], "1")
    began = time.monotonic()
    qtbot.mouseClick(window.page.form.save, LEFT)
    assert time.monotonic() - began < 5  # the engine would wait ten seconds
    assert "任务结束后再保存" in window.status.notice()
    assert window.page.form.lines["phone"].text() == "1"
    qtbot.mouseClick(cancel_button(window), LEFT)
    settle(qtbot, window)
    qtbot.mouseClick(window.page.form.save, LEFT)
    settle(qtbot, window)
    assert editing.load(window.register, window.page.form.draft.uid).phone == "1"


def test_the_bar_shows_the_job_that_runs_and_then_the_next(window: MainWindow, qtbot: QtBot) -> None:
    window.run("第一件", until_cancelled, never)
    window.run("第二件", until_cancelled, never)
    for title in ("第一件", "第二件"):
        qtbot.waitUntil(lambda title=title: title in visible_texts(window))
        qtbot.mouseClick(cancel_button(window), LEFT)
    settle(qtbot, window)
    assert not cancel_button(window).isVisible()


def test_a_bug_in_a_job_is_shown_with_its_details_and_the_window_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    def stumble(_progress: Progress, _cancel: CancelToken) -> None:
        raise ZeroDivisionError("没有料到")

    window.run("出错", stumble, never)
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)))
    box = window.findChild(QMessageBox)
    assert "ZeroDivisionError: 没有料到" in box.detailedText()
    assert "stumble" in box.detailedText()
    box.close()
    window.dock.choose(window.dock.model.find(people.FOURTH))
    assert len(heads(window)) == 8


def test_a_job_is_deleted_only_once_its_thread_has_come_back_for_another(jobs: Jobs, qtbot: QtBot) -> None:
    def do_one() -> Job:
        job = jobs.start("", lambda _progress, _cancel: None, None, lambda _answer: None, never)
        qtbot.waitUntil(lambda: not jobs.running)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return job

    first = do_one()
    assert isValid(first)
    second = do_one()
    assert (isValid(first), isValid(second)) == (False, True)
