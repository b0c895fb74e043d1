"""A row of an issue ledger becomes an entry: what was raised, by whom, and how far the row says it has come."""

import datetime
import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from gridapp.areas.model import Level
from gridapp.intake.addresses import Place, place_of
from gridapp.intake.cells import code_of, day_of, day_of_year, halved, name_of, said, text_of
from gridapp.intake.phones import phone_of
from gridapp.intake.placing import within
from gridapp.intake.refusing import RefusedRow
from gridapp.intake.table import Line, Table
from gridapp.intake.words import meanings
from gridapp.intake.workbook import Cells
from gridapp.issues.states import Satisfaction, Source

_LONGEST, _LONGEST_TEXT = 120, 2_000
_FIRST_YEAR = 1949
_NAMELESS = frozenset({"匿名", "不愿留名", "某居民"})
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=[-年/.\d]|$)")
_DAYS = {"registered_on": "登记日期", "resolved_on": "办结日期", "reported_on": "反馈日期"}


_BETWEEN = re.compile(r"[、；;，,]")
_NAME_AND_PHONE = re.compile(r"(.*?)([\d+() -]*)")


class Progress(Enum):
    """How far a row says an issue has come."""

    UNTOLD = ""
    REGISTERED = "registered"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    REJECTED = "rejected"


@dataclass(slots=True)
class LedgerEntry:
    """One row.

    Attributes:
        row: as Excel counts.
        others: who raised it as well, each with their phone.
        place: the parts of ``address``, empty where they cannot be told apart.
        handling: what a row says of the handling beyond how far it is.
        warnings: what a person should look at.
    """

    row: int
    cells: Cells
    number: str
    registered_on: datetime.date
    reporter: str
    phone: str
    address: str
    place: Place
    description: str
    category: str
    level: Level | None
    handler: str
    progress: Progress
    handling: str
    resolved_on: datetime.date | None
    reported_on: datetime.date | None
    satisfaction: str
    source: str
    areas: tuple[str, str, str, str]
    others: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


class LedgerReader:
    """Reads the rows of one table.

    Args:
        today: no day of a ledger lies behind it.
    """

    def __init__(self, table: Table, today: datetime.date) -> None:
        self._column = {name: columns[0] for name, columns in table.header.fields.items()}
        self._today = today
        self._year = _year_of(" ".join((*table.header.title, table.sheet.name)))

    def is_blank(self, line: Line) -> bool:
        """Whether a row was numbered in advance, and nothing was entered."""
        return all(self._said(line.cells, name) == "" for name in self._column if name != "number")

    def read(self, line: Line) -> LedgerEntry:
        """What a row says.

        Raises:
            RefusedRow: it says not what was raised, or when, or its days and what it says of them disagree.
        """
        cells = line.cells
        warnings: list[str] = []
        number = code_of(self._said(cells, "number"))
        registered = self._registered_on(cells, number)
        progress, handling = self._progress(cells)
        resolved, reported = (self._later(cells, name, registered) for name in ("resolved_on", "reported_on"))
        resolved, reported = _agreed(progress, registered, resolved, reported, warnings)
        address = self._said(cells, "address")
        entry = LedgerEntry(
            line.row,
            cells,
            number,
            registered,
            _name(self._said(cells, "reporter")),
            self._phone(cells, warnings),
            address,
            within(place_of(address) or Place(), line.place),
            self._description(cells),
            self._said(cells, "category"),
            self._level(cells, warnings),
            self._said(cells, "handler"),
            Progress.RESOLVED if resolved is not None and progress is not Progress.REJECTED else progress,
            handling,
            resolved,
            reported,
            self._satisfaction(cells, warnings),
            self._meaning(cells, "source", "sources") or (Source.OTHER.value if self._said(cells, "source") else ""),
            tuple(self._said(cells, name) for name in ("grid_code", "street", "community", "grid")),  # type: ignore[arg-type]
            people_of(self._said(cells, "others")),
            warnings,
        )
        _refuse_too_long(entry)
        return entry

    def _said(self, cells: Cells, name: str) -> str:
        column = self._column.get(name)
        return said(cells[column]) if column is not None else ""

    def _description(self, cells: Cells) -> str:
        text = self._said(cells, "description")
        if not text:
            raise RefusedRow("没有写反映的问题。请填写问题描述。")
        return text

    def _phone(self, cells: Cells, warnings: list[str]) -> str:
        phone = phone_of(self._said(cells, "phone"))
        if phone.doubtful:
            warnings.append(f"电话“{phone.number}”不是完整的号码，已原样登记")
        return phone.number

    def _meaning(self, cells: Cells, name: str, part: str) -> str:
        return meanings("issues", part).get(code_of(self._said(cells, name)), "")

    def _level(self, cells: Cells, warnings: list[str]) -> Level | None:
        told = self._said(cells, "level")
        key = self._meaning(cells, "level", "levels")
        if told and not key:
            warnings.append(f"级别“{told}”看不懂，按类别和所在区域确定")
        return Level[key.upper()] if key else None

    def _satisfaction(self, cells: Cells, warnings: list[str]) -> str:
        told = self._said(cells, "satisfaction")
        key = self._meaning(cells, "satisfaction", "satisfactions")
        if told and not key:
            warnings.append(f"满意度“{told}”看不懂，没有登记")
        return Satisfaction(key).value if key else ""

    def _progress(self, cells: Cells) -> tuple[Progress, str]:
        """How far it is, and what else the row says of how it is handled."""
        told = self._said(cells, "progress")
        key = meanings("issues", "progress").get(code_of(told), "")
        texts = [told if told and not key else "", self._said(cells, "result"), self._said(cells, "note")]
        return Progress(key), "；".join(filter(None, texts))

    def _registered_on(self, cells: Cells, number: str) -> datetime.date:
        value = self._value(cells, "registered_on")
        if value == "":
            raise RefusedRow("没有登记日期。请填写，如 2020-08-21。")
        day = _day(value, _year_of(number) or self._year)
        if day is None:
            why = "没有写年份" if day_of_year(value) else "看不懂"
            raise RefusedRow(f"登记日期“{text_of(value)}”{why}。请写成 2020-08-21 这样。")
        self._refuse_day("registered_on", day)
        self._year = day.year
        return day

    def _later(self, cells: Cells, name: str, registered: datetime.date) -> datetime.date | None:
        value = self._value(cells, name)
        if value == "":
            return None
        day = _day(value, registered.year)
        if day is not None and day < registered and day_of_year(value):
            day = _day(value, registered.year + 1) or day  # registered in December, resolved in January
        if day is None:
            raise RefusedRow(f"{_DAYS[name]}“{text_of(value)}”看不懂。请写成 2020-08-21 这样。")
        self._refuse_day(name, day)
        return day

    def _value(self, cells: Cells, name: str) -> Any:
        return cells[self._column[name]] if self._said(cells, name) else ""

    def _refuse_day(self, name: str, day: datetime.date) -> None:
        if day > self._today:
            raise RefusedRow(f"{_DAYS[name]} {day} 还没有到。请核对。")
        if day.year < _FIRST_YEAR:
            raise RefusedRow(f"{_DAYS[name]} {day} 太早。请核对。")


