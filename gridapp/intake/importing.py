"""A workbook goes into the register: all that can be taken over, as one batch, with a report on the rest."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from gridapp.errors import UserError
from gridapp.households.categories import to_mask
from gridapp.intake import colours, fills
from gridapp.intake.cells import text_of
from gridapp.intake.entries import Entry, EntryReader
from gridapp.intake.families import Family, Homeless, one_a_row, people_a_row
from gridapp.intake.grids import Targets
from gridapp.intake.headers import find_header, likely_labels
from gridapp.intake.joining import Members
from gridapp.intake.refusing import RefusedRow
from gridapp.intake.registered import Registered
from gridapp.intake.report import ImportReport, Refused, SheetRead, Warned
from gridapp.intake.table import Line, Table
from gridapp.intake.workbook import Book, Sheet, open_book
from gridapp.intake.writing import Writer
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.changes import Recording
from gridapp.store.register import Register

_OFTEN = 500
_MOST_LABELS = 20


def import_workbook(
    register: Register,
    path: Path,
    area_code: str,
    dry_run: bool = False,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> ImportReport:
    """Read a workbook of households, or of residents, into the grids of an area, as one batch.

    Args:
        area_code: a grid; or a larger area, if the workbook says for each row in which of its grids it is.
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
    for table in tables:
        if table not in _listed_elsewhere(tables):
            targets.check(table.header.fields)
    work = _Import(register, book, tables, targets, report, progress, cancel or CancelToken())
    work.read_fills()
    if dry_run:
        work.run(None)
    else:
        with register.recording(f"导入 {path.name}") as recording:
            work.run(recording)
    return report


def _tables(book: Book, report: ImportReport) -> list[Table]:
    """The tables of a workbook. Sheets without one are told of; if none has one, the workbook is refused."""
    name = book.path.name
    filled = [sheet for sheet in book.sheets if sheet.height]
    if not filled:
        raise UserError(f"{name} 是空的，没有可以导入的内容。")
    tables: list[Table] = []
    for sheet in filled:
        if sheet.hidden:
            report.warnings.append(Warned(sheet.name, 1, "这张工作表是隐藏的，没有读取"))
            continue
        header = find_header(sheet)
        if header is None:
            report.warnings.append(Warned(sheet.name, 1, "没有找到姓名列和地址列，这张工作表没有读取"))
            continue
        tables.append(Table(sheet, header))
        report.sheets[sheet.name] = SheetRead(header.title, header.labels)
        if header.unread:
            report.warnings.append(
                Warned(sheet.name, header.last + 1, f"这些列没有对应的项目，没有读取：{'、'.join(header.unread)}")
            )
    if not tables:
        raise UserError(_no_table(name, filled))
    return tables


def _no_table(name: str, sheets: list[Sheet]) -> str:
    labels = next((found for found in map(likely_labels, sheets) if len(found) > 1), [])
    found = "、".join(labels[:_MOST_LABELS]) or "没有表头"
    return (
        f"{name} 中没有找到住户表：需要“姓名”或“户主”列，以及“房号”“楼栋”或“住址”列；"
        f"找到的表头是：{found}。请核对表头后重试。"
    )


def _listed_elsewhere(tables: list[Table]) -> list[Table]:
    """The tables of people whose households another table of the same workbook lists."""
    people = [table for table in tables if table.one_person_a_row]
    return people if len(people) < len(tables) else []


