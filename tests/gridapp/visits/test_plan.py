"""Who is due for a visit: by frequency, in order, filtered, whatever was done before; and how many are covered."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.errors import UserError
from gridapp.households import batch
from gridapp.households.categories import CATEGORIES, to_mask
from gridapp.households.filters import Place
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.register import Register, open_register
from gridapp.store import undo
from gridapp.store.dialects import explain
from gridapp.visits import coverage, frequency, registering
from gridapp.visits.frequency import STANDARD, Frequency
from gridapp.visits.model import Visit
from gridapp.visits.plan import Plan, PlanFilter, PlanOrder, Who
from gridapp.visits.registering import VisitDraft
from tests import factories as make

DAY = datetime.date(2020, 8, 30)


def ago(days: int) -> datetime.date:
    return DAY - datetime.timedelta(days=days)


@pytest.fixture
def grid(engine_register: Register) -> Uid:
    """Five households: alone and visited a week ago, special a week ago, tenants 90 and 89 days ago, a shop never."""
    grid = make.make_grid(engine_register)
    told = [
        (["living_alone", "permanent_resident"], 7),
        (["special_group"], 7),
        (["tenant"], 90),
        (["tenant"], 89),
        (["enterprise"], None),
    ]
    for number, (keys, days) in enumerate(told):
        values = {"building": str(3 + number // 3), "room": f"10{number}", "head": f"户{number}"}
        home = make.make_household(engine_register, grid, categories=to_mask(keys), **values)
        if days is not None:
            make.make_visit(engine_register, home, visited_on=ago(days))
    return grid


def due(register: Register, **told) -> list[str]:
    plan = Plan(register, PlanFilter(told.pop("area_code", make.GRID), told.pop("by", DAY), **told), DAY)
    rows = plan.page(0, 99)
    assert plan.count == len(rows) == len(plan.uids_at(0, 99))
    return [row.home.head for row in rows]


def test_who_is_due_by_a_day_stands_in_walking_order(engine_register: Register, grid: Uid) -> None:
    assert due(engine_register) == ["户0", "户2", "户4"]
    assert due(engine_register, by=ago(1)) == ["户4"]
    assert due(engine_register, by=DAY + datetime.timedelta(days=7)) == ["户0", "户2", "户3", "户4"]
    assert due(engine_register, who=Who.ALL) == ["户0", "户1", "户2", "户3", "户4"]
    assert due(engine_register, area_code=make.GRID[:6]) == ["户0", "户2", "户4"]
    assert due(engine_register, area_code="120104003001004") == []


def test_the_most_urgent_come_first_where_that_is_asked(engine_register: Register, grid: Uid) -> None:
    assert due(engine_register, who=Who.ALL, order=PlanOrder.URGENT) == ["户0", "户1", "户4", "户2", "户3"]


@pytest.mark.parametrize("order", PlanOrder)
def test_the_first_rows_are_those_of_the_whole_plan(engine_register: Register, grid: Uid, order: PlanOrder) -> None:
    plan = Plan(engine_register, PlanFilter(make.GRID, DAY, Who.ALL, order=order), DAY)
    for limit in range(1, 7):
        assert plan.first(limit) == plan.page(0, limit)


def test_a_plan_is_filtered_by_colour_building_and_text(engine_register: Register, grid: Uid) -> None:
    assert due(engine_register, first=frozenset({1})) == ["户0"]
    assert due(engine_register, places=(Place("盛欣园", "4"),)) == ["户4"]
    assert due(engine_register, text="户2") == ["户2"]
    plan = Plan(engine_register, PlanFilter(make.GRID, DAY, first=frozenset({1})), DAY)
    assert plan.counts == [0, 1, 0, 0, 1, 1, 0, 0]


def test_a_row_says_how_late_it_is_and_what_to_look_at(engine_register: Register, grid: Uid) -> None:
    plan = Plan(engine_register, PlanFilter(make.GRID, DAY, Who.ALL), DAY)
    assert [row.state for row in plan.page(0, 9)] == ["今天到期", "23 天后到期", "今天到期", "1 天后到期", "从未走访"]
    assert [row.days for row in plan.page(0, 9)] == [7, 30, 90, 90, 90]
    home = plan.uids_at(0, 1)[0]
    draft = VisitDraft(ago(1), "小刘、老何", follow_up="送药", follow_up_on=DAY)
    registering.register_visits(engine_register, [home], draft, today=DAY)
    make.make_issue(engine_register, grid, household=home)
    (row,) = Plan(engine_register, PlanFilter(make.GRID, DAY, Who.FOLLOW_UP), DAY).page(0, 9)
    assert row.home.head == "户0"
    assert row.look_at == ["跟进（8月30日）送药", "未结民意 1 件"]
    assert due(engine_register, who=Who.FOLLOW_UP, by=ago(1)) == []


def test_another_frequency_holds_for_everybody_and_is_undone(engine_register: Register, grid: Uid) -> None:
    assert frequency.load(engine_register) == STANDARD
    assert not frequency.save(engine_register, STANDARD)
    assert frequency.save(engine_register, Frequency({**STANDARD.days, "tenant": 30, "enterprise": 7}))
    assert due(engine_register) == ["户0", "户2", "户3", "户4"]
    assert not frequency.save(engine_register, frequency.load(engine_register))
    undo.undo(engine_register)
    assert frequency.load(engine_register) == STANDARD
    for days in (0, 1_000):
        with pytest.raises(UserError, match="租户的走访天数"):
            frequency.save(engine_register, Frequency({**STANDARD.days, "tenant": days}))


def test_shares_are_counted_by_area_and_by_colour_in_one_statement(engine_register: Register, grid: Uid) -> None:
    other = make.make_grid(engine_register, "120104003001004")
    make.make_visit(engine_register, make.make_household(engine_register, other), visited_on=DAY)
    found = coverage.coverage(engine_register, make.GRID[:12], ago(29), DAY, DAY)
    assert found.by_area == {make.GRID: coverage.Share(5, 2, 3), "120104003001004": coverage.Share(1, 1, 0)}
    assert found.by_colour[5] == coverage.Share(2, 0, 1)
    assert found.whole == coverage.Share(6, 3, 3)
    assert (found.whole.on_time, found.whole.visited_share, found.whole.on_time_share) == (3, 0.5, 0.5)
    of_grid = coverage.coverage(engine_register, make.GRID, ago(29), DAY, DAY)
    assert of_grid.by_area == {make.GRID: coverage.Share(5, 2, 3)}
    assert coverage.coverage(engine_register, "999999", DAY, DAY, DAY).whole.visited_share is None


def test_indexes_answer_who_is_due(register: Register) -> None:
    plan = Plan(register, PlanFilter(make.GRID[:6], DAY), DAY)
    told = explain(register.db, plan.uids())
    assert "COVERING INDEX visit_household_visited_on" in told
    assert "household_area_address_key_uid_precedence" in told
    assert "TEMP B-TREE" not in told
    counted = explain(register.db, coverage.grouped(register, make.GRID[:6], DAY, DAY, DAY))
    assert counted.count("COVERING INDEX visit_household_visited_on") == 2
    promised = Plan(register, PlanFilter(make.GRID[:6], DAY, Who.FOLLOW_UP), DAY)
    assert "visit_to_follow_up" in explain(register.db, promised.uids())


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("visit"), st.sets(st.integers(0, 2), min_size=1), st.integers(0, 120)),
        st.tuples(st.just("edit"), st.integers(0, 9), st.integers(0, 120)),
        st.tuples(st.just("delete"), st.integers(0, 9), st.just(0)),
        st.tuples(st.just("categories"), st.integers(0, 2), st.integers(0, 127)),
        st.tuples(st.just("often"), st.integers(0, 7), st.integers(1, 100)),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just(0), st.just(0)),
    ),
    max_size=10,
)


@given(_STEPS, st.integers(-30, 100))
def test_a_household_is_due_once_its_last_visit_and_its_frequency_come_to_the_day(
    tmp_path_factory: pytest.TempPathFactory, steps: list, ahead: int
) -> None:
    by = DAY + datetime.timedelta(days=ahead)
    with open_register(str(tmp_path_factory.mktemp("计划") / "登记簿.db")) as register:
        grid = make.make_grid(register)
        homes = [make.make_household(register, grid, room=f"10{number}") for number in range(3)]
        for step in steps:
            _take(register, homes, *step)
        agreed = frequency.load(register)
        expected = set()
        for home in homes:
            mask = register.value(Household.select(Household.categories).where(Household.uid == home))
            days = min([agreed.days[one.key] for at, one in enumerate(CATEGORIES) if mask >> at & 1], default=None)
            visits = register.all(Visit.select(Visit.visited_on).where(Visit.household == home).tuples())
            last = max((day for (day,) in visits), default=None)
            often = datetime.timedelta(days=agreed.days[""] if days is None else days)
            if last is None or last + often <= by:
                expected.add(home)
        for order in PlanOrder:
            plan = Plan(register, PlanFilter(make.GRID, by, order=order), DAY)
            assert set(plan.uids_at(0, 9)) == expected
            assert sum(plan.counts) == len(expected)
        assert coverage.coverage(register, make.GRID, DAY, DAY, by).whole.due == len(expected)


def _take(register: Register, homes: list[Uid], deed: str, which, number: int) -> None:
    """One step of a history; what cannot be done is refused and changes nothing."""
    visits = [uid for (uid,) in register.all(Visit.select(Visit.uid).order_by(Visit.uid).tuples())]
    try:
        if deed == "visit":
            draft = VisitDraft(ago(number), "小刘、老何")
            registering.register_visits(register, [homes[at] for at in which], draft, today=DAY)
        elif deed == "edit" and visits:
            visit = visits[which % len(visits)]
            base = registering.load(register, visit)
            registering.edit(register, visit, VisitDraft(ago(number), base.members), base, today=DAY)
        elif deed == "delete" and visits:
            registering.delete(register, [visits[which % len(visits)]])
        elif deed == "categories":
            edit = batch.Edit("categories", lambda _mask: number, "设定分类", str)
            batch.run(register, [homes[which]], edit)
        elif deed == "often":
            key = [*STANDARD.days][which]
            frequency.save(register, Frequency({**frequency.load(register).days, key: number}))
        elif deed in ("undo", "redo") and undo.undoable(register) not in ("登记", "新建区域", None):
            getattr(undo, deed)(register)
    except UserError:
        pass
