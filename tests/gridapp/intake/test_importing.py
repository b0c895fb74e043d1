"""Every row of a workbook is taken over, or refused with its reason; doubtful things are kept and told."""

import datetime

import pytest

from gridapp.errors import Cancelled, UserError
from gridapp.households.categories import to_mask
from gridapp.households.model import ENTERPRISE, HEAD, MOVED, RESIDENTIAL, Household
from gridapp.intake.importing import import_workbook
from gridapp.intake.report import ImportReport, Warned
from gridapp.progress import CancelToken
from gridapp.store import undo
from tests import factories as make
from tests.gridapp.intake import workbooks as books
from tests.gridapp.intake.workbooks import id_number, ledger, member, row, write


@pytest.fixture
def grid(register):
    return make.make_grid(register)


@pytest.fixture
def take(register, grid, tmp_path):
    """Imports rows of a ledger and returns the report."""
    return lambda *rows: import_workbook(register, ledger(tmp_path / "盛欣园.xlsx", *rows), make.GRID)


@pytest.fixture
def take_people(register, grid, tmp_path):
    """Imports rows of a sheet of residents and returns the report."""

    def take(*rows, title="太极园4号楼居民信息采集表", header=books.FAMILY_HEADER):
        return import_workbook(register, write(tmp_path / "采集表.xlsx", [[title], header, *rows]), make.GRID)

    return take


def reasons(report):
    return [(one.sheet, one.row, one.reason) for one in report.refused]


def warnings(report):
    return [(one.row, one.text) for one in report.warnings]


def test_a_household_without_an_address_is_refused_with_sheet_row_and_reason(register, take):
    report = take(row(), row(户主="马二", 楼栋=None, 房号=None))
    ((sheet, line, reason),) = reasons(report)
    assert (sheet, line) == ("住户台账", 3)
    assert reason.startswith("没有地址")
    assert books.only(register)["head"] == "马一"


def test_a_building_alone_is_an_address(register, take):
    assert take(row(房号=None)).refused == []
    assert (books.only(register)["building"], books.only(register)["room"]) == ("3", "")


@pytest.mark.parametrize("name", [None, "  ", "无", "—"])
def test_a_row_without_a_name_is_refused(take, name):
    ((_, line, reason),) = reasons(take(row(户主=name)))
    assert (line, reason) == (2, "没有姓名。请填写户主姓名或单位名称。")


def test_an_empty_flat_is_refused_with_its_own_words(take):
    assert "空户" in take(row(户主="空户")).refused[0].reason


def test_blank_rows_totals_remarks_and_numbers_written_in_advance_are_no_data(register, take):
    report = take(row(), [], [7], ["合 计", None, None, None, None, "1户"], ["制表人：王某"], ["注：以上为常住"])
    assert (report.rows_read, report.refused, report.rows_skipped) == (1, [], 3)


def test_headers_repeated_on_each_printed_page_are_no_data(register, take):
    report = take(row(), books.HEADER, row(房号="502"))
    assert (report.households, report.refused, report.rows_skipped) == (2, [], 1)


def test_a_wrong_check_digit_is_kept_and_told(register, take):
    number = id_number()[:-1] + ("0" if id_number()[-1] != "0" else "1")
    report = take(row(身份证号=number))
    assert books.only(register)["residents"][0]["id_number"] == number
    assert warnings(report) == [(2, "马一的身份证号校验位不符，已原样登记")]


def test_a_number_in_full_width_digits_with_a_small_x_is_read(register, take):
    take(
        row(
            身份证号="１２０１０４１９８５１２２２７７９ｘ",
            房号="５０１",
            楼栋="３号楼",
            联系电话="１３０１３７２７３９０",
        )
    )
    home = books.only(register)
    assert home["residents"][0]["id_number"] == "12010419851222779X"
    assert (home["building"], home["room"], home["phone"]) == ("3", "501", "13013727390")


def test_numbers_come_as_they_are_shown(register, take):
    take(row(楼栋=3, 楼门=2, 房号=501, 人口=4, 联系电话=13013727390))
    home = books.only(register)
    assert [home[part] for part in ("building", "entrance", "floor", "room", "people", "phone")] == [
        "3",
        "2",
        "5",
        "501",
        4,
        "13013727390",
    ]


