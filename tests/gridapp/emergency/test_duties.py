"""The rota of an emergency is drawn up, goes on, is drawn anew, and is changed by hand under the same rules."""

import datetime
from itertools import pairwise

import pytest

from gridapp.emergency import activation, duties, standing_down
from gridapp.emergency.rota import Span
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.store import undo
from gridapp.teams.model import Absence
from tests import factories as make
from tests.gridapp.emergency.scene import COMMUNITY, NIGHT, Scene, community

NOW = NIGHT + datetime.timedelta(hours=1)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def scene(engine_register: Register) -> Scene:
    return community(engine_register, 2)


@pytest.fixture
def emergency(engine_register: Register, scene: Scene) -> Uid:
    return activation.activate(engine_register, COMMUNITY, "flood", "暴雨", NIGHT, now=NOW).uid


def test_a_rota_goes_on_where_it_ended_and_everybody_serves_alike(
    engine_register: Register, scene: Scene, emergency: Uid
) -> None:
    register = engine_register
    before = duties.listing(register, emergency, scene.codes[0])
    drawn, _label = duties.extend(register, emergency, 3, now=NOW)
    rows = duties.listing(register, emergency, scene.codes[0])
    assert drawn.duties == 2 * 9 and len(rows) == len(before) + 9
    for one, other in pairwise(rows):
        assert one.ends_at == other.starts_at and one.member != other.member
    served = [sum(row.member == member for row in rows) for member in scene.teams[0].values()]
    assert max(served) - min(served) <= 1
    with pytest.raises(UserError, match="1到14天"):
        duties.extend(register, emergency, 15, now=NOW)


def test_a_redraw_keeps_what_has_begun_and_leaves_out_who_is_away_now(
    engine_register: Register, scene: Scene, emergency: Uid
) -> None:
    register = engine_register
    before = duties.listing(register, emergency, COMMUNITY)
    gone = scene.teams[0]["grid_worker"]
    make.insert(register, Absence, member=gone, since=NIGHT.date() + datetime.timedelta(days=1), until=None)
    later = NIGHT + datetime.timedelta(hours=8)
    duties.redraw(register, emergency, now=later)
    after = duties.listing(register, emergency, COMMUNITY)
    begun = [row for row in before if row.starts_at <= later]
    assert [row for row in after if row.starts_at <= later] == begun
    assert not [row for row in after if row.member == gone and row.ends_at.date() > NIGHT.date()]
    assert {row.span for row in after} == {row.span for row in before}


def test_a_redraw_mans_the_shifts_that_nobody_was_found_for(engine_register: Register) -> None:
    register = engine_register
    scene = community(register, 1)
    team = scene.teams[0].values()
    gone = [make.make_absence(register, member, NIGHT.date(), until=NIGHT.date()) for member in team]
    emergency = activation.activate(register, COMMUNITY, "flood", "暴雨", NIGHT, now=NOW).uid
    tomorrow = NIGHT.date() + datetime.timedelta(days=1)
    assert min(row.starts_at.date() for row in duties.listing(register, emergency, COMMUNITY)) == tomorrow
    with register.recording("返岗") as recording:
        for absence in gone:
            recording.delete(Absence, absence)
    duties.redraw(register, emergency, now=NOW)
    rows = duties.listing(register, emergency, COMMUNITY)
    assert rows[0].starts_at == NOW and all(one.ends_at == other.starts_at for one, other in pairwise(rows))


def test_hands_change_it_under_the_same_rules(engine_register: Register, scene: Scene, emergency: Uid) -> None:
    register = engine_register
    mine, other = (duties.listing(register, emergency, code) for code in scene.codes)
    duties.swap(register, mine[0].uid, mine[1].uid)
    swapped = duties.listing(register, emergency, scene.codes[0])
    assert (swapped[0].member, swapped[1].member) == (mine[1].member, mine[0].member)
    undo.undo(register)
    with pytest.raises(UserError, match="不能同时值两处"):
        duties.replace(register, mine[0].uid, other[0].member)
    free = duties.available(register, emergency, scene.codes[0], mine[0].span)
    assert mine[0].member not in {member for member, _name, _phone in free} and free[0][0] in scene.teams[0].values()
    duties.replace(register, mine[0].uid, free[0][0])
    away = scene.teams[1]["street_official"]
    make.insert(register, Absence, member=away, since=NIGHT.date(), until=NIGHT.date())
    with pytest.raises(UserError, match="不在岗至 2026-07-20"):
        duties.replace(register, mine[0].uid, away)
    with pytest.raises(UserError, match="不在服务队任职"):
        duties.assign(register, emergency, scene.grids[0], make.make_member(register), NIGHT, NIGHT + HOUR)
    duties.remove(register, mine[-1].uid)
    with pytest.raises(UserError, match="已被取消"):
        duties.remove(register, mine[-1].uid)
    span = mine[-1].span
    duties.assign(register, emergency, scene.grids[0], mine[-1].member, span.starts_at, span.ends_at)
    standing_down.stand_down(register, emergency, "已处置", now=NOW)
    (served,) = duties.listing(register, emergency, scene.codes[0])
    for change in (
        lambda: duties.extend(register, emergency, now=NOW),
        lambda: duties.assign(register, emergency, scene.grids[0], mine[-1].member, span.starts_at, span.ends_at),
        lambda: duties.replace(register, served.uid, free[1][0]),
        lambda: duties.swap(register, served.uid, duties.listing(register, emergency, scene.codes[1])[0].uid),
        lambda: duties.remove(register, served.uid),
    ):
        with pytest.raises(UserError, match="已经结束"):
            change()
    assert [row.ends_at for row in duties.listing(register, emergency, scene.codes[0])] == [NOW]


def test_who_leaves_at_midnight_is_not_put_on_duty_for_the_night(register: Register) -> None:
    scene = community(register, 1)
    emergency = activation.activate(register, COMMUNITY, "flood", "暴雨", NIGHT, now=NOW).uid
    tomorrow, evening = NIGHT.date() + datetime.timedelta(days=1), NIGHT.replace(hour=20)
    leaves = make.make_member(register)
    make.make_service(register, leaves, scene.grids[0], "volunteer", until=tomorrow)
    with pytest.raises(UserError, match="不在服务队任职"):
        duties.assign(register, emergency, scene.grids[0], leaves, evening, evening + 12 * HOUR)
    make.make_service(register, leaves, scene.grids[0], "grid_worker", since=tomorrow)
    duties.assign(register, emergency, scene.grids[0], leaves, evening, evening + 12 * HOUR)
    assert leaves in [row.member for row in duties.on_duty(register, [emergency], COMMUNITY, evening)]


def test_what_nobody_can_fill_is_told(register: Register) -> None:
    make.make_grid(register)
    made = activation.activate(register, COMMUNITY, "flood", "暴雨", NIGHT, now=NOW)
    assert made.duties == 0 and "人手不足" in made.unfilled and "第三网格" in made.unfilled
    assert any("任务先派给了职务" in line for line in made.remarks())
    assert duties.on_duty(register, [made.uid], COMMUNITY, NOW) == []
    assert Span(NIGHT, NOW).overlaps(Span(NIGHT, NOW))
