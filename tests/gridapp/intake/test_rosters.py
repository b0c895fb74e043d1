"""Rosters of the service teams come in, each person once, with what they do in which grid."""

import datetime

import pytest

from gridapp.intake.importing import import_workbook
from gridapp.store import undo
from gridapp.store.check import check
from gridapp.teams.model import Member, Service
from gridapp.teams.roster import roster
from tests import factories as make
from tests.gridapp.intake import workbooks as books

SAMPLE = books.DATA / "紫光苑社区服务队名册.xlsx"
COMMUNITY = make.GRID[:12]
HEADER = ("网格", "职务", "姓名", "单位", "电话")
NAMES = ("第一网格", "第二网格", "第三网格", "第四网格")


@pytest.fixture
def community(register):
    for number, name in enumerate(NAMES, 1):
        make.make_grid(register, f"{COMMUNITY}00{number}", name)


def line(grid="第三网格", role="网格员", name="赵秀英", unit=None, phone="13201330722"):
    return [grid, role, name, unit, phone]


def brought_in(register, tmp_path, *lines):
    return import_workbook(register, books.write(tmp_path / "名册.xlsx", [HEADER, *lines], "名册"), COMMUNITY)


def test_the_sample_fills_the_teams_of_its_grids(register, community):
    report = import_workbook(register, SAMPLE, COMMUNITY)
    assert (report.rows_read, report.members, report.refused, report.warnings) == (23, 23, [], [])
    assert "导入 23 名队员" in report.summary()
    team = roster(register, make.GRID)
    assert [(one.role.name, one.name) for one in team[:3]] == [
        ("网格员", "赵秀英"),
        ("机关干部", "张建国"),
        ("街道干部", "李伟"),
    ]
    assert (team[1].unit, team[1].phone) == ("区委组织部", "13447477780")
    assert [len(roster(register, f"{COMMUNITY}00{number}")) for number in range(1, 5)] == [7, 7, 7, 2]
    assert check(register) == []


def test_importing_a_roster_again_changes_nothing_and_one_undo_takes_it_out(register, community):
    import_workbook(register, SAMPLE, COMMUNITY)
    report = import_workbook(register, SAMPLE, COMMUNITY)
    assert (report.members, report.members_registered) == (0, 23)
    assert "23 名队员已登记、没有改动" in report.summary()
    undo.undo(register)
    assert [register.all(model.select()) for model in (Member, Service)] == [[], []]


def test_both_engines_take_a_roster(engine_register):
    for number, name in enumerate(NAMES, 1):
        make.make_grid(engine_register, f"{COMMUNITY}00{number}", name)
    assert import_workbook(engine_register, SAMPLE, COMMUNITY).members == 23
    assert import_workbook(engine_register, SAMPLE, COMMUNITY).members_registered == 23
    assert check(engine_register) == []


def test_the_same_person_may_serve_twice(register, community, tmp_path):
    report = brought_in(register, tmp_path, line(), line("第四网格"), line(role="志愿者"))
    assert report.members == 3
    assert len(register.all(Member.select())) == 1


def test_who_stands_on_several_sheets_is_one_person(register, community, tmp_path):
    first, second = [HEADER, line()], [HEADER, line("第四网格"), line()]
    report = import_workbook(
        register, books.write(tmp_path / "名册.xlsx", first, "第三网格", 第四网格=second), COMMUNITY
    )
    assert (report.members, len(register.all(Member.select())), report.warnings) == (2, 1, [])
    (again,) = report.refused
    assert again.sheet == "第四网格" and again.reason.startswith("与工作表「第三网格」第 2 行相同")


def test_two_people_of_one_name_are_two(register, community, tmp_path):
    report = brought_in(register, tmp_path, line(), line(phone="13201330799"))
    assert len(register.all(Member.select())) == 2
    assert ["另一位赵秀英" in one.text for one in report.warnings] == [True]


def test_who_serves_no_more_serves_again(register, community, tmp_path):
    brought_in(register, tmp_path, line())
    with register.recording("卸任") as recording:
        recording.update(Service, register.value(Service.select(Service.uid)), {"until": datetime.date(2020, 8, 1)})
    assert brought_in(register, tmp_path, line()).members == 1
    assert (len(register.all(Member.select())), len(roster(register, make.GRID))) == (1, 1)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"grid": "第九网格"}, "没有名为“第九网格”的网格"),
        ({"grid": None}, "没有写网格"),
        ({"role": "书记员"}, "职务“书记员”看不懂。请填写其中一项：网格长、网格员"),
        ({"role": None}, "没有写职务"),
        ({"name": None}, "没有姓名"),
        ({"unit": "长" * 121}, "最多120个"),
    ],
)
def test_a_row_that_cannot_be_is_refused_in_one_sentence(register, community, tmp_path, told, why):
    report = brought_in(register, tmp_path, line(**told))
    (refused,) = report.refused
    assert why in refused.reason
    assert register.all(Member.select()) == []


def test_the_same_row_twice_is_told(register, community, tmp_path):
    report = brought_in(register, tmp_path, line(), line())
    assert [one.reason for one in report.refused] == ["与第 2 行相同（网格、职务、姓名、电话），没有重复登记。"]


def test_another_unit_is_told_and_not_written(register, community, tmp_path):
    brought_in(register, tmp_path, line(unit="居委会"))
    report = brought_in(register, tmp_path, line(unit="街道办"))
    assert ["没有改动" in one.text for one in report.warnings] == [True]
    assert register.value(Member.select(Member.unit)) == "居委会"


def test_a_sheet_of_residents_with_their_duties_is_no_roster(register, community, tmp_path):
    header = ("楼栋", "房号", "姓名", "职务", "电话", "网格")
    path = books.write(tmp_path / "居民.xlsx", [header, ("3号楼", "501", "马一", "经理", "", "第三网格")])
    assert import_workbook(register, path, COMMUNITY).households == 1


def test_branch_skills_days_and_reserves_come_in(register, community, tmp_path):
    header = ("社区", "网格", "职务", "姓名", "电话", "党支部", "特长", "任职日期")
    rows = [
        ("紫光苑社区", "第三网格", "网格员", "赵秀英", "13201330722", "第二支部", "急救，电工", "2024-4-1"),
        ("紫光苑社区", "第三网格", "后备", "孙丽", "13201330723", None, None, "年前"),
        ("紫光苑社区", None, "网格长", "钱进", "13201330724", None, None, None),
        ("紫光苑社区", None, "网格员", "周到", "13201330725", None, None, None),
    ]
    report = import_workbook(register, books.write(tmp_path / "名册.xlsx", [header, *rows], "名册"), COMMUNITY)
    assert (report.members, [one.reason for one in report.refused]) == (3, ["没有写网格。请在“网格”列填写网格名称。"])
    assert [one.text for one in report.warnings] == ["任职日期“年前”看不懂，没有登记日期"]
    query = Member.select(Member.party_branch, Member.skills).where(Member.name == "赵秀英")
    assert register.first(query.tuples()) == ("第二支部", "急救、电工")
    assert [one.name for one in roster(register, COMMUNITY)] == ["钱进"]
    roles = dict(register.all(Service.select(Service.role, Service.since).tuples()))
    assert roles == {"grid_worker": datetime.date(2024, 4, 1), "reserve": None, "grid_leader": None}
