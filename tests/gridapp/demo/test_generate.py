"""The demo register holds together: addresses, families, numbers, and what is made of another place or day."""

import re
from collections import Counter, defaultdict
from datetime import date, datetime, time

import pytest
from peewee import fn

from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.buildings.model import Building
from gridapp.demo.generate import ACTOR, generate
from gridapp.errors import Cancelled, UserError
from gridapp.households import id_numbers
from gridapp.households.categories import from_mask
from gridapp.households.model import (
    CONDITIONS,
    DIED,
    ENTERPRISE,
    HEAD,
    MOVED,
    RELATIONS,
    RESIDENTIAL,
    Household,
    Resident,
)
from gridapp.issues import consistency
from gridapp.issues.model import Issue, IssueStep
from gridapp.issues.states import State
from gridapp.progress import CancelToken
from gridapp.register import open_register
from gridapp.reports.figures import figures
from gridapp.store.check import check
from gridapp.store.log import Batch
from gridapp.visits.model import Visit

TODAY = date(2020, 8, 30)
FIRST = date(2020, 6, 1)
GRID = "120104003001003"


@pytest.fixture(scope="module")
def families(community):
    """Each household that there is with its residents, head first."""
    residents = defaultdict(list)
    here = Resident.select().where(Resident.is_here())
    for one in community.all(here.order_by(Resident.household, Resident.position)):
        residents[one.household].append(one)
    return [(home, residents[home.uid]) for home in community.all(Household.select().where(Household.is_here()))]


def contents(register):
    return {name: sorted(register.each(model.select()), key=repr) for name, model in register.tables.items()}


def keys(home):
    return {category.key for category in from_mask(home.categories)}


def age(person):
    return id_numbers.age_on(person.birth_date, TODAY)


def test_the_same_seed_gives_the_same_contents(tmp_path):
    found = []
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        with open_register(str(tmp_path / f"{name}.db")) as register:
            generate(register, "grid", seed)
            found.append(contents(register))
    assert found[0] == found[1]
    assert found[0] != found[2]


def test_the_same_people_live_in_a_grid_whatever_the_scale(register, community):
    generate(register, "grid", seed=1)
    for model in (Household, Visit):
        columns = [field for name, field in model.fields().items() if name not in ("uid", "area", "household")]
        small, large = (set(one.each(model.select(*columns))) for one in (register, community))
        assert small <= large


def test_a_demo_register_is_whole_and_one_batch(community):
    assert check(community) == []
    batches = community.all(Batch.select())
    assert [batch.actor for batch in batches] == [ACTOR]


def test_a_register_that_holds_areas_is_refused_and_left_alone(register):
    with register.recording("新建") as recording:
        tree.add(recording, "120104", ["南开区"])
    before = contents(register)
    with pytest.raises(UserError, match="空的登记簿"):
        generate(register, "grid")
    assert contents(register) == before


def test_a_cancelled_demo_leaves_nothing(register):
    token = CancelToken()
    with pytest.raises(Cancelled):
        generate(register, "community", progress=lambda done, _total, _message: done or token.cancel(), cancel=token)
    assert not any(contents(register).values())
    assert register.first(Batch.select()) is None


def test_progress_counts_every_household(register):
    told = []
    generate(register, "grid", progress=lambda *step: told.append(step))
    assert told[0][:2] == (0, 240)
    assert told[-1] == (240, 240, "兴南街道 紫光苑社区")


def test_areas_above_the_piece_are_there_as_its_path(register):
    generate(register, "grid")
    assert tree.path_label(tree.path_of(register, GRID)) == "南开区 › 兴南街道 › 紫光苑社区 › 第三网格"
    assert len(register.all(Area.select())) == 4


