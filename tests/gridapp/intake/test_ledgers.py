"""Issue ledgers come in with everybody who raised something, and stand where their days tell."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.excel.refused import export_refused
from gridapp.areas import tree
from gridapp.areas.model import Level
from gridapp.intake import ledger
from gridapp.intake.cells import name_of
from gridapp.intake.importing import import_workbook
from gridapp.intake.ledger_entries import people_of
from gridapp.issues import reading
from gridapp.issues.model import Issue, IssueStep, Reporter
from gridapp.issues.registering import next_number
from gridapp.issues.states import Channel, State
from gridapp.issues.stepping import Entry, take
from gridapp.issues.workflow import Step
from gridapp.register import open_register
from gridapp.store import undo
from gridapp.store.check import check
from tests import factories as make
from tests.gridapp.intake import workbooks as books
from tests.gridapp.issues.ledger import faults

SAMPLE = books.DATA / "紫光苑社区民意账单.xlsx"
COMMUNITY = make.GRID[:12]
HEADER = (
    *(
        "编号",
        "日期",
        "反映人",
        "住址",
        "电话",
        "问题描述",
        "类别",
        "级别",
        "承办单位",
        "办理情况",
        "办结日期",
        "反馈日期",
    ),
    "满意度",
)


def line(**values):
    told = {"编号": "2020-0101", "日期": "2020-08-10", "问题描述": "楼道灯不亮", **values}
    return [told.get(label) for label in HEADER]


def brought_in(register, tmp_path, *lines, code=COMMUNITY, title=()):
    return import_workbook(register, books.write(tmp_path / "账单.xlsx", [*title, HEADER, *lines], "民意账单"), code)


def issues(register):
    return register.all(Issue.select().order_by(Issue.number, Issue.uid).dicts())


def only(register):
    (found,) = issues(register)
    return reading.read(register, found["uid"])


@pytest.fixture
def grid(register):
    make.make_grid(register, "120104003001001")
    return make.make_grid(register)


def test_the_sample_comes_in_whole_and_stands_where_its_days_tell(register, grid):
    import_workbook(register, books.LEDGER, make.GRID)
    report = import_workbook(register, SAMPLE, COMMUNITY)
    assert (report.rows_read, report.issues, report.refused) == (40, 40, [])
    found = issues(register)
    states = [State(one["state"]) for one in found]
    counted = {state: states.count(state) for state in set(states)}
    assert counted == {State.IN_PROGRESS: 22, State.RESOLVED: 5, State.REPORTED_BACK: 13}
    assert {bytes(one["area"]) for one in found} == {grid}
    assert all(one["household"] for one in found)
    by_number = {one["number"]: one for one in found}
    told = by_number["2020-0002"]
    assert (told["category"], told["level"], told["handler"]) == ("elderly", Level.GRID, "社区居委会")
    assert (told["resolved_on"], told["reported_back_on"]) == (datetime.date(2020, 8, 21), datetime.date(2020, 8, 22))
    assert told["satisfaction"] == "mostly"
    assert [event.step for event in reading.read(register, told["uid"]).events] == [
        *(Step.REGISTER, Step.ASSIGN, Step.RESOLVE, Step.REPORT_BACK)
    ]
    assert by_number["2020-0018"]["state"] == State.RESOLVED  # though somebody was content already
    assert [one.row for one in report.warnings] == [19, 23]
    assert faults(register) == [] and check(register) == []


def test_importing_a_ledger_again_changes_nothing_and_says_so(register, grid):
    import_workbook(register, SAMPLE, COMMUNITY)
    before = issues(register)
    written = []
    register.subscribe(written.append)
    report = import_workbook(register, SAMPLE, COMMUNITY)
    assert (report.issues, report.issues_registered, report.rows_registered) == (0, 40, 40)
    assert "40 条民意已登记、没有改动" in report.summary()
    assert (issues(register), written) == (before, [])
    import_workbook(register, books.LEDGER, make.GRID)  # now their households are known
    assert import_workbook(register, SAMPLE, COMMUNITY).issues_registered == 40


def test_both_engines_take_a_ledger_in_and_out_again(engine_register):
    make.make_grid(engine_register)
    assert import_workbook(engine_register, SAMPLE, make.GRID).issues == 40
    assert faults(engine_register) == []
    assert undo.undo(engine_register) == f"导入 {SAMPLE.name}"
    assert [engine_register.all(model.select()) for model in (Issue, Reporter, IssueStep)] == [[], [], []]
    undo.redo(engine_register)
    assert faults(engine_register) == [] and check(engine_register) == []


def test_a_trial_writes_nothing_and_says_the_same(register, grid):
    tried = import_workbook(register, SAMPLE, COMMUNITY, dry_run=True)
    assert issues(register) == []
    assert {**tried.as_dict(), "dry_run": False} == import_workbook(register, SAMPLE, COMMUNITY).as_dict()


def test_what_came_in_goes_on_like_any_other_issue(register, grid, tmp_path):
    brought_in(register, tmp_path, line(办理情况="办理中", 承办单位="物业公司"))
    uid = issues(register)[0]["uid"]
    take(register, uid, Step.RESOLVE, Entry(note="换了灯泡"))
    take(register, uid, Step.REPORT_BACK, Entry(channel=Channel.PHONE))
    assert only(register).state is State.REPORTED_BACK
    assert faults(register) == []


def test_who_lives_at_the_address_is_found_and_else_the_address_is_kept(register, grid, tmp_path):
    home = make.make_household(register, grid, building="3号楼", entrance="2", room="501", head="马一")
    make.make_household(register, grid, building="3", entrance="2", room="502", head="马二")
    second = make.make_household(register, grid, building="3", entrance="2", room="502", head="马三")
    report = brought_in(
        register,
        tmp_path,
        line(编号="1", 住址="紫光苑社区盛欣园3号楼2门501"),
        line(编号="2", 住址="3-2-502", 反映人="马三"),
        line(编号="3", 住址="3-2-502", 反映人="路人"),
        line(编号="4", 住址="小区南门外"),
    )
    found = issues(register)
    assert [one["household"] for one in found] == [home, second, None, None]
    assert [one["place"] for one in found] == ["", "", "3-2-502", "小区南门外"]
    community = tree.find(register, COMMUNITY).uid
    assert [bytes(one["area"]) for one in found] == [grid, grid, community, community]
    assert [(one.row, one.text) for one in report.warnings] == [
        (4, "住址“3-2-502”没有对应的住户，已记为地点"),
        (5, "住址“小区南门外”没有对应的住户，已记为地点"),
    ]


def test_an_address_may_leave_out_what_nobody_needs(register, grid, tmp_path):
    flat = make.make_household(register, grid, estate="", building="7", entrance="", room="501")
    other = make.make_household(register, grid, estate="盛欣园", building="8", entrance="1", room="501")
    make.make_household(register, grid, estate="太极园", building="9", entrance="1", room="501")
    texts = ("盛欣园7号楼501", "8号楼501", "盛欣园9号楼1门501", "501")
    brought_in(register, tmp_path, *[line(编号=str(number), 住址=text) for number, text in enumerate(texts)])
    assert [one["household"] for one in issues(register)] == [flat, other, None, None]


@pytest.mark.parametrize(
    "day",
    ["2020-08-21", "2020.8.21", "2020/8/21", "2020年8月21日", "8月21日", 44064, datetime.datetime(2020, 8, 21, 0, 0)],
)
def test_days_are_read_as_people_write_them(register, grid, tmp_path, day):
    brought_in(register, tmp_path, line(日期=day, 编号="2020-7"))
    assert only(register).values["registered_on"] == datetime.date(2020, 8, 21)


def test_a_day_without_a_year_is_in_that_of_the_title_and_later_ones_follow_it(register, grid, tmp_path):
    told = line(编号="17", 日期="12月30日", 办理情况="已解决", 办结日期="1月4日", 反馈日期="1月5日")
    brought_in(register, tmp_path, told, title=[["紫光苑社区2019年民意账单"]])
    values = only(register).values
    assert (values["registered_on"], values["resolved_on"]) == (datetime.date(2019, 12, 30), datetime.date(2020, 1, 4))
    assert values["reported_back_on"] == datetime.date(2020, 1, 5)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"问题描述": None, "反映人": "马一"}, "没有写反映的问题"),
        ({"日期": None}, "没有登记日期"),
        ({"日期": "上周"}, "登记日期“上周”看不懂"),
        ({"编号": "17", "日期": "8月21日"}, "登记日期“8月21日”没有写年份"),
        ({"日期": "2020-02-30"}, "看不懂"),
        ({"日期": "2999-01-01"}, "还没有到"),
        ({"办结日期": "2020-08-09", "办理情况": "已解决"}, "办结日期 2020-08-09 早于登记日期 2020-08-10"),
        ({"办结日期": "2020-08-12", "反馈日期": "2020-08-11"}, "反馈日期 2020-08-11 早于办结日期 2020-08-12"),
        ({"办结日期": "2020-08-12", "办理情况": "办理中"}, "还没有办结，却填了办结日期"),
        ({"办理情况": "已解决"}, "没有办结日期"),
        ({"办结日期": "不久前", "办理情况": "已解决"}, "办结日期“不久前”看不懂"),
        ({"问题描述": "长" * 2001}, "最多2000个"),
    ],
)
def test_a_row_that_cannot_be_is_refused_in_one_sentence(register, grid, tmp_path, told, why):
    report = brought_in(register, tmp_path, line(**told))
    (refused,) = report.refused
    assert why in refused.reason and "\n" not in refused.reason
    assert issues(register) == []


def test_refused_rows_come_in_once_they_are_mended(register, grid, tmp_path):
    report = brought_in(register, tmp_path, line(日期="上周"), line(编号="2020-0102"))
    export_refused([report], tmp_path / "错.xlsx")
    again = import_workbook(register, tmp_path / "错.xlsx", COMMUNITY)
    assert [one.reason for one in again.refused] == [one.reason for one in report.refused]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({}, State.REGISTERED),
        ({"办理情况": "待受理", "承办单位": "物业"}, State.REGISTERED),
        ({"办理情况": "已受理"}, State.ACCEPTED),
        ({"办理情况": "办理中"}, State.IN_PROGRESS),
        ({"承办单位": "物业"}, State.IN_PROGRESS),
        ({"办理情况": "已联系物业", "承办单位": "物业"}, State.IN_PROGRESS),
        ({"办结日期": "2020-08-12"}, State.RESOLVED),
        ({"办理情况": "已换灯泡", "办结日期": "2020-08-12"}, State.RESOLVED),
        ({"办理情况": "已解决", "反馈日期": "2020-08-12"}, State.REPORTED_BACK),
        ({"办理情况": "不予受理"}, State.REJECTED),
        ({"办理情况": "不予受理", "反馈日期": "2020-08-12"}, State.REPORTED_BACK),
        ({"办理情况": "办理中", "反馈日期": "2020-08-12"}, State.IN_PROGRESS),
    ],
)
def test_how_far_an_issue_is_follows_from_its_row(register, grid, tmp_path, told, state):
    brought_in(register, tmp_path, line(**told))
    assert only(register).state is state
    assert faults(register) == []


def test_the_same_number_in_one_file_and_in_another_community(register, grid, tmp_path):
    report = brought_in(register, tmp_path, line(), line(问题描述="电梯停运"))
    assert [one.reason for one in report.refused] == ["与第 2 行编号、登记日期相同，没有重复登记。"]
    make.make_grid(register, "120104003002001")
    assert brought_in(register, tmp_path, line(), code="120104003002").issues == 1
    assert len(issues(register)) == 2


def test_rows_without_a_number_are_given_the_next_and_known_again(register, grid, tmp_path):
    lines = [line(编号=None, 反映人="马一"), line(编号=None, 反映人="马二")]
    assert brought_in(register, tmp_path, *lines).issues == 2
    assert [one["number"] for one in issues(register)] == ["2020-00001", "2020-00002"]
    assert brought_in(register, tmp_path, *lines).issues_registered == 2


def test_a_row_without_a_number_is_given_none_that_a_later_row_has(register, grid, tmp_path):
    lines = [line(编号=None, 反映人="马一"), line(编号="2020-00001"), line(编号=None, 反映人="马二")]
    assert brought_in(register, tmp_path, *lines).issues == 3
    assert [one["number"] for one in issues(register)] == ["2020-00001", "2020-00002", "2020-00003"]


def test_the_numbers_of_a_year_are_looked_up_once_however_many_rows_have_none(register, grid, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(ledger, "next_number", lambda *told: asked.append(told) or next_number(*told))
    lines = [line(编号=None, 日期=f"{year}-08-10", 问题描述=f"第{n}件") for n in range(20) for year in (2019, 2020)]
    assert brought_in(register, tmp_path, *lines).issues == 40
    assert len(asked) == 2 and issues(register)[-1]["number"] == "2020-00020"


def test_what_a_ledger_says_otherwise_is_told_and_not_written(register, grid, tmp_path):
    brought_in(register, tmp_path, line(承办单位="物业公司", 办理情况="办理中"))
    report = brought_in(register, tmp_path, line(承办单位="燃气公司", 办理情况="已解决", 办结日期="2020-08-12"))
    assert [one.text for one in report.warnings] == [
        "2020-0101 已登记，承办、办结日期与登记簿不同，没有改动登记簿，请核对"
    ]
    assert (only(register).state, only(register).values["handler"]) == (State.IN_PROGRESS, "物业公司")


def test_rows_that_were_only_numbered_are_no_issues(register, grid, tmp_path):
    blank = [*["2020-0102"], *[None] * 12]
    report = brought_in(register, tmp_path, line(), blank)
    assert (report.rows_read, report.refused) == (1, [])


def test_words_that_no_category_has_are_kept_and_the_nameless_stay_nameless(register, grid, tmp_path):
    brought_in(register, tmp_path, line(类别="鸟粪", 反映人="匿名"))
    whole = only(register)
    assert (whole.values["category"], [one.name for one in whole.reporters]) == ("鸟粪", [""])


def test_a_level_below_the_area_is_that_of_the_area(register, grid, tmp_path):
    report = brought_in(register, tmp_path, line(级别="网格"))
    assert only(register).level is Level.COMMUNITY
    assert "已登记为“社区”" in report.warnings[0].text


days = st.sampled_from(["", "2020-08-09", "2020-08-10", "8月12日", "2020.8.21", 44064, "上周", "2999-01-01"])
cells = st.fixed_dictionaries(
    {
        "编号": st.sampled_from(["", "2020-1", "2020-0001", "A3"]),
        "日期": days,
        "反映人": st.sampled_from(["", "马一", "匿名"]),
        "住址": st.sampled_from(["", "3-2-501", "南门外"]),
        "问题描述": st.sampled_from(["", "楼道灯不亮", "𠮷 换灯"]),
        "级别": st.sampled_from(["", "网格", "区", "省"]),
        "承办单位": st.sampled_from(["", "物业"]),
        "办理情况": st.sampled_from(["", "已解决", "办理中", "已受理", "不予受理", "待受理", "说不清"]),
        "办结日期": days,
        "反馈日期": days,
        "满意度": st.sampled_from(["", "满意", "凑合"]),
    }
)


@settings(max_examples=15)
@given(st.lists(cells, min_size=1, max_size=8))
def test_whatever_a_ledger_holds_the_register_is_whole_afterwards(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("账单")
    with open_register(str(folder / "r.db")) as register:
        make.make_household(register, make.make_grid(register), building="3", entrance="2", room="501")
        lines = [[row.get(label) for label in HEADER] for row in rows]
        path = books.write(folder / "账单.xlsx", [HEADER, *lines], "民意账单")
        report = import_workbook(register, path, COMMUNITY)
        assert report.issues == len(issues(register)) == report.rows_imported
        assert faults(register) == [] and check(register) == []
        again = import_workbook(register, path, COMMUNITY)
        assert again.issues == 0
        register.close(backup=False)


names = st.sampled_from(["李建国", "王 小明", "欧阳䶮"])
phones = st.lists(st.sampled_from(["13820000002", "022-27471234", "13120000003"]), max_size=2, unique=True)


@given(st.lists(st.tuples(names, phones), max_size=4), st.sampled_from(["、", "，", "；", ", "]))
def test_others_who_raised_it_are_read_with_their_phones(people, between):
    text = between.join(" ".join(filter(None, (name, between.join(told)))) for name, told in people)
    assert people_of(text) == [(name_of(name), "、".join(told)) for name, told in people]


@given(st.text(max_size=40))
def test_whatever_stands_for_others_is_read(text):
    assert all(isinstance(part, str) for person in people_of(text) for part in person)
