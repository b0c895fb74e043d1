"""``team``, ``list teams`` and ``export roster``: who is away, who stands in, what is missing."""

import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gridapp.areas import tree
from gridapp.register import open_register
from tests import factories as make
from tests.ui import people
from tests.ui.cli.conftest import Run

TODAY = datetime.date.today()
LAST = TODAY + datetime.timedelta(days=6)


@pytest.fixture
def served(db: Path) -> Path:
    """The register with a team in the fourth grid, somebody in reserve, and a worker next door."""
    register = open_register(str(db))
    third, fourth = (tree.find(register, code).uid for code in (people.THIRD, people.FOURTH))
    for name, area, role in (
        ("范围", fourth, "grid_worker"),
        ("葛青", fourth, "agency_official"),
        ("岳山", fourth, "street_official"),
        ("后来", fourth, "reserve"),
        ("邻居", third, "grid_worker"),
    ):
        make.make_service(register, make.make_member(register, name=name, phone="13820000001"), area, role)
    register.close()
    return db


def test_who_is_away_is_replaced_and_comes_back(run: Run, served: Path) -> None:
    at = ("--db", served, "--area", people.FOURTH)
    assert run("list", "teams", *at, "--gaps", "--json").json == []
    added = run("team", "absence", "add", "--db", served, "--member", "范围", "--until", LAST, "--reason", "请假")
    absence = added.out.strip()
    (gap,) = run("list", "teams", *at, "--gaps", "--json").json
    assert (gap["area_code"], gap["strength"]) == (people.FOURTH, "0 + 2 + 0")
    assert gap["told"] == f"缺网格员（范围 请假，至 {LAST}）"
    asked = run("team", "substitute", "--db", served, "--absence", absence, "--json").json
    named = [one["name"] for one in asked["candidates"]]
    assert named[0] == "后来" and "邻居" in named
    shown = run("team", "substitute", "--db", served, "--absence", absence).lines
    assert shown[0].startswith("空缺1\t") and "后备力量" in shown[2]
    accepted = run("team", "substitute", "--db", served, "--absence", absence, "--accept", 1)
    assert accepted.out.startswith("后来替补范围")
    assert run("list", "teams", *at, "--gaps", "--json").json == []
    found = {one["name"]: one for one in run("list", "teams", *at, "--json").json}
    assert (found["范围"]["away"], found["后来"]["stands_in_for"]) == (f"请假，至 {LAST}", "范围")
    tomorrow = TODAY + datetime.timedelta(days=1)
    ended = run("team", "absence", "end", "--db", served, "--absence", absence, "--on", tomorrow)
    assert ended.out.strip() == f"范围提前返岗（{tomorrow}）"
    later = run("list", "teams", *at, "--on", tomorrow, "--json").json
    assert [one["name"] for one in later] == ["葛青", "范围", "岳山"]
    assert run("check", "--db", served).code == 0


def test_those_in_reserve_are_listed_apart(run: Run, served: Path) -> None:
    (only,) = run("list", "teams", "--db", served, "--area", people.FOURTH, "--reserve", "--json").json
    assert (only["name"], only["role"]) == ("后来", "reserve")
    assert "后备力量" in run("list", "teams", "--db", served, "--area", people.FOURTH, "--reserve").out


def test_what_cannot_be_is_refused_in_one_line(run: Run, served: Path, refused) -> None:
    assert "编号见 list teams" in refused("team", "absence", "add", "--db", served, "--member", "没有此人")
    assert "不能早于" in refused("team", "absence", "add", "--db", served, "--member", "范围", "--until", "昨天")
    absence = run("team", "absence", "add", "--db", served, "--member", "范围").out.strip()
    assert "没有这位" in refused("team", "substitute", "--db", served, "--absence", absence, "--accept", 99)
    assert "只有 1 个空缺" in refused("team", "substitute", "--db", served, "--absence", absence, "--gap", 5)
    assert run("list", "households", "--db", served, "--gaps").code == 2
    assert run("list", "teams", "--db", served, "--gaps", "--reserve").code == 2


def test_a_roster_is_written(run: Run, served: Path, tmp_path: Path) -> None:
    answer = run("export", "roster", "--db", served, "--area", people.FOURTH, "--out", tmp_path, "--on", TODAY)
    sheet = load_workbook(answer.out.strip())["服务队名册"]
    assert [sheet.cell(row, 6).value for row in range(4, 8)] == ["范围", "葛青", "岳山", "后来"]