def test_names_lose_the_blanks_that_pad_them(register, take):
    take(row(户主=" 马　伟 ", 小区=" 盛欣园\n"))
    assert (books.only(register)["head"], books.only(register)["estate"]) == ("马伟", "盛欣园")


def test_categories_and_conditions_are_read_from_one_cell(register, take):
    take(row(分类="独居、残疾人/低保户"))
    home = books.only(register)
    assert home["categories"] == to_mask(["living_alone", "special_group"])
    assert home["residents"][0]["conditions"] == "残疾、低保"


def test_an_unknown_category_is_kept_in_the_note_and_told(register, take):
    report = take(row(分类="党员、舞蹈队", 备注="需每周走访"))
    assert books.only(register)["note"] == "需每周走访；分类：舞蹈队"
    assert warnings(report) == [(2, "分类“舞蹈队”没有对应的类别，已记在备注里")]


def test_a_company_has_no_resident_and_keeps_its_number_in_the_note(register, take):
    take(row(户主="盛欣药店", 分类="企业", 身份证号=id_number()))
    home = books.only(register)
    assert (home["kind"], home["head"], home["residents"]) == (ENTERPRISE, "盛欣药店", [])
    assert home["note"] == f"证件号码：{id_number()}"


def test_one_address_with_two_heads_is_kept_twice_and_told(register, take):
    report = take(row(), row(户主="马二"))
    assert [home["head"] for home in books.households(register)] == ["马一", "马二"]
    assert warnings(report) == [(3, "与第 2 行地址相同、户主不同，两户都已登记，请核对")]


def test_a_family_that_had_left_is_registered_anew_and_told(register, take):
    take(row())
    (home,) = register.all(Household.select())
    with register.recording("迁出") as recording:
        recording.update(Household, home.uid, {"left_on": datetime.date(2026, 1, 31), "left_how": MOVED})
    report = take(row())
    assert (report.already_registered, report.households) == (0, 1)
    assert warnings(report) == [(2, "登记簿中这一户已于2026-01-31离开，按新的一户登记，请核对")]
    assert take(row()).already_registered == 1


def test_one_household_written_twice_is_registered_once(register, take):
    report = take(row(), row(楼栋="3", 楼门="2", 联系电话="13013727390"))
    assert reasons(report) == [("住户台账", 3, "与第 2 行是同一户（地址和户主相同），没有重复登记。")]
    assert books.only(register)["phone"] == ""


def test_a_household_typed_in_before_is_recognised_and_left_alone(register, grid, take):
    make.make_household(register, grid, building="3号楼", entrance="2门", room="501", head="马一", note="旧")
    report = take(row(备注="新"), row(房号="502"))
    assert (report.already_registered, report.rows_registered, report.households) == (1, 1, 1)
    assert [home["note"] for home in books.households(register) if home["room"] == "501"] == ["旧"]


def test_an_address_that_has_another_household_in_the_register_is_told(register, grid, take):
    make.make_household(register, grid, room="501", head="旧户主")
    assert warnings(take(row())) == [(2, "登记簿中这个地址已有另一户（户主旧户主），请核对")]


def test_the_id_number_goes_before_the_columns_of_sex_and_birth(register, take_people):
    header = (*books.FAMILY_HEADER, "出生日期")
    told = [
        *member(房号="101", 姓名="马一", 与户主关系="户主", 性别="男", 身份证号=id_number("19740102", "612")),
        "1974-01-03",
    ]
    report = take_people(told, header=header)
    head = books.only(register)["residents"][0]
    assert (head["sex"], head["birth_date"]) == ("女", datetime.date(1974, 1, 2))
    assert warnings(report) == [
        (3, "马一的性别栏写“男”，与身份证号不符，已按身份证号登记为“女”"),
        (3, "马一的出生日期栏写1974-01-03，与身份证号不符，已按身份证号登记为1974-01-02"),
    ]


@pytest.mark.parametrize(
    "told",
    [datetime.date(1974, 1, 2), datetime.datetime(1974, 1, 2), "1974-1-2", "1974年1月2日", "19740102", "1974.01.02"],
)
def test_days_are_read_as_dates_and_as_text(register, take_people, told):
    header = ("房号", "姓名", "与户主关系", "出生日期")
    take_people(["101", "马一", "户主", told], header=header)
    assert books.only(register)["residents"][0]["birth_date"] == datetime.date(1974, 1, 2)


