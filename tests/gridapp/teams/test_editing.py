"""People of the teams: registered, changed, deleted; where they serve, moved, ended; who leads a community."""

import datetime

import pytest

from gridapp.areas.merging import merge
from gridapp.areas.model import Area
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.store import undo
from gridapp.store.changes import Conflict
from gridapp.teams import editing, serving
from gridapp.teams.editing import MemberDraft
from gridapp.teams.model import Member, Service
from gridapp.teams.roster import roster
from tests import factories as make

MARCH = datetime.date(2026, 3, 1)
NEXT = "120104003001004"
COMMUNITY = make.GRID[:12]


def day(number: int) -> datetime.date:
    return MARCH + datetime.timedelta(days=number - 1)


def services(register: Register, member: Uid) -> list[tuple]:
    query = Service.select(Area.code, Service.role, Service.since, Service.until).join(
        Area, on=(Area.uid == Service.area)
    )
    return sorted(register.all(query.where(Service.member == member).tuples()), key=lambda row: row[2] or MARCH)


@pytest.fixture
def grid(register: Register) -> Uid:
    return make.make_grid(register)


@pytest.fixture
def member(register: Register) -> Uid:
    return make.make_member(register, name="王芳")


def test_a_member_is_kept_as_it_was_typed_but_for_blanks(engine_register: Register) -> None:
    draft = MemberDraft(" 王芳 ", "138-2000-0001", "区卫健委", "科员", "机关第一党支部", "急救, 电工；急救", "周末在")
    uid, label = editing.create(engine_register, draft)
    assert label == "登记队员王芳"
    kept = MemberDraft("王芳", "13820000001", "区卫健委", "科员", "机关第一党支部", "急救、电工", "周末在")
    assert editing.load(engine_register, uid) == kept
    assert undo.undo(engine_register) == label
    with pytest.raises(UserError, match="已被删除"):
        editing.load(engine_register, uid)


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (MemberDraft(), "请填写姓名"),
        (MemberDraft("王芳", "电话同上"), "不是完整的电话号码"),
        (MemberDraft("王芳", unit="局" * 121), "单位最多120个字，现有121个"),
    ],
)
def test_nonsense_is_refused_and_nothing_is_kept(register: Register, draft: MemberDraft, told: str) -> None:
    with pytest.raises(UserError, match=told):
        editing.create(register, draft)
    assert register.all(Member.select()) == []


def test_a_phone_that_came_in_as_it_was_may_stay(register: Register) -> None:
    uid = make.make_member(register, name="王芳", phone="转8021分机")
    base = editing.load(register, uid)
    draft = editing.load(register, uid)
    draft.duty = "副科长"
    assert editing.save(register, uid, draft, base) == "修改队员王芳"
    assert editing.load(register, uid).duty == "副科长"


def test_what_others_changed_meanwhile_is_a_conflict(register: Register, member: Uid) -> None:
    base = editing.load(register, member)
    editing.save(register, member, MemberDraft("王芳", unit="区教育局"), base)
    with pytest.raises(Conflict):
        editing.save(register, member, MemberDraft("王芳", unit="区民政局"), base)
    editing.save(register, member, MemberDraft("王芳", duty="科员"), base)
    assert editing.load(register, member) == MemberDraft("王芳", unit="区教育局", duty="科员")


def test_only_a_member_to_whom_nothing_refers_is_deleted(register: Register, grid: Uid, member: Uid) -> None:
    other = make.make_member(register, name="刘洋")
    make.make_service(register, member, grid)
    make.make_pairing(register, member, make.make_household(register, grid))
    make.make_absence(register, member, day(1))
    with pytest.raises(UserError, match="王芳还有离岗记录、任职、结对，不能删除"):
        editing.delete(register, member)
    assert editing.delete(register, other) == "删除队员刘洋"
    undo.undo(register)
    assert editing.load(register, other).name == "刘洋"


def test_a_member_serves_in_several_grids_and_only_once_as_the_same(register: Register, grid: Uid, member: Uid) -> None:
    other = make.make_grid(register, NEXT)
    _uid, label = serving.begin(register, member, grid, "grid_worker", day(1))
    assert label == "登记王芳为第三网格网格员"
    serving.begin(register, member, other, "grid_worker", day(1))
    serving.begin(register, member, grid, "entrance_head", day(1))
    for since, until in ((day(5), None), (MARCH - datetime.timedelta(days=9), day(2))):
        with pytest.raises(UserError, match="王芳自 2026-03-01 起已是第三网格的网格员"):
            serving.begin(register, member, grid, "grid_worker", since, until)
    assert len(services(register, member)) == 3
    assert len(roster(register, make.GRID, day(1))) == 2


def test_a_service_ends_on_the_day_on_which_it_holds_no_longer(register: Register, grid: Uid, member: Uid) -> None:
    uid, _label = serving.begin(register, member, grid, "volunteer", day(1))
    assert serving.end(register, uid, day(8)) == "结束王芳在第三网格的志愿者任职"
    assert [len(roster(register, make.GRID, day(number))) for number in (7, 8)] == [1, 0]
    with pytest.raises(UserError, match="已于 2026-03-08 结束"):
        serving.end(register, uid, day(9))
    serving.begin(register, member, grid, "volunteer", day(8))
    assert len(services(register, member)) == 2


