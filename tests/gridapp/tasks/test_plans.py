"""Work plans: the nearest upwards, replaced and given back, through merging and splitting, on both engines."""

import datetime

import pytest

from gridapp.areas import changing, merging, splitting
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.store import undo
from gridapp.store.changes import Conflict
from gridapp.store.check import check
from gridapp.tasks import plan_text, plans
from gridapp.tasks.plans import PlanDraft
from tests import factories as make

STREET, COMMUNITY, OTHER = make.GRID[:9], make.GRID[:12], "120104003001004"


@pytest.fixture
def grid(engine_register: Register) -> Uid:
    make.make_grid(engine_register, OTHER)
    return make.make_grid(engine_register)


def uid(register: Register, code: str) -> Uid:
    return make.tree.find(register, code).uid


def write(register: Register, code: str, title: str) -> None:
    plans.save(register, uid(register, code), PlanDraft(title, f"{title}的正文"))


def seen(register: Register, code: str = make.GRID) -> tuple[str, str] | None:
    plan = plans.plan_of(register, code)
    return (plan.area_name, plan.title) if plan else None


def test_a_plan_holds_downwards_until_it_is_replaced_and_again_once_that_is_given_up(
    engine_register: Register, grid: Uid
) -> None:
    assert seen(engine_register) is None
    write(engine_register, STREET, "街道方案")
    assert seen(engine_register) == seen(engine_register, OTHER) == ("兴南街道", "街道方案")
    assert seen(engine_register, STREET[:6]) is None
    write(engine_register, make.GRID, "网格方案")
    assert seen(engine_register) == ("第三网格", "网格方案")
    assert seen(engine_register, OTHER) == ("兴南街道", "街道方案")
    assert plans.give_up(engine_register, grid) == "删除第三网格自己的工作方案"
    assert seen(engine_register) == ("兴南街道", "街道方案")
    undo.undo(engine_register)
    assert seen(engine_register) == ("第三网格", "网格方案")
    with pytest.raises(UserError, match="紫光苑社区没有自己的"):
        plans.give_up(engine_register, uid(engine_register, COMMUNITY))
    assert check(engine_register) == []


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (PlanDraft(" ", "正文"), "请填写工作方案的标题"),
        (PlanDraft("题" * 121, "正文"), "标题最多120个字"),
        (PlanDraft("题", " \n- \n"), "请填写工作方案的正文"),
        (PlanDraft("题", "文" * 50_001), "正文最多50,000个字"),
    ],
)
def test_what_is_empty_or_too_long_is_refused(register: Register, draft: PlanDraft, told: str) -> None:
    grid = make.make_grid(register)
    with pytest.raises(UserError, match=told):
        plans.save(register, grid, draft)
    with pytest.raises(UserError, match="区域已被删除"):
        plans.save(register, b"0" * 16, PlanDraft("题", "文"))


def test_an_edited_plan_does_not_write_over_what_a_colleague_wrote(engine_register: Register, grid: Uid) -> None:
    day = datetime.date(2020, 8, 1)
    plans.save(engine_register, grid, PlanDraft("一", "正文", day))
    with pytest.raises(UserError, match="刚由别人写了"):
        plans.save(engine_register, grid, PlanDraft("二", "正文"))
    base = PlanDraft("一", "正文", day)
    assert plans.save(engine_register, grid, PlanDraft("二", "正文", day, "试行"), base) == "修改第三网格的工作方案"
    with pytest.raises(Conflict):
        plans.save(engine_register, grid, PlanDraft("三", "正文", day), base)


def test_who_stays_in_a_merge_keeps_its_plan_and_takes_the_others_where_it_has_none(
    engine_register: Register, grid: Uid
) -> None:
    other = uid(engine_register, OTHER)
    write(engine_register, make.GRID, "三格方案")
    write(engine_register, OTHER, "四格方案")
    merging.merge(engine_register, grid, [other])
    assert seen(engine_register) == ("第三网格", "三格方案")
    undo.undo(engine_register)
    assert (seen(engine_register), seen(engine_register, OTHER)) == (
        ("第三网格", "三格方案"),
        ("第4网格", "四格方案"),
    )
    plans.give_up(engine_register, grid)
    merging.merge(engine_register, grid, [other])
    assert seen(engine_register) == ("第三网格", "四格方案")
    undo.undo(engine_register)
    assert seen(engine_register, OTHER) == ("第4网格", "四格方案")
    assert check(engine_register) == []


def test_a_grid_that_is_split_off_works_by_the_same_plan(engine_register: Register, grid: Uid) -> None:
    homes = [make.make_household(engine_register, grid) for _ in range(2)]
    write(engine_register, make.GRID, "{网格}方案")
    splitting.split(engine_register, grid, homes[:1], "第九网格")
    new = next(area for area in engine_register.all(make.tree.Area.select()) if area.name == "第九网格")
    plan = plans.plan_of(engine_register, new.code)
    assert (plan.area, plans.filled(plan, plans.fields_of(engine_register, new.code))[0]) == (new.uid, "第九网格方案")


def test_an_area_with_a_plan_is_not_deleted_unnoticed(engine_register: Register, grid: Uid) -> None:
    write(engine_register, make.GRID, "方案")
    with pytest.raises(UserError, match="还有1 份工作方案"):
        changing.delete(engine_register, grid)


def test_fields_are_filled_in_where_the_plan_is_read(engine_register: Register, grid: Uid) -> None:
    make.make_service(engine_register, make.make_member(engine_register, name="小刘"), grid, "grid_worker")
    leader = make.make_member(engine_register, name="老何")
    make.make_service(engine_register, leader, uid(engine_register, COMMUNITY), "grid_leader")
    text = "{街道}{社区}{网格}，{网格员}、{网格长}，{天气}"
    below = plan_text.filled(text, plans.fields_of(engine_register, make.GRID))
    assert below == "兴南街道紫光苑社区第三网格，小刘、老何，{天气}"
    above = plan_text.filled(text, plans.fields_of(engine_register, STREET))
    assert above == "兴南街道各社区各网格，网格员、网格长，{天气}"


def test_templates_are_texts_that_can_be_stored_as_they_are(register: Register) -> None:
    grid = make.make_grid(register)
    titles = [one.title for one in plans.templates()]
    assert len(titles) == 5 and "汛期值守工作方案" in titles
    known = plans.fields_of(register, make.GRID)
    for one in plans.templates():
        blocks = plan_text.parse(one.body)
        assert plan_text.write(blocks) == one.body
        assert {block.kind for block in blocks} == set(plan_text.Kind)
        assert "{" not in plan_text.filled(one.title + one.body, known)
    first = plans.templates()[0]
    plans.save(register, grid, PlanDraft(first.title, first.body))
    assert plans.plan_of(register, make.GRID).body == first.body