def people_of(text: str) -> list[tuple[str, str]]:
    """Several people, each with their phone: ``李建国 13820000002、匿名``; a phone alone is of who stands before it."""
    found: list[tuple[str, str]] = []
    for part in filter(None, map(str.strip, _BETWEEN.split(text))):
        match = _NAME_AND_PHONE.fullmatch(halved(part))
        assert match is not None  # either may be empty
        name, phone = match[1].strip(), phone_of(match[2].strip()).number
        if found and not name:
            before, phones = found.pop()
            found.append((before, "、".join(filter(None, (phones, phone)))))
        else:
            found.append((_name(name), phone))
    return found


def _name(text: str) -> str:
    name = name_of(text)
    return "" if name in _NAMELESS else name


def _day(value: Any, year: int | None) -> datetime.date | None:
    day, short = day_of(value), day_of_year(value)
    if day is not None or short is None or year is None:
        return day
    try:
        return datetime.date(year, *short)
    except ValueError:
        return None


def _year_of(text: str) -> int | None:
    """The year that a number or a title begins with or names: ``2020-0001``, ``2020年民意账单``."""
    for found in _YEAR.finditer(text):
        return int(found[1])
    return None


def _agreed(
    progress: Progress,
    registered: datetime.date,
    resolved: datetime.date | None,
    reported: datetime.date | None,
    warnings: list[str],
) -> tuple[datetime.date | None, datetime.date | None]:
    """The days on which it was resolved and told, where they agree with what else the row says."""
    if resolved is None and progress is Progress.RESOLVED:
        if reported is None:
            raise RefusedRow("写着已解决，却没有办结日期。请填写办结日期。")
        warnings.append(f"没有办结日期，按反馈日期 {reported} 登记")
        resolved = reported
    if resolved is not None and progress in (Progress.REGISTERED, Progress.ACCEPTED, Progress.IN_PROGRESS):
        raise RefusedRow(f"写着还没有办结，却填了办结日期 {resolved}。请改正其中一项。")
    if resolved is not None and resolved < registered:
        raise RefusedRow(f"办结日期 {resolved} 早于登记日期 {registered}。请核对。")
    if reported is not None and reported < (resolved or registered):
        raise RefusedRow(
            f"反馈日期 {reported} 早于{'办结' if resolved else '登记'}日期 {resolved or registered}。请核对。"
        )
    if reported is not None and resolved is None and progress is not Progress.REJECTED:
        warnings.append(f"还没有办结，反馈日期 {reported} 没有登记")
        reported = None
    return resolved, reported


def _refuse_too_long(entry: LedgerEntry) -> None:
    for text, most in (
        *((entry.description, _LONGEST_TEXT), (entry.handling, _LONGEST_TEXT), (entry.address, _LONGEST)),
        *((entry.reporter, _LONGEST), (entry.phone, _LONGEST), (entry.handler, _LONGEST), (entry.number, 64)),
        *((text, _LONGEST) for person in entry.others for text in person),
        (entry.category, _LONGEST),
    ):
        if len(text) > most:
            raise RefusedRow(f"有一格写了{len(text)}个字，最多{most}个。请缩短后重试。")
