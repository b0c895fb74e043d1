"""Many cells written as one step: what is foreseen is what is written, and what is refused stays as it is."""

import datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gridapp.errors import UserError
from gridapp.households import cells, editing, families, pasting
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing
from gridapp.households.pasting import Line
from gridapp.ids import Uid
from gridapp.progress import Cancelled, CancelToken
from gridapp.register import Register
from gridapp.store import undo
from gridapp.store.changes import Conflict
from gridapp.store.check import check
from tests import factories as make

TYPED = st.dictionaries(
    st.sampled_from(sorted(cells.NAMES)),
    st.text(max_size=8) | st.sampled_from(["", "3", "租户", "x" * 121, "a\tb\nc", "😀", "𠮷"]),
    min_size=1,
    max_size=3,
)


@pytest.fixture
def homes(engine_register: Register) -> list[Uid]:
    grid = make.make_grid(engine_register)
    return [make.make_household(engine_register, grid, room=str(101 + one), head=f"户{one}") for one in range(4)]


def stored(register: Register) -> dict[Uid, editing.HouseholdDraft]:
    uids = Listing(register, Filter(make.GRID)).uids_at(0, 100)
    return {uid: editing.load(register, uid) for uid in uids}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(TYPED, min_size=4, max_size=4))
@example([{}, {}, {}, {"building": "\0"}])
def test_what_is_foreseen_is_written_and_one_undo_takes_it_back(
    engine_register: Register, homes: list[Uid], typed: list[dict[str, str]]
) -> None:
    before = stored(engine_register)
    lines = [Line(uid, number + 1, one) for number, (uid, one) in enumerate(zip(homes, typed, strict=True))]
    plan = pasting.foresee(engine_register, lines, "粘贴")
    assert stored(engine_register) == before
    pasting.write(engine_register, plan)
    after = stored(engine_register)
    changed = {uid for uid in homes if after[uid] != before[uid]}
    assert changed == set(plan.changing)
    assert len(plan.refused) + len(changed) <= len(homes)
    for uid, (_old, new) in plan.values.items():
        assert {name: getattr(after[uid], name) for name in new} == new
        assert not [one for one in editing.problems(after[uid]) if one.blocking]
    if changed:
        undo.undo(engine_register)
    assert stored(engine_register) == before
    assert check(engine_register) == []


def test_a_refused_household_is_named_with_its_row_and_the_cell(engine_register: Register, homes: list[Uid]) -> None:
    lines = [
        Line(homes[0], 1, {"phone": "138", "people": "三"}),
        Line(homes[1], 2, {"phone": "139", "people": "3"}),
        Line(homes[2], 3, {"head": ""}),
    ]
    plan = pasting.foresee(engine_register, lines, "粘贴")
    assert list(plan.changing) == [homes[1]]
    assert [one.split("：")[0] for one in plan.refused] == ["第 1 行 3号楼2门101 户0", "第 3 行 3号楼2门103 户2"]
    assert "人数" in plan.refused[0]
    assert plan.samples[0].after == "电话 139；人数 3"
    assert plan.label == "粘贴 1 户"


def test_what_somebody_else_changed_meanwhile_stops_the_whole_of_it(
    engine_register: Register, homes: list[Uid]
) -> None:
    lines = [Line(uid, number, {"phone": "1"}) for number, uid in enumerate(homes)]
    plan = pasting.foresee(engine_register, lines, "粘贴")
    with engine_register.recording("同事", actor="同事") as recording:
        recording.update(pasting.Household, homes[3], {"phone": "2"})
    with pytest.raises(Conflict):
        pasting.write(engine_register, plan)
    assert [draft.phone for draft in stored(engine_register).values()][:3] == ["", "", ""]


def test_too_many_cells_are_refused_in_words() -> None:
    pasting.refuse_too_many(pasting.MOST_CELLS, "粘贴")
    with pytest.raises(UserError, match="最多粘贴 5,000 格，现有 5,001 格"):
        pasting.refuse_too_many(pasting.MOST_CELLS + 1, "粘贴")


def test_it_can_be_given_up(engine_register: Register, homes: list[Uid]) -> None:
    token = CancelToken()
    plan = pasting.foresee(engine_register, [Line(homes[0], 1, {"phone": "1"})], "粘贴")
    token.cancel()
    with pytest.raises(Cancelled):
        pasting.write(engine_register, plan, cancel=token)
    assert stored(engine_register)[homes[0]].phone == ""


def test_nothing_is_pasted_into_a_household_that_has_left(engine_register: Register, homes: list[Uid]) -> None:
    families.move_out(engine_register, homes[1], datetime.date(2020, 9, 1), "迁出")
    lines = [Line(uid, number + 1, {"phone": "022-1"}) for number, uid in enumerate(homes)]
    plan = pasting.foresee(engine_register, lines, "粘贴")
    assert plan.changing == [homes[0], homes[2], homes[3]]
    (refused,) = plan.refused
    assert "已迁出 2020-09-01，不能再修改；请先恢复这一户。" in refused
    families.move_out(engine_register, homes[2], datetime.date(2020, 9, 1), "迁出")  # while one looks at the preview
    before = [editing.load(engine_register, uid) for uid in homes]
    with pytest.raises(UserError, match="户2一户已迁出"):
        pasting.write(engine_register, plan)
    assert [editing.load(engine_register, uid) for uid in homes] == before
