"""What is told of an emergency before it is called is what comes of it."""

import datetime

import pytest
from peewee import fn

from gridapp.emergency import activation, foresight
from gridapp.register import Register
from gridapp.tasks.model import Task
from tests import factories as make
from tests.gridapp.emergency.scene import COMMUNITY, NIGHT, community

pytestmark = pytest.mark.engines


@pytest.mark.parametrize("kind", ["flood", "epidemic", "missing_person"])
def test_what_is_foreseen_comes_true(engine_register: Register, kind: str) -> None:
    register = engine_register
    scene = community(register, 3)
    make.make_absence(register, scene.teams[1]["grid_worker"], NIGHT.date())
    foreseen = foresight.foresee(register, COMMUNITY, kind, NIGHT)
    made = activation.activate(register, COMMUNITY, kind, "演练", NIGHT, now=NIGHT + datetime.timedelta(hours=1))
    assert (foreseen.grids, foreseen.households, foreseen.same) == (3, 18, None)
    assert foreseen.tasks == made.tasks == register.value(Task.select(fn.COUNT(Task.uid)))
    assert foreseen.unmanned == made.unmanned
    assert foreseen.away == ("第2网格grid_w2",)
    again = foresight.foresee(register, COMMUNITY, kind, NIGHT)
    assert again.same is not None and again.same.uid == made.uid


def test_who_has_a_stand_in_is_not_told_to_be_missing(engine_register: Register) -> None:
    register = engine_register
    scene = community(register, 2)
    absence = make.make_absence(register, scene.teams[0]["grid_worker"], NIGHT.date())
    other = make.make_member(register, name="顶替的人")
    make.make_service(register, other, scene.grids[0], since=NIGHT.date(), absence=absence)
    assert foresight.foresee(register, COMMUNITY, "flood", NIGHT).away == ()
