"""Editing the categories of issues: what can be done to them, what is refused, and that issues keep theirs."""

import dataclasses
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.areas.model import Level
from gridapp.errors import UserError
from gridapp.issues import categories, reading
from gridapp.issues import category_editing as editing
from gridapp.issues.categories import Categories, Category, ExtraField
from gridapp.issues.category_rules import UnfitCategory, refuse
from gridapp.register import Register, open_register
from gridapp.store import undo
from gridapp.store.setting import stored
from tests import factories as make

BUILT_IN = categories.built_in().tops


def names(tops: editing.Tops) -> list[str]:
    return [one.name for one in tops]


def own(register: Register) -> editing.Tops:
    return categories.of(register).tops


def change(key: str, **values) -> editing.Tops:
    one = categories.built_in().get_own(key)
    return editing.replace(BUILT_IN, dataclasses.replace(one, **values))


def test_what_comes_with_the_program_is_fit_to_be_kept() -> None:
    refuse(categories.built_in())


def test_what_was_edited_is_read_back_is_one_step_and_is_taken_back(engine_register: Register) -> None:
    heat = ExtraField(editing.new_key(), "供热方式", "choice", ("集中", "自采暖"))
    tops = change("heating", name="  供热 ", level=Level.COMMUNITY, working_days=3, fields=(heat,))
    assert editing.save(engine_register, tops)
    found = categories.of(engine_register).get("heating.cold")
    assert categories.of(engine_register).name_of("heating.cold") == "供热·室温不达标"
    assert (found.level, found.working_days, found.fields[0]) == (Level.COMMUNITY, 3, heat)
    assert not editing.save(engine_register, tops)  # which would be a step that does nothing
    assert undo.undo(engine_register) == "修改民意分类"
    assert own(engine_register) == BUILT_IN


def test_what_the_program_brings_is_not_kept_by_the_register_so_that_it_grows_with_it(register: Register) -> None:
    editing.save(register, change("water", name="用水"))
    editing.save(register, BUILT_IN)
    assert stored(register, categories.SETTING) is None
    assert own(register) == BUILT_IN


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        ({"name": "  "}, "name", "请填写分类的名称"),
        ({"name": "水" * 21}, "name", "名称有21个字"),
        ({"name": "水·电"}, "name", "不能有“·”"),
        ({"working_days": 0}, "deadline", "1至365个工作日"),
        ({"working_days": 366}, "deadline", "1至365个工作日"),
        ({"hours": 25}, "deadline", "1至24小时"),
        ({"hours": 2, "working_days": 2}, "deadline", "只能按工作日或按小时"),
        ({"fields": (ExtraField("a", " "),)}, "fields", "请填写补充信息的名称"),
        ({"fields": (ExtraField("a", "表号"), ExtraField("b", "表号"))}, "fields", "“表号”已经有了"),
        ({"fields": (ExtraField("a", "表型", "choice", ("机械",)),)}, "fields", "至少要有两个选项"),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(register: Register, values: dict, field: str, told: str) -> None:
    with pytest.raises(UnfitCategory, match=told) as refused:
        editing.save(register, change("water", **values))
    assert (refused.value.key, refused.value.field) == ("water", field)
    assert own(register) == BUILT_IN


def test_of_two_with_one_name_the_later_is_told(register: Register) -> None:
    with pytest.raises(UnfitCategory, match="同一级里已有“供水”") as refused:
        editing.save(register, change("gas", name="供水 "))
    assert refused.value.key == "gas"
    editing.save(register, change("water.outage", name="供水"))  # on another level it may be called so


def test_a_field_of_the_one_above_is_not_asked_for_twice(register: Register) -> None:
    tops = editing.replace(change("water", fields=(ExtraField("a", "表号"),)), Category("water.outage", "停水"))
    inner = Category("water.outage", "停水", fields=(ExtraField("b", "表号"),))
    with pytest.raises(UnfitCategory, match="“表号”已经有了") as refused:
        editing.save(register, editing.replace(tops, inner))
    assert refused.value.key == "water.outage"


