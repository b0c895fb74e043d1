"""Pairing members with households: who may be paired, what is refused, what stays of it, on both engines."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.areas import merging
from gridapp.demo import pairings
from gridapp.demo.generate import generate
from gridapp.errors import UserError
from gridapp.handbook.assemble import assemble
from gridapp.households import editing, families, history
from gridapp.households.categories import CATEGORIES
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.register import Register, open_register
from gridapp.store import undo
from gridapp.store.check import check
from gridapp.store.dialects import explain
from gridapp.teams import pairing
from gridapp.teams.model import Member, Pairing, Service
from tests import factories as make

DAY = datetime.date(2020, 8, 19)


@pytest.fixture
def home(engine_register: Register) -> Uid:
    """A household of the third grid; its grid worker is 小刘, the leader of its community 老何."""
    grid = make.make_grid(engine_register)
    community = make.tree.find(engine_register, make.GRID[:12]).uid
    serve(engine_register, "老何", community, "grid_leader")
    serve(engine_register, "小刘", grid, "grid_worker", phone="13800000001")
    return make.make_household(engine_register, grid, building="3", entrance="2", room="501", head="马玉兰")


def serve(register: Register, name: str, area: Uid, role: str, until: datetime.date | None = None, **values) -> Uid:
    member = make.make_member(register, name=name, **values)
    make.make_service(register, member, area, role, since=datetime.date(2020, 4, 1), until=until)
    return member


def member(register: Register, name: str) -> Uid:
    return register.value(Member.select(Member.uid).where(Member.name == name))


def names(register: Register, household: Uid) -> list[str]:
    return [one.name for one in pairing.of_household(register, household) if one.until is None]


def test_a_pair_is_one_step_that_undo_takes_back(engine_register: Register, home: Uid) -> None:
    uid, told = pairing.pair(engine_register, member(engine_register, "小刘"), home, DAY, " 每周\n二 ")
    (found,) = pairing.of_household(engine_register, home)
    assert (found.uid, found.name, found.phone, found.role_name) == (uid, "小刘", "13800000001", "网格员")
    assert (found.place, found.since, found.until, found.note) == ("第三网格", DAY, None, "每周 二")
    assert undo.undoable(engine_register) == told == "登记小刘与3号楼2门501 马玉兰结对"
    undo.undo(engine_register)
    assert pairing.of_household(engine_register, home) == []
    undo.redo(engine_register)
    assert names(engine_register, home) == ["小刘"]
    assert check(engine_register) == []


def test_the_same_two_are_not_paired_twice_but_again_once_it_has_ended(engine_register: Register, home: Uid) -> None:
    who = member(engine_register, "小刘")
    uid, _told = pairing.pair(engine_register, who, home, DAY)
    with pytest.raises(UserError, match="小刘已与这一户结对"):
        pairing.pair(engine_register, who, home)
    assert pairing.end(engine_register, uid, DAY) == "解除小刘与3号楼2门501 马玉兰的结对"
    with pytest.raises(UserError, match="已经解除"):
        pairing.end(engine_register, uid)
    pairing.pair(engine_register, who, home)
    first, second = pairing.of_household(engine_register, home)
    assert (first.until, second.until) == (None, DAY)
    assert "pairing_open" in explain(engine_register.db, pairing.same_pair(who, home)) or engine_register.path is None


def test_what_another_did_meanwhile_is_not_undone_over(engine_register: Register, home: Uid) -> None:
    who = member(engine_register, "小刘")
    uid, _told = pairing.pair(engine_register, who, home)
    pairing.end(engine_register, uid)
    with engine_register.recording("同事", actor="同事") as recording:
        recording.insert(Pairing, member=who, household=home, since=DAY)
    with pytest.raises(UserError, match="不能直接撤销"):
        undo.undo(engine_register)
    assert names(engine_register, home) == ["小刘"]


def test_who_serves_no_more_is_not_paired(engine_register: Register, home: Uid) -> None:
    grid = make.tree.find(engine_register, make.GRID).uid
    gone = serve(engine_register, "老孙", grid, "volunteer", until=DAY)
    with pytest.raises(UserError, match="老孙现在不在任何服务队任职"):
        pairing.pair(engine_register, gone, home)
    assert undo.undoable(engine_register) == "登记"


def test_who_or_what_has_been_deleted_is_told_in_words(engine_register: Register, home: Uid) -> None:
    with pytest.raises(UserError, match="队员已被删除"):
        pairing.pair(engine_register, b"0" * 16, home)
    with pytest.raises(UserError, match="这一户已被删除"):
        pairing.pair(engine_register, member(engine_register, "小刘"), b"0" * 16)
    with pytest.raises(UserError, match="已被撤销"):
        pairing.end(engine_register, b"0" * 16)


def test_those_of_the_grid_are_offered_first_then_those_above_and_none_of_elsewhere(
    engine_register: Register, home: Uid
) -> None:
    other = make.make_grid(engine_register, "120104003001004")
    serve(engine_register, "外人", other, "grid_worker")
    grid = make.tree.find(engine_register, make.GRID).uid
    serve(engine_register, "小白", grid, "volunteer")
    street = make.tree.find(engine_register, make.GRID[:9]).uid
    make.make_service(engine_register, member(engine_register, "小白"), street, "street_official")
    offered = [(one.name, one.role.name, one.place) for one in pairing.candidates(engine_register, home)]
    assert offered == [
        ("小刘", "网格员", "第三网格"),
        ("小白", "志愿者", "第三网格"),
        ("老何", "网格长", "紫光苑社区"),
    ]
    pairing.pair(engine_register, member(engine_register, "小刘"), home)
    assert [one.name for one in pairing.candidates(engine_register, home)] == ["小白", "老何"]


def test_the_history_says_who_was_paired_and_until_when(engine_register: Register, home: Uid) -> None:
    uid, _told = pairing.pair(engine_register, member(engine_register, "小刘"), home, DAY)
    pairing.end(engine_register, uid, DAY)
    undo.undo(engine_register)
    undo.undo(engine_register)
    found = history.entries(engine_register, home, 4)
    assert [one.lines for one in found] == [
        ("撤销结对：小刘",),
        ("恢复结对：小刘",),
        ("解除结对：小刘（2020-08-19）",),
        ("结对：小刘",),
    ]
    assert [one.undone for one in found] == [False, False, True, True]


def test_a_deleted_household_takes_its_pairings_along_and_brings_them_back(
    engine_register: Register, home: Uid
) -> None:
    make.make_pairing(engine_register, member(engine_register, "小刘"), home)
    make.make_pairing(engine_register, member(engine_register, "老何"), home, until=DAY)
    make.make_resident(engine_register, home)
    editing.delete(engine_register, [home])
    assert engine_register.all(Pairing.select()) == []
    undo.undo(engine_register)
    assert names(engine_register, home) == ["小刘"]
    assert check(engine_register) == []


def test_merged_grids_keep_the_pairings_of_their_households(engine_register: Register, home: Uid) -> None:
    other = make.make_grid(engine_register, "120104003001004")
    pairing.pair(engine_register, member(engine_register, "小刘"), home)
    merging.merge(engine_register, other, [make.tree.find(engine_register, make.GRID).uid])
    (found,) = pairing.of_household(engine_register, home)
    assert (found.name, found.place) == ("小刘", "第004网格".replace("004", "4"))


def test_the_handbook_names_who_is_paired_with_a_household(engine_register: Register, home: Uid) -> None:
    with engine_register.recording("备注") as recording:
        recording.update(Household, home, {"note": "低血糖"})
    make.make_pairing(engine_register, member(engine_register, "小刘"), home)
    make.make_pairing(engine_register, member(engine_register, "老何"), home, until=DAY)
    (entry,) = assemble(engine_register, make.GRID).entries
    assert entry.remarks == "低血糖\n结对：小刘"


@given(st.lists(st.tuples(st.sampled_from(["pair", "end", "undo", "redo"]), st.integers(0, 2)), max_size=12))
def test_whatever_is_done_no_two_are_paired_twice_at_once(tmp_path_factory, steps) -> None:
    with open_register(str(tmp_path_factory.mktemp("结对") / "登记簿.db")) as register:
        grid = make.make_grid(register)
        who = [serve(register, f"队员{number}", grid, "volunteer") for number in range(3)]
        home = make.make_household(register, grid)
        for step, number in steps:
            paired = {one.member: one.uid for one in pairing.of_household(register, home) if one.until is None}
            try:
                if step == "pair":
                    pairing.pair(register, who[number], home)
                    assert who[number] not in paired
                elif step == "end" and who[number] in paired:
                    pairing.end(register, paired[who[number]])
                elif step in ("undo", "redo") and undo.undoable(register) not in ("登记", "新建区域", None):
                    getattr(undo, step)(register)
            except UserError:
                pass
        current = [one.member for one in pairing.of_household(register, home) if one.until is None]
        assert len(current) == len(set(current))
        assert check(register) == []


def test_the_demo_pairs_the_households_in_need_with_those_who_serve(register: Register) -> None:
    generate(register, "grid")
    rows = register.all(
        Pairing.select(Pairing.since, Pairing.until, Household.precedence, Service.until.alias("left"))
        .join(Household, on=(Household.uid == Pairing.household))
        .switch(Pairing)
        .join(Service, on=(Service.member == Pairing.member))
        .tuples()
    )
    needy = {position for position, one in enumerate(CATEGORIES) if one.key in pairings.SHARES}
    assert rows and {precedence for _since, _until, precedence, _left in rows} <= needy
    assert all(left is None and (until is None or since < until) for since, until, _precedence, left in rows)


def test_nobody_is_paired_with_a_household_that_has_left(engine_register: Register, home: Uid) -> None:
    families.move_out(engine_register, home, DAY, "迁出")
    with pytest.raises(UserError, match="这一户已经离开，不能结对"):
        pairing.pair(engine_register, member(engine_register, "小刘"), home)
    families.come_back(engine_register, home)
    pairing.pair(engine_register, member(engine_register, "小刘"), home)
    assert names(engine_register, home) == ["小刘"]
