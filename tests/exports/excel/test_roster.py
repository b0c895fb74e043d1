"""The roster as a workbook: one row a service, what is missing is said, and the import reads it back."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from exports.excel.roster import export_roster, file_name
from gridapp.areas.model import Area
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.intake.importing import import_workbook
from gridapp.register import Register, open_register
from gridapp.teams import absences, substitution
from gridapp.teams.absences import AbsenceDraft
from gridapp.teams.model import Member, Service
from tests import factories as make

DAY = datetime.date(2026, 3, 6)
SINCE = datetime.date(2024, 4, 1)
FOURTH, COMMUNITY = "120104003001004", make.GRID[:12]


class Book:
    """A roster of two grids, read back row by row."""

    def __init__(self, register: Register, path: Path, code: str = COMMUNITY) -> None:
        self.path = path / file_name(register, code)
        export_roster(register, code, self.path, day=DAY)
        self.sheet = load_workbook(self.path)["服务队名册"]
        rows = list(self.sheet.iter_rows(min_row=3, values_only=True))
        self.rows = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]

    def told(self, *headings: str) -> list[tuple]:
        return [tuple(row[heading] for heading in headings) for row in self.rows]


def serves(register: Register, area: Uid, role: str, name: str, **values: Any) -> Uid:
    member = make.make_member(register, name=name, **values)
    make.make_service(register, member, area, role, since=SINCE)
    return member


def fill(register: Register) -> None:
    third, _fourth = make.make_grid(register), make.make_grid(register, FOURTH, "第四网格")
    community = register.value(Area.select(Area.uid).where(Area.code == COMMUNITY))
    serves(register, community, "grid_leader", "钱进", unit="紫光苑社区党委", duty="书记", phone="13820000009")
    told = {"party_branch": "第二支部", "skills": "急救、电工", "duty": "专职网格员", "phone": "13820000001"}
    worker = serves(register, third, "grid_worker", "王芳", unit="紫光苑居委会", **told)
    reserve = serves(register, third, "reserve", "赵磊", phone="13820000002")
    serves(register, third, "agency_official", "刘洋", unit="区卫健委", phone="13820000003")
    absence, _label = absences.add(register, worker, AbsenceDraft(DAY, DAY, "本单位抽调"))
    (gap,) = substitution.gaps_of(register, absence)
    substitution.accept(register, gap, reserve)


def test_each_service_is_a_row_and_what_is_missing_says_so(register: Register, tmp_path: Path) -> None:
    fill(register)
    book = Book(register, tmp_path)
    assert book.path.name == "兴南街道紫光苑社区服务队名册.xlsx"
    assert book.told("网格", "服务队职务", "姓名", "在岗情况") == [
        (None, "网格长", "钱进", "在岗"),
        ("第三网格", "网格员", "王芳", "本单位抽调，至 2026-03-06，由赵磊 13820000002代管"),
        ("第三网格", "机关干部", "刘洋", "在岗"),
        ("第三网格", "后备力量", "赵磊", "后备"),
        ("第三网格", "街道干部", None, "缺街道干部"),
        ("第四网格", "网格员", None, "缺网格员"),
        ("第四网格", "机关干部", None, "缺机关干部"),
        ("第四网格", "街道干部", None, "缺街道干部"),
    ]
    filled = [row[-1].fill.fgColor.rgb for row in book.sheet.iter_rows(min_row=4)]
    assert [colour != "00000000" for colour in filled] == [False] * 4 + [True] * 4
    assert "缺员 2 个" in book.sheet["A2"].value


def members(register: Register) -> list[tuple]:
    query = (
        Service.select(
            *(Area.code, Service.role, Member.name, Member.phone, Member.unit, Member.duty),
            *(Member.party_branch, Member.skills, Service.since),
        )
        .join(Area, on=(Area.uid == Service.area))
        .switch(Service)
        .join(Member, on=(Member.uid == Service.member))
        .where(Service.absence.is_null())
        .order_by(Area.code, Service.role, Member.name)
    )
    return register.all(query.tuples())


def test_what_was_exported_is_read_back_the_same(register: Register, tmp_path: Path) -> None:
    fill(register)
    book = Book(register, tmp_path)
    with open_register(str(tmp_path / "另一本.db")) as other:
        make.make_grid(other), make.make_grid(other, FOURTH, "第四网格")
        report = import_workbook(other, book.path, COMMUNITY)
        assert (report.members, report.refused, report.warnings) == (4, [], [])
        assert members(other) == members(register)
        again = import_workbook(other, book.path, COMMUNITY)
        assert (again.members, again.members_registered) == (0, 4)
        assert [row["在岗情况"] for row in Book(other, tmp_path).rows].count("在岗") == 3
        other.close(backup=False)


def test_a_single_grid_has_its_own_and_an_area_that_is_not_there_is_refused(register: Register, tmp_path: Path) -> None:
    fill(register)
    assert Book(register, tmp_path, FOURTH).told("姓名") == [(None,)] * 3
    with pytest.raises(UserError, match="没有编码为 999999"):
        export_roster(register, "999999", tmp_path / "没有.xlsx")
    assert not (tmp_path / "没有.xlsx").exists()
