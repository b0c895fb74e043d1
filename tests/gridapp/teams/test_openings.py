"""What absences leave open, what teams lack and why, and a new member who begins to serve in one step."""

import datetime

import pytest

from gridapp.areas.model import Area
from gridapp.errors import UserError
from gridapp.register import Register
from gridapp.store import undo
from gridapp.teams import absences, joining, serving, substitution
from gridapp.teams.absences import AbsenceDraft
from gridapp.teams.editing import MemberDraft
from gridapp.teams.model import Member, Service
from gridapp.teams.openings import Openings
from gridapp.teams.roster import roster, state_texts, worker_text
from gridapp.teams.shortage import Shortages, incomplete_where_teams_are
from gridapp.today.shortage import shortage
from tests import factories as make

TODAY = datetime.date.today()
GRID, NEAR = make.GRID, "120104003001004"
COMMUNITY = GRID[:12]


def after(days: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=days)


@pytest.fixture
def teams(engine_register: Register) -> Register:
    """A whole team in one grid, nobody in the other, one in reserve of the community."""
    register = engine_register
    grid = make.make_grid(register, GRID)
    make.make_grid(register, NEAR)
    for name, role in (("王芳", "grid_worker"), ("刘洋", "agency_official"), ("孙丽", "street_official")):
        make.make_service(register, make.make_member(register, name=name), grid, role)
    community = register.value(Area.select(Area.uid).where(Area.code == COMMUNITY))
    make.make_service(register, make.make_member(register, name="赵磊"), community, "reserve")
    return register


def member(register: Register, name: str) -> bytes:
    return bytes(register.value(Member.select(Member.uid).where(Member.name == name)))


def leave(register: Register, name: str, since: int, until: int | None) -> bytes:
    last = after(until) if until is not None else None
    return absences.add(register, member(register, name), AbsenceDraft(after(since), last, "请假"))[0]


def fill(register: Register, absence: bytes, name: str) -> None:
    (gap,) = substitution.gaps_of(register, absence)
    substitution.accept(register, gap, member(register, name))


def told(register: Register, last: datetime.date | None = None) -> list[tuple[str, str]]:
    return [(one.name, one.text) for one in Openings(register, COMMUNITY, TODAY, last).rows]


def test_each_service_of_whoever_is_away_is_open_until_somebody_stands_in(teams: Register) -> None:
    absence = leave(teams, "王芳", -2, 3)
    leave(teams, "赵磊", 30, None)
    assert told(teams) == [("王芳", "未顶替"), ("赵磊", "后备，不必顶替")]
    fill(teams, absence, "赵磊")
    assert told(teams) == [("王芳", "赵磊代管"), ("赵磊", "后备，不必顶替")]
    assert told(teams, after(7)) == [("王芳", "赵磊代管")]


def test_a_substitute_who_leaves_early_leaves_the_rest_open_from_that_day_on(teams: Register) -> None:
    absence = leave(teams, "王芳", 0, 9)
    fill(teams, absence, "赵磊")
    leave(teams, "赵磊", 4, 5)
    standing = teams.first(Service.select(Service.uid).where(Service.absence == absence).tuples())[0]
    serving.end(teams, bytes(standing), after(6))
    one = next(one for one in Openings(teams, COMMUNITY, TODAY).rows if one.name == "王芳")
    assert (one.text, one.open_since) == (f"赵磊代管，至 {after(5)}；未顶替", after(6))


def test_what_is_over_is_told_no_more(teams: Register) -> None:
    leave(teams, "王芳", -9, -1)
    assert told(teams) == []


def test_a_shortage_names_the_role_and_why_and_since_when(teams: Register) -> None:
    leave(teams, "王芳", -2, 3)
    there = teams.first(Service.select(Service.uid).where(Service.member == member(teams, "孙丽")).tuples())[0]
    serving.end(teams, bytes(there), after(-20))
    found = Shortages(teams, GRID, TODAY)
    assert [(one.role.name, one.why, one.since) for one in found.rows] == [
        ("网格员", f"王芳 请假，至 {after(3)}", after(-2)),
        ("街道干部", "无人任职", after(-20)),
    ]
    assert (found.incomplete, found.grids) == (1, 1)
    other = Shortages(teams, NEAR, TODAY).rows
    assert [(one.role.name, one.since, one.absence) for one in other] == [
        ("网格员", None, None),
        ("机关干部", None, None),
        ("街道干部", None, None),
    ]


def test_today_names_the_community_too_where_several_are_looked_at(teams: Register) -> None:
    leave(teams, "王芳", 0, 3)
    for code, title in (
        (GRID, "第三网格 缺网格员"),
        (COMMUNITY, "第三网格 缺网格员"),
        (GRID[:6], "紫光苑社区第三网格 缺网格员"),
    ):
        section = shortage(teams, code, TODAY, 5)
        assert ([line.title for line in section.lines], section.count, section.summary) == ([title], 1, "现在 1")


def test_grids_are_incomplete_only_where_teams_are_kept(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    assert incomplete_where_teams_are(engine_register) == {}
    make.make_service(engine_register, make.make_member(engine_register), grid, "volunteer")
    assert incomplete_where_teams_are(engine_register) == {GRID[:length]: 1 for length in (6, 9, 12, 15)}


def test_a_new_member_serves_at_once_and_one_undo_takes_all_of_it_back(teams: Register) -> None:
    area = teams.value(Area.select(Area.uid).where(Area.code == NEAR))
    _uid, label = joining.join(teams, MemberDraft(name=" 周 军 ", phone="13820000009"), area, "grid_worker", TODAY)
    assert label == "添加队员周 军（第4网格网格员）"
    assert [one.name for one in roster(teams, NEAR)] == ["周 军"]
    undo.undo(teams)
    assert roster(teams, NEAR) == []
    assert teams.first(Member.select().where(Member.name == "周 军")) is None


def test_nothing_is_half_done_where_the_service_is_refused(teams: Register) -> None:
    area = teams.value(Area.select(Area.uid).where(Area.code == COMMUNITY[:9]))
    with pytest.raises(UserError, match="网格长"):
        joining.join(teams, MemberDraft(name="周军"), area, "grid_leader")
    assert teams.first(Member.select().where(Member.name == "周军")) is None


def test_namesakes_are_told_with_where_they_serve(teams: Register) -> None:
    make.make_member(teams, name="王芳", unit="区医院")
    assert sorted(joining.namesakes(teams, "王芳")) == ["王芳（区医院）", "王芳（第三网格网格员）"]
    assert joining.namesakes(teams, " ") == []


def test_the_roster_says_in_words_who_is_away_and_who_stands_in(teams: Register) -> None:
    absence = leave(teams, "王芳", 0, 3)
    assert worker_text(roster(teams, GRID)) == "王芳（离岗）"
    assert state_texts(roster(teams, GRID))[0] == f"请假，至 {after(3)}，无人顶替"
    fill(teams, absence, "赵磊")
    team = roster(teams, GRID)
    assert worker_text(team) == "赵磊（替王芳）"
    assert state_texts(team) == [f"请假，至 {after(3)}，由赵磊代管", f"替补王芳，至 {after(3)}", "", ""]
