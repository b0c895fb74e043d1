"""``export visit-sheet`` and ``list visits``."""

import datetime
from pathlib import Path

from gridapp.register import open_register
from gridapp.visits import registering
from gridapp.visits.plan import Plan, PlanFilter
from gridapp.visits.registering import VisitDraft
from tests.ui import people
from tests.ui.cli.conftest import Run

TODAY = datetime.date.today()


def test_sheets_are_written_one_a_grid(run: Run, db: Path, tmp_path: Path) -> None:
    answer = run("export", "visit-sheet", "--db", db, "--area", people.COMMUNITY, "--out", tmp_path / "表")
    assert (answer.code, answer.err) == (0, "")
    number = f"{TODAY:%y%m%d}"
    assert [Path(line).name for line in answer.lines] == [
        f"紫光苑社区第三网格走访表 {number}-01.pdf",
        f"紫光苑社区第四网格走访表 {number}-02.pdf",
    ]
    assert all(Path(line).read_bytes().startswith(b"%PDF") for line in answer.lines)


def test_a_colour_or_a_day_without_anybody_is_refused(run: Run, refused, db: Path, tmp_path: Path) -> None:
    asked = ("export", "visit-sheet", "--db", db, "--area", people.FOURTH, "--out", tmp_path / "表")
    assert "没有到期要走访的住户" in refused(*asked, "--colour", "lonely_elderly")
    assert run(*asked, "--all", "--due-by", "2020-08-30").code == 2
    assert run(*asked, "--due-by", "昨天").code == 2
    assert run(*asked, "--all").code == 0


def test_visits_are_listed_with_what_is_needed_and_what_follows(run: Run, db: Path) -> None:
    with open_register(str(db)) as register:
        home = Plan(register, PlanFilter(people.THIRD, TODAY)).uids_at(0, 1)
        draft = VisitDraft(TODAY, "网格小刘、机关老何", "一切正常", "助餐", "问助餐点", TODAY)
        registering.register_visits(register, home, draft)
    (listed,) = run("list", "visits", "--db", db, "--json").json
    assert (listed["needs"], listed["follow_up"], listed["follow_up_on"]) == ("助餐", "问助餐点", TODAY.isoformat())
    assert listed["followed_up_on"] is None
    assert "助餐" in run("list", "visits", "--db", db).lines[1]


def test_a_visit_is_registered_for_households_named_by_id_or_address(run: Run, refused, db: Path) -> None:
    (first, *_others) = run("list", "households", "--db", db, "--area", people.THIRD, "--json").json
    asked = ("visit", "add", "--db", db, "--area", people.THIRD, "--members", "小刘")
    answer = run(*asked, "--household", first["id"], "--household", "盛欣园3号楼2门103", "--summary", "一切正常")
    assert (answer.code, answer.out) == (0, "已登记走访 2 户\n")
    assert "仅1人" in answer.err
    listed = run("list", "visits", "--db", db, "--json").json
    assert sorted(one["address"] for one in listed) == ["盛欣园3号楼2门101", "盛欣园3号楼2门103"]
    assert "有 3 户" in refused("visit", "add", "--db", db, "--members", "小刘", "--household", "3-2-101")
    assert "没有找到住户" in refused(*asked, "--household", "9号楼9门901")
    assert "还没有到" in refused(*asked, "--household", first["id"], "--on", "+1")
    assert run(*asked, "--household", first["id"], "--on", "某天").code == 2
