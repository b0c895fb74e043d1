"""The tables of households of a workbook go into the register."""

from collections.abc import Iterator, Mapping

from gridapp.households.categories import to_mask
from gridapp.intake import colours, fills
from gridapp.intake.entries import Entry, EntryReader
from gridapp.intake.families import Family, Homeless, one_a_row, people_a_row
from gridapp.intake.grids import Targets
from gridapp.intake.joining import Members
from gridapp.intake.refusing import RefusedRow
from gridapp.intake.registered import Registered
from gridapp.intake.run import Run
from gridapp.intake.table import Table
from gridapp.intake.workbook import Book
from gridapp.intake.writing import Writer
from gridapp.store.changes import Recording


def _listed_elsewhere(tables: list[Table]) -> list[Table]:
    """The tables of people whose households another table of the same workbook lists."""
    people = [table for table in tables if table.one_person_a_row]
    return people if len(people) < len(tables) else []


class HouseholdImport:
    """Reads households, with their people, from one a row or from people a row."""

    def __init__(self, run: Run, book: Book, tables: list[Table], targets: Targets) -> None:
        self._run = run
        self._book = book
        self._tables = tables
        self._targets = targets
        self._registered = Registered(run.register)
        self._people = _listed_elsewhere(tables)
        self._members = Members()
        self._fills: dict[str, Mapping[int, str]] = {}

    def check(self) -> None:
        """See to it that every row can be told apart by grid.

        Raises:
            UserError: a table does not say in which of several grids its rows are.
        """
        for table in self._tables:
            if table not in self._people:
                self._targets.check(table.header.fields)

    def read_fills(self) -> None:
        """Read the colours of names, before the register is locked, where no column names the categories."""
        for table in self._tables:
            if "categories" in table.header.fields or table in self._people:
                continue
            sheet = table.sheet
            if not fills.can_read(self._book.path):
                text = "没有“分类”列，这种格式也读不出底色；如按底色分类，请另存为 xlsx 再导入"
                self._run.warn(sheet.name, table.header.last + 1, text)
                continue
            self._run.progress(0, 0, f"读取「{sheet.name}」的底色")
            column = sheet.left + table.name_column + 1
            self._fills[sheet.name] = fills.column_fills(self._book.path, sheet.name, column, self._run.cancel)

    def take(self, recording: Recording | None) -> None:
        """Write every household that can be taken over; without a recording only find out which."""
        writer = Writer(recording, self._run.cancel)
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

    def _families(self, table: Table, targets: Targets | None) -> Iterator[Family]:
        group = people_a_row if table.one_person_a_row else one_a_row
        for found in group(self._entries(table, targets)):
            if isinstance(found, Homeless):
                self._run.refuse(table.sheet.name, found.entry.row, found.entry.cells, found.reason)
            else:
                yield found

    def _take_unlisted(self, sheet: str, family: Family, writer: Writer) -> None:
        """Take people whom a sheet of people lists and no sheet of households."""
        try:
            family.grid = self._targets.only_grid()
        except RefusedRow as refusal:
            for entry in family.entries:
                self._run.refuse(sheet, entry.row, entry.cells, str(refusal))
        else:
            self._take(sheet, family, writer)

    def _take(self, sheet: str, family: Family, writer: Writer) -> None:
        report = self._run.report
        rows = [*((sheet, entry) for entry in family.entries), *family.joined]
        if self._registered.has(family):
            report.already_registered += 1
            report.rows_registered += len(rows)
            return
        reason = self._registered.twice(family, sheet)
        if reason:
            for where, entry in rows:
                self._run.refuse(where, entry.row, entry.cells, reason)
            return
        report.households += 1
        report.residents += len(family.residents)
        report.rows_imported += len(rows)
        for where, entry in rows:
            for text in entry.warnings:
                self._run.warn(where, entry.row, text)
        for text in family.warnings:
            self._run.warn(sheet, family.entries[0].row, text)
        writer.add(family)

    def _entries(self, table: Table, targets: Targets | None) -> Iterator[Entry]:
        sheet = table.sheet.name
        reader = EntryReader(table, targets)
        colour = _Colouring(self._fills.get(sheet, {}))
        for line in self._run.lines(table):
            try:
                entry = reader.read(line)
            except RefusedRow as refusal:
                self._run.refuse(sheet, line.row, line.cells, str(refusal))
                continue
            if colour.fills:
                colour.apply(entry)
            yield entry
        if colour.used:
            self._run.warn(sheet, table.header.last + 1, "没有“分类”列，分类按姓名一格的底色判定，请核对")


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
