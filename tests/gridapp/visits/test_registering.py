"""Registering visits: one or many in one step, what is refused, what was promised, on both engines."""

import datetime

import pytest

from gridapp.attachments import changing
from gridapp.attachments.listing import attached_to
from gridapp.errors import UserError
from gridapp.households import families
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.store import undo
from gridapp.store.changes import Conflict
from gridapp.store.check import check
from gridapp.visits import listing, registering
from gridapp.visits.model import Visit
from gridapp.visits.registering import VisitDraft
from tests import factories as make

TODAY = datetime.date(2020, 8, 30)
DRAFT = VisitDraft(datetime.date(2020, 8, 20), "小刘、老何", "一切正常", "助餐", "问助餐点", datetime.date(2020, 8, 27))


@pytest.fixture
def homes(engine_register: Register) -> list[Uid]:
    """Three households of one grid."""
    grid = make.make_grid(engine_register)
    return [make.make_household(engine_register, grid, room=f"50{number}", head=f"马{number}") for number in range(3)]


def register_visits(register: Register, homes: list[Uid], draft: VisitDraft = DRAFT, **more) -> list[Uid]:
    return registering.register_visits(register, homes, draft, today=TODAY, **more)


def test_a_visit_to_three_households_is_one_step_that_undo_takes_back(
    engine_register: Register, homes: list[Uid]
) -> None:
    assert len(register_visits(engine_register, [*homes, homes[0]])) == 3
    for home in homes:
        (found,) = listing.of_household(engine_register, home, 9)
        assert (found.members, found.summary, found.needs) == ("小刘、老何", "一切正常", "助餐")
        assert (found.visited_on, found.follow_up_state) == (DRAFT.visited_on, "待跟进 2020-08-27")
    assert undo.undoable(engine_register) == "登记走访 3 户"
    undo.undo(engine_register)
    assert engine_register.all(Visit.select()) == []
    undo.redo(engine_register)
    assert listing.count(engine_register, homes[2]) == 1
    assert check(engine_register) == []


