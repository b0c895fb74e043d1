"""The ledger as a workbook: what stands in it, and that it comes back as it was."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from exports.excel.ledger import export_ledger
from gridapp.areas.model import Area, Level
from gridapp.errors import Cancelled, UserError
from gridapp.intake.importing import import_workbook
from gridapp.issues.ledger import LedgerFilter, View
from gridapp.issues.ledger_listing import LedgerListing, LedgerSort
from gridapp.issues.model import Issue, Reporter
from gridapp.issues.reading import reporters_of
from gridapp.issues.shown import ShownLedger, shown_ledger
from gridapp.issues.states import Channel, Source, State
from gridapp.issues.stepping import Entry, take
from gridapp.issues.workflow import Step
from gridapp.places import current_actor
from gridapp.progress import CancelToken
from gridapp.register import Register, open_register
from tests import factories as make
from tests.gridapp.intake import workbooks as books
from tests.gridapp.issues.ledger import NOW, NewReporter, bring_to, faults, make_issue

SAMPLE = books.DATA / "紫光苑社区民意账单.xlsx"
COMMUNITY = make.GRID[:12]
HEADINGS = (
    *("编号", "登记日期", "反映人", "住址", "电话", "问题描述", "类别", "级别", "承办单位", "办理情况"),
    *("办结日期", "反馈日期", "满意度", "办理结果", "来源", "其他反映人", "期限"),
)


def shown(register: Register, code: str = make.GRID, sort: LedgerSort = LedgerSort.NUMBER, **asked: Any) -> ShownLedger:
    return shown_ledger(register, LedgerListing(register, LedgerFilter(code, **asked), sort, now=NOW))


def exported(content: ShownLedger, path: Path) -> list[tuple]:
    export_ledger(content, path)
    return list(load_workbook(path)["民意账单"].iter_rows(values_only=True))


def plain(register: Register) -> list[tuple]:
    """All that a ledger tells of the issues, in the order of their numbers."""
    names = ("number", "state", "level", "category", "description", "place", "handler", "result", "satisfaction")
    days = ("registered_on", "due_at", "resolved_on", "reported_back_on")
    told = [getattr(Issue, name) for name in (*names, *days)]
    issues = Issue.select(*told, Area.code).join(Area, on=(Area.uid == Issue.area)).order_by(Issue.number)
    person = (Reporter.name, Reporter.phone, Reporter.source, Reporter.reported_on, Reporter.reported_back_on)
    people = Reporter.select(Issue.number, *person).join(Issue, on=(Issue.uid == Reporter.issue))
    return [
        *register.all(issues.tuples()),
        *register.all(people.order_by(Issue.number, Reporter.uid).tuples()),
    ]


@pytest.mark.parametrize("code", [make.GRID, COMMUNITY], ids=["grid", "community"])
def test_a_ledger_that_was_read_in_and_written_out_comes_back_the_same(
    register: Register, tmp_path: Path, code: str
) -> None:
    make.make_grid(register)
    import_workbook(register, SAMPLE, code)
    export_ledger(shown(register, code), tmp_path / "账单.xlsx")
    with open_register(str(tmp_path / "另一.db")) as other:
        books.copy_areas(register, other)
        report = import_workbook(other, tmp_path / "账单.xlsx", code)
        assert (report.issues, report.refused) == (40, [])
        assert {text for warning in report.warnings for text in [warning.text] if "没有对应的住户" not in text} == set()
        assert plain(other) == plain(register)
        assert faults(other) == []


@pytest.mark.parametrize("state", [one for one in State if one is not State.SUSPENDED and one < State.FOLLOWED_UP])
def test_an_issue_of_every_state_that_a_ledger_can_tell_comes_back_in_it(
    register: Register, tmp_path: Path, state: State
) -> None:
    people = (
        NewReporter("马玉兰", "13820000001", Source.COUNTER),
        NewReporter("李建国", "13820000002"),
        NewReporter("", ""),
        NewReporter("王秀英", ""),
    )
    before = State.RESOLVED if state is State.REPORTED_BACK else state
    uid = bring_to(register, make_issue(register, *people, handler="物业公司"), before)
    if state is State.REPORTED_BACK:
        for one in reporters_of(register, [uid])[uid]:
            take(register, uid, Step.REPORT_BACK, Entry(channel=Channel.PHONE, reporter=one.uid), now=NOW)
    export_ledger(shown(register), tmp_path / "账单.xlsx")
    with open_register(str(tmp_path / "另一.db")) as other:
        books.copy_areas(register, other)
        assert import_workbook(other, tmp_path / "账单.xlsx", make.GRID).refused == []
        ((reached,),) = other.all(Issue.select(Issue.state).tuples())
        named = Reporter.select(Reporter.name, Reporter.phone).order_by(Reporter.uid)
        assert other.all(named.tuples()) == [(one.name, one.phone) for one in people]
    assert State(reached) is state


def test_of_a_community_the_grid_of_each_issue_comes_back_too(register: Register, tmp_path: Path) -> None:
    third, fourth = make.make_grid(register), make.make_grid(register, "120104003001004")
    make.make_issue(register, third, "马玉兰", number="2020-00001")
    make.make_issue(register, fourth, "李建国", number="2020-00002")
    rows = exported(shown(register, COMMUNITY), tmp_path / "账单.xlsx")
    assert rows[3] == (*HEADINGS, "网格")
    assert [row[-1] for row in rows[4:]] == ["第三网格", "第4网格"]
    with open_register(str(tmp_path / "另一.db")) as other:
        books.copy_areas(register, other)
        import_workbook(other, tmp_path / "账单.xlsx", COMMUNITY)
        assert plain(other) == plain(register)


def test_a_workbook_says_what_it_is_and_what_stands_in_its_cells(register: Register, tmp_path: Path) -> None:
    grid = make.make_grid(register)
    home = make.make_household(register, grid, room="301")
    day = datetime.date(2020, 8, 3)
    make.make_issue(
        register, grid, "马玉兰", "013820000001", household=home, number="2020-00007", registered_on=day, urgent=True
    )
    make.make_issue(register, grid, description="=1+1", number="2020-00008", registered_on=day, state=int(State.CLOSED))
    rows = exported(shown(register, view=View.OVERDUE), tmp_path / "账单.xlsx")
    assert rows[0][0] == "南开区 › 兴南街道 › 紫光苑社区 › 第三网格　民意账单"
    assert rows[1][0] == "筛选：逾期"
    assert rows[2][0].startswith(f"排序：编号　共 1 条　导出人：{current_actor()}　20")
    assert rows[3] == (*HEADINGS, "网格")
    assert len(rows) == 5
    told = dict(zip(rows[3], rows[4], strict=True))
    assert (told["编号"], told["反映人"], told["电话"]) == ("2020-00007", "马玉兰", "013820000001")
    assert told["登记日期"].date() == day and told["办结日期"] is None
    assert (told["住址"], told["级别"], told["办理情况"]) == ("盛欣园3号楼2门301", "网格", "待受理")
    assert told["期限"].startswith("紧急，逾期")
    sheet = load_workbook(tmp_path / "账单.xlsx")["民意账单"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A5", "A4:R5", "$1:$4")
    assert current_actor() in sheet.oddFooter.left.text and sheet.page_setup.orientation == "landscape"
    rows = exported(shown(register, view=View.CLOSED), tmp_path / "账单.xlsx")
    assert (rows[4][2], rows[4][5]) == ("匿名", "=1+1")


def test_of_a_district_street_and_community_are_named_too(register: Register, tmp_path: Path) -> None:
    grid = make.make_grid(register)
    make.make_issue(register, grid, number="1")
    with register.recording("登记") as recording:
        community = register.value(Area.select(Area.uid).where(Area.code == COMMUNITY))
        recording.insert(
            Issue, area=community, number="2", level=int(Level.COMMUNITY), description="停水", registered_on=NOW.date()
        )
    rows = exported(shown(register, make.GRID[:6]), tmp_path / "账单.xlsx")
    assert [row[-3:] for row in rows[3:]] == [
        ("街道", "社区", "网格"),
        ("兴南街道", "紫光苑社区", "第三网格"),
        ("兴南街道", "紫光苑社区", None),
    ]


def test_nothing_to_write_and_what_is_cancelled_leave_no_file(register: Register, tmp_path: Path) -> None:
    make.make_issue(register, make.make_grid(register))
    with pytest.raises(UserError, match="没有符合条件的民意"):
        shown(register, text="不在")
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        export_ledger(shown(register), tmp_path / "账单.xlsx", cancel=token)
    assert not (tmp_path / "账单.xlsx").exists()