def test_days_that_cannot_be_are_refused(register: Register, grid: Uid, member: Uid) -> None:
    uid, _label = serving.begin(register, member, grid, "volunteer", day(5))
    with pytest.raises(UserError, match="自 2026-03-05 起任职，结束日期不能更早"):
        serving.end(register, uid, day(4))
    with pytest.raises(UserError, match="结束日期 2026-03-02 应晚于开始日期 2026-03-05"):
        serving.change_days(register, uid, day(5), day(2))
    with pytest.raises(UserError, match="核对年份"):
        serving.begin(register, member, grid, "grid_worker", datetime.date(1026, 3, 1))
    with pytest.raises(UserError, match="请选择"):
        serving.begin(register, member, grid, "captain", day(1))
    assert services(register, member) == [(make.GRID, "volunteer", day(5), None)]


def test_a_service_that_ends_on_its_first_day_never_was(register: Register, grid: Uid, member: Uid) -> None:
    uid, _label = serving.begin(register, member, grid, "volunteer", day(5))
    serving.end(register, uid, day(5))
    assert services(register, member) == []


def test_a_move_ends_one_service_and_begins_another_and_is_one_undo(
    engine_register: Register,
) -> None:
    register = engine_register
    here, there = make.make_grid(register), make.make_grid(register, NEXT)
    member = make.make_member(register, name="王芳")
    uid, _label = serving.begin(register, member, here, "grid_worker", day(1))
    _moved, label = serving.move(register, uid, there, day(10))
    assert label == "王芳由第三网格网格员调任第4网格网格员"
    after = [(make.GRID, "grid_worker", day(1), day(10)), (NEXT, "grid_worker", day(10), None)]
    assert services(register, member) == after
    assert undo.undo(register) == label
    assert services(register, member) == [(make.GRID, "grid_worker", day(1), None)]
    undo.redo(register)
    assert services(register, member) == after


def test_a_role_changes_from_a_day_on(register: Register, grid: Uid, member: Uid) -> None:
    uid, _label = serving.begin(register, member, grid, "volunteer", day(1))
    _new, label = serving.change_role(register, uid, "entrance_head", day(4))
    assert label == "王芳在第三网格由志愿者改任楼门长"
    assert services(register, member) == [
        (make.GRID, "volunteer", day(1), day(4)),
        (make.GRID, "entrance_head", day(4), None),
    ]
    with pytest.raises(UserError, match="没有变动"):
        serving.change_role(register, _new, "entrance_head", day(6))


def test_a_move_that_is_refused_leaves_the_member_where_they_were(register: Register, grid: Uid, member: Uid) -> None:
    other = make.make_grid(register, NEXT)
    uid, _label = serving.begin(register, member, grid, "grid_worker", day(1))
    serving.begin(register, member, other, "grid_worker", day(20))
    with pytest.raises(UserError, match="同一段时间不能重复登记"):
        serving.move(register, uid, other, day(10))
    assert services(register, member)[0] == (make.GRID, "grid_worker", day(1), None)


def test_a_community_has_one_leader_at_a_time(register: Register, grid: Uid, member: Uid) -> None:
    community = register.value(Area.select(Area.uid).where(Area.code == COMMUNITY))
    successor = make.make_member(register, name="刘洋")
    serving.set_leader(register, community, member, day(1))
    with pytest.raises(UserError, match="已是紫光苑社区的网格长"):
        serving.set_leader(register, community, member, day(3))
    with pytest.raises(UserError, match="请选一个社区"):
        serving.set_leader(register, grid, member, day(3))
    _uid, label = serving.set_leader(register, community, successor, day(10))
    assert label == "刘洋任紫光苑社区网格长"
    leaders = [[one.name for one in roster(register, COMMUNITY, day(number))] for number in (9, 10)]
    assert leaders == [["王芳"], ["刘洋"]]
    undo.undo(register)
    assert [one.name for one in roster(register, COMMUNITY, day(10))] == ["王芳"]


def test_who_serves_two_grids_that_become_one_serves_it_once(engine_register: Register) -> None:
    register = engine_register
    here, there = make.make_grid(register), make.make_grid(register, NEXT)
    both, other = make.make_member(register, name="王芳"), make.make_member(register, name="刘洋")
    make.make_service(register, both, here, since=day(5), until=day(20))
    make.make_service(register, both, there, since=day(1))
    make.make_service(register, other, here, "volunteer", since=day(3))
    absence = make.make_absence(register, other, day(6), until=day(8))
    make.make_service(register, both, there, "volunteer")
    make.make_service(register, both, here, "volunteer", since=day(6), until=day(9), absence=absence)
    label = merge(register, here, [there])
    assert services(register, other) == [(make.GRID, "volunteer", day(3), None)]
    assert sorted(services(register, both), key=repr) == [
        (make.GRID, "grid_worker", day(1), None),
        (make.GRID, "volunteer", None, None),
    ]
    assert undo.undo(register) == label
    assert len(services(register, both)) == 4


def test_a_reserve_is_put_down_and_taken_off_and_stays_on_record(register: Register, grid: Uid, member: Uid) -> None:
    uid, label = serving.add_reserve(register, member, grid, day(1))
    assert label == "登记王芳为第三网格后备力量"
    assert serving.end(register, uid, day(9)) == "结束王芳在第三网格的后备力量"
    assert services(register, member) == [(make.GRID, "reserve", day(1), day(9))]
