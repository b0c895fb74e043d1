"""The strip of attachments: added by button, mouse and clipboard, looked at, renamed and taken away."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gridapp.attachments import changing
from gridapp.attachments.listing import attached_to
from gridapp.ids import new_uid
from gridapp.register import Register
from gridapp.store import content_folder, contents
from gridapp.store.undo import redo, undo
from tests.gridapp.attachments import files
from tests.ui.driving import CONTROL, LEFT, type_text
from tests.ui.heartbeat import Heartbeat
from ui.attachments.items import PICTURE
from ui.attachments.strip import AttachmentStrip
from ui.attachments.viewer import AttachmentViewer
from ui.jobs import Jobs

OWNER = new_uid()
BLINK_MS = 50
TRIES = 4
NO_KEYS = Qt.KeyboardModifier.NoModifier
PHOTO = files.picture(size=(640, 480))


@pytest.fixture
def jobs(dressed: QApplication) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.stop_all()


@pytest.fixture
def strip(jobs: Jobs, qtbot: QtBot) -> Iterator[AttachmentStrip]:
    """A strip that waits for its record, in sight."""
    made = AttachmentStrip(jobs)
    made.failed.connect(_raise)
    made.resize(760, 400)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    yield made
    jobs.stop_all()
    if isValid(made):
        made.close()
        made.deleteLater()


@pytest.fixture
def stored(strip: AttachmentStrip, register: Register, qtbot: QtBot) -> AttachmentStrip:
    """The strip of a record that has two photographs and a document."""
    for name, content in (("一.jpg", PHOTO), ("二.jpg", files.picture(turned=6)), ("通知.pdf", files.PDF)):
        changing.add(register, "issue", OWNER, (name, content))
    strip.show_owner(register, "issue", OWNER)
    settle(qtbot, strip)
    return strip


def _raise(error: Exception) -> None:
    raise error


def settle(qtbot: QtBot, strip: AttachmentStrip) -> None:
    qtbot.waitUntil(lambda: not strip.is_busy(), timeout=20_000)


def names(strip: AttachmentStrip) -> list[str]:
    return [strip.model.index(row).data() for row in range(strip.model.rowCount())]


def written(register: Register) -> list[str]:
    return [one.name for one in attached_to(register, OWNER)]


def select(qtbot: QtBot, strip: AttachmentStrip, row: int, modifier: Qt.KeyboardModifier = NO_KEYS) -> None:
    place = strip.view.visualRect(strip.model.index(row)).center()
    qtbot.mouseClick(strip.view.viewport(), LEFT, modifier, place)


def on_disk(folder: Path, **contents_: bytes) -> list[Path]:
    for name, content in contents_.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return [folder / name.replace("_", ".") for name in contents_]


def drop(strip: AttachmentStrip, data: QMimeData) -> bool:
    """Drag something over the strip and let it go there; says whether it was welcome."""
    args = (Qt.DropAction.CopyAction, data, LEFT, NO_KEYS)
    entered = QDragEnterEvent(QPoint(20, 20), *args)
    QApplication.sendEvent(strip, entered)
    if entered.isAccepted():
        QApplication.sendEvent(strip, QDropEvent(QPointF(20, 20), *args))
    return entered.isAccepted()


def viewer_of(strip: AttachmentStrip, qtbot: QtBot) -> AttachmentViewer:
    settle(qtbot, strip)
    (viewer,) = strip.findChildren(AttachmentViewer)
    qtbot.waitUntil(lambda: not strip._jobs.running)
    return viewer


# Adding


def test_files_chosen_by_the_button_wait_and_go_on_record_with_their_record(
    strip: AttachmentStrip, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    chosen = [str(path) for path in on_disk(tmp_path, 楼道_jpg=PHOTO, 通知_pdf=files.PDF)]
    monkeypatch.setattr("ui.attachments.strip.QFileDialog.getOpenFileNames", lambda *_: (chosen, ""))
    qtbot.mouseClick(strip.line.button, LEFT)
    settle(qtbot, strip)
    assert names(strip) == ["楼道.jpg", "通知.pdf"]
    for path in tmp_path.glob("*.jpg"):
        path.unlink()  # what waits is in memory
    with register.recording("登记民意") as recording:
        assert strip.commit(recording, "issue", OWNER) == 2
    assert written(register) == ["楼道.jpg", "通知.pdf"]
    assert undo(register) == "登记民意" and written(register) == []
    strip.show_waiting()
    assert names(strip) == [] and strip.files == []


def test_files_dropped_on_a_record_are_written_as_one_step(
    stored: AttachmentStrip, register: Register, tmp_path: Path, qtbot: QtBot
) -> None:
    told: list[str] = []
    stored.done.connect(told.append)
    data = QMimeData()
    data.setUrls(
        [QUrl.fromLocalFile(str(path)) for path in on_disk(tmp_path, 三_jpg=PHOTO, 四_png=files.picture("PNG"))]
    )
    assert drop(stored, data)
    settle(qtbot, stored)
    assert names(stored) == written(register) == ["一.jpg", "二.jpg", "通知.pdf", "三.jpg", "四.png"]
    assert told == ["添加2个附件"]
    undo(register)
    stored.follow(frozenset({"attachment"}))
    settle(qtbot, stored)
    assert names(stored) == ["一.jpg", "二.jpg", "通知.pdf"]


def test_text_and_links_are_not_welcome(strip: AttachmentStrip) -> None:
    data = QMimeData()
    data.setText("楼道灯不亮")
    data.setUrls([QUrl("https://example.com/a.jpg")])
    assert not drop(strip, data)
    assert not strip.view.viewport().acceptDrops()  # else tiles would swallow what is meant for the strip


def test_a_copied_picture_and_copied_files_are_pasted(
    strip: AttachmentStrip, register: Register, tmp_path: Path, qtbot: QtBot
) -> None:
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor("#336699"))
    QGuiApplication.clipboard().setImage(picture)
    qtbot.keyClick(strip.line.button, Qt.Key.Key_V, CONTROL)
    settle(qtbot, strip)
    (file,) = strip.files
    assert file.name.startswith("粘贴的图片") and (file.kind, file.width) == ("image/png", 300)
    with Image.open(io.BytesIO(file.content)) as kept:
        assert kept.convert("RGB").getpixel((5, 5)) == (0x33, 0x66, 0x99)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in on_disk(tmp_path, 三_jpg=PHOTO)])
    QGuiApplication.clipboard().setMimeData(data)
    strip.view.setFocus()
    qtbot.keyClick(strip.view, Qt.Key.Key_V, CONTROL)
    settle(qtbot, strip)
    assert names(strip)[1:] == ["三.jpg"]
    QGuiApplication.clipboard().setText("楼道灯不亮")
    assert not strip.paste()
    QGuiApplication.clipboard().clear()


def test_refused_files_are_told_beside_the_others_until_that_is_read(
    stored: AttachmentStrip, register: Register, tmp_path: Path, qtbot: QtBot
) -> None:
    stored.add(on_disk(tmp_path, 病毒_exe=b"MZ" + bytes(60), 三_jpg=PHOTO, 截断_jpg=PHOTO[:400]))
    settle(qtbot, stored)
    assert written(register)[-1] == "三.jpg"
    lines = stored.line.refused.text().splitlines()
    assert len(lines) == 2 and "病毒.exe" in lines[0] and "截断.jpg" in lines[1]
    assert stored.line.refused.isVisible()
    stored.add([("四.jpg", PHOTO)])
    assert not stored.line.refused.isVisible()
    settle(qtbot, stored)
    stored.add([(f"{number}.exe", b"MZ" + bytes(60)) for number in range(9)])
    settle(qtbot, stored)
    assert "另有 3 个" in stored.line.refused.text()


def test_adding_can_be_given_up(stored: AttachmentStrip, register: Register, qtbot: QtBot, jobs: Jobs) -> None:
    jobs.hold()
    stored.add([("三.jpg", PHOTO), ("四.jpg", PHOTO)])
    assert stored.line.cancel.isVisible() and not stored.line.hint.isVisible()
    qtbot.mouseClick(stored.line.cancel, LEFT)
    jobs.let_go()
    settle(qtbot, stored)
    assert len(written(register)) == 3 and "已取消" in stored.line.refused.text()
    assert not stored.line.cancel.isVisible()


def test_what_was_added_to_one_record_is_not_shown_with_another(
    stored: AttachmentStrip, register: Register, qtbot: QtBot, jobs: Jobs
) -> None:
    jobs.hold()
    stored.add([("三.jpg", PHOTO), ("病毒.exe", b"MZ" + bytes(60))])
    stored.show_owner(register, "issue", new_uid())
    jobs.let_go()
    settle(qtbot, stored)
    assert written(register)[-1] == "三.jpg"
    assert names(stored) == [] and not stored.line.refused.isVisible()


def test_a_strip_that_is_gone_before_its_job_ends_harms_nobody(
    stored: AttachmentStrip, register: Register, qtbot: QtBot, jobs: Jobs
) -> None:
    jobs.hold()
    stored.add([("三.jpg", PHOTO)])
    stored.reload()
    stored.deleteLater()
    QApplication.sendPostedEvents(stored, QEvent.Type.DeferredDelete)
    jobs.let_go()
    qtbot.waitUntil(lambda: not jobs.running)
    assert written(register)[-1] == "三.jpg"


# Looking


def test_thumbnails_stand_upright_and_say_what_they_are(stored: AttachmentStrip) -> None:
    first, second, document = (stored.model.index(row) for row in range(3))
    assert first.data(PICTURE).width() > first.data(PICTURE).height()
    assert second.data(PICTURE).width() < second.data(PICTURE).height()
    assert document.data(PICTURE) is None
    assert document.data(Qt.ItemDataRole.AccessibleTextRole).startswith("PDF，通知.pdf")
    assert "640×480" in first.data(Qt.ItemDataRole.ToolTipRole)
    seen = QAccessible.queryAccessibleInterface(stored.view)
    assert seen.text(QAccessible.Text.Name) == "照片和文件"


def test_enter_shows_a_picture_and_the_arrow_keys_those_beside_it(stored: AttachmentStrip, qtbot: QtBot) -> None:
    stored.view.setFocus()
    qtbot.keyClick(stored.view, Qt.Key.Key_Return)
    viewer = viewer_of(stored, qtbot)
    assert (viewer.item.name, viewer.windowTitle()) == ("一.jpg", "一.jpg")
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_Right)
    viewer_of(stored, qtbot)
    assert viewer.item.name == "二.jpg"
    shown = viewer.canvas.scene().sceneRect()
    assert (shown.width(), shown.height()) == (160, 240)  # upright
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_Right)
    assert viewer.item.name == "二.jpg"  # the document is none of them
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_Home)
    viewer_of(stored, qtbot)
    assert viewer.item.name == "一.jpg"
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    assert not viewer.isVisible()


def test_a_picture_is_zoomed_by_keys_and_wheel_and_fits_again(stored: AttachmentStrip, qtbot: QtBot) -> None:
    place = stored.view.visualRect(stored.model.index(0)).center()
    select(qtbot, stored, 0)
    qtbot.mouseDClick(stored.view.viewport(), LEFT, NO_KEYS, place)
    viewer = viewer_of(stored, qtbot)
    viewer.resize(500, 400)
    canvas = viewer.canvas
    qtbot.waitUntil(lambda: canvas.scale_ < 1)
    whole = canvas.scale_
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.scale_ == pytest.approx(whole * 1.25)
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    qtbot.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.scale_ == 1
    middle = QPointF(canvas.viewport().rect().center())
    turn = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, NO_KEYS, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(canvas.viewport(), turn)
    assert canvas.scale_ == pytest.approx(1.25)
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.scale_ == pytest.approx(whole)


def test_a_missing_content_is_said_in_its_tile_and_in_the_viewer(
    stored: AttachmentStrip, register: Register, qtbot: QtBot
) -> None:
    changing.add(register, "issue", OWNER, ("丢失.jpg", files.picture(seed=9)))
    lost = attached_to(register, OWNER)[-1]
    for digest in (lost.digest, lost.thumbnail):
        content_folder.place(content_folder.beside(register.path), digest).unlink()
    stored.reload()
    settle(qtbot, stored)
    index = stored.model.index(3)
    assert index.data(PICTURE).isNull() and "内容缺失" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    stored.view.setCurrentIndex(index)
    stored.open_current()
    assert "内容缺失" in viewer_of(stored, qtbot).said.text()


def test_a_document_is_opened_from_a_private_copy_of_the_right_kind(
    stored: AttachmentStrip, register: Register, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        "ui.attachments.strip.QDesktopServices.openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True
    )
    changing.rename(register, stored.items[2].uid, "关于“灯”的通知?")
    stored.reload()
    settle(qtbot, stored)
    stored.view.setCurrentIndex(stored.model.index(2))
    stored.view.setFocus()
    qtbot.keyClick(stored.view, Qt.Key.Key_Enter)
    settle(qtbot, stored)
    (path,) = opened
    assert path.read_bytes() == files.PDF and path.name == "关于“灯”的通知_.pdf"
    assert path.stat().st_mode & 0o377 == 0 and path.parent.stat().st_mode & 0o077 == 0


def test_a_copy_is_saved_where_it_is_wanted(
    stored: AttachmentStrip, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = tmp_path / "副本.jpg"
    monkeypatch.setattr("ui.attachments.strip.QFileDialog.getSaveFileName", lambda *_: (str(wanted), ""))
    select(qtbot, stored, 0)
    stored.ask_copy()
    settle(qtbot, stored)
    assert wanted.read_bytes() == PHOTO


# Renaming and taking away


def test_f2_renames_in_place_and_the_ending_stays(stored: AttachmentStrip, register: Register, qtbot: QtBot) -> None:
    select(qtbot, stored, 0)
    qtbot.keyClick(stored.view, Qt.Key.Key_F2)
    editor = stored.view.findChild(QLineEdit)
    assert editor.text() == "一"
    editor.selectAll()
    type_text(qtbot, editor, "三层楼道")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(stored)[0] == "三层楼道.jpg")
    assert written(register)[0] == "三层楼道.jpg"
    assert stored.findChildren(AttachmentViewer) == []  # Enter meant the name
    assert undo(register) == "附件改名为三层楼道.jpg"


def test_one_that_waits_is_renamed_and_removed_by_keys(strip: AttachmentStrip, qtbot: QtBot) -> None:
    strip.add([("一.jpg", PHOTO), ("二.jpg", PHOTO)])
    settle(qtbot, strip)
    select(qtbot, strip, 1)
    qtbot.keyClick(strip.view, Qt.Key.Key_F2)
    editor = strip.view.findChild(QLineEdit)
    editor.selectAll()
    type_text(qtbot, editor, "门口")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [file.name for file in strip.files] == ["一.jpg", "门口.jpg"])
    strip.view.setFocus()
    qtbot.keyClick(strip.view, Qt.Key.Key_Delete)
    assert [file.name for file in strip.files] == ["一.jpg"]
    qtbot.keyClick(strip.view, Qt.Key.Key_Delete)
    assert names(strip) == [] and not strip.view.isVisible()
    assert strip.line.button.hasFocus()


def test_delete_takes_away_what_is_selected_and_undo_brings_it_back(
    stored: AttachmentStrip, register: Register, qtbot: QtBot
) -> None:
    told: list[str] = []
    stored.done.connect(told.append)
    select(qtbot, stored, 0)
    select(qtbot, stored, 2, CONTROL)
    qtbot.keyClick(stored.view, Qt.Key.Key_Delete)
    settle(qtbot, stored)
    assert names(stored) == written(register) == ["二.jpg"] and told == ["删除2个附件"]
    assert stored.view.currentIndex().data() == "二.jpg"
    undo(register)
    stored.follow(frozenset({"attachment"}))
    settle(qtbot, stored)
    assert names(stored) == ["一.jpg", "二.jpg", "通知.pdf"]
    assert contents.read(register, stored.items[0].digest) == PHOTO
    redo(register)


def test_what_may_only_be_looked_at_is_not_changed(stored: AttachmentStrip, register: Register, qtbot: QtBot) -> None:
    stored.set_editable(False)
    assert not stored.line.button.isVisible()
    select(qtbot, stored, 0)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_F2):
        qtbot.keyClick(stored.view, key)
    settle(qtbot, stored)
    assert len(written(register)) == 3 and stored.view.findChild(QLineEdit) is None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/不在.jpg")])
    assert not stored.acceptDrops()
    qtbot.keyClick(stored.view, Qt.Key.Key_Return)
    assert viewer_of(stored, qtbot).isVisible()


def test_a_damaged_register_folder_is_told_as_a_refusal(
    strip: AttachmentStrip, register: Register, qtbot: QtBot
) -> None:
    content_folder.beside(register.path).write_text("")
    strip.show_owner(register, "issue", OWNER)
    strip.add([("一.jpg", PHOTO)])
    settle(qtbot, strip)
    assert "没有存下" in strip.line.refused.text() and written(register) == []


# The event loop


def blocks(qtbot: QtBot, act: Callable[[], object]) -> float:
    """The longest that this thread worked in one go while something was done, at best of a few times."""
    best = float("inf")
    for _ in range(TRIES):
        heart = Heartbeat()
        with heart.listening():
            act()
        best = min(best, heart.working)
        if best < BLINK_MS:
            break
    return best


def test_adding_ten_large_photographs_does_not_hold_up_the_event_loop(
    stored: AttachmentStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    one = files.noise((2_000, 1_500), quality=92)
    one = one[:-2] + b"\xff\xfe" + (50_000).to_bytes(2, "big") + bytes(49_998) + one[-2:]
    paths = []
    for number in range(10):
        paths.append(tmp_path / f"{number}.jpg")
        paths[-1].write_bytes(one + bytes(5_000_000 - len(one)) + bytes([number]))

    def add() -> None:
        stored.add(paths)
        settle(qtbot, stored)

    assert blocks(qtbot, add) < BLINK_MS
    assert names(stored)[3:13] == [f"{number}.jpg" for number in range(10)]


def test_two_hundred_thumbnails_scroll(strip: AttachmentStrip, register: Register, qtbot: QtBot) -> None:
    with register.recording("添加") as recording:
        for number in range(200):
            changing.add(recording, "issue", OWNER, (f"{number}.jpg", files.picture(seed=number)))
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidget(strip)
    area.show()

    def read_and_scroll() -> None:
        strip.show_waiting()
        strip.show_owner(register, "issue", OWNER)
        settle(qtbot, strip)
        bar = strip.view.verticalScrollBar()
        for place in range(0, bar.maximum(), 120):
            bar.setValue(place)
            strip.view.viewport().repaint()
            QApplication.processEvents()

    assert blocks(qtbot, read_and_scroll) < BLINK_MS
    assert strip.model.rowCount() == 200 and not strip.model.without_picture()
    assert strip.view.height() < 500
