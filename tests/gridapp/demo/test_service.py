"""What the teams of the demo register do holds together: services, visits, ledger, tasks, pairings."""

from collections import Counter, defaultdict
from datetime import date

from peewee import fn

from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.households.model import Household
from gridapp.issues import categories, consistency
from gridapp.issues.model import Issue
from gridapp.issues.reading import reporters_of
from gridapp.issues.states import Satisfaction, State
from gridapp.tasks import plans
from gridapp.tasks.model import Task
from gridapp.teams import consistency as team_consistency
from gridapp.teams import pairing_contacts as contacts
from gridapp.teams import presence
from gridapp.teams.model import ROLE_BY_KEY, Absence, Member, PairingContact, Service
from gridapp.teams.pairing_contacts import PairingFilter
from gridapp.visits.model import Visit

TODAY = date(2020, 8, 30)
FIRST = date(2020, 6, 1)
GRID = "120104003001003"
COMMUNITY = "120104003001"


def test_each_grid_has_its_worker_and_two_officials_and_the_community_its_leader(community):
    areas = {area.uid: area for area in community.all(Area.select())}
    serving = defaultdict(Counter)
    for_good = Service.absence.is_null() & (Service.role != "reserve")
    for service in community.all(Service.select().where(for_good)):
        assert service.role in ROLE_BY_KEY
        if service.until is None:
            serving[service.area][service.role] += 1
        else:
            assert service.since < service.until <= TODAY
    for uid, area in areas.items():
        roles = serving[uid]
        if area.level == Level.GRID:
            assert [roles[key] for key in ("grid_worker", "agency_official", "street_official")] == [1, 1, 1]
            assert all(roles[role.key] for role in ROLE_BY_KEY.values() if role.part == 0)
            assert roles["grid_leader"] == 0
        elif area.level == Level.COMMUNITY:
            assert roles == {"grid_leader": 1}
        else:
            assert not roles


def test_some_are_away_and_some_of_those_have_a_substitute(community):
    assert list(team_consistency.faults(community)) == []
    away = {one.uid: one for one in community.all(Absence.select())}
    assert any(one.since <= TODAY and (one.until is None or one.until >= TODAY) for one in away.values())
    stand_ins = community.all(Service.select().where(Service.absence.is_null(False)))
    assert 0 < len(stand_ins) < len(away)
    assert all(not presence.absences_of(community, [one.member], one.since) for one in stand_ins)
    reserves = community.all(Service.select(Service.area).where(Service.role == "reserve"))
    levels = {area.uid: area.level for area in community.all(Area.select())}
    assert {levels[one.area] for one in reserves} == {Level.COMMUNITY, Level.GRID}
    assert community.value(Member.select(fn.COUNT(Member.uid)).where(Member.skills != "")) > 10


def test_visits_go_to_different_households_by_three_of_the_team(community):
    teams = defaultdict(set)
    query = Service.select(Service.area, Member.name).join(Member, on=(Member.uid == Service.member))
    for area, name in community.each(query):
        teams[area].add(name)
    visits = community.all(
        Visit.select(Visit.household, Household.area, Visit.visited_on, Visit.members, Visit.summary)
        .join(Household, on=(Household.uid == Visit.household))
        .tuples()
    )
    assert len({visit[0] for visit in visits}) == len(visits) > 9 * 30
    for _household, area, day, members, summary in visits:
        assert FIRST <= day <= TODAY
        assert len(members.split("、")) == 3
        assert set(members.split("、")) <= teams[area]
        assert summary


def test_the_ledger_is_numbered_by_day_and_what_is_resolved_is_reported_back(community):
    issues = community.all(Issue.select().order_by(Issue.number))
    assert [issue.number for issue in issues] == [f"2020-{n:05}" for n in range(1, len(issues) + 1)]
    days = [issue.registered_on for issue in issues]
    assert days == sorted(days)
    assert FIRST <= days[0] <= days[-1] <= TODAY
    areas = dict(community.each(Household.select(Household.uid, Household.area)))
    people = reporters_of(community, [issue.uid for issue in issues])
    for issue in issues:
        assert categories.built_in().get(issue.category)
        assert issue.description
        assert all(one.name for one in people[issue.uid])
        assert issue.level in tuple(Level)
        assert issue.household is None or areas[issue.household] == issue.area
        assert issue.handler or issue.state not in (State.IN_PROGRESS, State.RESOLVED, State.REPORTED_BACK)
        if issue.reported_back_on:
            assert issue.registered_on <= issue.resolved_on <= issue.reported_back_on <= TODAY
            assert issue.satisfaction in list(Satisfaction)
        else:
            assert issue.satisfaction == ""
    assert list(consistency.faults(community)) == []
    shown = tree.find(community, GRID).uid
    assert sum(issue.area == shown for issue in issues) == 6
    assert sum(issue.area == shown and issue.reported_back_on is not None for issue in issues) == 3


def test_tasks_are_spread_over_grids_and_community_and_some_are_done(community):
    tasks = community.all(Task.select())
    assert {task.area for task in tasks} >= {area.uid for area in community.all(Area.select()) if area.level >= 3}
    assert all(task.title and bool(task.assignee) != bool(task.role) and task.due_on for task in tasks)
    assert 0 < sum(task.done_on is not None for task in tasks) < len(tasks)
    assert all(task.done_on <= TODAY for task in tasks if task.done_on)
    assert all((task.progress == 100) == (task.done_on is not None) for task in tasks)
    again = [task for task in tasks if task.recurrence]
    assert again and all(task.series and task.repeats_from == task.due_on and not task.done_on for task in again)
    assert len({task.series for task in again}) == len(again)


def test_areas_work_by_the_plan_of_the_district_and_pairings_are_kept_alive(community):
    assert plans.plan_of(community, GRID).area_name == "南开区"
    found = contacts.Listing(community, PairingFilter(GRID[:12]), TODAY)
    assert 0 < found.due < found.count
    assert any(row.promises for row in found.page(0, 50))
    made = community.all(PairingContact.select(PairingContact.contacted_on))
    assert made and all(one.contacted_on <= TODAY for one in made)
