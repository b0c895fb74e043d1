"""Photos and files of issues: in the form that registers one, with its steps, in the pane, and when a disk is full."""

import errno
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gridapp.attachments.listing import attached_to
from gridapp.issues.consistency import faults
from gridapp.issues.workflow import Need, Step
from gridapp.store import content_folder
from gridapp.store.check import check
from tests.gridapp.attachments import files
from tests.ui import people
from tests.ui.driving import ALT, CONTROL, LEFT, settle, type_text
from tests.ui.heartbeat import Heartbeat
from tests.ui.issues import (
    confirm,
    dialog,
    is_open,
    issues,
    open_form,
    press_step,
    register_one,
    show_issue,
    shown_texts,
    wait_for,
    write_note,
)
from ui.attachments.items import PICTURE
from ui.issues.detail import IssueDetail
from ui.issues.form import IssueForm
from ui.issues.reporter_part import Kind
from ui.issues.step_dialog import StepDialog
from ui.main_window import MainWindow

NO_KEYS = Qt.KeyboardModifier.NoModifier
BLINK_MS = 50


def photos(folder: Path, *names: str) -> list[Path]:
    for seed, name in enumerate(names):
        (folder / name).write_bytes(files.picture(size=(640, 480), seed=seed))
    return [folder / name for name in names]


