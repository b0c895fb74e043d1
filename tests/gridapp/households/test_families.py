"""Who moves out and in, dies, parts, joins; what stays on record of it, and what is refused; on both engines."""

import datetime
from dataclasses import dataclass
from typing import Any

import pytest

from gridapp import finding
from gridapp.errors import UserError
from gridapp.handbook.assemble import assemble
from gridapp.households import duplicates, editing, families, history, past
from gridapp.households.editing import HouseholdDraft, ResidentDraft
from gridapp.households.families import Place
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing, SortBy, rows_of_grid
from gridapp.households.model import DIED, ENTERPRISE, HEAD, MERGED, MOVED, Household, Resident
from gridapp.households.walking import homes
from gridapp.ids import Uid
from gridapp.issues.model import Issue
from gridapp.register import Register
from gridapp.reports import records
from gridapp.reports.counts import category_counts
from gridapp.reports.figures import figures
from gridapp.store import undo
from gridapp.store.check import check
from gridapp.teams import pairing
from gridapp.visits.model import Visit
from tests import factories as make

DAY = datetime.date(2026, 11, 20)
TOMORROW = datetime.date.today() + datetime.timedelta(days=1)


@dataclass
class Street:
    """Two families and a shop of one grid."""

    grid: Uid
    ma: Uid
    old: Uid
    wife: Uid
    son: Uid
    li: Uid
    li_head: Uid
    shop: Uid


@pytest.fixture
def street(engine_register: Register) -> Street:
    grid = make.make_grid(engine_register)
    ma = make.make_household(engine_register, grid, room="501", head="马大爷", people=3, categories=1)
    old = make.make_resident(engine_register, ma, name="马大爷", relation=HEAD, birth_date=datetime.date(1940, 1, 1))
    wife = make.make_resident(engine_register, ma, name="王桂兰", relation="配偶", position=1, conditions="残疾")
    son = make.make_resident(engine_register, ma, name="马小军", relation="子女", position=2)
    li = make.make_household(engine_register, grid, room="502", head="李四", people=2)
    li_head = make.make_resident(engine_register, li, name="李四", relation=HEAD)
    shop = make.make_household(engine_register, grid, room="底商", head="兴旺超市", kind=ENTERPRISE)
    return Street(grid, ma, old, wife, son, li, li_head, shop)


def row(register: Register, model: type, uid: Uid) -> dict[str, Any]:
    found: dict[str, Any] = register.first(model.select().where(model.uid == uid).dicts())
    return found


def relations(register: Register, household: Uid) -> dict[str, str]:
    return {one.name: one.relation for one in editing.load(register, household).residents}


def lines(register: Register, household: Uid) -> set[str]:
    return set(history.entries(register, household, 1)[0].lines)


def test_a_household_that_moves_out_is_past_and_comes_back_as_it_was(engine_register: Register, street: Street) -> None:
    register = engine_register
    before = editing.load(register, street.ma)
    assert families.move_out(register, street.ma, DAY, MOVED).label == "3号楼2门501 马大爷 整户迁出"
    assert [one.head for one in rows_of_grid(register, street.grid)] == ["李四", "兴旺超市"]
    for sort in SortBy:
        assert {one.head for one in Listing(register, Filter(make.GRID), sort).page(0, 9)} == {"李四", "兴旺超市"}
        assert [one.head for one in Listing(register, Filter(make.GRID, past=True), sort).page(0, 9)] == ["马大爷"]
    assert Listing(register, Filter(make.GRID, first=frozenset({0}), past=True)).page(0, 9)[0].left == f"已迁出 {DAY}"
    assert Listing(register, Filter(make.GRID, first=frozenset({1}), past=True)).count == 0
    assert sum(category_counts(register)[street.grid]) == 2
    counted = figures(register, make.GRID)
    assert (counted.households, counted.residents) == (2, 1)
    assert [home.head for home in homes(register, make.GRID)] == ["李四", "兴旺超市"]
    assert [entry.head for entry in assemble(register, make.GRID).entries] == ["李四", "兴旺超市"]
    assert [one["name"] for one in records.residents(register, "", None)] == ["李四"]
    assert [one["head"] for one in records.households(register, Filter(""), True)] == ["李四", "兴旺超市"]
    assert lines(register, street.ma) == {f"整户迁出 {DAY}"}
    assert check(register) == []
    families.come_back(register, street.ma)
    assert editing.load(register, street.ma) == before
    assert category_counts(register)[street.grid][0] == 1
    assert check(register) == []


