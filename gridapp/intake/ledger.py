"""The tables of an issue ledger go into the register: each issue with who raised it and the steps its days tell."""

import datetime
from collections.abc import Iterator

from gridapp.areas.model import LEVEL_NAMES, Level
from gridapp.ids import Uid, new_uid
from gridapp.intake.grids import Targets
from gridapp.intake.homes import Home, Homes
from gridapp.intake.ledger_entries import LedgerEntry, LedgerReader
from gridapp.intake.ledger_registered import Known, Ledger
from gridapp.intake.ledger_steps import Course, course_of
from gridapp.intake.refusing import RefusedRow
from gridapp.intake.run import Run
from gridapp.intake.table import Table
from gridapp.issues import categories
from gridapp.issues.deadlines import due_at
from gridapp.issues.model import Issue, IssueStep, Reporter
from gridapp.issues.registering import next_number
from gridapp.store.changes import Recording

_ISSUE = (
    *("uid", "number", "area", "household", "place", "category", "level", "state", "description", "handler"),
    *("registered_on", "due_at", "resolved_on", "reported_back_on", "result", "satisfaction"),
)
_REPORTER = ("uid", "issue", "household", "name", "phone", "source", "reported_on", "reported_back_on", "satisfaction")
_STEP = ("uid", "issue", "at", "step", "by", "old_state", "new_state", "note", "details")


class LedgerImport:
    """Reads issues, one a row."""

    def __init__(self, run: Run, tables: list[Table], targets: Targets) -> None:
        self._run = run
        self._tables = tables
        self._targets = targets
        self._sorts = categories.of(run.register)
        self._told: set[str] = set()  # the numbers that rows have
        self._serials: dict[int, int] = {}  # of the years, what comes next
        self._issues: list[tuple] = []
        self._reporters: list[tuple] = []
        self._steps: list[tuple] = []

    def take(self, recording: Recording | None) -> None:
        """Write every issue that can be taken over; without a recording only find out which."""
        if not self._tables:
            return
        entries = list(self._entries())
        self._told = {entry.number for _sheet, entry in entries}
        homes = Homes(self._run.register, self._targets.code, {entry.place for _sheet, entry in entries})
        ledger = Ledger(self._run.register, [entry for _sheet, entry in entries])
        for sheet, entry in entries:
            self._run.cancel.check()
            try:
                self._take(sheet, entry, homes, ledger, recording)
            except RefusedRow as refusal:
                self._run.refuse(sheet, entry.row, entry.cells, str(refusal))
        if recording is not None:
            # What refers to a row stands behind it, so that an undo, which goes backwards, takes it out first.
            recording.insert_many(Issue, _ISSUE, self._issues, self._run.cancel)
            recording.insert_many(Reporter, _REPORTER, self._reporters, self._run.cancel)
            recording.insert_many(IssueStep, _STEP, self._steps, self._run.cancel)

    def _entries(self) -> Iterator[tuple[str, LedgerEntry]]:
        for table in self._tables:
            sheet = table.sheet.name
            reader = LedgerReader(table, datetime.date.today())
            for line in self._run.lines(table):
                if reader.is_blank(line):
                    continue
                try:
                    yield sheet, reader.read(line)
                except RefusedRow as refusal:
                    self._run.refuse(sheet, line.row, line.cells, str(refusal))

    def _take(self, sheet: str, entry: LedgerEntry, homes: Homes, ledger: Ledger, recording: Recording | None) -> None:
        home = homes.find(entry.place, entry.reporter) if entry.place.room else None
        area, code, level_of_area = self._area(entry, home)
        known = ledger.find(entry, code)
        report = self._run.report
        if known is not None:
            report.issues_registered += 1
            report.rows_registered += 1
            self._compare(sheet, entry, known)
            return
        ledger.refuse_twice(entry, code, sheet)
        if home is None and entry.address:
            entry.warnings.append(f"住址“{entry.address}”没有对应的住户，已记为地点")
        level = self._level(entry, level_of_area)
        course = course_of(entry, report.file)
        report.issues += 1
        report.rows_imported += 1
        for text in entry.warnings:
            self._run.warn(sheet, entry.row, text)
        if recording is not None:
            number = entry.number or self._next_number(recording, entry.registered_on.year)
            self._add(entry, course, number, area, level, home)

    def _area(self, entry: LedgerEntry, home: Home | None) -> tuple[Uid, str, Level]:
        """Where it was raised: in the grid of the household, or that which the row names, or else in the whole area."""
        if home is not None:
            return self._targets.named(home.area)
        if any(entry.areas[index] for index in (0, 3)):
            found = self._targets.look_up(*entry.areas)
            if isinstance(found, str):
                raise RefusedRow(found)
            return self._targets.named(found)
        return self._targets.whole

    def _level(self, entry: LedgerEntry, of_area: Level) -> Level:
        sort = self._sorts.get(self._sorts.key_of(entry.category))
        told = entry.level or (sort.level if sort is not None and sort.level else of_area)
        level = Level(min(told, of_area))
        if entry.level is not None and level is not entry.level:
            told_name, name = LEVEL_NAMES[entry.level], LEVEL_NAMES[level]
            entry.warnings.append(f"级别是“{told_name}”，但不知道在哪个网格，已登记为“{name}”")
        return level

    def _compare(self, sheet: str, entry: LedgerEntry, known: Known) -> None:
        changed = known.differences(entry, self._sorts)
        if changed:
            text = f"{known.number} 已登记，{'、'.join(changed)}与登记簿不同，没有改动登记簿，请核对"
            self._run.warn(sheet, entry.row, text)

    def _next_number(self, recording: Recording, year: int) -> str:
        """A number for a row without one, which no row of the file has either: none is in the register yet."""
        if year not in self._serials:
            self._serials[year] = int(next_number(recording.register, year).partition("-")[2])
        while (number := f"{year}-{self._serials[year]:05}") in self._told:
            self._serials[year] += 1
        self._serials[year] += 1
        return number

    def _add(self, entry: LedgerEntry, course: Course, number: str, area: Uid, level: Level, home: Home | None) -> None:
        uid, household = new_uid(), home.uid if home is not None else None
        category = self._sorts.key_of(entry.category)
        begun = datetime.datetime.combine(entry.registered_on, datetime.time())
        due = due_at(level, begun, category=self._sorts.get(category))
        place = "" if home is not None else entry.address
        what = (area, household, place, category, int(level), int(course.state), entry.description, entry.handler)
        days = (entry.registered_on, due, course.resolved_on, course.told_on)
        self._issues.append((uid, number, *what, *days, course.result, course.satisfaction))
        for at, (name, phone) in enumerate([(entry.reporter, entry.phone), *entry.others]):
            # Where the others live, and what each of them said, a ledger does not tell.
            lives, said = (household, course.satisfaction) if not at else (None, "")
            person = (new_uid(), uid, lives, name, phone, entry.source, entry.registered_on)
            self._reporters.append((*person, course.told_on, said))
        self._steps += [(new_uid(), uid, *step) for step in course.steps]
