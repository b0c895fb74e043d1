"""The workbooks that communities really keep come in whole."""

import datetime

import pytest

from gridapp.errors import UserError
from gridapp.households import id_numbers
from gridapp.households.categories import from_mask, to_mask
from gridapp.households.model import ENTERPRISE, HEAD, Resident
from gridapp.intake.importing import import_workbook
from gridapp.store import undo
from tests import factories as make
from tests.gridapp.intake import workbooks as books


@pytest.fixture
def grid(register):
    return make.make_grid(register)


def test_the_ledger_gives_every_household_with_all_that_its_row_says(register, grid):
    report = import_workbook(register, books.LEDGER, make.GRID)
    found = books.households(register)
    assert (report.rows_read, report.households, len(found)) == (162, 162, 162)
    assert (report.refused, report.warnings) == ([], [])
    (alone,) = (one for one in found if (one["building"], one["entrance"], one["room"]) == ("1", "1", "601"))
    assert (alone["estate"], alone["floor"], alone["head"], alone["people"]) == ("盛欣园", "6", "刘䶮", 1)
    assert (alone["phone"], alone["emergency_contact"]) == ("13745718729", "杨建国13471754201")
    assert alone["categories"] == to_mask(["living_alone", "party_member"])
    (head,) = alone["residents"]
    assert (head["name"], head["relation"], head["id_number"]) == ("刘䶮", HEAD, "120104196005206645")
    assert (head["sex"], head["birth_date"], head["party_member"]) == ("女", datetime.date(1960, 5, 20), True)


def test_companies_of_the_ledger_have_no_residents_and_all_others_have_their_head(register, grid):
    report = import_workbook(register, books.LEDGER, make.GRID)
    found = books.households(register)
    companies = [one for one in found if one["kind"] == ENTERPRISE]
    assert len(companies) == 8
    assert all(one["categories"] == to_mask(["enterprise"]) and not one["residents"] for one in companies)
    assert all(len(one["residents"]) == 1 for one in found if one["kind"] != ENTERPRISE)
    assert report.residents == 154


def test_special_groups_of_the_ledger_say_which(register, grid):
    import_workbook(register, books.LEDGER, make.GRID)
    special = [one for one in books.households(register) if one["categories"] == to_mask(["special_group"])]
    assert sorted(one["residents"][0]["conditions"] for one in special) == ["低保"] * 3 + ["残疾"] * 5


def test_the_collection_sheet_gives_families_by_entrance_and_room(register, grid):
    report = import_workbook(register, books.PEOPLE, make.GRID)
    found = books.households(register)
    assert (report.rows_read, report.households, report.residents, report.rows_skipped) == (27, 16, 27, 2)
    assert {(one["estate"], one["building"]) for one in found} == {("太极园", "4")}
    family = found[1]
    assert (family["entrance"], family["floor"], family["room"], family["people"]) == ("1", "1", "102", 3)
    assert [(one["name"], one["relation"], one["sex"]) for one in family["residents"]] == [
        ("赵晶", HEAD, "女"),
        ("李䶮", "配偶", "女"),
        ("石䶮", "子女", "男"),
    ]
    assert family["residents"][2]["birth_date"] == datetime.date(2009, 4, 17)


def test_the_collection_sheet_is_classified_by_the_colours_of_names(register, grid):
    report = import_workbook(register, books.PEOPLE, make.GRID)
    keys = [from_mask(one["categories"])[0].key for one in books.households(register)]
    assert keys[:8] == [
        "tenant",
        "special_group",
        "living_alone",
        "lonely_elderly",
        "living_alone",
        "enterprise",
        "party_member",
        "special_group",
    ]
    assert sum("底色" in one.text for one in report.warnings) == 1


def test_numbers_that_were_rounded_are_kept_and_flagged(register, grid):
    report = import_workbook(register, books.PEOPLE, make.GRID)
    people = {one["name"]: one for family in books.households(register) for one in family["residents"]}
    assert people["杨桂珍"]["id_number"] == "120104195405232300"
    assert id_numbers.problem(people["杨桂珍"]["id_number"])
    assert (people["杨桂珍"]["sex"], people["杨桂珍"]["birth_date"]) == ("男", None)
    assert [one.row for one in report.warnings if "舍入" in one.text] == [24, 27]


def test_a_phone_that_a_relative_answers_is_kept_with_whose_it_is(register, grid):
    import_workbook(register, books.PEOPLE, make.GRID)
    families = books.households(register)
    assert (families[0]["phone"], families[0]["emergency_contact"]) == ("13013727390", "子女 13013727390")
    spouse = families[1]["residents"][1]
    assert (spouse["phone"], spouse["note"]) == ("13857275165", "电话是子女的")
    assert families[5]["phone"] == "13986886162"  # stood in the sheet as a number


def test_other_formats_hold_the_same(register, grid):
    import_workbook(register, books.PEOPLE.with_suffix(".ods"), make.GRID)
    ods = books.households(register)
    undo.undo(register)
    import_workbook(register, books.PEOPLE, make.GRID)
    xlsx = books.households(register)
    assert [[p["name"] for p in one["residents"]] for one in ods] == [
        [p["name"] for p in one["residents"]] for one in xlsx
    ]
    assert [(one["entrance"], one["room"]) for one in ods] == [(one["entrance"], one["room"]) for one in xlsx]
    report = import_workbook(register, books.LEDGER.with_suffix(".xls"), make.GRID)
    assert (report.households, report.residents) == (162, 154)


@pytest.mark.parametrize("path", [books.LEDGER, books.PEOPLE], ids=["ledger", "people"])
def test_importing_a_file_again_changes_nothing(register, grid, path):
    import_workbook(register, path, make.GRID)
    before = books.households(register)
    written = []
    register.subscribe(written.append)
    report = import_workbook(register, path, make.GRID)
    assert (report.households, report.already_registered) == (0, len(before))
    assert report.rows_registered == report.rows_read
    assert books.households(register) == before
    assert written == []


@pytest.mark.parametrize("path", [books.LEDGER, books.PEOPLE], ids=["ledger", "people"])
def test_undoing_an_import_takes_everything_out_again(register, grid, path):
    import_workbook(register, path, make.GRID)
    assert undo.undoable(register) == f"导入 {path.name}"
    undo.undo(register)
    assert books.households(register) == []
    assert register.all(Resident.select()) == []


def test_a_trial_writes_nothing_and_says_the_same(register, grid):
    tried = import_workbook(register, books.PEOPLE, make.GRID, dry_run=True)
    assert books.households(register) == []
    done = import_workbook(register, books.PEOPLE, make.GRID)
    assert {**tried.as_dict(), "dry_run": False} == done.as_dict()


def test_a_workbook_about_something_else_is_refused_with_the_columns_needed_and_found(register, grid, tmp_path):
    path = books.write(tmp_path / "物资.xlsx", [("物品", "数量", "联系电话"), ("口罩", 20, "")])
    with pytest.raises(UserError, match=r"“户主”列.*“问题描述”.*“职务”.*找到的表头是：物品、数量、联系电话"):
        import_workbook(register, path, make.GRID)
    assert books.households(register) == []


def test_both_engines_take_a_workbook_in_and_out_again(engine_register):
    make.make_grid(engine_register)
    assert import_workbook(engine_register, books.PEOPLE, make.GRID).residents == 27
    assert len(books.households(engine_register)) == 16
    undo.undo(engine_register)
    assert books.households(engine_register) == []