def test_who_has_left_is_found_behind_the_others_and_marked(engine_register: Register, street: Street) -> None:
    families.resident_left(engine_register, street.wife, DAY, DIED)
    make.make_household(engine_register, street.grid, room="601", head="王桂兰")
    found = finding.find(engine_register, "王桂兰").found
    assert [(one.kind, one.is_past) for one in found] == [("household", False), ("resident", True)]
    assert found[1].detail.startswith(f"已去世 {DAY}  盛欣园3号楼2门501")
    families.move_out(engine_register, street.ma, DAY, MOVED)
    assert [one.is_past for one in finding.find(engine_register, "马").found] == [True, True]
    assert finding.find(engine_register, "马大爷").found[0].category == "lonely_elderly"


def test_when_the_head_dies_somebody_has_to_follow_and_relations_turn_to_the_next(
    engine_register: Register, street: Street
) -> None:
    with pytest.raises(UserError, match="马大爷是户主，请先选定谁接任户主"):
        families.resident_left(engine_register, street.old, DAY, DIED)
    families.resident_left(engine_register, street.old, DAY, DIED, street.son)
    home = row(engine_register, Household, street.ma)
    assert (home["head"], home["people"], home["categories"]) == ("马小军", 2, 1)
    assert relations(engine_register, street.ma) == {"王桂兰": "父母", "马小军": HEAD}
    assert {f"马大爷 去世 {DAY}", "人数：3人 → 2人", "户主或单位：马大爷 → 马小军"} <= lines(engine_register, street.ma)
    assert [(one.name, one.left) for one in past.of_household(engine_register, street.ma).former] == [
        ("马大爷", f"已去世 {DAY}")
    ]
    assert figures(engine_register, make.GRID).residents == 3
    undo.undo(engine_register)
    assert relations(engine_register, street.ma)["马大爷"] == HEAD
    assert past.of_household(engine_register, street.ma) == past.Past()


def test_the_last_of_a_household_does_not_leave_alone_unless_others_are_counted(
    engine_register: Register, street: Street
) -> None:
    with pytest.raises(UserError, match="不在这一户"):
        families.resident_left(engine_register, street.old, DAY, DIED, "谁也不是")
    families.resident_left(engine_register, street.li_head, DAY, MOVED, "李五")
    assert row(engine_register, Household, street.li)["head"] == "李五"
    families.resident_back(engine_register, street.li_head, DAY)
    assert relations(engine_register, street.li) == {"李四": ""}
    assert row(engine_register, Household, street.li)["people"] == 2
    for uid, heir in ((street.wife, None), (street.son, None)):
        families.resident_left(engine_register, uid, DAY, MOVED, heir)
    with pytest.raises(UserError, match="请改用“整户迁出”"):
        families.resident_left(engine_register, street.old, DAY, DIED, "李五")
    assert "残疾" not in assemble(engine_register, make.GRID).entries[0].conditions


def test_somebody_goes_over_into_another_household_and_both_pasts_tell_it(
    engine_register: Register, street: Street
) -> None:
    register = engine_register
    families.move_resident(register, street.son, street.li, "非亲属", DAY)
    assert relations(register, street.li) == {"李四": HEAD, "马小军": "非亲属"}
    assert [row(register, Household, uid)["people"] for uid in (street.ma, street.li)] == [2, 3]
    (gone,) = past.of_household(register, street.ma).former
    assert (gone.name, gone.now and gone.now.label) == ("马小军", "盛欣园3号楼2门502 李四")
    assert f"马小军 移到 盛欣园3号楼2门502 {DAY}" in lines(register, street.ma)
    assert f"马小军 从 盛欣园3号楼2门501 转入 {DAY}" in lines(register, street.li)
    draft = editing.load(register, street.li)
    changed = draft.copy()
    changed.residents[1].phone = "138"
    editing.save(register, changed, draft)
    assert "马小军 电话：空 → 138" in lines(register, street.li)
    assert history.entries(register, street.ma, 1)[0].label == "马小军 移到 3号楼2门502 李四"
    assert [one.lines for one in history.entries(register, street.li, 9)][-1] == ("登记这一户",)
    undo.undo(register)
    undo.undo(register)
    assert past.of_household(register, street.ma).former == past.of_household(register, street.li).former == ()
    assert check(register) == []


def test_a_son_parts_from_his_parents(engine_register: Register, street: Street) -> None:
    register = engine_register
    wife = make.make_resident(register, street.ma, name="赵燕", relation="其他亲属", position=3)
    done = families.split(
        register, street.ma, [street.son, wife], Place("盛欣园", "5", "1", "", "1203"), street.son, DAY
    )
    assert done.label == "马小军 从 3号楼2门501 马大爷 分户"
    new = editing.load(register, done.household)
    assert (new.head, new.people, new.floor, new.room, new.categories) == ("马小军", 2, "12", "1203", 0)
    assert relations(register, done.household) == {"马小军": HEAD, "赵燕": ""}
    assert row(register, Household, street.ma)["people"] == 2  # as many as are on record still
    assert {one.name for one in past.of_household(register, street.ma).former} == {"马小军", "赵燕"}
    assert check(register) == []
    undo.undo(register)
    undo.redo(register)
    assert editing.load(register, done.household) == new
    assert check(register) == []


