"""The whole day of an emergency at the core: from two in the night until it is over, to the minute."""

import datetime

import pytest

from gridapp.emergency import activation, after_action, calls, duties, progress, reports, running, standing_down
from gridapp.emergency.calls import CallFilter, View
from gridapp.emergency.model import (
    KIND_NAMES,
    NEEDS_HELP,
    NOT_REACHED,
    REACHED,
    Duty,
    Emergency,
    EmergencyCall,
    EmergencyReport,
)
from gridapp.errors import UserError
from gridapp.issues import categories, stepping
from gridapp.issues.model import Issue
from gridapp.issues.states import State
from gridapp.issues.stepping import Entry
from gridapp.issues.workflow import Step
from gridapp.register import Register
from gridapp.store import undo
from gridapp.store.check import check
from gridapp.tasks import editing, listing
from gridapp.tasks.listing import TaskFilter
from gridapp.tasks.model import Task
from gridapp.teams import substitution
from gridapp.teams.model import RESERVE, Absence
from gridapp.visits.plan import Plan, PlanFilter
from tests import factories as make
from tests.gridapp.emergency.scene import COMMUNITY, NIGHT, Scene, community

DAY = NIGHT.date()


def at(hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime.combine(DAY, datetime.time(hour, minute))


@pytest.fixture
def scene(engine_register: Register) -> Scene:
    """Two grid workers are away; for each of them somebody in reserve was accepted."""
    found = community(engine_register)
    for number, name in ((0, "替班甲"), (1, "替班乙")):
        away = found.teams[number]["grid_worker"]
        absence = make.insert(
            engine_register, Absence, member=away, since=DAY - datetime.timedelta(days=3), until=None, reason="抽调"
        )
        substitute = make.make_member(engine_register, name=name)
        make.make_service(engine_register, substitute, found.community, RESERVE.key)
        (gap,) = substitution.gaps_of(engine_register, absence)
        assert substitution.candidates(engine_register, gap)[0].name.startswith("替班")
        substitution.accept(engine_register, gap, substitute)
    return found


def test_a_night_is_told_to_the_minute_from_the_call_to_what_is_to_be_learned(
    engine_register: Register, scene: Scene
) -> None:
    register = engine_register
    plan = Plan(register, PlanFilter(COMMUNITY, DAY), DAY)
    assert sum(plan.counts) == 48 and not plan.paused

    made = activation.activate(register, COMMUNITY, "flood", "暴雨，3号楼进水", NIGHT, now=at(2, 10))
    assert made.tasks == 8 * 6 + 3 and made.duties > 0
    assert {role for _area, role in made.unmanned} == {"楼门长"}
    tasks = listing.of_area(register, TaskFilter(COMMUNITY), DAY)
    first = next(row for row in tasks if row.area_code == scene.codes[0] and "电话联系" in row.title)
    assert (first.who, first.due_at, first.due_on) == ("替班甲", at(3), DAY)
    assert first.due_text(at(2, 20)) == "03:00前" and first.state_text(at(3, 25)) == "逾期25分"
    names = {row.name for row in duties.listing(register, made.uid, COMMUNITY)}
    assert "替班甲" in names and "grid_w1" not in names
    paused = Plan(register, PlanFilter(COMMUNITY, DAY), DAY)
    assert sum(paused.counts) == 0 and "应急响应期间" in paused.paused

    issues = _call_forty(register, scene, made.uid)
    found = progress.progress(register, made.uid, at(4)).of(COMMUNITY)
    assert (found.households, found.first, found.called, found.first_called) == (48, 24, 40, 24)
    assert (found.reached, found.not_reached, found.needs_help, found.needs, found.needs_met) == (38, 2, 3, 3, 0)
    assert all(row.urgent for row in register.all(Issue.select().where(Issue.uid.in_(issues))))

    for issue in issues[:2]:
        _resolve(register, issue)
    editing.finish(register, [first.uid], at=at(2, 50))
    other = next(row for row in tasks if row.area_code == scene.codes[1] and "电话联系" in row.title)
    editing.finish(register, [other.uid], at=at(3, 30))
    reports.report(register, made.uid, scene.codes[0], "3号楼地下室积水，已抽排", now=at(16, 30))
    reports.report(register, made.uid, scene.codes[1], now=at(17, 20))
    states = [due.state for due in reports.standing(register, made.uid, DAY, at(17, 30))]
    assert states[:3] == [reports.State.MISSING, reports.State.IN_TIME, reports.State.LATE]
    assert len(reports.missing(register, made.uid, DAY, at(17, 30))) == 7

    with pytest.raises(UserError, match="处置小结"):
        standing_down.stand_down(register, made.uid, " ", now=at(18))
    ended = standing_down.stand_down(register, made.uid, "积水已退，无人员伤亡", at(18), now=at(18, 5))
    assert ended.tasks == made.tasks - 2 and "取消未完成任务" in ended.told
    assert sum(Plan(register, PlanFilter(COMMUNITY, DAY), DAY).counts) == 48
    assert not running.active(register)

    told = after_action.assemble(register, made.uid, at(19))
    assert (told.calls, told.figures.called, told.figures.needs, told.figures.needs_met) == (41, 40, 3, 2)
    assert (told.first_contact, told.tasks_in_time, told.figures.tasks_done) == (20, 1, 2)
    assert told.median_contact == 23.5
    assert (told.reports, told.reports_late, told.reports_due) == (2, 1, 9)
    assert {(one.name, one.stood_in_for) for one in told.substitutes} == {("替班甲", "grid_w1"), ("替班乙", "grid_w2")}
    assert told.lasted == datetime.timedelta(hours=16)
    moments = [event.at for event in told.timeline]
    assert moments == sorted(moments) and (moments[0], moments[-1]) == (NIGHT, at(18))
    texts = "\n".join(f"{event.at:%H:%M} {event.place} {event.text}" for event in told.timeline)
    assert "02:20 第1网格 首次联系：" in texts and "02:50 第1网格 完成任务：" in texts
    assert "03:30 第2网格 完成任务（逾期）：" in texts and "17:20 第2网格 日报（迟报）：零报告" in texts
    assert texts.count("需要帮助：") == 3 and texts.count("解决需求 ") == 2
    turns = register.all(Duty.select().where(Duty.emergency == made.uid))
    assert told.duties == len(turns) and all(turn.ends_at <= at(18) for turn in turns)
    assert not check(register)


def _call_forty(register: Register, scene: Scene, emergency: bytes) -> list[bytes]:
    """Five households of each grid are called, a minute apart; three need help, two are not reached, one at first."""
    issues = []
    for number, homes in enumerate(scene.homes):
        for place, home in enumerate(homes[:5]):
            moment = at(2, 20 + number) if not place else at(2, 30 + number + place)
            needs, lost = (number, place) in ((0, 0), (1, 1), (2, 2)), (number, place) in ((3, 1), (4, 1))
            outcome = NEEDS_HELP if needs else NOT_REACHED if lost else REACHED
            note = "屋里进水，要转移" if needs else ""
            who = scene.teams[number]["agency_official"]
            if (number, place) == (7, 4):
                calls.record(register, emergency, home, NOT_REACHED, "", at(2, 29), who, now=at(4))
            made = calls.record(register, emergency, home, outcome, note, moment, who, now=at(4))
            if made.issue is not None:
                issues.append(made.issue)
    return issues


def _resolve(register: Register, issue: bytes) -> None:
    stepping.take(register, issue, Step.ACCEPT, Entry(), now=at(4))
    stepping.take(register, issue, Step.RESOLVE, Entry(note="已转移到安置点"), now=at(5))
    row = register.first(Issue.select().where(Issue.uid == issue))
    assert State(row.state) is State.RESOLVED


@pytest.mark.parametrize("step", ["activate", "call", "report", "task", "redraw", "end"])
def test_each_step_is_one_that_an_undo_takes_back(register: Register, step: str) -> None:
    scene = community(register, 2)
    if step == "activate":
        activation.activate(register, COMMUNITY, "flood", "暴雨", NIGHT, now=at(3))
        undo.undo(register)
        for model in (Emergency, Task, Duty):
            assert register.first(model.select()) is None
        return
    uid = activation.activate(register, COMMUNITY, "flood", "暴雨", NIGHT, now=at(3)).uid
    before = _stored(register)
    if step == "call":
        calls.record(register, uid, scene.homes[0][0], NEEDS_HELP, "断电", now=at(4))
    elif step == "report":
        reports.report(register, uid, scene.codes[0], now=at(4))
    elif step == "task":
        editing.finish(register, [register.value(Task.select(Task.uid))], at=at(4))
    elif step == "redraw":
        make.insert(register, Absence, member=scene.teams[0]["grid_worker"], since=DAY, until=None)
        before = _stored(register)
        duties.redraw(register, uid, now=at(4))
    else:
        standing_down.stand_down(register, uid, "已处置", now=at(20))
    assert _stored(register) != before
    undo.undo(register)
    assert _stored(register) == before
    assert not check(register)


def _stored(register: Register) -> list[tuple]:
    return [
        tuple(row)
        for model in (Emergency, Task, Duty, EmergencyCall, EmergencyReport, Issue)
        for row in register.all(model.select().order_by(model.uid).tuples())
    ]


def test_what_was_called_is_not_taken_back_while_calls_were_made_in_it(register: Register) -> None:
    scene = community(register, 1)
    uid = activation.activate(register, COMMUNITY, "flood", "暴雨", NIGHT, now=at(3)).uid
    with register.recording("登记", actor="别人") as recording:
        recording.insert(
            EmergencyCall, emergency=uid, household=scene.homes[0][0], called_at=at(3), outcome=REACHED, note=""
        )
    with pytest.raises(UserError):
        undo.undo(register)
    assert register.first(Emergency.select()) is not None


def test_the_call_list_puts_those_in_need_first_and_keeps_its_history(engine_register: Register) -> None:
    register = engine_register
    scene = community(register, 2)
    uid = activation.activate(register, COMMUNITY, "heat_wave", "高温", NIGHT, now=at(3)).uid
    every = calls.Listing(register, CallFilter(uid, COMMUNITY))
    assert [row.precedence for row in every.page(0, 12)] == [0, 0, 1, 1, 2, 2, *[6] * 6]
    home = scene.homes[0][0]
    calls.record(register, uid, home, NOT_REACHED, now=at(4))
    calls.record(register, uid, home, NEEDS_HELP, "停电，老人中暑", now=at(5))
    again = calls.record(register, uid, home, NEEDS_HELP, "停电，老人中暑", now=at(5, 1))
    calls.record(register, uid, scene.homes[1][1], NOT_REACHED, now=at(5))
    assert register.value(Issue.select(Issue.number).where(Issue.uid == again.issue)) == "2026-00001"
    assert register.value(Issue.select(Issue.uid.distinct())) == again.issue
    counts = calls.Listing(register, CallFilter(uid, COMMUNITY)).counts
    assert counts == {View.ALL: 12, View.NOT_CALLED: 10, View.NOT_REACHED: 1, View.NEEDS_HELP: 1, View.REACHED: 0}
    needy = calls.Listing(register, CallFilter(uid, COMMUNITY, View.NEEDS_HELP)).page(0, 5)
    assert [(row.uid, row.calls, row.issue) for row in needy] == [(home, 3, "2026-00001")]
    in_grid = calls.Listing(register, CallFilter(uid, scene.codes[1], View.NOT_REACHED))
    assert in_grid.uids_at(0, 9) == [scene.homes[1][1]]
    assert calls.Listing(register, CallFilter(uid, COMMUNITY, only_first=True)).count == 6
    assert calls.Listing(register, CallFilter(uid, COMMUNITY, text="马11")).count == 1
    assert [call.outcome for call in calls.calls_of(register, uid, home)] == [NEEDS_HELP, NEEDS_HELP, NOT_REACHED]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"outcome": NEEDS_HELP}, "需要什么帮助"),
        ({"outcome": "lost"}, "联系结果应为"),
        ({"at": at(23)}, "还没有到"),
        ({"at": at(1)}, "不能更早"),
    ],
)
def test_a_call_that_cannot_be_is_refused(register: Register, told: dict, said: str) -> None:
    scene = community(register, 1)
    uid = activation.activate(register, COMMUNITY, "flood", "暴雨", NIGHT, now=at(3)).uid
    with pytest.raises(UserError, match=said):
        calls.record(register, uid, scene.homes[0][0], **{"outcome": REACHED, "now": at(4), **told})
    assert register.first(EmergencyCall.select()) is None