def test_of_one_household_the_undo_menu_says_which(engine_register: Register, homes: list[Uid]) -> None:
    register_visits(engine_register, homes[:1])
    assert undo.undoable(engine_register) == "登记走访 盛欣园3号楼2门500 马0"


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (VisitDraft(datetime.date(2020, 8, 31), "小刘"), "还没有到"),
        (VisitDraft(datetime.date(1949, 9, 30), "小刘"), "太早"),
        (VisitDraft(TODAY, " 、 "), "请填写走访人"),
        (VisitDraft(TODAY, "、".join(f"走访人员{number}" for number in range(60))), "走访人太多"),
        (VisitDraft(TODAY, "小刘", follow_up="再来"), "请填写跟进的日期"),
        (VisitDraft(TODAY, "小刘", follow_up_on=datetime.date(2020, 8, 29)), "早于走访日期"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_half_done(
    engine_register: Register, homes: list[Uid], draft: VisitDraft, told: str
) -> None:
    with pytest.raises(UserError, match=told):
        register_visits(engine_register, homes, draft)
    assert engine_register.all(Visit.select()) == []


def test_households_that_are_gone_are_refused(engine_register: Register, homes: list[Uid]) -> None:
    with pytest.raises(UserError, match="没有选中住户"):
        register_visits(engine_register, [])
    with pytest.raises(UserError, match="已被删除"):
        register_visits(engine_register, [*homes, b"0" * 16])
    families.move_out(engine_register, homes[0], datetime.date(2020, 8, 10), "迁出")
    with pytest.raises(UserError, match="马0一户已于 2020-08-10 离开"):
        register_visits(engine_register, homes)
    assert engine_register.all(Visit.select()) == []
    earlier = VisitDraft(datetime.date(2020, 8, 10), "小刘、老何")
    assert len(register_visits(engine_register, homes, earlier)) == 3


def test_a_later_visit_does_what_was_promised_unless_told_otherwise(
    engine_register: Register, homes: list[Uid]
) -> None:
    register_visits(engine_register, homes)
    register_visits(engine_register, homes[:1], VisitDraft(TODAY, "小刘、老何"), follows_up=True)
    register_visits(engine_register, homes[1:2], VisitDraft(TODAY, "小刘、老何"), follows_up=False)
    register_visits(engine_register, homes[2:], VisitDraft(datetime.date(2020, 8, 1), "小刘、老何"))
    states = [
        next(row.follow_up_state for row in listing.of_household(engine_register, home, 9) if row.follow_up)
        for home in homes
    ]
    assert states == ["已跟进 2020-08-30", "待跟进 2020-08-27", "待跟进 2020-08-27"]
    assert list(registering.open_follow_ups(engine_register, homes)) == homes[1:]
    undo.undo(engine_register)
    undo.undo(engine_register)
    undo.undo(engine_register)
    assert set(registering.open_follow_ups(engine_register, homes)) == set(homes)


def test_a_promise_is_marked_as_kept_once(engine_register: Register, homes: list[Uid]) -> None:
    visits = register_visits(engine_register, homes)
    assert registering.follow_up(engine_register, visits, TODAY) == 3
    with pytest.raises(UserError, match="没有待跟进"):
        registering.follow_up(engine_register, visits)


def test_a_visit_is_changed_and_who_changed_it_meanwhile_is_told(engine_register: Register, homes: list[Uid]) -> None:
    (visit, *_others) = register_visits(engine_register, homes)
    base = registering.load(engine_register, visit)
    assert base == DRAFT
    changed = VisitDraft(DRAFT.visited_on, "小刘", " 头晕 ")
    registering.edit(engine_register, visit, changed, base, today=TODAY)
    assert registering.load(engine_register, visit) == VisitDraft(DRAFT.visited_on, "小刘", "头晕")
    with pytest.raises(Conflict):
        registering.edit(engine_register, visit, VisitDraft(DRAFT.visited_on, "老何", "头晕"), base, today=TODAY)


def test_deleted_visits_come_back_by_undo(engine_register: Register, homes: list[Uid]) -> None:
    visits = register_visits(engine_register, homes)
    assert registering.delete(engine_register, visits[:2]) == 2
    with pytest.raises(UserError, match="已被删除"):
        registering.delete(engine_register, visits[:2])
    with pytest.raises(UserError, match="已被删除"):
        registering.load(engine_register, visits[0])
    undo.undo(engine_register)
    assert engine_register.value(Visit.select().where(Visit.uid == visits[0])) is not None


def test_what_is_attached_to_a_visit_goes_and_comes_back_with_it(engine_register: Register, homes: list[Uid]) -> None:
    first, other = register_visits(engine_register, homes)[:2]
    for visit in (first, other):
        changing.add(engine_register, "visit", visit, ("门口.txt", "楼道堆物".encode()))
    registering.delete(engine_register, [first])
    assert (attached_to(engine_register, first), len(attached_to(engine_register, other))) == ([], 1)
    undo.undo(engine_register)
    assert [one.name for one in attached_to(engine_register, first)] == ["门口.txt"]
    assert check(engine_register) == []


def test_a_merged_household_hands_its_promises_over(engine_register: Register, homes: list[Uid]) -> None:
    register_visits(engine_register, homes[:1])
    with engine_register.recording("并户") as recording:
        visit = engine_register.value(Visit.select(Visit.uid))
        recording.update(Visit, visit, {"household": homes[1]})
    assert registering.home_of(engine_register, visit).label.endswith("马1")
    assert registering.homes(engine_register, homes)[1].follow_ups == ("问助餐点",)


def test_the_list_of_an_area_holds_a_period_and_what_is_typed_the_newest_first(
    engine_register: Register, homes: list[Uid]
) -> None:
    register_visits(engine_register, homes)
    register_visits(engine_register, homes[:1], VisitDraft(TODAY, "老何", "血压略高"))
    other = make.make_grid(engine_register, "120104003001004")
    make.make_visit(engine_register, make.make_household(engine_register, other), visited_on=TODAY)

    def found(**told) -> list[str]:
        visits = listing.VisitListing(engine_register, listing.VisitFilter(make.GRID, **told))
        assert visits.count == len(visits.page(0, 99))
        return [row.head for row in visits.page(0, 99)]

    assert found() == ["马0", "马2", "马1", "马0"]
    assert found(since=TODAY) == ["马0"]
    assert found(until=datetime.date(2020, 8, 29)) == ["马2", "马1", "马0"]
    assert found(text="血压") == found(text="老何", since=TODAY) == ["马0"]
    assert found(text="马2") == ["马2"]
    assert found(first=frozenset({0})) == []
    (newest, *_rest) = listing.VisitListing(engine_register, listing.VisitFilter(make.GRID)).page(0, 1)
    assert (newest.visit.company, newest.address) == ("仅1人", "盛欣园3号楼2门500")
    assert engine_register.value(Household.select(Household.head).where(Household.uid == newest.household)) == "马0"
