"""A workbook goes into the register: all that can be taken over, as one batch, with a report on the rest."""

from pathlib import Path

from gridapp.errors import UserError
from gridapp.intake.grids import Targets
from gridapp.intake.headers import Kind, likely_labels
from gridapp.intake.households import HouseholdImport
from gridapp.intake.kinds import HOUSEHOLDS, ISSUES, MEMBERS, recognised
from gridapp.intake.ledger import LedgerImport
from gridapp.intake.report import ImportReport, SheetRead, Warned
from gridapp.intake.roster import RosterImport
from gridapp.intake.run import Run
from gridapp.intake.table import Table
from gridapp.intake.workbook import Book, Sheet, open_book
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.changes import Recording
from gridapp.store.register import Register

_MOST_LABELS = 20


def import_workbook(
    register: Register,
    path: Path,
    area_code: str,
    dry_run: bool = False,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> ImportReport:
    """Read a workbook into the register, as one batch. What each of its tables holds, its headings tell.

    Args:
        area_code: the area that it is about: of households a grid, or a larger area, if the workbook says for each
            row in which of its grids it is.
        dry_run: find out what would be done, and write nothing.

    Raises:
        UserError: the file or the area cannot be used. Nothing was changed.
        Cancelled: somebody asked to stop. Nothing was changed.
    """
    path = Path(path)
    targets = Targets(register, area_code)
    progress(0, 0, f"打开 {path.name}")
    book = open_book(path)
    report = ImportReport(path.name, dry_run)
    tables = _tables(book, report)
    total = sum(table.sheet.height for _kind, table in tables)
    run = Run(register, report, progress, cancel or CancelToken(), total)
    households = HouseholdImport(run, book, _of(tables, HOUSEHOLDS), targets)
    households.check()
    households.read_fills()
    # Households first, so that the addresses of a ledger in the same workbook find them.
    parts = (
        households,
        LedgerImport(run, _of(tables, ISSUES), targets),
        RosterImport(run, _of(tables, MEMBERS), targets),
    )

    def take(recording: Recording | None) -> None:
        for part in parts:
            part.take(recording)
        run.cancel.check()

    if dry_run:
        take(None)
    else:
        with register.recording(f"导入 {path.name}") as recording:
            take(recording)
    progress(total, total, "导入完成")
    return report


def _of(tables: list[tuple[Kind, Table]], kind: Kind) -> list[Table]:
    return [table for one, table in tables if one is kind]


def _tables(book: Book, report: ImportReport) -> list[tuple[Kind, Table]]:
    """The tables of a workbook. Sheets without one are told of; if none has one, the workbook is refused."""
    name = book.path.name
    filled = [sheet for sheet in book.sheets if sheet.height]
    if not filled:
        raise UserError(f"{name} 是空的，没有可以导入的内容。")
    tables: list[tuple[Kind, Table]] = []
    for sheet in filled:
        if sheet.hidden:
            report.warnings.append(Warned(sheet.name, 1, "这张工作表是隐藏的，没有读取"))
            continue
        found = recognised(sheet)
        if found is None:
            report.warnings.append(Warned(sheet.name, 1, "没有找到能识别的表头，这张工作表没有读取"))
            continue
        kind, header = found
        tables.append((kind, Table(sheet, header)))
        report.sheets[sheet.name] = SheetRead(header.title, header.labels)
        if header.unread:
            report.warnings.append(
                Warned(sheet.name, header.last + 1, f"这些列没有对应的项目，没有读取：{'、'.join(header.unread)}")
            )
    if not tables:
        raise UserError(_no_table(name, filled))
    return tables


def _no_table(name: str, sheets: list[Sheet]) -> str:
    labels = next((labels for sheet in sheets if len(labels := likely_labels(sheet, HOUSEHOLDS)) > 1), [])
    found = "、".join(labels[:_MOST_LABELS]) or "没有表头"
    return (
        f"{name} 中没有找到住户表、民意账单或服务队名册：住户表需要“姓名”或“户主”列，以及“房号”“楼栋”或“住址”列，"
        "民意账单需要“问题描述”和“日期”列，名册需要“职务”和“姓名”列；"
        f"找到的表头是：{found}。请核对表头后重试。"
    )
