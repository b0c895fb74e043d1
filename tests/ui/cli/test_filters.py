"""The options of a filter: for ``list households`` and ``export list``."""

import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gridapp.areas import tree
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing
from gridapp.register import open_register
from tests import factories as make
from tests.ui import people
from tests.ui.cli.conftest import Run


@pytest.fixture
def known(db: Path) -> Path:
    """The register with an aged resident in the first home, who was visited today and has an open issue."""
    register = open_register(str(db))
    first = Listing(register, Filter(people.THIRD)).page(0, 1)[0]
    today = datetime.date.today()
    make.make_resident(register, first.uid, birth_date=today.replace(year=today.year - 79, day=1), conditions="失能")
    make.make_visit(register, first.uid, visited_on=today)
    make.make_issue(register, tree.find(register, people.THIRD).uid, household=first.uid)
    register.close(backup=False)
    return db


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--age", "70-79"), 1),
        (("--age", "0-6", "--age", "80-"), 0),
        (("--open-issues",), 1),
        (("--not-visited-days", "30"), 19),
        (("--condition", "失能"), 1),
        (("--building", "4"), 10),
        (("--building", "4号楼", "--building", "3", "--entrance", "2门"), 20),
        (("--estate", "盛欣园", "--building", "3"), 10),
        (("--kind", "enterprise"), 1),
        (("--no-phone",), 0),
        (("--no-residents",), 19),
        (("--party-member",), 0),
        (("--text", "韩"), 3),
        (("--category", "tenant", "--category", "party_member", "--all-categories"), 1),
    ],
)
def test_each_option_leaves_the_households_it_says(known: Path, run: Run, options: tuple[str, ...], count: int) -> None:
    answer = run("list", "households", "--db", known, "--area", people.THIRD, "--json", *options)
    assert (answer.code, len(answer.json)) == (0, count)


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "households", "--age", "80-70"),
        ("list", "households", "--age", "老"),
        ("list", "households", "--not-visited-days", "0"),
        ("list", "residents", "--open-issues"),
        ("list", "residents", "--category", "tenant", "--category", "party_member"),
        ("list", "areas", "--text", "马"),
        ("export", "list", "--area", people.THIRD, "--out", "名单.xlsx", "--age", "x"),
    ],
)
def test_nonsense_is_a_mistake_of_usage(known: Path, run: Run, arguments: tuple[str, ...]) -> None:
    answer = run(*arguments, "--db", known)
    assert (answer.code, answer.out) == (2, "")


def test_a_list_is_exported_with_filter_order_and_columns(known: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "名单.xlsx"
    options = ("--text", "韩", "--sort", "head", "--descending", "--column", "head", "--column", "address")
    answer = run("export", "list", "--db", known, "--area", people.THIRD, "--out", out, *options)
    assert (answer.code, answer.lines) == (0, [str(out)])
    rows = list(load_workbook(out).worksheets[0].iter_rows(min_row=4, values_only=True))
    assert rows[0] == ("序号", "户主", "住址")
    assert [row[1] for row in rows[1:]] == ["韩19", "韩18", "韩17"]


def test_a_list_is_exported_as_a_document_too(known: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "名单.pdf"
    assert run("export", "list", "--db", known, "--area", people.COMMUNITY, "--out", out).code == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_an_empty_list_and_an_unknown_area_are_refused(known: Path, refused, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "名单.xlsx"
    assert "没有符合条件的住户" in refused(
        "export", "list", "--db", known, "--area", people.THIRD, "--out", out, "--no-phone"
    )
    assert "没有编码" in refused("export", "list", "--db", known, "--area", "999999", "--out", out)
    assert not out.exists()
