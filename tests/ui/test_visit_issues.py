"""What a visit brings to light: an issue raised from it in one step, and the photos that were taken there."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gridapp.attachments.listing import attached_to
from gridapp.households import editing
from gridapp.visits.model import Visit
from tests.gridapp.attachments import files
from tests.ui import people
from tests.ui.driving import CONTROL, LEFT, click_row, settle, type_text
from tests.ui.issues import is_open, issues, opened, shown_texts
from ui.issues.form import IssueForm
from ui.main_window import MainWindow
from ui.tabs import Tab
from ui.visits.page import Part
from ui.visits.visit_dialog import VisitDialog

SHIFT = Qt.KeyboardModifier.ShiftModifier
WENT = "网格小刘、机关老何"


def begin(qtbot: QtBot, window: MainWindow) -> VisitDialog:
    """Begin to register a visit to the first household."""
    click_row(qtbot, window, people.FIRST)
    window.actions_.register_visit.trigger()
    dialog = opened(qtbot, window, VisitDialog)
    type_text(qtbot, dialog.members.line, WENT)
    type_text(qtbot, dialog.summary, "楼道灯不亮，老人出门看不清")
    return dialog


def visits(window: MainWindow) -> list[bytes]:
    return [bytes(uid) for (uid,) in window.register.all(Visit.select(Visit.uid).order_by(Visit.uid).tuples())]


def photo(folder: Path, name: str = "楼道.jpg", seed: int = 0) -> Path:
    path = folder / name
    path.write_bytes(files.picture(seed=seed))
    return path


def add(qtbot: QtBot, dialog: VisitDialog, *paths: Path) -> None:
    dialog.strip.add(list(paths))
    qtbot.waitUntil(lambda: not dialog.strip.is_busy())


def test_an_issue_is_raised_from_a_visit_in_one_step(window: MainWindow, qtbot: QtBot) -> None:
    dialog = begin(qtbot, window)
    qtbot.keyClick(dialog.summary, Qt.Key.Key_Return, CONTROL | SHIFT)
    settle(qtbot, window)
    assert len(visits(window)) == 1  # saved before the issue is
    form = opened(qtbot, window, IssueForm)
    assert form.who.home.head == people.FIRST and form.who.name.currentText() == people.FIRST
    assert form.fields.source.value().value == "visit"
    assert form.fields.text.toPlainText() == "楼道灯不亮，老人出门看不清" and form.fields.category.key()
    qtbot.keyClick(form.fields.text, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    (one,) = issues(window.register)
    assert one.reporters[0].source == "visit" and "走访发现" in one.events[0].lines[0]
    window.undo()
    settle(qtbot, window)
    assert issues(window.register) == [] and len(visits(window)) == 1


def test_what_was_needed_is_what_the_issue_says_and_several_households_raise_none(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = begin(qtbot, window)
    type_text(qtbot, dialog.needs, "修楼道灯")
    assert dialog.issue_button.isVisible()
    qtbot.mouseClick(dialog.issue_button, LEFT)
    settle(qtbot, window)
    form = opened(qtbot, window, IssueForm)
    assert form.fields.text.toPlainText() == "修楼道灯"
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    click_row(qtbot, window, people.HEADS[1], SHIFT)
    window.actions_.register_visit.trigger()
    several = opened(qtbot, window, VisitDialog)
    assert not several.issue_button.isVisible() and not several.strip.isVisible()


def test_photos_of_a_visit_go_on_record_with_it_and_are_seen_when_it_is_opened(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = begin(qtbot, window)
    add(qtbot, dialog, photo(tmp_path), photo(tmp_path, "门口.jpg", 3))
    qtbot.mouseClick(dialog.button, LEFT)
    settle(qtbot, window)
    (visit,) = visits(window)
    assert [one.name for one in attached_to(window.register, visit)] == ["楼道.jpg", "门口.jpg"]
    window.show_tab(Tab.VISITS)
    settle(qtbot, window)
    page = window.visits_tab.page
    page.setCurrentIndex(Part.VISITED)
    settle(qtbot, window)
    page.visited.table.setFocus()
    qtbot.keyClick(page.visited.table, Qt.Key.Key_Return)
    again = opened(qtbot, window, VisitDialog)
    qtbot.waitUntil(lambda: not again.strip.is_busy())
    assert [item.name for item in again.strip.items] == ["楼道.jpg", "门口.jpg"]
    add(qtbot, again, photo(tmp_path, "后来.jpg", 5))
    assert len(attached_to(window.register, visit)) == 3
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    for _ in range(2):
        window.undo()
        settle(qtbot, window)
    assert visits(window) == [] and attached_to(window.register, visit) == []


def test_a_refused_visit_keeps_its_photos_and_what_was_typed(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = begin(qtbot, window)
    add(qtbot, dialog, photo(tmp_path))
    home = window.page.take_selection().uids()[0]
    editing.delete(window.register, [home])
    qtbot.mouseClick(dialog.button, LEFT)
    qtbot.waitUntil(lambda: not dialog.writing.is_busy())
    settle(qtbot, window)
    assert is_open(window, VisitDialog) and any("已被删除" in text for text in shown_texts(dialog))
    assert [file.name for file in dialog.strip.files] == ["楼道.jpg"]
    assert dialog.summary.toPlainText().startswith("楼道灯不亮") and visits(window) == []
    window.undo()
    settle(qtbot, window)
    qtbot.mouseClick(dialog.button, LEFT)
    settle(qtbot, window)
    assert len(visits(window)) == 1 and not is_open(window, VisitDialog)
