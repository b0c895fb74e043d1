"""Who is called to hear how an issue ended, and what is read out."""

import datetime

from gridapp.issues.calls import calls
from gridapp.issues.ledger import LedgerFilter
from gridapp.issues.model import Reporter
from gridapp.issues.stepping import Entry, take
from gridapp.issues.workflow import Step
from gridapp.store.register import Register
from tests import factories as make

DAY, DONE = datetime.date(2026, 3, 2), datetime.date(2026, 3, 3)


def resolved(register: Register, grid: bytes, reporter: str, phone: str, text: str = "楼道灯不亮") -> bytes:
    return make.make_issue(
        register, grid, reporter, phone, description=text, result="已换灯泡。", registered_on=DAY, resolved_on=DONE
    )


def test_somebody_with_several_issues_is_called_once(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    resolved(engine_register, grid, "马玉兰", "138 2000 0001")
    resolved(engine_register, grid, "马玉兰", "13820000001", "停水")
    resolved(engine_register, grid, "李建国", "")
    resolved(engine_register, grid, "李建国", "")
    make.make_issue(engine_register, grid, "王秀英", "13820000002")
    found = calls(engine_register, LedgerFilter(make.GRID))
    assert [(call.name, len(call.told)) for call in found] == [("马玉兰", 2), ("李建国", 1), ("李建国", 1)]
    assert found[0].told[0].to_read_out == "您反映的“楼道灯不亮”已经办结：已换灯泡。"
    assert calls(engine_register, LedgerFilter(make.GRID, text="停水"))[0].told[0].description == "停水"


def test_everybody_who_raised_an_issue_is_called_until_all_have_heard(register: Register) -> None:
    grid = make.make_grid(register)
    uid = resolved(register, grid, "马玉兰", "13820000001")
    make.insert(register, Reporter, issue=uid, name="李建国", phone="13820000002", reported_on=DAY)
    first, second = calls(register, LedgerFilter(make.GRID))
    take(register, uid, Step.EXCUSE, Entry(note="电话三次无人接听", reporter=first.told[0].reporter))
    assert calls(register, LedgerFilter(make.GRID)) == [second]


def test_what_is_not_done_is_told_too(register: Register) -> None:
    grid = make.make_grid(register)
    uid = make.make_issue(register, grid, "马玉兰", "13820000001", description="要求加建车位。")
    take(register, uid, Step.REJECT, Entry(note="不属于社区服务范围"))
    (call,) = calls(register, LedgerFilter(make.GRID))
    assert call.told[0].to_read_out == "您反映的“要求加建车位”不予受理：不属于社区服务范围。"
