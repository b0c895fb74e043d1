"""The roster of the service teams of an area as a workbook, one row a service; the import reads it back."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gridapp
from exports.excel.table import DAY, TEXT, Column, Look, Table
from exports.excel.workbook import writing
from exports.files import safe_name
from exports.report import ExportReport
from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.areas.tree import Node
from gridapp.places import current_actor
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.register import Register
from gridapp.teams import gaps
from gridapp.teams.gaps import GridTeam
from gridapp.teams.listing import Listing, PeopleFilter, PersonRow, State

_KIND = "服务队名册"
_PAGE = 500
_NUMBER = Look(align="right")
_TEXT = Look(TEXT, wrap=True)
_MISSING = Look(TEXT, fill="#FDE7C7", bold=True, wrap=True)
"""What is missing stands out, and says so in words as well."""

_SHOWN = frozenset({State.PRESENT, State.AWAY, State.RESERVE})
_COLUMNS = (
    Column("序号", 8, _NUMBER),
    Column("街道", 14, _TEXT),
    Column("社区", 14, _TEXT),
    Column("网格", 14, _TEXT),
    Column("服务队职务", 16, _TEXT),
    Column("姓名", 12, _TEXT),
    Column("电话", 16, _TEXT),
    Column("单位", 24, _TEXT),
    Column("单位职务", 18, _TEXT),
    Column("党支部", 18, _TEXT),
    Column("特长", 18, _TEXT),
    Column("任职日期", 14, Look(DAY)),
    Column("在岗情况", 34, _TEXT),
)
_STATE = len(_COLUMNS) - 1
_Place = tuple[str, str, str]


def file_name(register: Register, code: str) -> str:
    """How the roster of an area is called as a file: ``兴南街道紫光苑社区服务队名册.xlsx``.

    Raises:
        UserError: there is no area with this code.
    """
    return safe_name("".join(area.name for area in _path(register, code)[-2:]) + _KIND) + ".xlsx"


def export_roster(
    register: Register,
    code: str,
    path: Path,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
    day: datetime.date | None = None,
) -> ExportReport:
    """Write who serves in an area and below on a day, today unless told, as a workbook, whole or not at all.

    Those in reserve have a row as well. Who stands in is named in the row of the one who is away, so that a roster
    that is read back holds what is for good. Where nobody has a role of 1 + 2, a row without a name says so.

    Raises:
        UserError: there is no area with this code, or the file cannot be written.
        Cancelled: the token was set.
    """
    cancel, on = cancel or CancelToken(), day or datetime.date.today()
    areas = _path(register, code)
    listing = Listing(register, PeopleFilter(code, _SHOWN), on)
    teams = {bytes(team.uid): team for team in gaps.teams(register, code, on)}
    short = sum(not team.is_complete for team in teams.values())
    footer = f"导出人：{current_actor()}　{datetime.datetime.now():%Y-%m-%d %H:%M}"
    told = (f"{on.isoformat()}　网格 {len(teams):,} 个，其中缺员 {short:,} 个（按在岗人员计，替补算在岗）",)
    title = f"{tree.path_label(areas)}　{_KIND}"
    with writing(path, cancel) as book:
        book.properties.title = title
        book.properties.creator = book.properties.lastModifiedBy = current_actor()
        book.properties.keywords = f"GridApp {gridapp.__version__}"
        table = Table(book, _KIND, title, _COLUMNS, footer, told=told)
        number = 0
        for cells, is_missing in _rows(register, code, listing, teams, progress, cancel):
            number += 1
            table.append([number, *cells], {_STATE: _MISSING} if is_missing else {})
        table.finish()
        progress(listing.count, listing.count, "正在保存")
    return ExportReport([path], rows=number)


def _rows(
    register: Register,
    code: str,
    listing: Listing,
    teams: dict[bytes, GridTeam],
    progress: Progress,
    cancel: CancelToken,
) -> Iterator[tuple[list[Any], bool]]:
    """The rows area by area, the cells of each and whether somebody is missing."""
    serving: dict[bytes, list[PersonRow]] = {}
    for offset in range(0, listing.count, _PAGE):
        cancel.check()
        progress(offset, listing.count, _KIND)
        for row in listing.page(offset, _PAGE):
            serving.setdefault(bytes(row.area), []).append(row)
    for node in _nodes(register, code):
        place = _place(node)
        for row in serving.get(bytes(node.uid), ()):
            if not row.stands_in_for:
                yield [*place, *_cells(row)], row.away is not None and not row.stand_ins and row.role.part in (1, 2)
        team = teams.get(bytes(node.uid))
        for one in team.missing if team is not None else ():
            if not one.away:
                yield [*place, one.role.name, *("",) * 7, f"缺{one.role.name}"], True


def _cells(row: PersonRow) -> list[Any]:
    told = (row.role.name, row.name, row.phone, row.unit, row.duty, row.party_branch, row.skills, row.since)
    if row.stand_ins:
        assert row.away is not None
        people = "、".join(f"{one.name} {one.phone}".strip() for one in row.stand_ins)
        return [*told, f"{row.away.text}，由{people}代管"]
    return [*told, row.state_text]


def _nodes(register: Register, code: str) -> Iterator[Node]:
    """The area and those below it, each before what lies in it."""
    for root in tree.roots(register):
        yield from (node for node in root.walk() if node.code.startswith(code))


def _place(node: Node) -> _Place:
    names = {one.level: one.name for one in node.path}
    return names.get(Level.STREET, ""), names.get(Level.COMMUNITY, ""), names.get(Level.GRID, "")


def _path(register: Register, code: str) -> list[Area]:
    tree.find(register, code)
    return tree.path_of(register, code)
