"""Which issues of a ledger the register holds already, and which the ledger itself holds twice."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gridapp.areas.model import CODE_LENGTHS, Area, Level
from gridapp.ids import Uid
from gridapp.intake.ledger_entries import LedgerEntry
from gridapp.intake.refusing import RefusedRow
from gridapp.issues.categories import Categories
from gridapp.issues.model import Issue, Reporter
from gridapp.store.register import Register

_CHUNK = 500
_COMMUNITY = CODE_LENGTHS[Level.COMMUNITY]
_Key = tuple[str, datetime.date] | tuple[str, datetime.date, str]


@dataclass
class Known:
    """An issue on record, with what is compared."""

    uid: Uid
    number: str
    code: str
    values: dict[str, Any]
    reporters: list[str]

    def differences(self, entry: LedgerEntry, sorts: Categories) -> list[str]:
        """What a row says otherwise, in words; what it does not say is no difference."""
        told = (
            ("问题", entry.description, self.values["description"]),
            ("类别", sorts.top_of(sorts.key_of(entry.category)), sorts.top_of(self.values["category"])),
            ("承办", entry.handler, self.values["handler"]),
            ("办结日期", entry.resolved_on, self.values["resolved_on"]),
            ("反馈日期", entry.reported_on, self.values["reported_back_on"]),
        )
        found = [name for name, said, stored in told if said and said != stored]
        return found + (["反映人"] if entry.reporter and entry.reporter not in self.reporters else [])


class Ledger:
    """Looks issues up by number and day of registration, within a community; those without a number by their text.

    Communities number their ledgers each for itself, so the same number elsewhere is another issue.
    """

    def __init__(self, register: Register, entries: Sequence[LedgerEntry]) -> None:
        self._known: dict[_Key, list[Known]] = {}
        self._read: dict[_Key, list[tuple[str, str, int]]] = {}
        numbers = sorted({entry.number for entry in entries if entry.number})
        for start in range(0, len(numbers), _CHUNK):
            self._load(register, Issue.number.in_(numbers[start : start + _CHUNK]))
        days = sorted({entry.registered_on for entry in entries if not entry.number})
        for start in range(0, len(days), _CHUNK):
            self._load(register, Issue.registered_on.in_(days[start : start + _CHUNK]))

    def find(self, entry: LedgerEntry, code: str) -> Known | None:
        """The issue on record that a row is about, for an issue of the area with this code."""
        for known in self._known.get(_key(entry), ()):
            if _same_community(known.code, code) and (entry.number or entry.reporter in (*known.reporters, "")):
                return known
        return None

    def refuse_twice(self, entry: LedgerEntry, code: str, sheet: str) -> None:
        """Refuse a row that the file has held before."""
        seen = self._read.setdefault(_key(entry), [])
        for where, before, row in seen:
            if _same_community(where, code) and entry.number:
                place = f"第 {row} 行" if before == sheet else f"工作表「{before}」第 {row} 行"
                raise RefusedRow(f"与{place}编号、登记日期相同，没有重复登记。")
        seen.append((code, sheet, entry.row))

    def _load(self, register: Register, condition: Any) -> None:
        columns = (Issue.number, Issue.description, Issue.category, Issue.handler, Issue.registered_on)
        query = (
            Issue.select(Issue.uid, Area.code, *columns, Issue.resolved_on, Issue.reported_back_on)
            .join(Area, on=(Area.uid == Issue.area))
            .where(condition)
        )
        found: dict[Uid, Known] = {}
        names = ("number", "description", "category", "handler", "registered_on", "resolved_on", "reported_back_on")
        for uid, code, *rest in register.all(query.tuples()):
            values = dict(zip(names, rest, strict=True))
            known = found[bytes(uid)] = Known(bytes(uid), values["number"], code, values, [])
            day = values["registered_on"]
            self._known.setdefault((known.number, day), []).append(known)
            self._known.setdefault(("", day, values["description"]), []).append(known)
        uids = list(found)
        for start in range(0, len(uids), _CHUNK):
            people = Reporter.select(Reporter.issue, Reporter.name).where(
                Reporter.issue.in_(uids[start : start + _CHUNK])
            )
            for issue, name in register.all(people.tuples()):
                found[bytes(issue)].reporters.append(name)


def _key(entry: LedgerEntry) -> _Key:
    if entry.number:
        return entry.number, entry.registered_on
    return "", entry.registered_on, entry.description


def _same_community(one: str, other: str) -> bool:
    """Whether two areas lie in one community; one above a community may be found to be in it later."""
    one, other = one[:_COMMUNITY], other[:_COMMUNITY]
    return one.startswith(other) or other.startswith(one)
