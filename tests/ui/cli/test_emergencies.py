"""``emergency`` and what is exported of one: from the call to the end, in a terminal."""

import datetime
from pathlib import Path

from gridapp.areas import tree
from gridapp.emergency import plans
from gridapp.emergency.model import Emergency
from gridapp.register import open_register
from tests.ui import people
from tests.ui.cli.conftest import Run


def test_an_emergency_is_called_worked_on_and_ended(run: Run, db: Path, tmp_path: Path) -> None:
    at = ("--db", db, "--area", people.THIRD)
    assert run("emergency", "list", "--db", db, "--json").json == []
    started = run("emergency", "start", *at, "--kind", "flood", "--reason", "暴雨")
    assert started.code == 0 and "防汛排涝应急响应：派发任务 6 项" in started.out and "没有在岗的人" in started.err
    again = run("emergency", "start", *at, "--kind", "flood", "--reason", "暴雨")
    assert again.code == 1 and "还在进行" in again.err
    (one,) = run("emergency", "list", "--db", db, "--json").json
    assert (one["kind"], one["ended_at"]) == ("flood", None)
    homes = run("emergency", "calls", *at, "--json").json
    assert homes and all(home["outcome"] is None for home in homes)
    refused = run("emergency", "call", "--db", db, "--household", homes[0]["household"], "--outcome", "needs_help")
    assert refused.code == 1 and "需要什么帮助" in refused.err
    told = ("--outcome", "needs_help", "--note", "断电")
    called = run("emergency", "call", "--db", db, "--household", homes[0]["household"], *told)
    assert called.code == 0 and "登记民意" in called.out
    assert "零报告" in run("emergency", "report", *at).out
    (grid,) = run("emergency", "status", *at, "--json").json["areas"]
    assert (grid["called"], grid["needs"], grid["tasks"]) == (1, 1, 6) and grid["reported_at"]
    assert [home["head"] for home in run("emergency", "calls", *at, "--view", "needs_help", "--json").json] == [
        homes[0]["head"]
    ]
    assert {turn["area_code"] for turn in run("emergency", "duty", *at, "--json").json} == {people.THIRD}
    packed = run("export", "emergency-pack", *at, "--out", tmp_path / "包")
    assert packed.code == 0 and Path(packed.lines[0]).is_file()
    empty = run("emergency", "end", *at, "--summary", " ")
    assert empty.code == 1 and "处置小结" in empty.err
    assert "取消未完成任务 6 项" in run("emergency", "end", *at, "--summary", "已处置").out
    assert run("emergency", "end", *at, "--summary", "已处置").code == 1
    (over,) = run("emergency", "list", *at, "--past", "--json").json
    assert over["ended_at"] and over["summary"] == "已处置"
    printed = run("export", "after-action", *at, "--out", tmp_path / "包")
    assert Path(printed.lines[0]).is_file()
    assert run("export", "emergency-pack", *at, "--out", tmp_path).code == 1


def test_every_emergency_that_has_ended_is_listed(run: Run, db: Path) -> None:
    register = open_register(str(db))
    begun = datetime.datetime(2026, 7, 20, 2, 0)
    values = {"kind": "flood", "report_at": "17:00", "shift_hours": 8, "plan": plans.written(plans.template("flood"))}
    with register.recording("以往") as recording:
        for number in range(120):
            moment = begun + datetime.timedelta(days=number)
            area = tree.find(register, people.THIRD if number else people.THIRD[:12]).uid
            recording.insert(Emergency, area=area, started_at=moment, ended_at=moment, **values)
    register.close()
    at = ("--db", db, "--area", people.THIRD[:12])
    assert len(run("emergency", "list", *at, "--past", "--json").json) == 120
    assert run("export", "after-action", *at, "--out", db.parent / "复盘").code == 0


def test_an_hour_that_has_not_come_yet_today_is_one_of_yesterday(run: Run, db: Path) -> None:
    at = ("--db", db, "--area", people.THIRD, "--kind", "flood", "--reason", "暴雨")
    later = datetime.datetime.now() + datetime.timedelta(minutes=2)
    assert run("emergency", "start", *at, "--at", f"{later:%H:%M}").code == 0
    (one,) = run("emergency", "list", "--db", db, "--json").json
    assert one["started_at"] == f"{later - datetime.timedelta(days=1):%Y-%m-%dT%H:%M}"
    refused = run("emergency", "end", *at[:4], "--summary", "已处置", "--at", "半夜")
    assert refused.code == 2 and "看不懂" in refused.err
    early = f"{later - datetime.timedelta(days=3):%Y-%m-%dT%H:%M}"
    assert "不能更早" in run("emergency", "end", *at[:4], "--summary", "已处置", "--at", early).err
