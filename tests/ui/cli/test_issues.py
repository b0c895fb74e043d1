"""``issue``: registered, taken from step to step and looked at on the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gridapp.issues.workflow import TRANSITIONS, Step
from gridapp.register import open_register
from tests import factories as make
from tests.gridapp.issues.ledger import faults
from tests.ui import people
from tests.ui.cli.conftest import Run


@pytest.fixture
def number(run: Run, db: Path) -> str:
    """An issue that was just registered."""
    told = ("--text", "楼道灯不亮", "--category", "楼道灯", "--reporter", "马大爷", "--phone", "13812345678")
    answer = run("issue", "add", "--db", db, "--area", people.THIRD, *told, "--json")
    assert answer.code == 0
    return answer.json["number"]


def test_an_issue_goes_from_its_registration_to_its_end(run: Run, db: Path, number: str) -> None:
    for step, *told in (
        ("accept",),
        ("assign", "--handler", "紫光苑物业"),
        ("resolve", "--note", "换了灯泡"),
        ("report_back", "--channel", "phone", "--satisfaction", "mostly"),
        ("follow_up",),
        ("close",),
    ):
        answer = run("issue", "step", number, step, *told, "--db", db)
        assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"结案 {number}，现在是“已结案”。\n"
    shown = run("issue", "show", number, "--db", db, "--json").json
    assert (shown["state"], shown["category_key"], shown["satisfaction"]) == ("closed", "lighting.corridor", "基本满意")
    assert [one["step"] for one in shown["timeline"]] == [
        *("register", "accept", "assign", "resolve", "report_back", "follow_up", "close")
    ]
    listed = run("list", "issues", "--db", db, "--json").json
    assert [one["state"] for one in listed if one["number"] == number] == ["closed"]
    with open_register(str(db)) as register:
        assert faults(register) == []


def test_what_is_shown_for_reading_tells_every_step(run: Run, db: Path, number: str) -> None:
    run("issue", "step", number, "join", "--reporter", "李婶", "--phone", "13912345678", "--db", db)
    run("issue", "step", number, "escalate", "--note", "要更换线路", "--db", db)
    lines = run("issue", "show", number, "--db", db).lines
    assert "状态\t待受理" in lines and "反映人\t李婶\t13912345678" in lines
    assert [line.split("\t")[1] for line in lines[-3:]] == ["登记", "又有人反映：李婶", "上报"]
    assert "要更换线路；由网格转到社区；期限由" in lines[-1]


def test_of_several_who_raised_it_one_is_named(run: Run, db: Path, refused: Callable[..., str], number: str) -> None:
    run("issue", "step", number, "join", "--reporter", "李婶", "--db", db)
    run("issue", "step", number, "resolve", "--note", "换了灯泡", "--db", db)
    told = ("issue", "step", number, "report_back", "--channel", "phone", "--db", db)
    assert "2位反映人" in refused(*told)
    assert refused(*told, "--reporter", "王五") == "待反馈的反映人中没有“王五”。待反馈的有：马大爷、李婶。"
    assert "现在是“待反馈”" in run(*told, "--reporter", "李婶").out
    assert "现在是“已反馈”" in run(*told, "--reporter", "马大爷").out


def test_days_and_the_original_are_read(run: Run, db: Path, refused: Callable[..., str], number: str) -> None:
    run("issue", "step", number, "accept", "--db", db)
    assert "应在今天之后" in refused(
        *("issue", "step", number, "suspend", "--note", "等材料", "--review-on", "2020-01-01", "--db", db)
    )
    assert "早于登记日期" in refused(
        *("issue", "step", number, "resolve", "--note", "好了", "--on", "2020-01-01", "--db", db)
    )
    assert run("issue", "step", number, "extend", "--note", "等材料", "--due-on", "2999-01-01", "--db", db).code == 0
    other = run("issue", "add", "--db", db, "--area", people.THIRD, "--text", "灯坏了", "--json").json["number"]
    assert run("issue", "step", other, "duplicate", "--original", number, "--db", db).code == 0
    assert "没有编号为 2020-99999 的民意" in refused(
        *("issue", "step", number, "duplicate", "--original", "2020-99999", "--db", db)
    )


def test_a_step_that_is_not_allowed_is_refused_with_those_that_are(
    db: Path, refused: Callable[..., str], number: str
) -> None:
    said = refused("issue", "step", number, "close", "--db", db)
    assert said.startswith(
        f"{number} 现在是“待受理”，不能 close。可以：受理（accept）、派遣（assign）、办结（resolve）"
    )


def test_what_a_step_needs_is_asked_for(db: Path, refused: Callable[..., str], number: str) -> None:
    assert refused("issue", "step", number, "resolve", "--db", db) == "请填写办理结果。"
    assert refused("issue", "step", number, "assign", "--db", db) == "请填写承办单位或承办人。"


def test_the_household_says_where_it_is(run: Run, db: Path, refused: Callable[..., str]) -> None:
    told = ("--db", db, "--text", "灯坏了", "--urgent", "--json")
    answer = run("issue", "add", "--household", people.FIRST, *told)
    assert (answer.json["area_code"], answer.json["urgent"]) == (people.THIRD, True)
    assert refused("issue", "add", "--household", "没有这户", *told).startswith("没有找到住户“没有这户”")
    assert "请写完整的住址" in refused("issue", "add", "--household", "杨", *told)


def test_numbers_of_two_communities_are_told_apart_by_area(run: Run, db: Path, refused: Callable[..., str]) -> None:
    with open_register(str(db)) as register:
        for code in (make.GRID, "120104003009001"):
            make.make_issue(register, make.make_grid(register, code), number="7")
    assert "有多条民意的编号是 7" in refused("issue", "show", "7", "--db", db)
    assert run("issue", "show", "7", "--db", db, "--area", "120104003009").code == 0


@pytest.mark.parametrize(
    "told",
    [
        ("add", "--text", "灯坏了"),
        ("add", "--area", people.THIRD),
        ("add", "--area", people.THIRD, "--text", "灯", "--source", "鸽子"),
        ("step", "2020-00001"),
        ("step", "2020-00001", "edit"),
        ("step", "2020-00001", "close", "--on", "昨天"),
        ("show",),
    ],
)
def test_wrong_use_is_told_with_exit_code_2(run: Run, db: Path, told: tuple[str, ...]) -> None:
    assert run("issue", *told, "--db", db).code == 2


@pytest.mark.parametrize(
    "told",
    [
        ("add", "--area", "999999", "--text", "灯坏了"),
        ("add", "--area", people.THIRD, "--text", " "),
        ("add", "--area", people.THIRD, "--text", "灯坏了", "--category", "太空"),
        ("step", "2020-99999", "close"),
        ("show", "2020-99999"),
    ],
)
def test_what_cannot_be_is_refused_with_one_line(db: Path, refused: Callable[..., str], told: tuple[str, ...]) -> None:
    assert refused("issue", *told, "--db", db)


def test_every_step_of_the_table_is_offered(run: Run) -> None:
    told = "".join(run("issue", "step", "--help").out.split())
    assert all(row.step.value in told for row in TRANSITIONS if row.step is not Step.EDIT)
