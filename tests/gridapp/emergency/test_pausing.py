"""Routine visits and contacts rest while an emergency goes on, say why, and go on as before when it is over."""

import datetime

import pytest

from gridapp.emergency import activation, calls, running, standing_down
from gridapp.emergency.model import REACHED, EmergencyCall
from gridapp.errors import UserError
from gridapp.households import editing, families
from gridapp.register import Register
from gridapp.store import dialects
from gridapp.tasks import listing
from gridapp.tasks.listing import TaskFilter
from gridapp.teams.pairing_contacts import contacts_due
from gridapp.today.board import today
from gridapp.today.lines import Kind
from gridapp.visits.coverage import coverage
from tests import factories as make
from tests.gridapp.emergency.scene import COMMUNITY, NIGHT, community

DAY = NIGHT.date()
LATER = NIGHT + datetime.timedelta(hours=2)
NEXT_DOOR = "120104003002001"


def test_what_is_paused_says_why_and_comes_back(engine_register: Register) -> None:
    register = engine_register
    scene = community(register, 2)
    elsewhere = make.make_grid(register, NEXT_DOOR)
    make.make_household(register, elsewhere)
    make.make_pairing(register, scene.teams[0]["grid_worker"], scene.homes[0][0])
    make.make_task(register, scene.grids[0], title="平时的", due_on=DAY - datetime.timedelta(days=3))
    before = [today(register, make.GRID[:9], LATER).section(kind) for kind in (Kind.VISIT, Kind.CONTACT)]
    assert [section.count for section in before] == [13, 1]
    uid = activation.activate(register, scene.codes[0], "flood", "进水", NIGHT, now=LATER).uid

    board = today(register, make.GRID[:9], LATER)
    visits, contacts = (board.section(kind) for kind in (Kind.VISIT, Kind.CONTACT))
    assert (visits.count, contacts.count) == (7, 0)
    assert visits.paused == contacts.paused == "第1网格正在应急响应，那里的日常走访和联系提醒暂停"
    inner = today(register, scene.codes[0], LATER).section(Kind.VISIT)
    assert inner.count == 0 and inner.paused.startswith("第1网格防汛排涝应急响应期间")
    assert not today(register, NEXT_DOOR, LATER).section(Kind.VISIT).paused
    assert contacts_due(register, scene.codes[1], DAY, 5).paused == ""
    assert coverage(register, COMMUNITY, DAY, DAY, DAY).whole.due == 6
    first, *_rest = board.section(Kind.TASK).lines
    assert first.title.startswith("网格服务队到岗") and first.when == "逾期1小时"
    assert listing.of_area(register, TaskFilter(COMMUNITY), DAY)[-1].title == "平时的"

    standing_down.stand_down(register, uid, "已处置", now=LATER)
    after = [today(register, make.GRID[:9], LATER).section(kind) for kind in (Kind.VISIT, Kind.CONTACT)]
    assert after == before


def test_what_goes_on_is_asked_of_one_small_index(register: Register) -> None:
    plan = dialects.explain(register.db, running.paused_areas())
    assert "emergency_active" in plan


def test_a_household_that_was_called_is_not_deleted_and_takes_its_calls_along_in_a_merge(register: Register) -> None:
    scene = community(register, 1)
    uid = activation.activate(register, COMMUNITY, "flood", "进水", NIGHT, now=LATER).uid
    home, other = scene.homes[0][:2]
    calls.record(register, uid, home, REACHED, now=LATER)
    with pytest.raises(UserError, match="应急联系记录"):
        editing.delete(register, [home])
    families.merge(register, other, home, DAY)
    assert register.value(EmergencyCall.select(EmergencyCall.household)) == other
    with pytest.raises(UserError, match="已经离开"):
        calls.record(register, uid, home, REACHED, now=LATER)
