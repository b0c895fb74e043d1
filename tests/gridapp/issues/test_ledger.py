"""The ledger: its filter against plain Python over random issues, its views, its order, and the plans behind them."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridapp.areas.model import Level
from gridapp.ids import new_uid
from gridapp.issues import categories
from gridapp.issues.board import BOARD, Board
from gridapp.issues.deadlines import end_of, soon_until
from gridapp.issues.ledger import Desk, LedgerFilter, View
from gridapp.issues.ledger_listing import LedgerListing, LedgerRow, LedgerSort, counting, counts, kinds
from gridapp.issues.ledger_words import describe, parts
from gridapp.issues.model import Issue, Reporter
from gridapp.issues.shared_steps import leading, shared
from gridapp.issues.states import Satisfaction, Source, State
from gridapp.issues.workflow import Step, allowed, target
from gridapp.store import dialects
from gridapp.store.register import Register
from tests import factories as make

NOW = datetime.datetime(2026, 3, 11, 10, 30)  # a Wednesday
TODAY = NOW.date()
COMMUNITY = make.GRID[:12]
OTHER = "120104003002001"
WORDS = ("楼道灯不亮", "停水 50% 的住户", "电梯_故障", "")
HANDLERS = ("社区居委会", "自来水公司", "")
NAMES = ("马玉兰", "李建国", "")


@st.composite
def _issues(draw: st.DrawFn) -> list[dict]:
    return draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "grid": st.booleans(),
                    "state": st.sampled_from(State),
                    "level": st.sampled_from(Level),
                    "urgent": st.booleans(),
                    "category": st.sampled_from(["water", "property", "property.renewal", "没有的类别"]),
                    "description": st.sampled_from(WORDS[:3]),
                    "handler": st.sampled_from(HANDLERS),
                    "mine": st.booleans(),
                    "due": st.integers(-3, 5),
                    "hour": st.sampled_from([None, 9, 11]),
                    "review": st.integers(-2, 2),
                    "registered": st.integers(0, 9),
                    "satisfaction": st.sampled_from(["", *(one.value for one in Satisfaction)]),
                    "people": st.lists(
                        st.tuples(
                            st.sampled_from(NAMES), st.sampled_from(["13820000001", ""]), st.sampled_from(Source)
                        ),
                        min_size=1,
                        max_size=3,
                    ),
                }
            ),
            max_size=8,
        )
    )


@st.composite
def _filters(draw: st.DrawFn) -> dict:
    return draw(
        st.fixed_dictionaries(
            {"area_code": st.sampled_from([make.GRID, COMMUNITY, make.GRID[:6]]), "view": st.sampled_from(View)},
            optional={
                "states": st.frozensets(st.sampled_from(State), max_size=3),
                "categories": st.frozensets(st.sampled_from(["property", "water", "property.renewal"]), max_size=2),
                "level": st.sampled_from(Level),
                "source": st.sampled_from(Source),
                "urgent": st.booleans(),
                "text": st.sampled_from(["灯", "50%", "_", "玉兰", "1382", "自来水", "2026-0000", "停水 李"]),
                "since": st.integers(0, 9).map(lambda days: TODAY - datetime.timedelta(days=days)),
                "until": st.integers(0, 9).map(lambda days: TODAY - datetime.timedelta(days=days)),
                "satisfaction": st.sampled_from(Satisfaction),
            },
        )
    )


def _write(register: Register, told: list[dict], areas: dict[bool, bytes], member: bytes) -> list[dict]:
    """Put issues into a register as they are told, without going through the workflow."""
    written = []
    with register.recording("登记") as recording:
        for number, one in enumerate(told):
            day = TODAY + datetime.timedelta(days=one["due"])
            due = end_of(day) if one["hour"] is None else datetime.datetime.combine(day, datetime.time(one["hour"]))
            values = {name: one[name] for name in ("urgent", "category", "description", "handler", "satisfaction")}
            uid = recording.insert(
                Issue,
                number=f"2026-{number:05}",
                area=areas[one["grid"]],
                state=int(one["state"]),
                level=int(one["level"]),
                assignee=member if one["mine"] else None,
                due_at=due,
                review_on=TODAY + datetime.timedelta(days=one["review"]) if one["state"] is State.SUSPENDED else None,
                registered_on=TODAY - datetime.timedelta(days=one["registered"]),
                **values,
            )
            for name, phone, source in one["people"]:
                recording.insert(Reporter, issue=uid, name=name, phone=phone, source=source.value, reported_on=TODAY)
            pending = due if one["state"].is_pending else None
            written.append({**one, "uid": uid, "number": f"2026-{number:05}", "pending": pending})
    return written


def _is_in(one: dict, view: View, desk: Desk | None) -> bool:
    state, pending = one["state"], one["pending"]
    is_mine = desk is not None and (desk.name in one["handler"] or (desk.member is not None and one["mine"]))
    return {
        View.OPEN: state.is_open,
        View.MINE: state.is_open and is_mine,
        View.TODAY: pending is not None and pending >= NOW and pending.date() == TODAY,
        View.OVERDUE: pending is not None and pending < NOW,
        View.SOON: pending is not None and TODAY < pending.date() <= soon_until(TODAY),
        View.SUSPENDED: state is State.SUSPENDED,
        View.REVIEW: state is State.SUSPENDED and one["review"] <= 0,
        View.REPORT_BACK: state.awaits_report_back,
        View.FOLLOW_UP: state is State.REPORTED_BACK,
        View.CLOSED: state is State.CLOSED,
        View.ALL: True,
    }[view]


def _passes(one: dict, chosen: LedgerFilter) -> bool:
    day = TODAY - datetime.timedelta(days=one["registered"])
    searched = [one["description"], one["number"], one["handler"]]
    searched += [text for name, phone, _source in one["people"] for text in (name, phone)]
    wanted = {key for top in chosen.categories for key in categories.built_in().within(top)}
    return all(
        (
            one["grid"] or chosen.area_code != make.GRID,
            not chosen.states or one["state"] in chosen.states,
            not chosen.categories or one["category"] in wanted,
            chosen.level is None or one["level"] is chosen.level,
            chosen.source is None or any(source is chosen.source for *_who, source in one["people"]),
            not chosen.urgent or one["urgent"],
            chosen.since is None or day >= chosen.since,
            chosen.until is None or day <= chosen.until,
            chosen.satisfaction is None or one["satisfaction"] == chosen.satisfaction.value,
            all(any(word in text for text in searched) for word in chosen.text.split()),
        )
    )


def _by_deadline(one: dict) -> tuple:
    far = datetime.datetime.max
    rank = 2 if one["pending"] is None else 0 if one["urgent"] else 1
    return rank, one["pending"] or far, one["registered"], one["uid"]


def test_filter_views_and_order_agree_with_plain_python(engine_register: Register) -> None:
    areas = {True: make.make_grid(engine_register), False: make.make_grid(engine_register, make.GRID[:12] + "004")}
    member = make.make_member(engine_register, name="网格小刘")
    desk = Desk("社区", member)

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(_issues(), _filters(), st.sampled_from([None, desk, Desk("公司")]))
    def check(told: list[dict], asked: dict, who: Desk | None) -> None:
        for model in (Reporter, Issue):
            engine_register.run(model.delete())
        written = _write(engine_register, told, areas, member)
        chosen = LedgerFilter(desk=who, **asked)
        passing = [one for one in written if _passes(one, chosen)]
        expected = [one for one in passing if _is_in(one, chosen.view, who)]
        listing = LedgerListing(engine_register, chosen, now=NOW)
        assert listing.uids_at(0, 99) == [one["uid"] for one in sorted(expected, key=_by_deadline)]
        assert {row.uid for row in listing.page(0, 99)} == {one["uid"] for one in expected}
        found = counts(engine_register, chosen, NOW)
        beside = [one for one in written if _passes(one, replace(chosen, states=frozenset()))]
        assert found.views == {view: sum(_is_in(one, view, who) for one in beside) for view in View}
        assert all(found.states[state] == sum(one["state"] is state for one in beside) for state in State)
        board = Board(engine_register, replace(chosen, view=View.ALL), NOW)
        for column, one in enumerate(BOARD):
            here = {issue["uid"] for issue in beside if issue["state"] in one.states}
            assert {row.uid for row in board.page(column, 0, 99)} == here and board.count(column) == len(here)

    check()


@pytest.mark.parametrize("sort", LedgerSort)
def test_any_column_sorts_both_ways_and_pages_agree_with_the_whole(engine_register: Register, sort: LedgerSort) -> None:
    grid = make.make_grid(engine_register)
    home = make.make_household(engine_register, grid)
    for number in range(7):
        make.make_issue(
            engine_register,
            grid,
            reporter=NAMES[number % 3],
            household=home if number % 2 else None,
            description=WORDS[number % 3],
            registered_on=datetime.date(2026, 3, 1 + number),
            resolved_on=datetime.date(2026, 3, 9) if number > 4 else None,
        )
    up = LedgerListing(engine_register, LedgerFilter(make.GRID), sort, now=NOW)
    down = LedgerListing(engine_register, LedgerFilter(make.GRID), sort, descending=True, now=NOW)
    uids = up.uids_at(0, 99)
    assert uids == down.uids_at(0, 99)[::-1] and len(uids) == up.count == 7
    assert [row.uid for offset in range(0, 8, 3) for row in up.page(offset, 3)] == uids
    assert [up.position_of(uid) for uid in uids] == list(range(7)) and up.position_of(new_uid()) is None
    assert up.holds(uids[3]) and not up.holds(new_uid())


def test_an_emergency_stands_before_all_and_what_is_over_behind_all(register: Register) -> None:
    grid = make.make_grid(register)
    late = make.make_issue(register, grid, registered_on=datetime.date(2026, 3, 2))
    urgent = make.make_issue(register, grid, registered_on=datetime.date(2026, 3, 10), urgent=True)
    over = make.make_issue(
        register, grid, registered_on=datetime.date(2026, 3, 1), resolved_on=datetime.date(2026, 3, 2)
    )
    assert LedgerListing(register, LedgerFilter(make.GRID), now=NOW).uids_at(0, 9) == [urgent, late, over]


def test_a_row_says_what_is_awaited_in_words(register: Register) -> None:
    grid = make.make_grid(register)
    home = make.make_household(register, grid, building="3", entrance="2", room="101")
    uid = make.make_issue(
        register,
        grid,
        reporter="马玉兰",
        household=home,
        category="property.renewal",
        registered_on=datetime.date(2026, 3, 5),
    )
    make.insert(register, Reporter, issue=uid, name="李建国", reported_on=datetime.date(2026, 3, 6))
    (row,) = LedgerListing(register, LedgerFilter(make.GRID), now=NOW).page(0, 9)
    assert (row.raised_by, row.where, row.state_name) == ("马玉兰(+1)", "盛欣园3号楼2门101", "待受理")
    assert row.category == categories.built_in().name_of("property.renewal")
    assert row.deadline(NOW) == "逾期2天" and row.deadline(datetime.datetime(2026, 3, 9, 8)) == "今日到期"


def test_what_is_suspended_says_when_it_is_looked_at_again(register: Register) -> None:
    def row(review: datetime.date) -> LedgerRow:
        values = {"state": State.SUSPENDED, "review_on": review, "pending_at": None}
        base = dict.fromkeys(LedgerRow.__dataclass_fields__)
        return LedgerRow(**{**base, **values, "reporters": ()})

    assert row(TODAY).deadline(NOW) == "复查到期"
    assert row(datetime.date(2026, 3, 12)).deadline(NOW) == "03-12 复查"


def test_a_filter_is_said_in_words_part_by_part() -> None:
    sorts = categories.built_in()
    chosen = LedgerFilter(
        make.GRID,
        View.MINE,
        Desk("自来水公司"),
        frozenset({State.ACCEPTED, State.REGISTERED}),
        frozenset({"water"}),
        Level.STREET,
        Source.HOTLINE,
        urgent=True,
        text=" 停水 ",
        since=datetime.date(2026, 3, 1),
        satisfaction=Satisfaction.NOT,
    )
    assert describe(chosen, sorts) == [
        "我的（自来水公司）",
        "状态：待受理、已受理",
        "类别：供水",
        "级别：街道",
        "来源：12345热线",
        "只看紧急",
        "登记：2026-03-01 起",
        "满意度：不满意",
        "含“停水”",
    ]
    assert describe(LedgerFilter(make.GRID), sorts) == []
    rest = chosen
    while told := parts(rest, sorts):
        rest = told[0].rest
    assert rest == LedgerFilter(make.GRID, View.MINE, chosen.desk)


def test_only_what_all_may_do_is_offered_and_nothing_that_is_written_of_one() -> None:
    everything = [(state, level) for state in State for level in Level]
    assert [row.step for row in shared(everything)] == [Step.NOTE]
    assert shared([]) == []
    offered = [row.step for row in shared({(State.REGISTERED, Level.GRID), (State.ACCEPTED, Level.GRID)})]
    assert Step.ASSIGN in offered and Step.ESCALATE in offered
    assert not {Step.ACCEPT, Step.SEND_BACK, Step.JOIN, Step.EDIT} & set(offered)


@given(st.sampled_from(State), st.sampled_from(Level), st.sampled_from(BOARD))
def test_what_leads_to_a_column_is_allowed_and_ends_there(state: State, level: Level, column) -> None:
    step = leading(state, level, column.states)
    if step is None:
        assert state in column.states or not any(row.target in column.states for row in allowed(state, level))
    else:
        assert target(step, state) in column.states and step in [row.step for row in allowed(state, level)]


def test_states_and_levels_of_a_selection_are_each_told_once(register: Register) -> None:
    grid = make.make_grid(register)
    uids = [make.make_issue(register, grid) for _ in range(3)]
    uids.append(make.make_issue(register, grid, level=Level.STREET, resolved_on=datetime.date(2020, 8, 20)))
    assert kinds(register, uids) == {(State.REGISTERED, Level.GRID), (State.RESOLVED, Level.STREET)}


def test_views_are_counted_by_an_index_alone(register: Register) -> None:
    make.make_grid(register)
    make.make_grid(register, OTHER)
    for code in (make.GRID, COMMUNITY, make.GRID[:6]):
        plan = dialects.explain(register.db, counting(register, LedgerFilter(code, desk=Desk("公司")), NOW))
        assert "COVERING INDEX issue_ledger" in plan.split("SCALAR SUBQUERY")[0], plan


@pytest.mark.parametrize("view", [view for view in View if view is not View.ALL])
def test_no_view_reads_the_whole_ledger(register: Register, view: View) -> None:
    make.make_grid(register)
    make.make_grid(register, OTHER)
    for code in (make.GRID, make.GRID[:6]):
        chosen = LedgerFilter(code, view, Desk("公司"))
        plan = dialects.explain(register.db, LedgerListing(register, chosen, now=NOW).uids())
        assert "SCAN t1" not in plan and "issue_" in plan, plan


@pytest.mark.engines
def test_the_server_has_an_index_for_counts_and_views(postgres_url: str) -> None:
    from gridapp.register import open_register

    with open_register(postgres_url) as register:
        make.make_grid(register)
        make.make_grid(register, OTHER)
        register.db.execute_sql("SET enable_seqscan = off")
        for query in (
            counting(register, LedgerFilter(COMMUNITY, desk=Desk("公司")), NOW),
            LedgerListing(register, LedgerFilter(COMMUNITY, View.OVERDUE), now=NOW).uids(),
            LedgerListing(register, LedgerFilter(make.GRID[:6], View.FOLLOW_UP), now=NOW).uids(),
        ):
            assert "issue_" in dialects.explain(register.db, query)
        register.db.execute_sql("RESET enable_seqscan")