def test_two_households_become_one_with_their_visits_and_issues(engine_register: Register, street: Street) -> None:
    register = engine_register
    visit = make.make_visit(register, street.li)
    issue = make.make_issue(register, street.grid, household=street.li)
    families.merge(register, street.ma, street.li, DAY, "子女")
    assert relations(register, street.ma)["李四"] == "子女"
    assert row(register, Household, street.ma)["people"] == 5
    assert row(register, Visit, visit)["household"] == row(register, Issue, issue)["household"] == street.ma
    gone = row(register, Household, street.li)
    assert (gone["left_on"], gone["left_how"], gone["merged_into"]) == (DAY, MERGED, street.ma)
    assert [one.household for one in past.of_household(register, street.ma).absorbed] == [street.li]
    into = past.of_household(register, street.li).into
    assert into is not None and into.label == "盛欣园3号楼2门501 马大爷"
    assert {f"3号楼2门502 李四 并入这一户 {DAY}", f"李四 从 盛欣园3号楼2门502 转入 {DAY}"} <= lines(register, street.ma)
    assert f"并入 盛欣园3号楼2门501 {DAY}" in lines(register, street.li)
    with pytest.raises(UserError, match="已并入另一户"):
        families.come_back(register, street.li)
    assert check(register) == []
    undo.undo(register)
    assert row(register, Household, street.li)["left_on"] is None
    assert row(register, Visit, visit)["household"] == street.li
    assert check(register) == []


def test_new_people_move_in(engine_register: Register, street: Street) -> None:
    families.move_in(engine_register, street.li, DAY, [ResidentDraft(name=" 孙小美 ", relation="配偶")])
    assert relations(engine_register, street.li) == {"李四": HEAD, "孙小美": "配偶"}
    assert row(engine_register, Household, street.li)["people"] == 3
    with pytest.raises(UserError, match="请填写迁入的人"):
        families.move_in(engine_register, street.li, DAY, [])


def test_what_makes_no_sense_is_refused_and_nothing_is_done(engine_register: Register, street: Street) -> None:
    register = engine_register
    families.move_in(register, street.ma, DAY, [ResidentDraft(name="马新来")])
    newest = editing.load(register, street.ma).residents[-1].uid
    assert newest is not None
    gone = make.make_household(register, street.grid, room="900", head="走了", left_on=DAY, left_how=MOVED)
    before = [list(register.each(model.select())) for model in register.tables.values()]
    early = DAY - datetime.timedelta(days=1)
    place = Place(building="5")
    for act, told in (
        (lambda: families.move_out(register, street.ma, TOMORROW, MOVED), "今天之后"),
        (lambda: families.move_out(register, street.ma, early, MOVED), "马新来的迁入日期"),
        (lambda: families.move_out(register, gone, DAY, MOVED), "走了一户已于 2026-11-20 迁出"),
        (lambda: families.move_out(register, street.shop, DAY, DIED), "不能这样记录"),
        (lambda: families.move_out(register, b"1" * 16, DAY, MOVED), "已被删除"),
        (lambda: families.come_back(register, street.ma), "没有离开过"),
        (lambda: families.resident_left(register, newest, early, MOVED), "迁入日期"),
        (lambda: families.resident_left(register, street.old, datetime.date(1930, 1, 1), DIED, newest), "出生日期"),
        (lambda: families.resident_left(register, street.old, DAY, DIED, street.li_head), "新户主不在这一户"),
        (lambda: families.resident_left(register, b"1" * 16, DAY, DIED), "这位居民已被删除"),
        (lambda: families.resident_back(register, street.old, DAY), "没有离开过"),
        (lambda: families.move_resident(register, street.son, street.ma, "", DAY), "已经在这一户"),
        (lambda: families.move_resident(register, street.son, street.shop, "", DAY), "企业"),
        (lambda: families.move_resident(register, street.son, gone, "", DAY), "已于"),
        (lambda: families.move_resident(register, street.son, street.li, HEAD, DAY), "已有户主"),
        (lambda: families.merge(register, street.ma, street.li, DAY, HEAD), "已有户主"),
        (lambda: families.merge(register, street.ma, street.ma, DAY), "不能把一户并入它自己"),
        (lambda: families.merge(register, street.ma, gone, DAY), "已于"),
        (lambda: families.merge(register, street.shop, street.ma, DAY), "企业"),
        (lambda: families.split(register, street.ma, [], place, street.son, DAY), "请选择要分出去的人"),
        (lambda: families.split(register, street.ma, [street.son], Place(), street.son, DAY), "请填写房号"),
        (lambda: families.split(register, street.shop, [street.son], place, street.son, DAY), "企业"),
        (lambda: families.split(register, street.li, [street.son], place, street.son, DAY), "已不在这一户"),
        (
            lambda: families.split(
                register, street.ma, [street.old, street.wife, street.son, newest], place, street.old, DAY
            ),
            "没有人了",
        ),
        (lambda: editing.save(register, _renamed(register, gone), editing.load(register, gone)), "请先恢复这一户"),
    ):
        with pytest.raises(UserError, match=told):
            act()
    assert [list(register.each(model.select())) for model in register.tables.values()] == before
    assert check(register) == []


