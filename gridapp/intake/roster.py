"""The rosters of service teams go into the register: each person once, with what they do in which grid."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from gridapp.ids import Uid, new_uid
from gridapp.intake.cells import code_of, day_of, name_of, said
from gridapp.intake.grids import Targets
from gridapp.intake.phones import phone_of
from gridapp.intake.refusing import RefusedRow
from gridapp.intake.run import Run
from gridapp.intake.table import Line, Table
from gridapp.intake.words import meanings
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.teams.editing import skills_in
from gridapp.teams.model import RESERVE, ROLES, Member, Service

_CHUNK = 500
_LONGEST = 120
_MEMBER = ("uid", "name", "phone", "unit", "duty", "party_branch", "skills", "note")
_SERVICE = ("uid", "member", "area", "role", "since")
_PARTS = ("grid_code", "street", "community", "grid")
_ABOVE_GRIDS = ("grid_leader", RESERVE.key)
"""Who may have these roles in a community or a street: a row without a grid is about that."""


@dataclass(frozen=True, slots=True)
class Helper:
    """One row: a person, and what they do where."""

    row: int
    area: Uid
    role: str
    name: str
    phone: str
    unit: str
    duty: str
    party_branch: str
    skills: str
    since: datetime.date | None
    note: str


@dataclass(slots=True)
class _Person:
    """A member on record, or one of the rows before, with the areas and roles of their open services."""

    uid: Uid
    phone: str
    unit: str
    serves: set[tuple[Uid, str]]


class RosterImport:
    """Reads members of service teams, one service a row."""

    def __init__(self, run: Run, tables: list[Table], targets: Targets) -> None:
        self._run = run
        self._tables = tables
        self._targets = targets
        self._members: list[tuple] = []
        self._services: list[tuple] = []
        self._known: dict[str, list[_Person]] = {}
        self._seen: dict[tuple, tuple[str, int]] = {}

    def take(self, recording: Recording | None) -> None:
        """Write everybody who can be taken over; without a recording only find out who."""
        for table in self._tables:
            self._take_table(table)
        if recording is not None:
            recording.insert_many(Member, _MEMBER, self._members, self._run.cancel)
            recording.insert_many(Service, _SERVICE, self._services, self._run.cancel)

    def _take_table(self, table: Table) -> None:
        sheet = table.sheet.name
        columns = {name: column[0] for name, column in table.header.fields.items()}
        helpers: list[tuple[Helper, Line]] = []
        for line in self._run.lines(table):
            if _is_vacant(line, columns):
                self._run.report.rows_skipped += 1
                continue
            try:
                helpers.append((self._read(line, columns, sheet), line))
            except RefusedRow as refusal:
                self._run.refuse(sheet, line.row, line.cells, str(refusal))
        # Who stands on several sheets is one person, and not on record before the last of them is read.
        fresh = {helper.name for helper, _line in helpers} - self._known.keys()
        self._known |= {name: [] for name in fresh} | _on_record(self._run.register, sorted(fresh))
        for helper, line in helpers:
            service = (helper.area, helper.role, helper.name, helper.phone)
            if service in self._seen:
                before, row = self._seen[service]
                place = f"第 {row} 行" if before == sheet else f"工作表「{before}」第 {row} 行"
                reason = f"与{place}相同（网格、职务、姓名、电话），没有重复登记。"
                self._run.refuse(sheet, line.row, line.cells, reason)
                continue
            self._seen[service] = sheet, helper.row
            self._take(sheet, helper, self._known[helper.name])

    def _take(self, sheet: str, helper: Helper, namesakes: list[_Person]) -> None:
        report, service = self._run.report, (helper.area, helper.role)
        person = _same(helper, namesakes)
        if person is not None and helper.unit and person.unit and helper.unit != person.unit:
            text = f"{helper.name}登记的单位是“{person.unit}”，不是“{helper.unit}”，没有改动，请核对"
            self._run.warn(sheet, helper.row, text)
        if person is not None and service in person.serves:
            report.members_registered += 1
            report.rows_registered += 1
            return
        if person is None:
            if any(area == helper.area for one in namesakes for area, _role in one.serves):
                self._run.warn(sheet, helper.row, f"这个网格已有另一位{helper.name}（电话不同），两人都已登记，请核对")
            person = _Person(new_uid(), helper.phone, helper.unit, set())
            namesakes.append(person)
            told = (helper.unit, helper.duty, helper.party_branch, helper.skills, helper.note)
            self._members.append((person.uid, helper.name, helper.phone, *told))
        person.serves.add(service)
        self._services.append((new_uid(), person.uid, *service, helper.since))
        report.members += 1
        report.rows_imported += 1

    def _read(self, line: Line, columns: dict[str, int], sheet: str) -> Helper:
        def told(name: str) -> str:
            text = said(line.cells[columns[name]]) if name in columns else ""
            if len(text) > _LONGEST:
                raise RefusedRow(f"有一格写了{len(text)}个字，最多{_LONGEST}个。请缩短后重试。")
            return text

        name = name_of(told("name"))
        if not name:
            raise RefusedRow("没有姓名。请填写队员的姓名。")
        role = meanings("members", "roles").get(code_of(told("role")))
        if role is None:
            raise RefusedRow(f"{_unclear(told('role'))}请填写其中一项：{'、'.join(one.name for one in ROLES)}。")
        area = self._area(role, *(told(part) for part in _PARTS))
        phone = phone_of(told("phone"))
        if phone.doubtful:
            self._run.warn(sheet, line.row, f"电话“{phone.number}”不是完整的号码，已原样登记")
        since = day_of(line.cells[columns["since"]]) if told("since") else None
        if told("since") and since is None:
            self._run.warn(sheet, line.row, f"任职日期“{told('since')}”看不懂，没有登记日期")
        skills = "、".join(skills_in(told("skills")))
        more = (told("unit"), told("duty"), told("party_branch"), skills, since, told("note"))
        return Helper(line.row, area, role, name, phone.number, *more)

    def _area(self, role: str, code: str, street: str, community: str, name: str) -> Uid:
        if role in _ABOVE_GRIDS and not (code or name):
            above = self._targets.above(street, community)
            if above is not None:
                return bytes(above)
        if not (code or name) and self._targets.is_one:
            return bytes(self._targets.only_grid())
        found = self._targets.look_up(code, street, community, name)
        if isinstance(found, str):
            raise RefusedRow(found)
        return bytes(found)


def _is_vacant(line: Line, columns: dict[str, int]) -> bool:
    """Whether a row says that nobody has a role: no name, and that somebody is missing."""
    state = said(line.cells[columns["state"]]) if "state" in columns else ""
    return state.startswith("缺") and not name_of(said(line.cells[columns["name"]]))


def _unclear(role: str) -> str:
    return f"职务“{role}”看不懂。" if role else "没有写职务。"


def _same(helper: Helper, namesakes: Sequence[_Person]) -> _Person | None:
    """Who a row is about: the same name and phone are the same person; without a phone, the same name in the grid."""
    for person in namesakes:
        serves_here = any(area == helper.area for area, _role in person.serves)
        if person.phone == helper.phone and (helper.phone or serves_here):
            return person
    return None


def _on_record(register: Register, names: Sequence[str]) -> dict[str, list[_Person]]:
    """Members with some names, by name."""
    found: dict[str, list[_Person]] = {}
    people: dict[Uid, _Person] = {}
    for start in range(0, len(names), _CHUNK):
        some = Member.name.in_(names[start : start + _CHUNK])
        columns = (Member.uid, Member.name, Member.phone, Member.unit)
        for uid, name, phone, unit in register.all(Member.select(*columns).where(some).order_by(Member.uid).tuples()):
            person = people[bytes(uid)] = _Person(bytes(uid), phone, unit, set())
            found.setdefault(name, []).append(person)
        services = (
            Service.select(Service.member, Service.area, Service.role)
            .join(Member, on=(Member.uid == Service.member))
            .where(some & Service.holds())
        )
        for member, area, role in register.all(services.tuples()):
            people[bytes(member)].serves.add((bytes(area), role))
    return found