def drop(widget: QWidget, paths: list[Path]) -> bool:
    """Drag files over a widget and let them go there; says whether they were welcome."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    args = (Qt.DropAction.CopyAction, data, LEFT, NO_KEYS)
    entered = QDragEnterEvent(QPoint(20, 20), *args)
    QApplication.sendEvent(widget, entered)
    if entered.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(20, 20), *args))
    return entered.isAccepted()


def copy_picture() -> None:
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor("#336699"))
    QGuiApplication.clipboard().setImage(picture)


def fill_in(qtbot: QtBot, form: IssueForm, text: str = "三楼楼道灯不亮") -> None:
    """Somebody without a name, and what they say."""
    form.who.kind.set_value(Kind.NOBODY)
    form.fields.text.setFocus()
    type_text(qtbot, form.fields.text, text)


def save(qtbot: QtBot, window: MainWindow, form: IssueForm) -> None:
    qtbot.keyClick(form.focusWidget() or form, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)


def names(widget: IssueForm | StepDialog) -> list[str]:
    return [file.name for file in widget.strip.files]


@pytest.fixture
def pane(window: MainWindow, qtbot: QtBot) -> IssueDetail:
    return show_issue(qtbot, window, register_one(window.register))


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No content finds room any more, until it is undone."""

    def put(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(content_folder, "put", put)
    return monkeypatch


# The form


def test_photos_that_are_dropped_and_pasted_anywhere_in_the_form_go_on_record_with_the_issue(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    form = open_form(qtbot, window)
    fill_in(qtbot, form)
    assert drop(form, photos(tmp_path, "楼道.jpg", "灯座.jpg"))
    wait_for(qtbot, form)
    copy_picture()
    qtbot.keyClick(form.fields.text, Qt.Key.Key_V, CONTROL)
    wait_for(qtbot, form)
    assert names(form)[:2] == ["楼道.jpg", "灯座.jpg"] and names(form)[2].startswith("粘贴的图片")
    assert form.fields.text.toPlainText() == "三楼楼道灯不亮" and not form.fields.text.acceptDrops()
    QGuiApplication.clipboard().setText("，已两天")
    qtbot.keyClick(form.fields.text, Qt.Key.Key_V, CONTROL)
    assert form.fields.text.toPlainText() == "三楼楼道灯不亮，已两天" and len(names(form)) == 3
    save(qtbot, window, form)
    (one,) = issues(window.register)
    assert len(attached_to(window.register, one.uid)) == 3 and check(window.register) == []
    window.undo()
    settle(qtbot, window)
    assert issues(window.register) == [] and attached_to(window.register, one.uid) == []


def test_files_chosen_by_the_button_are_kept_with_the_draft(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [str(path) for path in photos(tmp_path, "楼道.jpg")]
    monkeypatch.setattr("ui.attachments.strip.QFileDialog.getOpenFileNames", lambda *_: (chosen, ""))
    form = open_form(qtbot, window)
    qtbot.mouseClick(form.strip.line.button, LEFT)
    wait_for(qtbot, form)
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    again = open_form(qtbot, window)
    assert any("楼道.jpg" in text for text in shown_texts(again)) and names(again) == []
    qtbot.keyClick(again.focusWidget(), Qt.Key.Key_R, ALT)
    assert names(again) == ["楼道.jpg"]
    wait_for(qtbot, again)
    fill_in(qtbot, again)
    save(qtbot, window, again)
    (one,) = issues(window.register)
    assert [file.name for file in attached_to(window.register, one.uid)] == ["楼道.jpg"]


def test_a_refused_save_keeps_the_files(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    form = open_form(qtbot, window)
    drop(form, [*photos(tmp_path, "楼道.jpg"), tmp_path / "不在.jpg"])
    wait_for(qtbot, form)
    assert "不在.jpg" in form.strip.line.refused.text()
    form.who.kind.set_value(Kind.NOBODY)
    form.fields.text.setFocus()
    save(qtbot, window, form)
    assert form.fields.text_field.remark() == "请写明反映的问题。" and names(form) == ["楼道.jpg"]
    assert issues(window.register) == []


def test_what_somebody_shows_of_the_same_thing_goes_with_their_joining(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    register_one(window.register, "三楼楼道灯不亮", "李建国")
    form = open_form(qtbot, window)
    fill_in(qtbot, form)
    drop(form, photos(tmp_path, "楼道.jpg"))
    wait_for(qtbot, form)
    qtbot.keyClick(form.fields.text, Qt.Key.Key_1, CONTROL)
    settle(qtbot, window)
    (one,) = issues(window.register)
    assert len(one.reporters) == 2 and [file.name for file in one.events[-1].files] == ["楼道.jpg"]


def test_a_full_disk_is_told_once_and_the_form_keeps_everything(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, full_disk: pytest.MonkeyPatch
) -> None:
    form = open_form(qtbot, window)
    fill_in(qtbot, form)
    drop(form, photos(tmp_path, "楼道.jpg"))
    wait_for(qtbot, form)
    save(qtbot, window, form)
    assert len([text for text in shown_texts(form) if "没有存下" in text]) == 1 and form.button.isEnabled()
    assert issues(window.register) == [] and names(form) == ["楼道.jpg"]
    assert form.fields.text.toPlainText() == "三楼楼道灯不亮" and check(window.register) == []
    full_disk.undo()
    save(qtbot, window, form)
    (one,) = issues(window.register)
    assert len(attached_to(window.register, one.uid)) == 1 and not is_open(window, IssueForm)


def test_large_photos_are_written_without_holding_up_the_window(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    form = open_form(qtbot, window)
    fill_in(qtbot, form)
    one = files.noise((1_600, 1_200), quality=92)
    for number in range(6):
        (tmp_path / f"{number}.jpg").write_bytes(one + bytes(8_000_000) + bytes([number]))
    form.strip.add(sorted(tmp_path.glob("?.jpg")))
    wait_for(qtbot, form)
    heart = Heartbeat()
    with heart.listening():
        form.save()
    assert form.strip.files and not form.button.isEnabled()
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not form.close() and form.isVisible()  # what comes of it has still to be told
    settle(qtbot, window)
    assert heart.working < BLINK_MS
    (issue,) = issues(window.register)
    assert len(attached_to(window.register, issue.uid)) == 6 and not is_open(window, IssueForm)


# Steps and the pane


def test_a_step_keeps_its_photos_and_the_timeline_shows_them(
    window: MainWindow, pane: IssueDetail, qtbot: QtBot, tmp_path: Path
) -> None:
    press_step(qtbot, pane, Step.RESOLVE)
    asked = dialog(qtbot, window)
    assert drop(asked, photos(tmp_path, "修好了.jpg"))
    qtbot.waitUntil(lambda: not asked.is_busy())
    confirm(qtbot, window, asked)  # without what was done
    assert asked.fields[Need.NOTE][1].remark() == "请填写办理结果。" and names(asked) == ["修好了.jpg"]
    write_note(qtbot, asked, "已更换灯泡")
    confirm(qtbot, window, asked)
    assert not is_open(window, StepDialog)
    (strip,) = pane.timeline.strips
    qtbot.waitUntil(lambda: [item.name for item in strip.items] == ["修好了.jpg"])
    qtbot.waitUntil(lambda: strip.model.index(0).data(PICTURE) is not None)
    assert strip.isVisibleTo(pane) and not strip.model.index(0).data(PICTURE).isNull()
    assert not strip.line.button.isVisibleTo(pane) and not strip.acceptDrops()  # it is as it was taken
    window.undo()
    settle(qtbot, window)
    assert pane.timeline.strips == [] and pane.head.state.text() == "待受理"
    assert list(faults(window.register)) == [] and check(window.register) == []


def test_a_full_disk_while_a_step_is_taken_loses_nothing(
    window: MainWindow, pane: IssueDetail, qtbot: QtBot, tmp_path: Path, full_disk: pytest.MonkeyPatch
) -> None:
    press_step(qtbot, pane, Step.RESOLVE)
    asked = dialog(qtbot, window)
    write_note(qtbot, asked, "已更换灯泡")
    drop(asked, photos(tmp_path, "修好了.jpg"))
    qtbot.waitUntil(lambda: not asked.is_busy())
    confirm(qtbot, window, asked)
    assert len([text for text in shown_texts(asked) if "没有存下" in text]) == 1
    assert asked.widget(Need.NOTE).text() == "已更换灯泡" and names(asked) == ["修好了.jpg"]
    assert pane.head.state.text() == "待受理" and list(faults(window.register)) == []
    full_disk.undo()
    confirm(qtbot, window, asked)
    assert pane.head.state.text() == "待反馈" and len(pane.whole.events[-1].files) == 1


def test_the_pane_shows_what_is_attached_to_the_issue_and_takes_more(
    window: MainWindow, pane: IssueDetail, qtbot: QtBot, tmp_path: Path
) -> None:
    assert drop(pane.strip, photos(tmp_path, "楼道.jpg", "灯座.jpg"))
    settle(qtbot, window)
    qtbot.waitUntil(lambda: [item.name for item in pane.strip.items] == ["楼道.jpg", "灯座.jpg"])
    assert "添加2个附件" in window.status.notice()
    other = register_one(window.register, "停水", people.FIRST)
    show_issue(qtbot, window, other)
    qtbot.waitUntil(lambda: pane.strip.items == [])
    show_issue(qtbot, window, issues(window.register)[0].uid)
    qtbot.waitUntil(lambda: len(pane.strip.items) == 2)
    window.undo()  # of the other issue
    window.undo()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: pane.strip.items == [])


def test_a_full_disk_while_the_pane_takes_a_photo_is_told_beside_it(
    window: MainWindow, pane: IssueDetail, qtbot: QtBot, tmp_path: Path, full_disk: pytest.MonkeyPatch
) -> None:
    drop(pane.strip, photos(tmp_path, "楼道.jpg"))
    settle(qtbot, window)
    assert pane.strip.line.refused.text().count("没有存下") == 1
    assert attached_to(window.register, pane.issue) == [] and check(window.register) == []


def test_a_step_of_several_that_finds_no_room_comes_back_with_all_that_was_typed(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, full_disk: pytest.MonkeyPatch
) -> None:
    several = [register_one(window.register, f"停水{number}") for number in range(3)]
    window.issues.take(several, Step.RESOLVE)
    asked = dialog(qtbot, window)
    write_note(qtbot, asked, "已恢复供水")
    drop(asked, photos(tmp_path, "修好了.jpg"))
    qtbot.waitUntil(lambda: not asked.is_busy())
    confirm(qtbot, window, asked)
    assert is_open(window, StepDialog) and len([one for one in shown_texts(asked) if "没有存下" in one]) == 1
    assert asked.widget(Need.NOTE).text() == "已恢复供水" and names(asked) == ["修好了.jpg"]
    full_disk.undo()
    confirm(qtbot, window, asked)
    assert not is_open(window, StepDialog) and "已办结 3 条民意" in window.status.notice()
    assert [len(one.events[-1].files) for one in issues(window.register)] == [1, 1, 1]
    window.undo()
    settle(qtbot, window)
    assert [len(one.events) for one in issues(window.register)] == [1, 1, 1] and check(window.register) == []