def test_every_grid_has_a_past(community):
    grids = [uid for (uid,) in community.all(Area.select(Area.uid).where(Area.level == Level.GRID).tuples())]
    gone = community.all(Household.select().where(~Household.is_here()))
    assert sorted(home.area for home in gone) == sorted(grids * 2)
    left = community.all(Resident.select().where(~Resident.is_here()))
    assert len(left) == 3 * len(grids)
    assert {one.left_how for one in (*gone, *left)} == {MOVED, DIED}
    assert all(one.left_on < TODAY for one in (*gone, *left))


def test_addresses_are_unique_within_the_community_and_written_bare(families):
    addresses = [(home.estate, home.building, home.entrance, home.room) for home, _residents in families]
    assert len(set(addresses)) == len(addresses)
    for home, _residents in families:
        assert home.building.isdigit()
        if home.kind == ENTERPRISE:
            assert home.entrance == ""
            assert home.floor in ("1", "底商")
            assert re.fullmatch(r"底商\d+", home.room)
        else:
            assert home.entrance.isdigit()
            assert re.fullmatch(home.floor + r"\d\d", home.room)
            assert 1 <= int(home.floor) <= 33


def test_there_are_walk_ups_and_towers_and_the_third_grid_stands_in_its_estate(community, families):
    highest = defaultdict(int)
    for home, _residents in families:
        if home.kind == RESIDENTIAL:
            at = (home.estate, home.building)
            highest[at] = max(highest[at], int(home.floor))
    assert {6} < set(highest.values())
    assert max(highest.values()) >= 18
    third = tree.find(community, GRID).uid
    assert {home.estate for home, _residents in families if home.area == third} == {"盛欣园"}


def test_every_building_has_a_record_that_agrees_with_its_households(community):
    records = {(one.area, one.estate, one.building): one for one in community.all(Building.select())}
    assert len({one.property_company for one in records.values()}) > 1
    for home in community.all(Household.select().where(Household.kind == RESIDENTIAL)):
        record = records[home.area, home.estate, home.building]
        assert int(home.floor) <= record.storeys and int(home.entrance) <= record.entrances
        assert int(home.room[-2:]) <= record.rooms_a_storey
        assert record.lift == (record.storeys > 6)
        assert 1980 <= record.built_in <= TODAY.year


def test_people_agree_with_their_household(families):
    for home, residents in families:
        if home.kind == ENTERPRISE:
            assert keys(home) == {"enterprise"}
            assert not residents
            assert home.head
            assert home.people > 0
            continue
        assert (residents[0].relation, residents[0].name, residents[0].phone) == (HEAD, home.head, home.phone)
        assert home.people == len(residents)
        assert [one.position for one in residents] == list(range(len(residents)))
        assert all(one.relation in RELATIONS for one in residents)


def test_identity_numbers_are_correct_unique_and_agree_with_sex_and_birth(families):
    numbers = [one.id_number for _home, residents in families for one in residents]
    assert len(set(numbers)) == len(numbers)
    for _home, residents in families:
        for one in residents:
            facts = id_numbers.facts(one.id_number)
            assert facts == id_numbers.IdFacts(one.sex, one.birth_date)


def test_phones_have_eleven_digits_and_small_children_have_none(families):
    for _home, residents in families:
        for one in residents:
            assert re.fullmatch(r"1[3-9]\d{9}", one.phone) if age(one) >= 12 else one.phone == ""


def test_generations_of_a_family_are_a_generation_apart(families):
    for home, residents in families:
        if home.kind == ENTERPRISE:
            continue
        head = age(residents[0])
        assert head >= 18
        for one in residents[1:]:
            if one.relation == "配偶":
                assert one.sex != residents[0].sex
                assert abs(age(one) - head) <= 7
            if one.relation == "子女":
                assert head - age(one) >= 20
            if one.relation == "父母":
                assert age(one) - head >= 20
            if one.relation == "孙子女":
                assert head - age(one) >= 40