def test_a_need_is_registered_under_what_its_kind_of_emergency_is_about(register: Register) -> None:
    scene = community(register, 1)
    told = []
    for kind in KIND_NAMES:
        uid = activation.activate(register, COMMUNITY, kind, "突发", NIGHT, now=at(3)).uid
        made = calls.record(register, uid, scene.homes[0][0], NEEDS_HELP, "要帮忙", now=at(4))
        found = categories.of(register).get(register.value(Issue.select(Issue.category).where(Issue.uid == made.issue)))
        told.append(found.name if found is not None else "")
    assert told == ["防疫", "积水内涝", "室温不达标", "养老助残", "燃气泄漏", "其他", "其他"]


def test_one_of_the_same_kind_around_is_enough_but_another_kind_or_an_outer_one_may_come(register: Register) -> None:
    scene = community(register, 2)
    inner = activation.activate(register, scene.codes[0], "flood", "进水", NIGHT, now=at(3)).uid
    other = activation.activate(register, scene.codes[0], "gas_leak", "有燃气味", at(2, 30), now=at(3)).uid
    outer = activation.activate(register, COMMUNITY, "flood", "暴雨", at(2, 30), now=at(3)).uid
    with pytest.raises(UserError, match="紫光苑社区防汛排涝应急响应"):
        activation.activate(register, scene.codes[1], "flood", "也进水", now=at(4))
    with pytest.raises(UserError, match="还没有到"):
        activation.activate(register, scene.codes[1], "heat_wave", "热", at(5), now=at(4))
    for emergency in (inner, other):
        calls.record(register, emergency, scene.homes[0][0], REACHED, now=at(4))
    assert progress.progress(register, outer, at(5)).of(COMMUNITY).called == 1
    assert progress.progress(register, other, at(5)).of(scene.codes[0]).called == 1
    overlapping: dict[bytes, list] = {}
    for turn in register.all(Duty.select()):
        spans = overlapping.setdefault(bytes(turn.__data__["member"]), [])
        assert not any(turn.starts_at < end and start < turn.ends_at for start, end in spans)
        spans.append((turn.starts_at, turn.ends_at))
    held = running.over(register, scene.codes[0])
    assert {one.uid for one in held.over} == {inner, other, outer} and not held.within
    assert {one.uid for one in running.over(register, COMMUNITY).within} == {inner, other}