def test_a_family_is_told_from_the_next_by_its_head(register, take_people):
    report = take_people(
        member(楼门="1门", 房号=101, 姓名="马一", 与户主关系="户主"),
        member(姓名="李一", 与户主关系="妻子"),
        member(房号=101, 姓名="马二", 与户主关系="本人"),
        member(姓名="李二", 与户主关系="儿媳"),
    )
    first, second = books.households(register)
    assert [(one["name"], one["relation"]) for one in first["residents"]] == [("马一", HEAD), ("李一", "配偶")]
    assert [(one["name"], one["relation"]) for one in second["residents"]] == [("马二", HEAD), ("李二", "其他亲属")]
    assert second["residents"][1]["note"] == "与户主关系：儿媳"
    assert second["entrance"] == "1"
    assert warnings(report) == [(5, "与第 3 行地址相同、户主不同，两户都已登记，请核对")]


def test_people_of_a_head_who_was_refused_do_not_move_in_with_the_neighbours(register, take_people):
    report = take_people(
        member(楼门="1门", 房号=101, 姓名="马一", 与户主关系="户主"),
        member(姓名="马二", 与户主关系="户主"),
        member(姓名="李二", 与户主关系="配偶"),
        title="居民信息采集表",
    )
    assert [one["name"] for one in books.only(register)["residents"]] == ["马一"]
    assert [one.row for one in report.refused] == [4, 5]


def test_people_of_one_address_are_a_household_wherever_they_stand(register, take_people):
    take_people(
        member(楼门="1门", 房号=101, 姓名="马一", 与户主关系="户主"),
        member(楼门="1门", 房号=102, 姓名="马二", 与户主关系="户主"),
        member(楼门="1门", 房号=101, 姓名="李一", 与户主关系="配偶"),
    )
    assert [len(home["residents"]) for home in books.households(register)] == [2, 1]


def test_a_band_over_the_rows_names_their_building(register, take_people):
    take_people(
        ["5号楼"],
        member(楼门="1门", 房号=101, 姓名="马一", 与户主关系="户主"),
        ["6号楼"],
        member(楼门="1门", 房号=101, 姓名="马二", 与户主关系="户主"),
        title="太极园居民信息采集表",
    )
    assert [(home["building"], home["head"]) for home in books.households(register)] == [("5", "马一"), ("6", "马二")]


def test_a_family_of_a_company_colour_stays_a_family(register, take_people):
    header = ("房号", "姓名", "与户主关系", "分类")
    report = take_people(["101", "马一", "户主", "企业"], [None, "李一", "配偶", None], header=header)
    home = books.only(register)
    assert (home["kind"], home["categories"], len(home["residents"])) == (RESIDENTIAL, to_mask(["enterprise"]), 2)
    assert warnings(report) == [(3, "分类是企业，但列有居民，已按住户登记并保留企业分类，请核对")]


def test_columns_of_yes_and_no_and_of_political_affiliation_classify(register, take_people):
    header = ("房号", "姓名", "与户主关系", "是否独居", "政治面貌", "特殊情况")
    take_people(
        ["101", "马一", "户主", "是", "中共党员", "残疾，高血压"],
        ["102", "马二", "户主", "否", "群众", None],
        header=header,
    )
    first, second = books.households(register)
    assert first["categories"] == to_mask(["living_alone", "party_member", "special_group"])
    assert (first["residents"][0]["party_member"], first["residents"][0]["conditions"]) == (True, "残疾")
    assert first["note"] == "残疾，高血压"
    assert second["categories"] == 0


def test_one_address_column_is_taken_apart(register, grid, tmp_path):
    rows = [
        ["姓名", "家庭住址", "联系电话"],
        ["马一", "盛欣园3号楼2门501室", "13013727390"],
        ["马二", "长江道边上的小屋", None],
    ]
    report = import_workbook(register, write(tmp_path / "a.xlsx", rows), make.GRID)
    odd, usual = books.households(register)
    assert [usual[part] for part in ("estate", "building", "entrance", "room")] == ["盛欣园", "3", "2", "501"]
    assert (odd["room"], odd["head"]) == ("长江道边上的小屋", "马二")
    assert any("分不出楼栋和房号" in text for _, text in warnings(report))


