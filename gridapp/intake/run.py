"""One run over a workbook: where the import tells how far it is, and what becomes of each row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from gridapp.intake.cells import text_of
from gridapp.intake.report import ImportReport, Refused, Warned
from gridapp.intake.table import Line, Table
from gridapp.progress import CancelToken, Progress
from gridapp.store.register import Register

_OFTEN = 500


@dataclass
class Run:
    """What all kinds of tables share while a workbook is read.

    Attributes:
        total: rows of all tables; ``done`` those of the tables that are through.
    """

    register: Register
    report: ImportReport
    progress: Progress
    cancel: CancelToken
    total: int
    done: int = field(default=0, init=False)

    def lines(self, table: Table) -> Iterator[Line]:
        """The rows of a table, with a word now and then of how far it is."""
        sheet = table.sheet.name
        for line in table.lines():
            if line.row % _OFTEN == 0:
                self.cancel.check()
                self.progress(self.done + line.row, self.total, f"登记「{sheet}」")
            yield line
        self.report.rows_skipped += table.skipped
        self.done += table.sheet.height

    def refuse(self, sheet: str, row: int, cells: Sequence[Any], reason: str) -> None:
        """Tell of a row that is not taken over."""
        self.report.refused.append(Refused(sheet, row, reason, tuple(map(text_of, cells))))

    def warn(self, sheet: str, row: int, text: str) -> None:
        """Tell of something that a person should look at."""
        self.report.warnings.append(Warned(sheet, row, text))
