"""Every main screen as a picture, also without a display."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gridapp.areas.model import Level
from gridapp.errors import UserError
from gridapp.register import open_register

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

    from gridapp.areas.tree import Node
    from gridapp.households.filters import Filter
    from gridapp.intake.report import ImportReport
    from ui.main_window import MainWindow
    from ui.site_plan.panel import SitePlanPanel

_WIDTH, _HEIGHT = 1440, 900
_WRONG = (("id_number", "12010419370714654X"), ("birth_date", "1937-14-07"))
"""What is typed into a resident's fields to show how the form points out mistakes."""


def take(url: str, folder: Path, scale: float = 1.0, dark: bool = False) -> list[Path]:
    """Save the main screens of a register as PNG files and return their paths. The register stays as it is.

    Call it in a process that has no window: it brings up an application of its own, without a display.

    Args:
        scale: pixels of the picture a pixel of the window.

    Raises:
        UserError: the register cannot be opened, or a picture cannot be written.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    from PySide6.QtCore import QSettings, qInstallMessageHandler

    from ui import theme
    from ui.app import make_application, present
    from ui.main_window import MainWindow
    from ui.tabs import Tab

    qInstallMessageHandler(_tell)
    application = make_application(theme.DARK if dark else theme.LIGHT)
    paths = []
    with tempfile.TemporaryDirectory() as scratch:
        # A memory of its own, so that the pictures are those of a first start and the user's window stays as it was.
        memory = QSettings(str(Path(scratch) / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(open_register(url, create=False), memory)
        window.resize(_WIDTH, _HEIGHT)  # of which the screen that is not there knows nothing
        window.share_width()
        present(window)
        for name, screen in _screens(window, application):
            _settle(application, window)
            paths.append(_save(screen, folder / f"{name}.png"))
        path = window.register.path
        window.page.side.cancel()
        window.close()
        if path is not None:
            paths += _in_an_emergency(path, Path(scratch), memory, application, folder)
        with_nothing = MainWindow(open_register(str(Path(scratch) / "新登记簿.db")), memory)
        with_nothing.resize(_WIDTH, _HEIGHT)
        with_nothing.share_width()
        present(with_nothing)
        for tab, name in (
            (Tab.HOUSEHOLDS, "14-empty-register"),
            (Tab.TODAY, "29-today-with-nothing"),
            (Tab.LEDGER, "39-ledger-of-nothing"),
        ):
            with_nothing.show_tab(tab)
            _settle(application, with_nothing)
            paths.append(_save(with_nothing, folder / f"{name}.png"))
        with_nothing.close()
    return paths


def _screens(window: MainWindow, application: QApplication) -> Iterator[tuple[str, QWidget]]:
    """Bring up one screen after the other; each is pictured before the next is brought up."""
    from ui.issues.pictures import LedgerPictures
    from ui.tabs import Tab
    from ui.teams.pictures import TeamPictures

    window.show_tab(Tab.HOUSEHOLDS)
    _settle(application, window)
    _choose_a_family(window)
    yield "01-households", window
    window.page.legend.choose(frozenset({0, 1, 2}))
    yield "02-by-colour", window
    window.page.legend.clear()
    window.page.box.setText("不在这里")
    window.page.reload()
    yield "03-nothing-found", window
    window.page.box.clear()
    window.page.reload()
    _choose_a_family(window)
    window.page.add()
    window.page.form.residents.add()
    for editor, typed in _WRONG:
        _type(getattr(window.page.form.residents, editor), typed)
    window.page.side.save()
    yield "04-what-is-missing", window
    window.page.side.cancel()
    window.show_tab(Tab.OVERVIEW)
    yield "05-overview-of-a-grid", window
    if window.dock.model.roots:
        window.dock.choose(window.dock.model.roots[0])
    yield "06-overview-of-all", window
    window.show_tab(Tab.TODAY)
    yield "28-today", window
    window.show_tab(Tab.HOUSEHOLDS)
    yield "07-households-of-all", window
    for name, open_dialog in _dialogs(window):
        yield name, _opened(window, open_dialog)
        _close_dialog(window)
    window.activateWindow()  # after the last dialog, none is
    _settle(application, window)
    window.search.begin()
    window.search.setText("马")
    yield "12-search", window
    window.search.clear()
    _choose_a_grid(window)
    window.page.filter_by(_asked())
    yield "22-filtered", window
    window.page.quick.panel_asked.emit()
    yield "23-filter-panel", window.page.panel
    window.page.panel.close()
    window.page.clear_filter()
    window.show_tab(Tab.COLOUR_MAP)
    yield "13-colour-map", window
    yield from _buildings(window, application)
    yield from _visits(window, application)
    window.show_tab(Tab.HOUSEHOLDS)
    _settle(application, window)
    yield from _spreadsheet(window, application)
    yield from _tasks(window, application)
    for pictures in (LedgerPictures, TeamPictures):
        yield from pictures(window, lambda: _settle(application, window), lambda: _close_dialog(window)).screens()


def _in_an_emergency(
    path: Path, scratch: Path, memory: QSettings, application: QApplication, folder: Path
) -> list[Path]:
    """Picture an emergency that is called in a copy of the register."""
    from gridapp.store import backups
    from ui.app import present
    from ui.emergency.pictures import EmergencyPictures
    from ui.main_window import MainWindow

    copy = backups.back_up(path, scratch / path.name)
    window = MainWindow(open_register(str(copy)), memory)
    window.resize(_WIDTH, _HEIGHT)
    window.share_width()
    present(window)
    paths = []
    screens = EmergencyPictures(window, lambda: _settle(application, window), lambda: _close_dialog(window)).screens()
    for name, screen in screens:
        _settle(application, window)
        paths.append(_save(screen, folder / f"{name}.png"))
    window.register.close(backup=False)
    window.close()
    return paths


def _buildings(window: MainWindow, application: QApplication) -> Iterator[tuple[str, QWidget]]:
    """The record of a building, the list of all, and the site plan; the picture on it belongs to no register."""
    _settle(application, window)
    page = window.colour_map
    node, shown = window.node, page.plan.site.cards
    if node is None or not shown:
        return
    first = shown[0].building
    window.buildings.edit(node.uid, first.estate, first.name)
    _settle(application, window)
    yield "15-building-record", _opened(window, lambda: None)
    _close_dialog(window)
    window.buildings.ask_list()
    _settle(application, window)
    yield "16-building-list", _opened(window, lambda: None)
    _close_dialog(window)
    page.show_plan(True)
    _show_drawn_plan(page.plan, node)
    yield "17-site-plan", window
    page.show_plan(False)


def _visits(window: MainWindow, application: QApplication) -> Iterator[tuple[str, QWidget]]:
    """Who is to be visited, what was visited, how many are covered, and registering a visit."""
    from gridapp.visits.periods import Period
    from ui.tabs import Tab
    from ui.visits.page import Part

    window.show_tab(Tab.VISITS)
    yield "24-visits-due", window
    page = window.visits_tab.page
    page.setCurrentIndex(Part.VISITED)
    page.visited.ask_for(Period.EVER, frozenset())
    yield "25-visits-made", window
    page.setCurrentIndex(Part.COVERAGE)
    yield "26-visits-covered", window
    page.setCurrentIndex(Part.PLAN)
    _settle(application, window)
    window.visits.ask()
    _settle(application, window)
    yield "27-visit", _opened(window, lambda: None)
    _close_dialog(window)


def _show_drawn_plan(panel: SitePlanPanel, node: Node) -> None:
    from PySide6.QtGui import QColor, QPainter, QPixmap

    from gridapp.site_plan.plan import Plan
    from gridapp.site_plan.site import Card, Site

    picture = QPixmap(1600, 1000)
    picture.fill(QColor("#F4F1E8"))
    painter = QPainter(picture)
    for street in ((0, 470, 1600, 60), (760, 0, 60, 1000)):
        painter.fillRect(*street, QColor("#DDD8CA"))
    painter.end()
    cards = panel.site.cards
    spots = [((number % 3) / 3 + 0.17, 0.25 + 0.5 * (number // 3 % 2)) for number in range(len(cards))]
    last = max(1, len(cards) - 1)
    placed = [Card(card.building, spot) for card, spot in zip(cards[:last], spots, strict=False)]
    panel.show_site(node, Site(Plan(node.uid, node.name, b"", 1600, 1000), (*placed, *cards[last:])))
    panel.show_picture(b"", picture)


def _spreadsheet(window: MainWindow, application: QApplication) -> Iterator[tuple[str, QWidget]]:
    """The table with a cell that is refused, with the categories of another, and gathered by entrance."""
    from gridapp.households.columns import POSITIONS
    from gridapp.households.grouping import GroupBy

    table, cells = window.page.table, window.page.cells
    for name, column, typed in (("18-cell-refused", "people", "三"), ("19-cell-categories", "category", None)):
        table.setCurrentIndex(window.page.model.index(4, POSITIONS[column]))
        if cells.begin(typed) and typed is not None:
            cells.finish()
        yield name, window
        cells.give_up()
    window.page.gather(GroupBy.ENTRANCE)
    _settle(application, window)
    table.freeze(2)
    window.page.model.collapse(0, True)
    yield "20-groups", window
    window.page.gather(None)
    table.freeze(0)
    window.cells.choose_columns()
    yield "21-columns", _opened(window, lambda: None)
    _close_dialog(window)


def _tasks(window: MainWindow, application: QApplication) -> Iterator[tuple[str, QWidget]]:
    """The task list, the work plan as it is read and as it is written, and who is paired with whom."""
    from gridapp.tasks import plans
    from ui.tabs import Tab

    window.show_tab(Tab.TASKS)
    yield "41-tasks", window
    page = window.tasks_tab.page
    page.show_plan(True)
    yield "42-work-plan", window
    page.plan.write(plans.templates()[0])
    yield "43-work-plan-editor", window
    page.plan.cancel()
    page.show_plan(False)
    window.show_tab(Tab.HOUSEHOLDS)
    _settle(application, window)
    if window.node is not None:
        window.pairings.ask_list()
        _settle(application, window)
        yield "44-pairings", _opened(window, lambda: None)
        _close_dialog(window)


def _dialogs(window: MainWindow) -> Iterator[tuple[str, Callable[[], object]]]:
    from ui.intake.report_dialog import ImportReportDialog

    yield "08-add-area", window.files.ask_area
    yield "09-shortcuts", window.help.show_shortcuts
    yield "10-about", window.help.show_about
    yield "11-import-report", ImportReportDialog(_imported(), window).open


def _imported() -> ImportReport:
    """What an import tells of a workbook that is not quite in order."""
    from gridapp.intake.report import ImportReport, Refused, Warned

    sheet = "住户台账"
    return ImportReport(
        "紫光苑社区第三网格住户台账.xlsx",
        rows_imported=160,
        households=160,
        residents=152,
        refused=[
            Refused(sheet, 46, "没有住址：请填写房号或楼栋"),
            Refused(sheet, 91, "没有姓名：请填写户主姓名或单位名称"),
        ],
        warnings=[
            Warned(sheet, 17, "马崟圻：身份证号校验位不符，照原样保留"),
            Warned(sheet, 133, "盛欣园3号楼2门203：同一地址还有第 132 行的惠民药店，两户都已保留"),
        ],
    )


def _tell(_kind: object, _context: object, text: str) -> None:
    # Without a display Qt says at every new size, and of every panel, that nobody is there to be told of it.
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(text + "\n")


def _type(editor: QLineEdit, text: str) -> None:
    editor.setText(text)
    editor.textEdited.emit(text)


def _asked() -> Filter:
    """A filter of several parts that leaves somebody in most grids."""
    from gridapp.households.filters import Ages, Filter

    return Filter("", frozenset({0, 1, 6}), unvisited_days=30, ages=(Ages(60, 69), Ages(70, 79), Ages(80)))


def _choose_a_family(window: MainWindow) -> None:
    """Show a household that has much to show: more than one colour, or more than one resident."""
    page = window.page
    for position in range(min(page.model.rowCount(), 200)):
        row = page.model.row(position)
        if row is not None and len(row.categories) > 1 and (row.people or 0) > 1:
            page.table.go_to(position)
            return


def _choose_a_grid(window: MainWindow) -> None:
    grids = (node for root in window.dock.model.roots for node in root.walk() if node.level is Level.GRID)
    grid = next(grids, None)
    if grid is not None:
        window.dock.choose(grid)


def _opened(window: MainWindow, open_dialog: Callable[[], object]) -> QWidget:
    from PySide6.QtWidgets import QDialog

    open_dialog()
    found = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
    if not found:
        raise RuntimeError("a dialog was to be pictured, and none is open")
    return found[-1]


def _close_dialog(window: MainWindow) -> None:
    from PySide6.QtWidgets import QDialog

    for dialog in window.findChildren(QDialog):
        dialog.close()
        dialog.deleteLater()


def _settle(application: QApplication, window: MainWindow) -> None:
    """Let the window read and paint what it has to."""
    application.processEvents()
    while window.is_busy():
        application.processEvents()
    for _ in range(5):
        application.processEvents()


def _save(widget: QWidget, path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"没有写成 {path}：{error.strerror or error}。请换一个文件夹后重试。") from error
    if not widget.grab().save(str(path)):
        raise UserError(f"没有写成 {path}。请检查文件夹是否可写、磁盘是否已满。")
    return path