def test_a_room_that_excel_made_a_date_is_refused(take):
    assert "改成了日期" in take(row(房号=datetime.date(2020, 3, 2))).refused[0].reason


def test_a_text_too_long_for_its_field_is_refused(take):
    report = take(row(户主="马" * 121), row(备注="长" * 5_001), row(房号="1" * 121))
    assert [one.row for one in report.refused] == [2, 3, 4]


def test_columns_that_are_not_read_are_named_once(register, grid, tmp_path):
    path = write(tmp_path / "a.xlsx", [["房号", "户主", "车牌号", "分类"], ["501", "马一", "津A12345", "租户"]])
    report = import_workbook(register, path, make.GRID)
    assert warnings(report) == [(1, "这些列没有对应的项目，没有读取：车牌号")]


def test_all_sheets_with_a_table_are_read_and_the_others_named(register, grid, tmp_path):
    path = write(
        tmp_path / "a.xlsx",
        [books.HEADER, row()],
        "1号楼",
        说明=[["填表说明"]],
        空白=[],
        **{"2号楼": [books.HEADER, row(房号="502", 楼栋=None)]},
    )
    report = import_workbook(register, path, make.GRID)
    assert [(home["building"], home["room"]) for home in books.households(register)] == [("2", "502"), ("3", "501")]
    assert [(one.sheet, one.text) for one in report.warnings] == [("说明", "没有找到能识别的表头，这张工作表没有读取")]


def test_the_table_may_begin_anywhere(register, grid, tmp_path):
    rows = [[], [None, None, "盛欣园"], [], [None, None, *books.HEADER], [None, None, *row()]]
    report = import_workbook(register, write(tmp_path / "a.xlsx", rows), make.GRID)
    assert (report.households, report.refused) == (1, [])
    assert books.only(register)["room"] == "501"


def test_a_cancelled_import_leaves_nothing(register, grid, tmp_path):
    cancel = CancelToken()

    def stop_in_the_middle(done, total, message):
        if done > 500:
            cancel.cancel()

    path = ledger(tmp_path / "a.xlsx", *(row(房号=str(number)) for number in range(101, 7_000)))
    with pytest.raises(Cancelled):
        import_workbook(register, path, make.GRID, progress=stop_in_the_middle, cancel=cancel)
    assert books.households(register) == []
    assert undo.undoable(register) == "新建区域"


def test_progress_grows_to_its_end(register, grid):
    steps = []
    import_workbook(
        register, books.LEDGER, make.GRID, progress=lambda done, total, message: steps.append((done, total))
    )
    assert steps == sorted(steps)
    assert steps[-1] == (164, 164)


def test_nothing_is_kept_if_writing_fails_halfway(register, grid, tmp_path, monkeypatch):
    from gridapp.intake import writing

    path = ledger(tmp_path / "a.xlsx", row(), row(房号="502"), row(房号="503"))
    monkeypatch.setattr(writing, "_CHUNK", 1)
    uids = iter([b"1" * 16, b"2" * 16, b"1" * 16, b"3" * 16])
    monkeypatch.setattr(writing, "new_uid", lambda: next(uids))
    with pytest.raises(Exception, match="UNIQUE"):
        import_workbook(register, path, make.GRID)
    assert books.households(register) == []


def test_the_summary_begins_with_one_sentence_and_names_each_refused_row(take):
    report = take(row(), row(户主=None, 房号="502"))
    assert report.summary() == (
        "盛欣园.xlsx：读取 2 行，导入 1 户、1 人，1 行未导入。\n"
        "工作表「住户台账」第 3 行：没有姓名。请填写户主姓名或单位名称。"
    )


def test_the_summary_names_what_should_be_looked_at_and_counts_the_rest():
    report = ImportReport("盛欣园.xlsx", warnings=[Warned("住户台账", row, "请看") for row in range(1, 61)])
    lines = report.summary().splitlines()
    assert lines[1] == "请核对：工作表「住户台账」第 1 行：请看"
    assert lines[-1] == "请核对：另有 10 处，用 --json 查看全部。"
    assert len(lines) == 52


def test_an_area_that_is_not_there_is_refused(register, grid):
    with pytest.raises(UserError, match="没有编码为 999999 的区域"):
        import_workbook(register, books.LEDGER, "999999")
