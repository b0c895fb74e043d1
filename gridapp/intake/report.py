"""What an import did with each row."""

from dataclasses import asdict, dataclass, field
from typing import Any

_WARNED = 50
"""How many of the doubtful rows are named before the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken over.

    Attributes:
        row: as Excel counts.
        cells: what it holds, as text, from the sheet's first column that is not blank.
    """

    sheet: str
    row: int
    reason: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Warned:
    """Something about a row, or about all of a sheet, that a person should look at."""

    sheet: str
    row: int
    text: str


@dataclass(frozen=True, slots=True)
class SheetRead:
    """How a sheet is laid out: the texts above its header, and what stands over each column."""

    title: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass
class ImportReport:
    """The outcome of one workbook.

    Attributes:
        file: its name.
        rows_read: rows of data: ``rows_imported``, ``rows_registered`` and those refused.
        rows_skipped: totals, headings and remarks, which are no data.
        already_registered: households that the register held already and that were left as they are;
            ``issues_registered`` and ``members_registered`` the same of issues and of services in teams.
        members: people of the service teams who are new in a team, each for every service.
        dry_run: whether nothing was written.
    """

    file: str
    dry_run: bool = False
    rows_imported: int = 0
    rows_registered: int = 0
    rows_skipped: int = 0
    households: int = 0
    residents: int = 0
    already_registered: int = 0
    issues: int = 0
    issues_registered: int = 0
    members: int = 0
    members_registered: int = 0
    refused: list[Refused] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    sheets: dict[str, SheetRead] = field(default_factory=dict)

    @property
    def rows_read(self) -> int:
        return self.rows_imported + self.rows_registered + len(self.refused)

    @property
    def taken(self) -> str:
        """What came in, in words: ``162 户、154 人``, ``40 条民意``; empty if nothing did."""
        people = f"{self.households} 户、{self.residents} 人" if self.households else ""
        issues = f"{self.issues} 条民意" if self.issues else ""
        members = f"{self.members} 名队员" if self.members else ""
        return "、".join(filter(None, (people, issues, members)))

    @property
    def left(self) -> str:
        """What the register held already, in words; empty if there was nothing of it."""
        counts = ((self.already_registered, "户"), (self.issues_registered, "条民意"))
        found = [f"{count} {what}" for count, what in (*counts, (self.members_registered, "名队员")) if count]
        return f"{'、'.join(found)}已登记、没有改动" if found else ""

    def summary(self) -> str:
        """One sentence, then a line for each row that was refused, and for each that should be looked at."""
        done = "试读，可导入" if self.dry_run else "导入"
        parts = [f"读取 {self.rows_read} 行，{done} {self.taken or self._nothing}"]
        parts += [self.left] if self.left else []
        if self.refused:
            parts.append(f"{len(self.refused)} 行未导入")
        if self.warnings:
            parts.append(f"{len(self.warnings)} 处请核对")
        lines = [f"工作表「{one.sheet}」第 {one.row} 行：{one.reason}" for one in self.refused]
        lines += [f"请核对：工作表「{one.sheet}」第 {one.row} 行：{one.text}" for one in self.warnings[:_WARNED]]
        if len(self.warnings) > _WARNED:
            lines.append(f"请核对：另有 {len(self.warnings) - _WARNED} 处，用 --json 查看全部。")
        return "\n".join([f"{self.file}：{'，'.join(parts)}。", *lines])

    @property
    def _nothing(self) -> str:
        if self.issues_registered:
            return "0 条民意"
        return "0 名队员" if self.members_registered else "0 户、0 人"

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON can hold it."""
        return {
            "file": self.file,
            "dry_run": self.dry_run,
            "rows_read": self.rows_read,
            "rows_imported": self.rows_imported,
            "rows_registered": self.rows_registered,
            "rows_skipped": self.rows_skipped,
            "households": self.households,
            "residents": self.residents,
            "already_registered": self.already_registered,
            "issues": self.issues,
            "issues_registered": self.issues_registered,
            "members": self.members,
            "members_registered": self.members_registered,
            "refused": [{"sheet": one.sheet, "row": one.row, "reason": one.reason} for one in self.refused],
            "warnings": [asdict(one) for one in self.warnings],
        }
