"""One change to many households: shown beforehand, made, taken back."""

import datetime

import pytest

from gridapp.areas import tree
from gridapp.errors import Cancelled, UserError
from gridapp.households import batch, families
from gridapp.households.categories import to_mask
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing
from gridapp.households.model import Household
from gridapp.ids import Uid, new_uid
from gridapp.progress import CancelToken
from gridapp.register import Register
from gridapp.store.check import check
from gridapp.store.log import Change
from gridapp.store.undo import redo, undo, undoable
from tests import factories as make

FOURTH = "120104003001004"


def homes(register: Register, *masks: int) -> list[Uid]:
    grid = make.make_grid(register)
    return [make.make_household(register, grid, categories=mask) for mask in masks]


def masks(register: Register) -> list[int]:
    return [mask for (mask,) in register.each(Household.select(Household.categories).order_by(Household.uid))]


TENANT, PARTY = to_mask(["tenant"]), to_mask(["party_member"])


def test_a_category_is_added_to_those_that_lack_it_as_one_step(engine_register: Register) -> None:
    uids = homes(engine_register, 0, TENANT, PARTY)
    outcome = batch.run(engine_register, uids, batch.add_category("tenant"))
    assert (outcome.label, outcome.chosen) == ("2 户增加分类租户", 3)
    assert masks(engine_register) == [TENANT, TENANT, TENANT | PARTY]
    assert undoable(engine_register) == "2 户增加分类租户"
    undo(engine_register)
    assert masks(engine_register) == [0, TENANT, PARTY]
    redo(engine_register)
    assert masks(engine_register) == [TENANT, TENANT, TENANT | PARTY]
    assert check(engine_register) == []


def test_categories_are_removed_and_set(register: Register) -> None:
    uids = homes(register, TENANT, TENANT | PARTY, PARTY)
    assert batch.run(register, uids, batch.remove_category("tenant")).label == "2 户去掉分类租户"
    assert masks(register) == [0, PARTY, PARTY]
    assert batch.run(register, uids, batch.set_categories(["tenant"])).label == "3 户设为租户"
    assert batch.run(register, uids, batch.set_categories([])).label == "3 户清除分类"
    assert masks(register) == [0, 0, 0]


def test_looking_beforehand_writes_nothing_and_says_what_would_change(engine_register: Register) -> None:
    uids = homes(engine_register, *[0] * 30, TENANT)
    lines = len(engine_register.all(Change.select()))
    outcome = batch.run(engine_register, uids, batch.set_categories(["tenant"]), dry_run=True)
    assert (len(outcome.changing), len(outcome.samples)) == (30, 20)
    first = outcome.samples[0]
    assert (first.address[:6], first.before, first.after) == ("盛欣园3号楼", "未分类", "租户")
    assert len(engine_register.all(Change.select())) == lines
    assert TENANT not in masks(engine_register)[:30]


def test_all_that_a_filter_holds_moves_to_another_grid(engine_register: Register) -> None:
    homes(engine_register, TENANT, 0, TENANT)
    fourth = make.make_grid(engine_register, FOURTH)
    listing = Listing(engine_register, Filter(make.GRID, carrying=frozenset({"tenant"})))
    outcome = batch.run(engine_register, listing, batch.move_to(engine_register, fourth))
    assert (outcome.label, outcome.samples[0].before, outcome.samples[0].after) == (
        "2 户移到第4网格",
        "第三网格",
        "第4网格",
    )
    assert Listing(engine_register, Filter(FOURTH)).count == 2
    assert check(engine_register) == []


def test_a_household_is_moved_into_grids_only(register: Register) -> None:
    make.make_grid(register)
    with pytest.raises(UserError, match="请选一个网格"):
        batch.move_to(register, tree.find(register, make.GRID[:12]).uid)


def test_a_field_is_written_and_what_follows_from_it_too(engine_register: Register) -> None:
    uids = homes(engine_register, 0, 0)
    outcome = batch.run(engine_register, uids, batch.set_field("building", " 12 "))
    assert outcome.label == "2 户的楼栋改为12"
    assert check(engine_register) == []
    undo(engine_register)
    assert check(engine_register) == []
    assert batch.run(engine_register, uids, batch.set_field("note", "")).changing == []
    assert batch.set_field("note", "").label(2) == "2 户清空备注"


def test_a_field_is_refused_where_the_form_would_refuse_it(register: Register) -> None:
    grid = make.make_grid(register)
    uids = [make.make_household(register, grid, room="", head="马大爷"), make.make_household(register, grid)]
    with pytest.raises(UserError, match="马大爷一户没有房号"):
        batch.run(register, uids, batch.set_field("building", ""), dry_run=True)
    with pytest.raises(UserError, match="最多120个字，现有121个"):
        batch.set_field("estate", "园" * 121)


def test_thousands_are_changed_with_progress_and_a_cancelled_edit_leaves_nothing(register: Register) -> None:
    grid = make.make_grid(register)
    with register.recording("导入") as recording:
        recording.insert_many(Household, ("uid", "area", "head"), [(new_uid(), grid, "马") for _ in range(1_200)])
    listing = Listing(register, Filter(make.GRID))
    token, told = CancelToken(), []

    def stop_in_the_middle(done: int, total: int, message: str) -> None:
        told.append((done, total))
        if message and done:
            token.cancel()

    with pytest.raises(Cancelled):
        batch.run(register, listing, batch.add_category("tenant"), stop_in_the_middle, token)
    assert set(masks(register)) == {0}
    assert (500, 1_200) in told
    assert batch.run(register, listing, batch.add_category("tenant")).label == "1,200 户增加分类租户"
    undo(register)
    assert set(masks(register)) == {0}
    assert check(register) == []


def test_households_that_have_left_are_not_changed(engine_register: Register) -> None:
    uids = homes(engine_register, 0, 0)
    fourth = make.make_grid(engine_register, FOURTH)
    families.move_out(engine_register, uids[1], datetime.date(2020, 9, 1), "迁出")
    for edit in (batch.add_category("tenant"), batch.move_to(engine_register, fourth)):
        for chosen in (uids, Listing(engine_register, Filter(make.GRID, past=True))):
            with pytest.raises(UserError, match="一户已迁出 2020-09-01，不能再修改；请先恢复这一户"):
                batch.run(engine_register, chosen, edit)
    assert masks(engine_register) == [0, 0]
    assert Listing(engine_register, Filter(FOURTH, past=True)).count == 0
