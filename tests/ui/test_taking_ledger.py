"""Taking away what the ledger shows: the table or the call list, with what it is filtered by."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from gridapp.areas import tree
from gridapp.issues.ledger import LedgerFilter, View
from gridapp.issues.ledger_columns import POSITIONS
from gridapp.register import Register
from tests import factories as make
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import CONTROL, settle
from ui.issues.ledger_bar import Form
from ui.issues.page import LedgerPage
from ui.main_window import MainWindow
from ui.tabs import Tab

LONG_AGO, DONE = datetime.date(2020, 8, 3), datetime.date(2020, 8, 5)
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def viewed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that the system's viewer was asked to open, which is none of ours."""
    found: list[Path] = []
    monkeypatch.setattr("ui.list_commands.QDesktopServices.openUrl", lambda url: found.append(Path(url.toLocalFile())))
    return found


@pytest.fixture
def choose_file(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], list[str]]:
    """Let the file dialog answer with a file; returns the name that it suggested."""

    def choose(path: Path) -> list[str]:
        suggested: list[str] = []

        def answer(_parent: object, _title: str, name: str, kinds: str) -> tuple[str, str]:
            suggested.append(Path(name).name)
            return str(path), kinds.split(";;")[0]

        monkeypatch.setattr("ui.list_commands.QFileDialog.getSaveFileName", answer)
        return suggested

    return choose


@pytest.fixture
def ledger(window: MainWindow, qtbot: QtBot) -> LedgerPage:
    """The ledger on screen, with three issues that are late and two that one person has to hear of."""
    register = window.register
    grid = tree.find(register, people.THIRD).uid
    with register.recording("登记", actor="资料员"):
        for number in range(3):
            make.make_issue(register, grid, f"韩{number}", registered_on=LONG_AGO, description=f"楼道灯不亮{number}")
        for text in ("停水", "电梯停运"):
            days = {"registered_on": LONG_AGO, "resolved_on": DONE}
            make.make_issue(register, grid, "马玉兰", "13820000001", description=text, result="已修好。", **days)
    qtbot.keyClick(window, Qt.Key.Key_6, CONTROL)
    settle(qtbot, window)
    return window.ledger_tab.page


def offered(window: MainWindow) -> tuple[str, bool]:
    action = window.actions_.export_list
    return action.text(), action.isEnabled()


def test_the_actions_say_what_they_take_away_and_are_offered_only_where_there_is_something(
    window: MainWindow, ledger: LedgerPage, qtbot: QtBot
) -> None:
    assert offered(window) == ("导出所示民意…", True)
    assert window.actions_.print_list.toolTip() == "打印所示民意 (Ctrl+P)"
    ledger.show_form(Form.CALLS)
    assert offered(window) == ("导出反馈电话单…", True)
    ledger.show_form(Form.BOARD)
    assert offered(window) == ("导出所示…", False)
    window.show_tab(Tab.HOUSEHOLDS)
    assert offered(window) == ("导出所示住户…", True)
    for tab in (Tab.TODAY, Tab.OVERVIEW, Tab.COLOUR_MAP, Tab.VISITS, Tab.TASKS):
        window.show_tab(tab)
        assert offered(window) == ("导出所示…", False)
    window.show_tab(Tab.LEDGER)
    assert offered(window) == ("导出所示…", False)
    ledger.show_form(Form.TABLE)
    settle(qtbot, window)
    assert offered(window) == ("导出所示民意…", True)


def test_a_workbook_holds_the_issues_that_are_seen_in_their_order(
    window: MainWindow, ledger: LedgerPage, qtbot: QtBot, tmp_path: Path, choose_file: Callable[[Path], list[str]]
) -> None:
    ledger.take_view(View.OVERDUE)
    ledger.filter_by(LedgerFilter("", View.OVERDUE, text="楼道"))
    suggested = choose_file(tmp_path / "账单")
    qtbot.keyClick(ledger.table, Qt.Key.Key_E, CONTROL | SHIFT)
    settle(qtbot, window)
    assert suggested == ["紫光苑社区第三网格民意账单.xlsx"]
    assert window.status.notice() == "已导出 3 条：账单.xlsx"
    rows = list(load_workbook(tmp_path / "账单.xlsx").worksheets[0].iter_rows(min_row=2, values_only=True))
    assert rows[0][0] == "筛选：逾期；含“楼道”" and rows[1][0].startswith("排序：期限　共 3 条")
    assert [row[2] for row in rows[3:]] == ["韩0", "韩1", "韩2"]