class _Import:
    """One run over a workbook."""

    def __init__(
        self,
        register: Register,
        book: Book,
        tables: list[Table],
        targets: Targets,
        report: ImportReport,
        progress: Progress,
        cancel: CancelToken,
    ) -> None:
        self._book = book
        self._tables = tables
        self._targets = targets
        self._report = report
        self._progress = progress
        self._cancel = cancel
        self._registered = Registered(register)
        self._people = _listed_elsewhere(tables)
        self._members = Members()
        self._fills: dict[str, Mapping[int, str]] = {}
        self._total = sum(table.sheet.height for table in tables)
        self._done = 0

    def read_fills(self) -> None:
        """Read the colours of names, before the register is locked, where no column names the categories."""
        for table in self._tables:
            if "categories" in table.header.fields or table in self._people:
                continue
            sheet = table.sheet
            if not fills.can_read(self._book.path):
                text = "没有“分类”列，这种格式也读不出底色；如按底色分类，请另存为 xlsx 再导入"
                self._warn(sheet.name, table.header.last + 1, text)
                continue
            self._progress(0, 0, f"读取「{sheet.name}」的底色")
            column = sheet.left + table.name_column + 1
            self._fills[sheet.name] = fills.column_fills(self._book.path, sheet.name, column, self._cancel)

    def run(self, recording: Recording | None) -> None:
        writer = Writer(recording, self._cancel)
        for table in self._people:
            for found in self._families(table, None):
                self._members.add(table.sheet.name, found)
        for table in self._tables:
            if table not in self._people:
                for found in self._families(table, self._targets):
                    self._members.join(found)
                    self._take(table.sheet.name, found, writer)
        for sheet, left in self._members.rest():
            self._take_unlisted(sheet, left, writer)
        writer.finish()
        self._cancel.check()
        self._progress(self._total, self._total, "导入完成")

    def _families(self, table: Table, targets: Targets | None) -> Iterator[Family]:
        group = people_a_row if table.one_person_a_row else one_a_row
        for found in group(self._entries(table, targets)):
            if isinstance(found, Homeless):
                self._refuse(table.sheet.name, found.entry, found.reason)
            else:
                yield found
        self._report.rows_skipped += table.skipped
        self._done += table.sheet.height

    def _take_unlisted(self, sheet: str, family: Family, writer: Writer) -> None:
        """Take people whom a sheet of people lists and no sheet of households."""
        try:
            family.grid = self._targets.only_grid()
        except RefusedRow as refusal:
            for entry in family.entries:
                self._refuse(sheet, entry, str(refusal))
        else:
            self._take(sheet, family, writer)

    def _take(self, sheet: str, family: Family, writer: Writer) -> None:
        report = self._report
        rows = [*((sheet, entry) for entry in family.entries), *family.joined]
        if self._registered.has(family):
            report.already_registered += 1
            report.rows_registered += len(rows)
            return
        reason = self._registered.twice(family, sheet)
        if reason:
            for where, entry in rows:
                self._refuse(where, entry, reason)
            return
        report.households += 1
        report.residents += len(family.residents)
        report.rows_imported += len(rows)
        for where, entry in rows:
            for text in entry.warnings:
                self._warn(where, entry.row, text)
        for text in family.warnings:
            self._warn(sheet, family.entries[0].row, text)
        writer.add(family)

    def _entries(self, table: Table, targets: Targets | None) -> Iterator[Entry]:
        sheet = table.sheet.name
        reader = EntryReader(table, targets)
        colour = _Colouring(self._fills.get(sheet, {}))
        for line in table.lines():
            if line.row % _OFTEN == 0:
                self._cancel.check()
                self._progress(self._done + line.row, self._total, f"登记「{sheet}」")
            try:
                entry = reader.read(line)
            except RefusedRow as refusal:
                self._refuse(sheet, line, str(refusal))
                continue
            if colour.fills:
                colour.apply(entry)
            yield entry
        if colour.used:
            self._warn(sheet, table.header.last + 1, "没有“分类”列，分类按姓名一格的底色判定，请核对")

    def _refuse(self, sheet: str, line: Line | Entry, reason: str) -> None:
        self._report.refused.append(Refused(sheet, line.row, reason, tuple(map(text_of, line.cells))))

    def _warn(self, sheet: str, row: int, text: str) -> None:
        self._report.warnings.append(Warned(sheet, row, text))


class _Colouring:
    """Gives entries the categories for which the fills of their names stand."""

    def __init__(self, fills: Mapping[int, str]) -> None:
        self.fills = fills
        self.used = False

    def apply(self, entry: Entry) -> None:
        colour = self.fills.get(entry.row)
        if colour is None or colours.is_neutral(colour):
            return
        key = colours.category_of(colour)
        if key is None:
            entry.warnings.append(f"姓名的底色（{colour}）看不出是哪一类，没有分类")
            return
        entry.colour = to_mask([key])
        self.used = True
