"""What is done to tasks: one step each, one occurrence of a series at a time, on both engines."""

import contextlib
import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.register import Register, open_register
from gridapp.store import undo
from gridapp.store.changes import Conflict
from gridapp.store.check import check
from gridapp.tasks import editing
from gridapp.tasks.editing import TaskDraft
from gridapp.tasks.listing import State, TaskFilter, TaskRow, View, of_area, rows
from gridapp.tasks.model import Task
from gridapp.tasks.recurrence import Frequency, Rule
from tests import factories as make

TODAY = datetime.date(2020, 8, 26)
WEEKLY = Rule(Frequency.WEEKLY)


@pytest.fixture
def grid(engine_register: Register) -> Uid:
    return make.make_grid(engine_register)


def add(register: Register, area: Uid, title: str = "巡查", **values) -> Uid:
    return editing.create(register, area, TaskDraft(title, **values))[0]


def task(register: Register, uid: Uid) -> TaskRow:
    (found,) = rows(register, [uid])
    return found


def open_tasks(register: Register) -> list[TaskRow]:
    return of_area(register, TaskFilter(make.GRID), TODAY)


def test_a_task_is_one_step_that_undo_takes_back(engine_register: Register, grid: Uid) -> None:
    draft = TaskDraft(" 巡查  楼道 ", "小刘", "volunteer", TODAY, note=" 三号楼 ")
    uid, told = editing.create(engine_register, grid, draft)
    assert undo.undoable(engine_register) == told == "新增任务“巡查 楼道”"
    row = task(engine_register, uid)
    assert (row.title, row.who, row.role, row.due_on, row.note) == ("巡查 楼道", "小刘", "", TODAY, "三号楼")
    assert (row.area_name, row.state(TODAY), row.state_text(TODAY)) == ("第三网格", State.NOT_STARTED, "未开始")
    undo.undo(engine_register)
    assert open_tasks(engine_register) == []


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (TaskDraft("  "), "请填写任务内容"),
        (TaskDraft("题" * 201), "最多200个字"),
        (TaskDraft("巡查", rule=WEEKLY), "重复的任务要有期限"),
        (TaskDraft("巡查", due_on=TODAY, rule=Rule(Frequency.DAILY, 0)), "间隔应在1到99之间"),
        (TaskDraft("巡查", role="king"), "没有这种职务"),
        (TaskDraft("巡查", "长" * 300), "负责人最多120个字"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(register: Register, draft: TaskDraft, told: str) -> None:
    grid = make.make_grid(register)
    with pytest.raises(UserError, match=told):
        editing.create(register, grid, draft)
    assert register.all(Task.select()) == []


def test_the_state_follows_from_days_and_progress(engine_register: Register, grid: Uid) -> None:
    uid = add(engine_register, grid, due_on=TODAY)
    editing.set_progress(engine_register, uid, 40, TODAY)
    row = task(engine_register, uid)
    assert (row.state_text(TODAY), row.started_on, row.progress) == ("进行中", TODAY, 40)
    assert row.state_text(TODAY + datetime.timedelta(days=3)) == "逾期3天"
    editing.set_progress(engine_register, uid, 100, TODAY)
    assert task(engine_register, uid).state_text(TODAY) == "已完成"
    with pytest.raises(UserError, match="已完成，请先恢复"):
        editing.set_progress(engine_register, uid, 10)
    editing.reopen(engine_register, [uid])
    assert (task(engine_register, uid).progress, task(engine_register, uid).started_on) == (0, None)
    assert editing.cancel(engine_register, [uid], TODAY) == "取消任务“巡查”"
    assert task(engine_register, uid).state_text(TODAY) == "已取消"
    with pytest.raises(UserError, match="不必再完成"):
        editing.finish(engine_register, [uid])
    with pytest.raises(UserError, match="0到100"):
        editing.set_progress(engine_register, uid, 101)


def test_finishing_what_comes_again_puts_the_next_on_the_list_and_undo_takes_both_back(
    engine_register: Register, grid: Uid
) -> None:
    uid = add(engine_register, grid, assignee="小刘", due_on=TODAY, rule=WEEKLY, note="带钥匙")
    editing.finish(engine_register, [uid], TODAY)
    (after,) = open_tasks(engine_register)
    assert (after.due_on, after.assignee, after.note, after.progress) == (
        datetime.date(2020, 9, 2),
        "小刘",
        "带钥匙",
        0,
    )
    undo.undo(engine_register)
    assert [row.uid for row in open_tasks(engine_register)] == [uid]
    undo.redo(engine_register)
    assert [row.due_on for row in open_tasks(engine_register)] == [datetime.date(2020, 9, 2)]
    assert check(engine_register) == []


def test_what_was_missed_does_not_pile_up_and_early_is_not_twice(engine_register: Register, grid: Uid) -> None:
    uid = add(engine_register, grid, due_on=datetime.date(2020, 7, 1), rule=WEEKLY)
    editing.finish(engine_register, [uid], TODAY)  # eight weeks late, and on a Wednesday like the first
    (after,) = open_tasks(engine_register)
    assert after.due_on == datetime.date(2020, 9, 2)
    editing.finish(engine_register, [after.uid], TODAY)  # a week early
    (third,) = open_tasks(engine_register)
    assert third.due_on == datetime.date(2020, 9, 9)


def test_a_series_from_the_31st_keeps_its_day_over_a_short_month(engine_register: Register, grid: Uid) -> None:
    add(engine_register, grid, due_on=datetime.date(2020, 8, 31), rule=Rule(Frequency.MONTHLY))
    for day in ("2020-09-30", "2020-10-31"):
        (row,) = open_tasks(engine_register)
        editing.finish(engine_register, [row.uid], row.due_on)
        assert open_tasks(engine_register)[0].due_on == datetime.date.fromisoformat(day)
    (row,) = open_tasks(engine_register)
    base = editing.load(engine_register, row.uid)
    editing.save(engine_register, row.uid, TaskDraft("对账", due_on=base.due_on, rule=base.rule), base)
    editing.finish(engine_register, [row.uid], row.due_on)
    assert open_tasks(engine_register)[0].due_on == datetime.date(2020, 11, 30)


def test_another_day_lets_the_series_be_counted_from_there(engine_register: Register, grid: Uid) -> None:
    uid = add(engine_register, grid, due_on=TODAY, rule=WEEKLY)
    base = editing.load(engine_register, uid)
    friday = datetime.date(2020, 8, 28)
    editing.save(engine_register, uid, TaskDraft("巡查", due_on=friday, rule=WEEKLY), base)
    editing.finish(engine_register, [uid], friday)
    assert open_tasks(engine_register)[0].due_on == datetime.date(2020, 9, 4)


def test_giving_up_ends_a_series_and_skipping_does_not(engine_register: Register, grid: Uid) -> None:
    uid = add(engine_register, grid, due_on=TODAY, rule=WEEKLY)
    assert editing.skip(engine_register, uid, TODAY) == "跳过一次“巡查”"
    assert task(engine_register, uid).due_on == datetime.date(2020, 9, 2)
    editing.cancel(engine_register, [uid], TODAY)
    assert open_tasks(engine_register) == []
    editing.reopen(engine_register, [uid])
    assert [row.uid for row in open_tasks(engine_register)] == [uid]
    once = add(engine_register, grid, "一次")
    with pytest.raises(UserError, match="重复任务"):
        editing.skip(engine_register, once)


def test_bringing_an_occurrence_back_takes_the_next_away_unless_it_was_begun(
    engine_register: Register, grid: Uid
) -> None:
    uid = add(engine_register, grid, due_on=TODAY, rule=WEEKLY)
    editing.finish(engine_register, [uid], TODAY)
    editing.reopen(engine_register, [uid])
    assert [row.uid for row in open_tasks(engine_register)] == [uid]
    editing.finish(engine_register, [uid], TODAY)
    editing.set_progress(engine_register, open_tasks(engine_register)[0].uid, 20)
    with pytest.raises(UserError, match="下一次（2020-09-02）已经开始"):
        editing.reopen(engine_register, [uid])
    assert task(engine_register, uid).done_on == TODAY


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_a_series_one_occurrence_is_brought_back_and_none_is_lost(
    engine_register: Register, grid: Uid, order: tuple[int, int]
) -> None:
    first = add(engine_register, grid, due_on=TODAY, rule=WEEKLY)
    editing.finish(engine_register, [first], TODAY)
    second = open_tasks(engine_register)[0].uid
    editing.finish(engine_register, [second], TODAY + datetime.timedelta(days=7))
    before = engine_register.all(Task.select().order_by(Task.uid).dicts())
    with pytest.raises(UserError, match="一次只能恢复一项"):
        editing.reopen(engine_register, [(first, second)[at] for at in order])
    assert engine_register.all(Task.select().order_by(Task.uid).dicts()) == before
    editing.reopen(engine_register, [first])
    with pytest.raises(UserError, match="一次只能恢复一项"):
        editing.reopen(engine_register, [second])
    assert [row.uid for row in open_tasks(engine_register)] == [first]


def test_several_are_finished_in_one_step(engine_register: Register, grid: Uid) -> None:
    uids = [add(engine_register, grid, f"任务{number}") for number in range(3)]
    editing.finish(engine_register, uids[:1], TODAY)
    assert editing.finish(engine_register, uids, TODAY) == "完成2项任务"
    assert open_tasks(engine_register) == []
    undo.undo(engine_register)
    assert [row.title for row in open_tasks(engine_register)] == ["任务1", "任务2"]


def test_what_a_colleague_changed_meanwhile_is_not_written_over(engine_register: Register, grid: Uid) -> None:
    uid = add(engine_register, grid)
    mine = editing.load(engine_register, uid)
    editing.save(engine_register, uid, TaskDraft("巡查三号楼"), mine)
    editing.save(engine_register, uid, TaskDraft("巡查", note="下午"), mine)  # another field
    assert (task(engine_register, uid).title, task(engine_register, uid).note) == ("巡查三号楼", "下午")
    with pytest.raises(Conflict):
        editing.save(engine_register, uid, TaskDraft("巡查四号楼"), mine)
    with pytest.raises(UserError, match="已被删除"):
        editing.load(engine_register, b"0" * 16)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["finish", "cancel", "reopen", "skip", "progress", "rule", "undo", "redo"]),
        st.integers(0, 5),
        st.integers(0, 60),
    ),
    max_size=14,
)