def test_a_category_is_found_by_what_it_is_called_whatever_others_are_called() -> None:
    water = Category("a", "供水", ("水表",), children=(Category("a.1", "其他"), Category("a.2", "水压")))
    power = Category("b", "供电", children=(Category("b.1", "其他"), Category("b.2", "水表")))
    sorts = Categories((water, power))
    assert [sorts.key_of(sorts.name_of(one.key)) for one in sorts] == [one.key for one in sorts]
    assert [sorts.key_of(word) for word in ("其他", "水表", "b.1", "没有·水压")] == ["a.1", "b.2", "b.1", "a.2"]


def test_one_that_issues_have_is_not_removed_nor_the_one_above_it(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    for _ in range(2):
        make.make_issue(engine_register, grid, category="water.outage")
    counts = editing.used(engine_register)
    assert counts == {"water.outage": 2}
    for key, name in (("water.outage", "供水·停水"), ("water", "供水")):
        with pytest.raises(UserError, match=f"“{name}”还有2件民意在用"):
            editing.remove(BUILT_IN, key, counts)
        with pytest.raises(UnfitCategory, match="还有2件民意在用"):  # somebody registered them meanwhile
            editing.save(engine_register, editing.remove(BUILT_IN, key, {}))
    editing.save(engine_register, editing.remove(BUILT_IN, "power", counts))
    assert categories.of(engine_register).get("power.outage") is None


def test_an_issue_keeps_a_category_that_moves_and_is_renamed(register: Register) -> None:
    issue = make.make_issue(register, make.make_grid(register), category="water.outage", extra='{"gone": "三楼"}')
    moved = editing.move(BUILT_IN, "water.outage", "power")
    editing.save(register, editing.replace(moved, Category("water.outage", "停水停电")))
    whole = reading.read(register, issue)
    assert whole.category_name == "供电·停水停电"
    assert whole.fields == (("其他", "三楼"),)
    editing.save(register, editing.move(own(register), "water.outage", None))
    assert reading.read(register, issue).category_name == "停水停电"


def test_who_saves_later_is_refused_and_nothing_is_written_over(engine_url: str) -> None:
    first, second = open_register(engine_url), open_register(engine_url)
    read = categories.of(second)
    editing.save(first, change("water", name="用水"), categories.of(first))
    with pytest.raises(UserError, match="别人刚刚改过分类"):
        editing.save(second, change("power", name="用电"), read)
    assert names(own(second))[:2] == ["用水", "供电"]
    editing.save(second, editing.replace(own(second), Category("power", "用电")), categories.of(second))
    assert names(own(first))[:2] == ["用水", "用电"]
    for register in (first, second):
        register.close(backup=False)


def test_new_ones_stand_behind_the_one_they_are_added_to() -> None:
    tops, beside = editing.add(BUILT_IN, "water")
    assert names(tops)[:3] == ["供水", "新分类", "供电"]
    tops, inner = editing.add(tops, "water.outage")
    assert names(tops[0].children)[:3] == ["停水", "新分类", "水压不足"]
    tops, within = editing.add(tops, beside.key, within=True)
    assert tops[1].children == (within,)
    tops, _again = editing.add(tops, inner.key, within=True)
    assert names(tops[0].children)[1:3] == ["新分类", "新分类2"]
    assert len({one.key for one in Categories(tops)}) == len(list(Categories(tops)))
    assert editing.add((), None)[0][0].name == "新分类"


def test_what_does_not_fit_there_is_not_moved() -> None:
    with pytest.raises(UserError, match="还有下级分类"):
        editing.move(BUILT_IN, "water", "power")
    tops = editing.replace(BUILT_IN, Category("power.meter", "停水"))
    with pytest.raises(UserError, match="那里已有“停水”"):
        editing.move(tops, "water.outage", "power")


def test_restoring_keeps_what_issues_have_of_ones_own(register: Register) -> None:
    tops, pool = editing.add(change("water", name="用水"), None)
    tops, kept = editing.add(tops, "water", within=True)
    tops, unused = editing.add(tops, pool.key, within=True)
    restored = editing.restore(tops, {pool.key: 1, kept.key: 2})
    assert Categories(restored).get(unused.key) is None
    assert Categories(restored).name_of(kept.key) == "供水·新分类"
    assert names(restored)[-1] == "新分类"
    assert editing.restore(tops, {}) == BUILT_IN


TEXTS = st.sampled_from(["", " ", "供水", "停水", "新分类", "水·电", "居民楼下水管道长年失修反复堵塞需要整治的问题"])
FIELDS = st.builds(
    ExtraField,
    st.sampled_from(["a", "b"]),
    TEXTS,
    st.sampled_from(list(categories.KIND_NAMES)),
    st.lists(TEXTS, max_size=3).map(tuple),
)
PICK = st.integers(0, 200)
ACTS = st.one_of(
    st.tuples(st.just("add"), PICK, st.booleans()),
    st.tuples(st.just("rename"), PICK, TEXTS),
    st.tuples(st.just("days"), PICK, st.one_of(st.none(), st.integers(0, 400))),
    st.tuples(st.just("hours"), PICK, st.one_of(st.none(), st.integers(0, 30))),
    st.tuples(st.just("fields"), PICK, st.lists(FIELDS, max_size=2).map(tuple)),
    st.tuples(st.just("shift"), PICK, st.integers(-3, 3)),
    st.tuples(st.just("move"), PICK, PICK),
    st.tuples(st.just("remove"), PICK, st.none()),
    st.tuples(st.just("restore"), PICK, st.none()),
)


def act(tops: editing.Tops, counts: dict[str, int], what: str, pick: int, told) -> editing.Tops:
    everyone = list(Categories(tops))
    if not everyone:
        return editing.add(tops, None)[0]
    one = everyone[pick % len(everyone)]
    deeds: dict[str, Callable[[], editing.Tops]] = {
        "add": lambda: editing.add(tops, one.key, told)[0],
        "rename": lambda: editing.replace(tops, dataclasses.replace(one, name=told)),
        "days": lambda: editing.replace(tops, dataclasses.replace(one, working_days=told)),
        "hours": lambda: editing.replace(tops, dataclasses.replace(one, hours=told)),
        "fields": lambda: editing.replace(tops, dataclasses.replace(one, fields=told)),
        "shift": lambda: editing.shift(tops, one.key, told),
        "move": lambda: editing.move(tops, one.key, [*(top.key for top in tops), None][told % (len(tops) + 1)]),
        "remove": lambda: editing.remove(tops, one.key, counts),
        "restore": lambda: editing.restore(tops, counts),
    }
    return deeds[what]()


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    opened = open_register(str(tmp_path_factory.mktemp("分类") / "登记簿.db"))
    grid = make.make_grid(opened)
    for key in ("water.outage", "power", "gas.leak", "gas.leak"):
        make.make_issue(opened, grid, category=key)
    yield opened
    opened.close(backup=False)


@given(st.lists(ACTS, min_size=1, max_size=12))
def test_whatever_is_done_leaves_fit_categories_and_every_issue_its_own(ledger: Register, acts: list) -> None:
    tops, counts = own(ledger), editing.used(ledger)
    for what, pick, told in acts:
        before = tops
        try:
            tops = act(tops, counts, what, pick, told)
        except UserError:
            assert tops == before
    kept = own(ledger)
    try:
        editing.save(ledger, tops, categories.of(ledger))
    except UnfitCategory as error:
        assert own(ledger) == kept
        assert Categories(tops).get(error.key) is not None
    sorts = categories.of(ledger)
    refuse(sorts)
    assert all(sorts.get(key) is not None for key in counts)
    assert editing.used(ledger) == counts
