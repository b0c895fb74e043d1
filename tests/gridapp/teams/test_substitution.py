"""Who is away leaves gaps; who comes into question for them; stand-ins come and go with the absence."""

import datetime
from typing import Any

import pytest

from gridapp.areas.model import Area
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.store import undo
from gridapp.teams import absences, serving, substitution
from gridapp.teams.absences import AbsenceDraft
from gridapp.teams.model import Absence, Service
from gridapp.teams.roster import roster, strength
from tests import factories as make

MARCH = datetime.date(2026, 3, 1)
GRID, NEAR, FAR, ELSEWHERE = make.GRID, "120104003001004", "120104003001007", "120104003002001"
COMMUNITY, STREET = GRID[:12], GRID[:9]


def day(number: int) -> datetime.date:
    return MARCH + datetime.timedelta(days=number - 1)


class World:
    """Four grids, and a worker of the first who is away from the 5th to the 9th of March."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.areas = {code: make.make_grid(register, code) for code in (GRID, NEAR, FAR, ELSEWHERE)}
        for code in (COMMUNITY, STREET):
            self.areas[code] = register.value(Area.select(Area.uid).where(Area.code == code))
        self.worker = self.serves("王芳", GRID, skills="急救、电工")
        self.absence, self.label = absences.add(register, self.worker, AbsenceDraft(day(5), day(9), "本单位抽调"))

    def serves(self, name: str, code: str, role: str = "grid_worker", skills: str = "", **values: Any) -> Uid:
        member = make.make_member(self.register, name=name, skills=skills)
        make.make_service(self.register, member, self.areas[code], role, **values)
        return member

    @property
    def gap(self) -> substitution.Gap:
        return substitution.gaps_of(self.register, self.absence)[0]

    def named(self, limit: int = 10, gap: substitution.Gap | None = None) -> list[str]:
        return [one.name for one in substitution.candidates(self.register, gap or self.gap, limit)]

    def standing_in(self) -> list[tuple]:
        query = Service.select(Service.since, Service.until).where(Service.absence.is_null(False))
        return self.register.all(query.order_by(Service.since).tuples())


@pytest.fixture
def world(register: Register) -> World:
    return World(register)


def test_an_absence_leaves_a_gap_for_each_thing_the_member_does(world: World) -> None:
    make.make_service(world.register, world.worker, world.areas[NEAR], "volunteer", since=day(7))
    make.make_service(world.register, world.worker, world.areas[FAR], "agency_official", until=day(7))
    make.make_service(world.register, world.worker, world.areas[FAR], "reserve")
    found = substitution.gaps_of(world.register, world.absence)
    assert [(one.role.key, one.area_code, one.since, one.until, one.optional) for one in found] == [
        ("grid_worker", GRID, day(5), day(9), False),
        ("agency_official", FAR, day(5), day(6), False),
        ("volunteer", NEAR, day(7), day(9), True),
    ]
    assert world.label == "登记王芳离岗（本单位抽调，2026-03-05 至 2026-03-09）"


def test_candidates_come_in_the_order_of_the_mechanism_each_with_a_reason(engine_register: Register) -> None:
    world = World(engine_register)
    for name, code, role in (
        ("街道后备", STREET, "reserve"),
        ("外社区网格员", ELSEWHERE, "grid_worker"),
        ("远网格员", FAR, "grid_worker"),
        ("近网格员", NEAR, "grid_worker"),
        ("近志愿者", NEAR, "volunteer"),
        ("远网格后备", FAR, "reserve"),
        ("近网格后备", NEAR, "reserve"),
        ("社区后备", COMMUNITY, "reserve"),
        ("本网格后备", GRID, "reserve"),
        ("本网格干部", GRID, "street_official"),
    ):
        world.serves(name, code, role)
    reserves = ["本网格后备", "社区后备", "近网格后备", "远网格后备"]
    order = [*reserves, "近网格员", "远网格员", "近志愿者", "街道后备", "外社区网格员"]
    assert world.named() == order
    assert world.named(3) == order[:3]
    found = {one.name: one for one in substitution.candidates(engine_register, world.gap, 10)}
    assert found["本网格后备"].reason == "第三网格后备力量"
    assert found["近网格员"].reason == "相邻的第4网格网格员，人均负担0（户数加未结民意）"
    assert found["外社区网格员"].reason.startswith("第2社区第1网格网格员")
    assert found["外社区网格员"].place == "第2社区第1网格"
    assert (found["近网格员"].load, found["社区后备"].load) == (0, None)


def test_of_two_as_near_the_one_with_less_to_do_comes_first(world: World) -> None:
    below = "120104003001002"
    world.areas[below] = make.make_grid(world.register, below)
    world.serves("忙", below), world.serves("闲", NEAR)
    for _number in range(3):
        make.make_household(world.register, world.areas[below])
    make.make_issue(world.register, world.areas[below])
    assert world.named() == ["闲", "忙"]
    assert [one.load for one in substitution.candidates(world.register, world.gap, 10)] == [0, 4]


def test_who_shares_a_skill_or_had_the_role_comes_first_in_reserve(world: World) -> None:
    world.serves("甲", GRID, "reserve")
    world.serves("乙", GRID, "reserve", skills="电工、开车")
    known = world.serves("丙", GRID, "reserve")
    make.make_service(world.register, known, world.areas[FAR], "grid_worker", since=day(-90), until=day(-9))
    found = substitution.candidates(world.register, world.gap, 10)
    assert [one.name for one in found] == ["丙", "乙", "甲"]
    assert found[0].reason == "第三网格后备力量，任过网格员"
    assert found[1].reason == "第三网格后备力量，特长相同：电工"


def test_an_official_is_replaced_by_an_official(world: World) -> None:
    official = world.serves("刘洋", GRID, "agency_official")
    world.serves("网格员", NEAR), world.serves("街道干部", NEAR, "street_official")
    world.serves("机关干部", FAR, "agency_official")
    absence, _label = absences.add(world.register, official, AbsenceDraft(day(5)))
    (gap,) = substitution.gaps_of(world.register, absence)
    assert world.named(gap=gap) == ["机关干部", "街道干部"]


def test_nobody_is_named_who_is_away_or_stands_in_elsewhere_then(world: World) -> None:
    away, busy, free = (world.serves(name, NEAR) for name in ("离岗", "替补", "有空"))
    make.make_absence(world.register, away, day(9), until=day(12))
    make.make_absence(world.register, free, day(10))
    other = make.make_absence(world.register, world.serves("另一位", FAR), day(1), until=day(5))
    make.make_service(world.register, busy, world.areas[FAR], "grid_worker", since=day(1), until=day(6), absence=other)
    assert world.named() == ["有空", "另一位"][:1]


def test_a_substitute_serves_while_the_absence_lasts_and_no_longer(world: World) -> None:
    reserve = world.serves("赵磊", GRID, "reserve")
    _uid, label = substitution.accept(world.register, world.gap, reserve)
    assert label == "赵磊替补王芳（第三网格网格员，2026-03-05 至 2026-03-09）"
    assert world.standing_in() == [(day(5), day(10))]
    assert [strength(roster(world.register, GRID, day(n))) for n in (4, 5, 9, 10)] == ["1 + 0 + 0"] * 4
    assert [one.name for one in roster(world.register, GRID, day(9)) if one.is_present] == ["赵磊"]
    assert world.gap.is_filled and [one.name for one in world.gap.stand_ins] == ["赵磊"]
    assert undo.undo(world.register) == label
    assert world.standing_in() == []


def test_what_is_filled_or_has_changed_is_not_filled_again(world: World) -> None:
    first, second = (world.serves(name, GRID, "reserve") for name in ("赵磊", "孙丽"))
    gap = world.gap
    substitution.accept(world.register, gap, first)
    with pytest.raises(UserError, match="已经补上"):
        substitution.accept(world.register, gap, second)
    with pytest.raises(UserError, match="已经补上"):
        substitution.accept(world.register, world.gap, second)
    assert len(world.standing_in()) == 1


def test_somebody_who_is_not_free_is_refused(world: World) -> None:
    away = world.serves("赵磊", GRID, "reserve")
    make.make_absence(world.register, away, day(7), until=day(7))
    official = world.serves("孙丽", GRID, "agency_official")
    for member in (away, official, world.worker):
        with pytest.raises(UserError, match="请另选一位"):
            substitution.accept(world.register, world.gap, member)
    assert world.standing_in() == []


def test_a_longer_or_shorter_absence_takes_its_stand_in_along_in_one_step(world: World) -> None:
    substitution.accept(world.register, world.gap, world.serves("赵磊", GRID, "reserve"))
    for since, until in ((day(5), day(20)), (day(7), day(8)), (day(3), None), (day(3), day(4))):
        base = absences.load(world.register, world.absence)
        absences.change(world.register, world.absence, AbsenceDraft(since, until, base.reason), base)
        assert world.standing_in() == [(since, until and until + datetime.timedelta(days=1))]
    for _step in range(4):
        undo.undo(world.register)
    assert world.standing_in() == [(day(5), day(10))]


def test_a_longer_absence_takes_a_stand_in_only_as_far_as_they_are_free(world: World) -> None:
    reserve = world.serves("赵磊", GRID, "reserve")
    substitution.accept(world.register, world.gap, reserve)
    make.make_absence(world.register, reserve, day(15), until=day(16))
    base = absences.load(world.register, world.absence)
    absences.change(world.register, world.absence, AbsenceDraft(day(5), day(20), base.reason), base)
    assert world.standing_in() == [(day(5), day(15))]
    assert (world.gap.since, world.gap.until, world.gap.is_filled) == (day(15), day(20), False)


def test_who_comes_back_early_ends_the_stand_in_with_it(world: World) -> None:
    substitution.accept(world.register, world.gap, world.serves("赵磊", GRID, "reserve"))
    with pytest.raises(UserError, match="返岗日期应在此之后"):
        absences.come_back(world.register, world.absence, day(5))
    with pytest.raises(UserError, match="到 2026-03-09 为止"):
        absences.come_back(world.register, world.absence, day(10))
    assert absences.come_back(world.register, world.absence, day(7)) == "王芳提前返岗（2026-03-07）"
    assert absences.load(world.register, world.absence).until == day(6)
    assert world.standing_in() == [(day(5), day(7))]


def test_who_is_moved_while_away_leaves_no_stand_in_behind(world: World) -> None:
    substitution.accept(world.register, world.gap, world.serves("赵磊", GRID, "reserve"))
    service = world.register.value(Service.select(Service.uid).where(Service.member == world.worker))
    serving.move(world.register, service, world.areas[FAR], day(8))
    assert world.standing_in() == [(day(5), day(8))]
    assert [gap.area_code for gap in substitution.gaps_of(world.register, world.absence) if not gap.is_filled] == [FAR]


def test_a_stand_in_who_falls_ill_is_replaced_too_and_all_end_together(world: World) -> None:
    first, second = (world.serves(name, GRID, "reserve") for name in ("赵磊", "孙丽"))
    substitution.accept(world.register, world.gap, first)
    ill, _label = absences.add(world.register, first, AbsenceDraft(day(7), day(30)))
    (gap,) = substitution.gaps_of(world.register, ill)
    assert (gap.since, gap.until) == (day(7), day(9))
    substitution.accept(world.register, gap, second)
    assert [one.name for one in roster(world.register, GRID, day(8)) if one.is_present] == ["孙丽"]
    absences.come_back(world.register, world.absence, day(8))
    assert world.standing_in() == [(day(5), day(8)), (day(7), day(8))]
    undo.undo(world.register)
    assert world.standing_in() == [(day(5), day(10)), (day(7), day(10))]


def test_what_a_colleague_has_built_on_is_not_undone(engine_register: Register) -> None:
    world = World(engine_register)
    register, reserve = world.register, world.serves("赵磊", GRID, "reserve")
    service = register.value(Service.select(Service.uid).where(Service.member == world.worker))
    base = absences.load(register, world.absence)
    with register.recording("延长", actor="甲"):
        absences.change(register, world.absence, AbsenceDraft(day(5), day(20), base.reason), base)
    substitution.accept(register, world.gap, reserve)
    with pytest.raises(UserError, match="不能撤销（赵磊 在第三网格任网格员，替补的日期超出了离岗的日期）"):
        undo.undo(register, "甲")
    assert absences.load(register, world.absence).until == day(20)
    with register.recording("结束", actor="乙"):
        serving.end(register, service, day(15))
    serving.begin(register, world.worker, world.areas[GRID], "grid_worker", day(18))
    with pytest.raises(UserError, match="同一段时间登记了两次"):
        undo.undo(register, "乙")
    assert world.standing_in() == [(day(5), day(15))]


def test_absences_of_one_member_do_not_overlap(world: World) -> None:
    for since, until in ((day(9), day(12)), (day(1), None), (day(6), day(6))):
        with pytest.raises(UserError, match="王芳已登记离岗（本单位抽调，2026-03-05 至 2026-03-09）"):
            absences.add(world.register, world.worker, AbsenceDraft(since, until))
    second, _label = absences.add(world.register, world.worker, AbsenceDraft(day(10), day(12)))
    base = absences.load(world.register, second)
    with pytest.raises(UserError, match="不能重叠"):
        absences.change(world.register, second, AbsenceDraft(day(9), day(12)), base)
    with pytest.raises(UserError, match="不能早于第一天"):
        absences.add(world.register, world.worker, AbsenceDraft(day(20), day(19)))
    assert [one.since for one in absences.of_member(world.register, world.worker)] == [day(10), day(5)]


def test_an_absence_by_mistake_goes_with_stand_ins_that_have_not_begun(world: World) -> None:
    substitution.accept(world.register, world.gap, world.serves("赵磊", GRID, "reserve"))
    with pytest.raises(UserError, match="期间已有人替补"):
        absences.delete(world.register, world.absence, day(6))
    label = absences.delete(world.register, world.absence, day(5))
    assert (world.standing_in(), world.register.all(Absence.select())) == ([], [])
    assert undo.undo(world.register) == label
    assert world.standing_in() == [(day(5), day(10))]