@settings(max_examples=30)
@given(STEPS, st.sampled_from(Frequency))
def test_whatever_is_done_no_series_has_two_occurrences_to_be_done(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]], frequency: Frequency
) -> None:
    folder: Path = tmp_path_factory.mktemp("任务")
    with open_register(str(folder / "登记簿.db")) as register:
        grid = make.make_grid(register)
        add(register, grid, due_on=TODAY, rule=Rule(frequency))
        for step, number, days in steps:
            day = TODAY + datetime.timedelta(days=days)
            every = of_area(register, TaskFilter(make.GRID, View.ALL), TODAY)
            with contextlib.suppress(UserError):
                _do(register, step, every[number % len(every)].uid if every else b"", day, days)
            to_be_done = [row[0] for row in register.all(_open_series().tuples())]
            assert len(to_be_done) == len(set(to_be_done))
        assert check(register) == []


def _do(register: Register, step: str, uid: Uid, day: datetime.date, number: int) -> None:
    if step == "finish":
        editing.finish(register, [uid], day)
        row = task(register, uid)
        assert row.done_on == day and row.progress == 100
        after = [one.due_on for one in open_tasks(register)]
        assert all(one is None or one > day for one in after) or not row.rule.text
    elif step in ("cancel", "reopen"):
        getattr(editing, step)(register, [uid])
    elif step == "skip":
        editing.skip(register, uid, day)
    elif step == "progress":
        editing.set_progress(register, uid, number % 101, day)
    elif step == "rule":
        base = editing.load(register, uid)
        rule = Rule() if number % 2 else WEEKLY
        editing.save(register, uid, TaskDraft(base.title, due_on=base.due_on, rule=rule), base)
    elif undo.undoable(register) not in ("新建区域", None) or step == "redo":
        getattr(undo, step)(register)


def _open_series():
    to_be_done = Task.series.is_null(False) & Task.done_on.is_null() & Task.cancelled_on.is_null()
    return Task.select(Task.series).where(to_be_done)
