"""The task list by the command line: added, listed, done, refused."""

from pathlib import Path

from tests.ui import people
from tests.ui.cli.conftest import Run


def test_a_task_is_added_listed_and_done_and_comes_again(run: Run, db: Path) -> None:
    told = ("--area", people.THIRD, "--title", "巡查楼道", "--who", "网格员")
    added = run("task", "add", "--db", db, *told, "--due", "2020-08-31", "--repeat", "monthly", "--note", "带钥匙")
    (one,) = run("list", "tasks", "--db", db, "--json").json
    assert (added.code, added.lines) == (0, [one["id"]])
    assert (one["title"], one["assignee"], one["role"], one["due_on"]) == ("巡查楼道", "", "grid_worker", "2020-08-31")
    assert (one["state"], one["progress"], one["recurrence"], one["note"]) == ("overdue", 0, "每月", "带钥匙")
    row = run("list", "tasks", "--db", db).lines[1].split("\t")
    assert row[1:7] == ["巡查楼道", "", "网格员", "2020-08-31", "逾期", "0"]
    done = run("task", "done", "--db", db, one["id"])
    assert done.lines == ["已完成任务“巡查楼道”"]
    after = run("list", "tasks", "--db", db, "--json").json
    assert sorted(task["state"] for task in after) == ["done", "not_started"]


def test_what_cannot_be_is_refused_in_one_line(run: Run, db: Path) -> None:
    for arguments, told in (
        (("add", "--area", people.THIRD, "--title", " "), "请填写任务内容"),
        (("add", "--area", people.THIRD, "--title", "甲", "--due", "某天"), "看不懂"),
        (("add", "--area", people.THIRD, "--title", "甲", "--repeat", "daily"), "要有期限"),
        (("add", "--area", "120104003009009", "--title", "甲"), "没有编码"),
        (("done", "甲"), "不是任务的编号"),
        (("done", "00" * 16), "已被删除"),
    ):
        answer = run("task", arguments[0], "--db", db, *arguments[1:])
        assert answer.code == 1 and told in answer.err and answer.err.count("\n") == 1
    assert run("list", "tasks", "--db", db, "--json").json == []
