"""Plans come with the program, hold downwards, can be replaced, and refuse what cannot be."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.areas import merging, splitting, tree
from gridapp.areas.model import Level
from gridapp.emergency import plans
from gridapp.emergency.model import KIND_NAMES, EmergencyPlan
from gridapp.emergency.plans import LEVELS, SHIFTS, Plan, Step
from gridapp.errors import UserError
from gridapp.households.categories import BY_KEY
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.store import undo
from gridapp.teams.model import TEAM_ROLES
from tests import factories as make

CODE = make.GRID


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_each_kind_has_a_plan_that_can_be_stored_as_it_is(kind: str) -> None:
    plan = plans.template(kind)
    assert plans.checked(plan) == plan and plans.read(kind, plans.written(plan)) == plan
    levels = {step.level for step in plan.steps}
    assert {Level.GRID, Level.COMMUNITY, Level.STREET} == levels
    assert any(step.for_whom for step in plan.steps) and plan.call_first and len(plan.trigger) > 10


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20)
keys = st.lists(st.sampled_from(sorted(BY_KEY)), unique=True, max_size=3).map(tuple)
roles = st.sampled_from([role.key for role in TEAM_ROLES])
steps = st.builds(
    Step, texts.map(lambda text: f"查{text}"), roles, st.integers(1, 600), st.sampled_from(LEVELS), keys, texts
)
whole = st.builds(
    Plan,
    st.just("flood"),
    texts.map(lambda text: f"案{text}"),
    texts,
    st.lists(steps, min_size=1, max_size=4).map(tuple),
    st.sampled_from(SHIFTS),
    st.integers(1, 9),
    st.just("17:00"),
    keys,
    st.lists(roles, unique=True, min_size=1).map(tuple),
)


@given(whole)
def test_whatever_a_plan_says_is_read_as_it_was_written(plan: Plan) -> None:
    tidy = plans.checked(plan)
    assert plans.read("flood", plans.written(tidy)) == tidy
    assert plans.checked(tidy) == tidy


def test_a_plan_holds_below_its_area_until_it_is_given_up(engine_register: Register) -> None:
    register = engine_register
    grid = make.make_grid(register)
    street = _area(register, CODE[:9])
    assert plans.plan_of(register, CODE, "flood").is_template
    mine = replace(plans.template("flood"), name="兴南街道防汛预案", shift_hours=12)
    plans.save(register, street, mine)
    held = plans.plan_of(register, CODE, "flood")
    assert (held.plan.name, held.area_code, held.is_template) == ("兴南街道防汛预案", CODE[:9], False)
    assert plans.plan_of(register, CODE, "gas_leak").is_template
    own = replace(mine, name="本网格")
    plans.save(register, grid, own)
    assert plans.plan_of(register, CODE, "flood").plan.name == "本网格"
    plans.save(register, grid, replace(own, seats=2), own)
    with pytest.raises(UserError, match="刚由别人写了"):
        plans.save(register, grid, own)
    with pytest.raises(UserError, match="改过"):
        plans.save(register, grid, replace(own, seats=3), own)
    plans.reset(register, grid, "flood")
    assert plans.plan_of(register, CODE, "flood").area_code == CODE[:9]
    undo.undo(register)
    assert plans.plan_of(register, CODE, "flood").plan.seats == 2
    with pytest.raises(UserError, match="没有自己的"):
        plans.reset(register, street, "gas_leak")


def test_a_merge_keeps_one_plan_of_a_kind_and_a_split_copies_it(register: Register) -> None:
    stays, goes = make.make_grid(register, CODE), make.make_grid(register, f"{CODE[:12]}004")
    plans.save(register, goes, plans.template("flood"))
    plans.save(register, goes, replace(plans.template("gas_leak"), name="去"))
    plans.save(register, stays, replace(plans.template("gas_leak"), name="留"))
    merging.merge(register, stays, [goes])
    assert plans.own(register, stays, "gas_leak").name == "留"
    assert plans.own(register, stays, "flood") is not None
    assert len(register.all(EmergencyPlan.select())) == 2
    home, _other = (make.make_household(register, stays, building=number) for number in ("1", "2"))
    splitting.split(register, stays, [home], "第五网格", f"{CODE[:12]}005")
    assert plans.own(register, _area(register, f"{CODE[:12]}005"), "flood") is not None


def _area(register: Register, code: str) -> Uid:
    return tree.find(register, code).uid


STEP = plans.template("flood").steps[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": " "}, "名称"),
        ({"steps": ()}, "至少要有一项"),
        ({"steps": (replace(STEP, title=" "),)}, "第1项步骤没有写"),
        ({"steps": (STEP, replace(STEP, role="reserve"))}, "第2项步骤.*职务"),
        ({"steps": (replace(STEP, within=0),)}, "时限"),
        ({"steps": (replace(STEP, level=Level.DISTRICT),)}, "网格、社区或街道"),
        ({"steps": (replace(STEP, for_whom=("nobody",)),)}, "没有这种分类"),
        ({"shift_hours": 5}, "小时之一"),
        ({"seats": 0}, "每班人数"),
        ({"report_at": "25:00"}, "看不懂"),
        ({"call_first": ("tenant", "tenant")}, "写了两次"),
        ({"duty_roles": ()}, "参加值班"),
    ],
)
def test_what_cannot_be_is_refused(change: dict, said: str) -> None:
    with pytest.raises(UserError, match=said):
        plans.checked(replace(plans.template("flood"), **change))


@pytest.mark.parametrize(
    ("typed", "read"), [("17:00", "17:00"), ("9：5", "09:05"), ("1730", "17:30"), ("8点", "08:00"), ("8", "08:00")]
)
def test_a_time_of_day_is_read_as_people_type_it(typed: str, read: str) -> None:
    assert plans.clock_text(typed) == read
