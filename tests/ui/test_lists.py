"""Taking away what the table shows: into a workbook, into a PDF file, and to the printer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gridapp.households.columns import POSITIONS
from gridapp.households.filters import Filter
from gridapp.households.listing import SortBy
from tests.ui import people
from tests.ui.driving import CONTROL, click_heading, click_row, retype, settle
from ui.main_window import MainWindow


@pytest.fixture
def viewed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that the system's viewer was asked to open, which is none of ours."""
    found: list[Path] = []
    monkeypatch.setattr("ui.list_commands.QDesktopServices.openUrl", lambda url: found.append(Path(url.toLocalFile())))
    return found


@pytest.fixture
def choose_file(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, str], list[str]]:
    """Let the file dialog answer with a file and a kind; returns what it suggested."""

    def choose(path: Path, kind: str = "") -> list[str]:
        suggested: list[str] = []

        def answer(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
            suggested.append(name)
            return (str(path) if path != Path() else "", kind)

        monkeypatch.setattr("ui.list_commands.QFileDialog.getSaveFileName", answer)
        return suggested

    return choose


def test_a_workbook_holds_just_the_rows_and_columns_that_are_seen(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, choose_file: Callable[..., list[str]]
) -> None:
    window.page.filter_by(Filter("", text="韩"))
    click_heading(qtbot, window.page.table, POSITIONS["head"])
    click_heading(qtbot, window.page.table, POSITIONS["head"])
    header = window.page.table.horizontalHeader()
    header.moveSection(header.visualIndex(POSITIONS["phone"]), 0)
    for key in ("visited", "note"):
        window.page.table.setColumnHidden(POSITIONS[key], True)
    suggested = choose_file(tmp_path / "名单")
    qtbot.keyClick(window.page.table, Qt.Key.Key_E, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, window)
    assert [Path(name).name for name in suggested] == ["紫光苑社区第三网格住户名单.xlsx"]
    assert window.status.notice() == "已导出 3 户：名单.xlsx"
    rows = list(load_workbook(tmp_path / "名单.xlsx").worksheets[0].iter_rows(min_row=2, values_only=True))
    assert rows[0][0] == "筛选：含“韩”" and rows[1][0].startswith("排序：户主，倒序　共 3 户")
    assert rows[2] == ("序号", "电话", "分类", "住址", "户主", "人数", "未结")
    assert [row[4] for row in rows[3:]] == ["韩19", "韩18", "韩17"]


def test_the_kind_that_is_chosen_in_the_dialog_is_the_ending(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, choose_file: Callable[..., list[str]]
) -> None:
    choose_file(tmp_path / "名单.第一版", "PDF 文件 (*.pdf)")
    window.lists.ask_export()
    settle(qtbot, window)
    assert len(PdfReader(tmp_path / "名单.第一版.pdf").pages) == 1
    choose_file(Path())
    window.lists.ask_export()
    assert [path.name for path in tmp_path.glob("名单*")] == ["名单.第一版.pdf"]


def test_control_p_prints_through_the_systems_viewer(window: MainWindow, qtbot: QtBot, viewed: list[Path]) -> None:
    window.page.filter_by(Filter("", text="韩"))
    qtbot.keyClick(window.page.table, Qt.Key.Key_P, CONTROL)
    settle(qtbot, window)
    (path,) = viewed
    assert path.name == "紫光苑社区第三网格住户名单.pdf"
    (page,) = PdfReader(path).pages
    text = "".join(page.extract_text().split())
    assert "韩17" in text and people.FIRST not in text and "筛选：含“韩”" in text
    assert page.mediabox.width > page.mediabox.height


def test_what_stands_in_the_form_is_saved_before_it_is_printed(
    window: MainWindow, qtbot: QtBot, viewed: list[Path]
) -> None:
    click_row(qtbot, window, "李建国")
    retype(qtbot, window.page.form.lines["phone"], "13900001111")
    window.actions_.print_list.trigger()
    settle(qtbot, window)
    assert "13900001111" in "".join(page.extract_text() for page in PdfReader(viewed[0]).pages)


def test_where_nothing_is_shown_there_is_nothing_to_print(window: MainWindow, qtbot: QtBot, viewed: list[Path]) -> None:
    window.page.filter_by(Filter("", text="不在"))
    for action in window.actions_.on_list:
        action.trigger()
        assert "没有可导出的" in window.status.notice()
        window.status.clear_notice()
    assert viewed == []


def test_the_columns_of_an_area_above_a_grid_name_the_grids(window: MainWindow, qtbot: QtBot) -> None:
    assert "place" not in window.page.table.shown_columns()
    window.dock.choose(window.dock.model.find(people.COMMUNITY))
    settle(qtbot, window)
    assert window.page.table.shown_columns()[:3] == ["category", "place", "address"]
    window.page.table.sort_asked.emit(SortBy.PHONE, False)
    assert window.page.table.shown_columns()[0] == "category"
