"""Workbooks into the register and out of it, from the window."""

from pathlib import Path

from openpyxl import Workbook, load_workbook
from PySide6.QtWidgets import QLabel, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from gridapp.households.model import Household
from gridapp.intake.report import ImportReport, Refused
from tests.ui import people
from tests.ui.driving import LEFT, click_row, heads, retype, settle
from ui.intake.report_dialog import ImportReportDialog
from ui.main_window import MainWindow
from ui.tabs import Tab

LEDGER = Path(__file__).parents[1] / "data" / "紫光苑社区第三网格住户台账.xlsx"
HEADER = ("小区", "楼栋", "楼门", "房号", "户主", "联系电话", "分类")


def ledger(path: Path, *rows: tuple[str, ...]) -> Path:
    book = Workbook()
    for row in (HEADER, *rows):
        book.active.append(row)
    book.save(path)
    return path


def dialogs(window: MainWindow) -> list[ImportReportDialog]:
    return [one for one in window.findChildren(ImportReportDialog) if one.isVisible()]


def imported(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    window.files.import_file(path)
    qtbot.waitUntil(lambda: window.status.notice() != "", timeout=20_000)
    settle(qtbot, window)


def test_a_ledger_is_imported_counted_and_can_be_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    window.dock.choose(window.dock.model.find(people.FOURTH))
    settle(qtbot, window)
    imported(qtbot, window, LEDGER)
    assert window.status.notice() == "已导入 162 户、154 人"
    assert len(heads(window)) == 170
    assert window.tabs.tabText(Tab.HOUSEHOLDS) == "住户 170"
    for dialog in dialogs(window):
        dialog.close()
    undo = next(one for one in window.status.findChildren(QPushButton) if one.text() == "撤销")
    qtbot.mouseClick(undo, LEFT)
    qtbot.waitUntil(lambda: len(heads(window)) == 8, timeout=20_000)
    settle(qtbot, window)
    assert window.status.notice() == f"已撤销 导入 {LEDGER.name}"


def test_what_an_import_left_out_is_listed_row_by_row(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    good = ("盛欣园", "9", "1", "101", "新一", "13900000001", "租户")
    imported(qtbot, window, ledger(tmp_path / "台账.xlsx", good, ("盛欣园", "9", "1", "102", "", "139", "")))
    assert window.status.notice() == "已导入 1 户、1 人"
    (dialog,) = dialogs(window)
    table = dialog.findChild(QTableWidget)
    assert [table.item(0, column).text() for column in (1, 2)] == ["3", "未导入"]
    assert table.item(0, 3).text() != ""
    assert "1 行未导入" in dialog.findChild(QLabel).text()
    dialog.close()


def test_a_ledger_that_holds_nothing_new_says_so(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = ledger(tmp_path / "台账.xlsx", ("盛欣园", "9", "1", "101", "新一", "", "租户"))
    imported(qtbot, window, path)
    window.status.clear_notice()
    imported(qtbot, window, path)
    assert "1 户已登记" in window.status.notice()
    assert not any(one.isVisible() for one in window.status.findChildren(QPushButton))


def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "信.xlsx"
    path.write_text("不是工作簿")
    imported(qtbot, window, path)
    assert "信.xlsx" in window.status.notice() and "\n" not in window.status.notice()
    assert len(window.register.all(Household.select())) == 32


def test_what_is_typed_is_saved_before_a_ledger_is_imported(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    retype(qtbot, window.page.form.lines["phone"], "13900000000")
    window.files.import_file(ledger(tmp_path / "台账.xlsx", ("盛欣园", "9", "1", "101", "新一", "", "租户")))
    qtbot.waitUntil(lambda: window.status.notice().startswith("已导入"), timeout=20_000)
    settle(qtbot, window)
    click_row(qtbot, window, people.FIRST)
    assert window.page.form.lines["phone"].text() == "13900000000"


def test_the_register_of_the_area_that_is_shown_is_written(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "出" / "台账.xlsx"
    window.files.export_register(path)
    qtbot.waitUntil(lambda: window.status.notice() == "已导出 台账.xlsx", timeout=20_000)
    book = load_workbook(path, read_only=True)
    texts = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    book.close()
    assert {people.FIRST, people.SHOP, "马小妹"} <= texts
    assert "杨0" not in texts


def test_a_register_that_cannot_be_written_is_refused_in_one_sentence(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "文件").write_text("别动")
    window.files.export_register(tmp_path / "文件" / "台账.xlsx")
    qtbot.waitUntil(lambda: "没有写成" in window.status.notice(), timeout=20_000)
    assert (tmp_path / "文件").read_text() == "别动"


def test_the_rows_an_import_left_out_can_be_written_to_a_workbook(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    report = ImportReport("台账.xlsx", refused=[Refused("住户台账", 3, "没有住址", ("马崟圻",))])
    path = tmp_path / "未导入.xlsx"
    window.files.export_refused(report, path)
    settle(qtbot, window)
    assert path.exists()
    assert window.status.notice() == "已导出 未导入.xlsx"


def test_an_issue_ledger_and_a_roster_come_in_by_the_same_door(window: MainWindow, qtbot: QtBot) -> None:
    window.dock.choose(window.dock.model.find(people.THIRD))
    settle(qtbot, window)
    imported(qtbot, window, LEDGER.with_name("紫光苑社区民意账单.xlsx"))
    assert window.status.notice() == "已导入 40 条民意"
    (dialog,) = dialogs(window)
    assert "导入 40 条民意" in dialog.findChild(QLabel).text()
    dialog.close()
    window.status.clear_notice()
    imported(qtbot, window, LEDGER.with_name("紫光苑社区民意账单.xlsx"))
    assert "40 条民意已登记、没有改动" in window.status.notice()
    for one in dialogs(window):
        one.close()
    window.status.clear_notice()
    imported(qtbot, window, LEDGER.with_name("紫光苑社区服务队名册.xlsx"))
    assert window.status.notice() == "已导入 7 名队员"
    for one in dialogs(window):
        one.close()
    qtbot.mouseClick(next(one for one in window.status.findChildren(QPushButton) if one.text() == "撤销"), LEFT)
    qtbot.waitUntil(lambda: window.status.notice() == "已撤销 导入 紫光苑社区服务队名册.xlsx", timeout=20_000)
