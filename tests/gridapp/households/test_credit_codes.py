"""The credit code of an enterprise: what is wrong with one, and where it is kept, found and told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from exports.excel.register import export_register
from gridapp.households import credit_codes, duplicates, editing, history
from gridapp.households.editing import HouseholdDraft
from gridapp.households.filters import Filter
from gridapp.households.finding import search
from gridapp.households.listing import Listing
from gridapp.households.model import ENTERPRISE, RESIDENTIAL
from gridapp.intake.importing import import_workbook
from gridapp.register import Register
from gridapp.reports import records
from gridapp.store.dialects import explain
from tests import factories as make
from tests.gridapp.intake import workbooks as books

_NUMBER = "92120104MA05K21WX"
CODE = _NUMBER + uscc.calc_check_digit(_NUMBER)
TYPED = f" {CODE[:8].lower()}-{CODE[8:]} "


def shop(register: Register, **values: object) -> bytes:
    told = {"head": "兴旺超市", "kind": ENTERPRISE, "credit_code": CODE, **values}
    return make.make_household(register, make.make_grid(register), **told)


def test_a_correct_code_is_told_nothing_of() -> None:
    assert credit_codes.normalized(TYPED) == CODE
    assert credit_codes.problem(CODE) == credit_codes.problem("") == ""


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (CODE[:17], "应为18位，现为17位"),
        (CODE[:17] + ("0" if CODE[17] != "0" else "1"), "校验位不符"),
        (CODE[:10] + "O" + CODE[11:], "不会出现字母O"),
        (CODE[:10] + "IZ" + CODE[12:], "不会出现字母I、Z"),
        (CODE[:10] + "企" + CODE[11:], "不该有的字符"),
        ("9212010A" + CODE[8:], "前8位应为数字"),
    ],
)
def test_what_is_wrong_with_a_code_is_said_in_words(code: str, told: str) -> None:
    assert told in credit_codes.problem(code)


@given(st.text(max_size=20) | st.text("0123456789ABCDEFGHIOSVZ", min_size=18, max_size=18))
def test_anything_typed_is_right_or_has_a_reason(text: str) -> None:
    code = credit_codes.normalized(text)
    assert credit_codes.normalized(code) == code
    assert bool(credit_codes.problem(code)) == (bool(code) and not uscc.is_valid(code))


def test_a_wrong_code_is_kept_as_typed_and_pointed_out(engine_register: Register) -> None:
    draft = HouseholdDraft(make.make_grid(engine_register), kind=ENTERPRISE, room="101", head="兴旺超市")
    draft.credit_code = CODE[:10].lower()
    (problem,) = editing.problems(draft)
    assert (problem.field, problem.blocking) == ("credit_code", False)
    home = editing.save(engine_register, draft, None)
    assert editing.load(engine_register, home).credit_code == CODE[:10]


def test_a_family_has_no_code_and_the_history_says_where_it_went(engine_register: Register) -> None:
    home = shop(engine_register)
    base = editing.load(engine_register, home)
    draft = base.copy()
    draft.kind = RESIDENTIAL
    assert editing.problems(draft) == []
    editing.save(engine_register, draft, base)
    assert editing.load(engine_register, home).credit_code == ""
    assert f"统一社会信用代码：{CODE} → 空" in history.entries(engine_register, home, 1)[0].lines


def test_an_enterprise_registered_twice_is_pointed_out_beside_its_code(engine_register: Register) -> None:
    home = shop(engine_register, room="101")
    draft = HouseholdDraft(make.make_grid(engine_register), kind=ENTERPRISE, head="兴旺分店", credit_code=TYPED)
    (twin,) = duplicates.find(engine_register, draft)
    (told,) = duplicates.problems(draft, [twin])
    assert (told.field, twin.household, told.blocking) == ("credit_code", home, False)
    assert told.text == "兴旺超市有相同的统一社会信用代码（盛欣园3号楼2门101）"
    assert duplicates.find(engine_register, editing.load(engine_register, home)) == []
    draft.kind = RESIDENTIAL
    assert duplicates.problems(draft, [twin]) == []


def test_the_same_code_is_found_by_its_index(register: Register) -> None:
    assert "household_credit_code" in explain(register.db, duplicates.same_code(CODE, None))


@pytest.mark.parametrize("text", [CODE, CODE.lower(), CODE[-6:], CODE[-4:].lower(), CODE[4:]])
def test_an_enterprise_is_found_by_its_code_and_by_the_end_of_it(engine_register: Register, text: str) -> None:
    shop(engine_register)
    shop(engine_register, head="别的店", credit_code=CODE[:12] + "WWWWWW")
    assert [hit.name for hit in search(engine_register, text)] == ["兴旺超市"]
    assert Listing(engine_register, Filter(make.GRID, text=text)).count == 1


def test_a_household_is_listed_with_its_code(engine_register: Register) -> None:
    shop(engine_register)
    (found,) = records.of(engine_register, "households")
    assert found["credit_code"] == CODE


@pytest.mark.parametrize("column", ["统一社会信用代码", "信用代码", "证件号码"])
def test_a_workbook_of_enterprises_is_read_with_their_codes(register: Register, tmp_path, column: str) -> None:
    make.make_grid(register)
    rows = [("单位名称", "楼栋", "房号", column), ("兴旺超市", "3号楼", "101", TYPED)]
    report = import_workbook(register, books.write(tmp_path / "商户.xlsx", rows), make.GRID)
    found = books.only(register)
    assert (found["kind"], found["head"], found["credit_code"]) == (ENTERPRISE, "兴旺超市", CODE)
    assert (found["residents"], found["note"], report.warnings) == ([], "", [])


def test_a_wrong_code_in_a_workbook_is_kept_and_told(register: Register, tmp_path) -> None:
    make.make_grid(register)
    rows = [("单位名称", "楼栋", "房号", "信用代码"), ("兴旺超市", "3号楼", "101", CODE[:17])]
    report = import_workbook(register, books.write(tmp_path / "商户.xlsx", rows), make.GRID)
    assert books.only(register)["credit_code"] == CODE[:17]
    assert [one.text for one in report.warnings] == ["兴旺超市的统一社会信用代码应为18位，现为17位，已原样登记"]


def test_a_code_beside_a_persons_number_goes_into_the_note(register: Register, tmp_path) -> None:
    make.make_grid(register)
    rows = [("户主", "身份证号", "楼栋", "房号", "信用代码"), ("马伟", books.id_number(), "3号楼", "101", CODE)]
    import_workbook(register, books.write(tmp_path / "商户.xlsx", rows), make.GRID)
    found = books.only(register)
    assert (found["kind"], found["credit_code"]) == (RESIDENTIAL, "")
    assert found["note"] == f"统一社会信用代码：{CODE}"


def test_the_register_workbook_is_read_back_with_the_code(register: Register, tmp_path) -> None:
    home = shop(register)
    export_register(register, make.GRID, tmp_path / "台账.xlsx")
    editing.delete(register, [home])
    import_workbook(register, tmp_path / "台账.xlsx", make.GRID)
    assert books.only(register)["credit_code"] == CODE