def test_control_p_prints_the_ledger_under_the_columns_that_are_seen(
    window: MainWindow, ledger: LedgerPage, qtbot: QtBot, viewed: list[Path]
) -> None:
    ledger.take_view(View.ALL)
    ledger.table.setColumnHidden(POSITIONS["satisfaction"], True)
    ledger.table.setColumnHidden(POSITIONS["result"], False)
    qtbot.keyClick(ledger.table, Qt.Key.Key_P, CONTROL)
    settle(qtbot, window)
    (path,) = viewed
    assert path.name == "紫光苑社区第三网格民意账单.pdf"
    (page,) = PdfReader(path).pages
    text = "".join(page.extract_text().split())
    assert "筛选：无，全部民意" in text and "办理结果" in text and "满意度" not in text and "楼道灯不亮2" in text
    assert page.mediabox.width > page.mediabox.height


def test_control_p_prints_the_call_list_with_what_is_filtered_by(
    window: MainWindow, ledger: LedgerPage, qtbot: QtBot, viewed: list[Path]
) -> None:
    ledger.filter_by(LedgerFilter("", View.OVERDUE, text="停水"))
    ledger.show_form(Form.CALLS)
    settle(qtbot, window)
    qtbot.keyClick(ledger.calls.table, Qt.Key.Key_P, CONTROL)
    settle(qtbot, window)
    (path,) = viewed
    assert path.name == "紫光苑社区第三网格反馈电话单.pdf"
    text = "".join("".join(page.extract_text() for page in PdfReader(path).pages).split())
    assert "筛选：含“停水”" in text and "马玉兰" in text and "电梯停运" not in text
    assert "已做成 1 页" in window.status.notice()


def test_the_call_list_goes_into_a_workbook(
    window: MainWindow, ledger: LedgerPage, qtbot: QtBot, tmp_path: Path, choose_file: Callable[[Path], list[str]]
) -> None:
    ledger.show_form(Form.CALLS)
    settle(qtbot, window)
    suggested = choose_file(tmp_path / "电话单.xlsx")
    window.actions_.export_list.trigger()
    settle(qtbot, window)
    assert suggested == ["紫光苑社区第三网格反馈电话单.xlsx"]
    assert window.status.notice() == "已导出 2 条：电话单.xlsx"
    assert load_workbook(tmp_path / "电话单.xlsx")["反馈电话单"]["B5"].value == "马玉兰"


def test_where_nothing_is_seen_there_is_nothing_to_take_away(
    window: MainWindow, ledger: LedgerPage, qtbot: QtBot, viewed: list[Path]
) -> None:
    ledger.filter_by(LedgerFilter("", View.ALL, text="不在"))
    for form in (Form.TABLE, Form.CALLS):
        ledger.show_form(form)
        settle(qtbot, window)
        for action in window.actions_.on_list:
            action.trigger()
            assert "没有可导出的" in window.status.notice()
            window.status.clear_notice()
    assert viewed == []


def test_a_ledger_that_is_too_long_for_paper_is_refused_and_the_window_goes_on(
    window: MainWindow, ledger: LedgerPage, qtbot: QtBot, viewed: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exports.pdf.listed.MOST_ROWS", 1)
    window.actions_.print_list.trigger()
    settle(qtbot, window)
    assert "超过了一次打印的 1 条" in window.status.notice() and viewed == []


def test_a_window_that_begins_with_the_ledger_offers_it(
    make_window: MakeWindow, filled: Register, memory: QSettings, qtbot: QtBot
) -> None:
    memory.setValue("window/tab", Tab.LEDGER.name)
    window = make_window(filled)
    assert window.tabs.currentIndex() == Tab.LEDGER and offered(window) == ("导出所示民意…", True)