def _renamed(register: Register, household: Uid) -> HouseholdDraft:
    draft = editing.load(register, household)
    draft.phone = "138"
    return draft


def test_an_address_that_was_left_is_free_and_a_number_says_where_its_holder_was(
    engine_register: Register, street: Street
) -> None:
    number = "120104193707146540"
    make.make_resident(engine_register, street.li, name="李老太", id_number=number)
    families.move_out(engine_register, street.li, DAY, MOVED)
    draft = HouseholdDraft(street.grid, estate="盛欣园", building="3", entrance="2", room="502")
    draft.residents = [ResidentDraft(name="李老太", id_number=number)]
    assert [one.text for one in duplicates.find(engine_register, draft)] == [
        f"李老太曾登记在盛欣园3号楼2门502，已迁出 {DAY}"
    ]


def test_the_past_is_read_by_indexes_alone(register: Register) -> None:
    from gridapp.store.dialects import explain

    make.make_grid(register)
    merged = Household.select(Household.uid).where(Household.merged_into == b"1" * 16)
    assert "household_merged_into" in explain(register.db, merged)
    for sort in (SortBy.ADDRESS, SortBy.CATEGORY):
        plan = explain(register.db, Listing(register, Filter(make.GRID, past=True), sort).uids())
        assert "USING COVERING INDEX household_area_precedence_address_key (area=? AND precedence=?)" in plan
    counted = explain(register.db, Resident.select(Resident.uid).where(Resident.is_here()))
    assert "COVERING INDEX resident_household_position_uid_left_on" in counted


def test_who_looks_after_a_household_goes_over_with_it_and_after_one_that_left_nobody_looks(
    street: Street, engine_register: Register
) -> None:
    for name in ("李网格员", "王楼门长"):
        member = make.make_member(engine_register, name=name)
        make.make_service(engine_register, member, street.grid)
        pairing.pair(engine_register, member, street.li, DAY)
        if name == "李网格员":
            pairing.pair(engine_register, member, street.ma, DAY)
    families.merge(engine_register, street.ma, street.li, DAY)
    assert {(one.name, one.until) for one in pairing.of_household(engine_register, street.ma)} == {
        ("李网格员", None),
        ("王楼门长", None),
    }
    assert [(one.name, one.until) for one in pairing.of_household(engine_register, street.li)] == [("李网格员", DAY)]
    families.move_out(engine_register, street.ma, DAY, MOVED)
    assert {one.until for one in pairing.of_household(engine_register, street.ma)} == {DAY}
    told = [line for entry in history.entries(engine_register, street.ma, 30) for line in entry.lines]
    assert f"解除结对：王楼门长（{DAY}）" in told
    undo.undo(engine_register)
    undo.undo(engine_register)
    assert [one.name for one in pairing.of_household(engine_register, street.ma)] == ["李网格员"]
    assert len(pairing.of_household(engine_register, street.li)) == 2
    assert check(engine_register) == []


def test_what_was_merged_into_a_household_that_is_deleted_can_come_back(
    engine_register: Register, street: Street
) -> None:
    families.merge(engine_register, street.ma, street.li, DAY, "子女")
    editing.delete(engine_register, [street.ma])
    assert history.entries(engine_register, street.li, 1)[0].lines == ("并入的一户已删除",)
    families.come_back(engine_register, street.li)
    assert not editing.load(engine_register, street.li).is_past
    undo.undo(engine_register)
    undo.undo(engine_register)
    with pytest.raises(UserError, match="已并入另一户"):
        families.come_back(engine_register, street.li)
    told = [line for entry in history.entries(engine_register, street.li, 9) for line in entry.lines]
    assert not any("merged_into" in line for line in told)
    assert check(engine_register) == []