def test_colours_follow_from_who_lives_there(families):
    for home, residents in families:
        found = keys(home)
        assert found
        if home.kind == ENTERPRISE:
            continue
        assert ("party_member" in found) == any(one.party_member for one in residents)
        assert ("special_group" in found) == any(one.conditions for one in residents)
        conditions = [word for one in residents for word in one.conditions.split("、") if word]
        assert set(conditions) <= set(CONDITIONS)
        if "living_alone" in found:
            assert len(residents) == 1
            assert age(residents[0]) >= 60
        if "lonely_elderly" in found:
            assert len(residents) <= 2
            assert all(age(one) >= 60 for one in residents)
            assert not {one.relation for one in residents} & {"子女", "孙子女", "父母"}
        if len(residents) == 1 and age(residents[0]) >= 60:
            assert found & {"living_alone", "lonely_elderly"}


def test_who_needs_attention_has_somebody_to_call(families):
    for home, _residents in families:
        urgent = {"lonely_elderly", "living_alone", "special_group"} & keys(home)
        assert bool(re.fullmatch(r"\S+ \S+ 1[3-9]\d{9}", home.emergency_contact)) == bool(urgent)


def test_colours_come_in_plausible_shares_and_some_households_carry_several(families):
    first = Counter(home.precedence for home, _residents in families)
    shares = [first[position] / len(families) for position in range(7)]
    for share, expected in zip(shares, (0.03, 0.07, 0.06, 0.08, 0.04, 0.17, 0.55), strict=True):
        assert expected * 0.6 < share < expected * 1.5
    several = sum(len(keys(home)) > 1 for home, _residents in families) / len(families)
    assert 0.02 < several < 0.2


def test_rare_characters_stand_in_every_grid(community):
    names = defaultdict(str)
    query = Resident.select(Household.area, Resident.name).join(Household, on=(Household.uid == Resident.household))
    for area, name in community.each(query):
        names[area] += name
    assert len(names) == 9
    for text in names.values():
        assert all(rare in text for rare in ("崟圻", "㛃", "䶮", "𠮷"))


def test_the_issues_of_a_street_stand_everywhere_and_their_days_follow_each_other(tmp_path):
    with open_register(str(tmp_path / "street.db")) as register:
        generate(register, "street", seed=1)
        found = figures(register, "120104003", now=datetime.combine(TODAY, time(12)))
        assert all(found.issues_by_state[state.name.lower()] for state in State)
        assert found.issues == sum(found.issues_by_state.values())
        assert 0 < found.issues_overdue < found.issues_open < found.issues
        assert 0 < found.issues_reported_back < found.issues_resolved
        assert list(consistency.faults(register)) == []
        first, last = register.first(IssueStep.select(fn.MIN(IssueStep.at), fn.MAX(IssueStep.at)).tuples())
        assert first.date() >= FIRST and last.date() <= TODAY
        for issue in register.all(Issue.select()):
            known = [day for day in (issue.registered_on, issue.resolved_on, issue.reported_back_on) if day]
            assert known == sorted(known) and issue.due_at.date() >= issue.registered_on
        register.close(backup=False)


def test_the_demo_can_stand_on_another_day_with_everything_else_as_it_is(community, tmp_path):
    later = date(2026, 11, 25)
    with open_register(str(tmp_path / "later.db")) as register:
        generate(register, "community", seed=1, as_of=later)
        assert list(consistency.faults(register)) == [] and check(register) == []
        days = (date(2026, 11, 22) - TODAY).days  # the same weekday
        moved = {issue.uid: issue for issue in register.all(Issue.select())}
        for issue in community.all(Issue.select()):
            there = moved[issue.uid]
            assert (there.registered_on - issue.registered_on).days == (there.due_at - issue.due_at).days == days
            assert there.number == f"2026-{issue.number[5:]}"
        people = dict(register.each(Resident.select(Resident.uid, Resident.birth_date)))
        assert people == dict(community.each(Resident.select(Resident.uid, Resident.birth_date)))
        assert max(day for (day,) in register.each(Visit.select(Visit.visited_on))) <= later
