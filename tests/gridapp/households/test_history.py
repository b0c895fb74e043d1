"""The history of a household in words, and where else something of it is found, on both engines."""

from gridapp.households import duplicates, editing, history, history_scope
from gridapp.households.editing import HouseholdDraft, ResidentDraft
from gridapp.register import Register
from gridapp.store import undo
from gridapp.store.dialects import explain
from tests import factories as make


def test_who_changed_what_stands_there_newest_first_and_what_was_taken_back(engine_register: Register) -> None:
    home = make.make_household(engine_register, make.make_grid(engine_register), phone="", floor="1", head="马玉兰")
    make.make_resident(engine_register, home, name="马小妹")
    base = editing.load(engine_register, home)
    draft = base.copy()
    draft.phone, draft.categories, draft.residents = "13800000000", 3, []
    editing.save(engine_register, draft, base)
    newest = history.entries(engine_register, home, 30)[0]
    assert set(newest.lines) == {"电话：空 → 13800000000", "分类：未分类 → 孤老户、独居", "移除居民：马小妹"}
    undo.undo(engine_register)
    found = history.entries(engine_register, home, 30)
    assert [one.undone for one in found] == [False, True, False, False]
    assert found[0].label.startswith("撤销：修改")
    assert [one.lines for one in found[2:]] == [("添加居民：马小妹",), ("登记这一户",)]
    undo.redo(engine_register)
    assert [one.undone for one in history.entries(engine_register, home, 3)] == [False, True, False]
    assert history.count(engine_register, home) == 5


def test_the_history_is_read_by_indexes_alone(register: Register) -> None:
    assert "change_of_deleted" in explain(register.db, history_scope.deleted_from(register.db, b"1" * 16))
    assert "change_of_moved" in explain(register.db, history_scope.moved_away(b"1" * 16))
    assert "change_record" in explain(register.db, history_scope.changes_of([b"1" * 16]))
    assert "resident_id_number" in explain(register.db, duplicates.same_numbers(["1"], None))


def test_a_number_and_an_address_are_found_elsewhere_and_not_at_home(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    home = make.make_household(engine_register, grid, room="501", floor="5", head="马玉兰")
    make.make_resident(engine_register, home, name="马小妹", id_number="120104193707146540")
    draft = HouseholdDraft(grid, estate="盛欣园", building="3", entrance="2", room="501")
    draft.residents = [ResidentDraft(name="新来的", id_number="12010419370714 6540")]
    twins = duplicates.find(engine_register, draft)
    assert [twin.field for twin in twins] == ["room", "id_number"]
    assert {twin.household for twin in twins} == {home}
    assert [one.resident for one in duplicates.problems(draft, twins)] == [None, 0]
    draft.room, draft.residents = "502", []
    assert duplicates.problems(draft, twins) == []
    assert duplicates.find(engine_register, editing.load(engine_register, home)) == []
