"""Visit sheets as PDF files: every line stands there, in order, and the register knows what was printed."""

import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from exports.visit_sheets import export_visit_sheets
from gridapp.demo.generate import generate
from gridapp.errors import Cancelled, UserError
from gridapp.progress import CancelToken
from gridapp.register import Register
from gridapp.visits import sheet
from gridapp.visits.model import VisitSheet
from gridapp.visits.plan import PlanFilter, Who
from tests.factories import GRID

DAY = datetime.date(2020, 8, 30)


@pytest.fixture
def grid(register: Register) -> Register:
    generate(register, "grid")
    return register


def test_every_line_of_a_grid_stands_on_its_sheet_in_order(grid: Register, tmp_path: Path) -> None:
    report = export_visit_sheets(grid, PlanFilter(GRID, DAY, Who.ALL), tmp_path)
    (path,) = report.paths
    (printed,) = sheet.recent(grid)
    assert path.name == f"紫光苑社区第三网格走访表 {printed.number}.pdf"
    pages = [page.extract_text() for page in PdfReader(path).pages]
    assert report.rows == len(printed.households) == 240
    assert report.pages == len(pages) > 10
    assert all(f"走访表 {printed.number}" in page for page in pages)
    text = "\n".join(pages)
    assert "走访日期" in pages[-1] and "需求" in pages[-1]  # the head is repeated
    assert "代号：1 一切正常" in pages[0]
    places = [text.index(f"\n{number}\n") for number in (1, 60, 120, 180, 240)]
    assert places == sorted(places)


def test_what_is_not_written_is_not_known_as_printed(grid: Register, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("不是文件夹")
    with pytest.raises(UserError):
        export_visit_sheets(grid, PlanFilter(GRID, DAY), tmp_path / "文件")
    stopped = CancelToken()
    stopped.cancel()
    with pytest.raises(Cancelled):
        export_visit_sheets(grid, PlanFilter(GRID, DAY), tmp_path, cancel=stopped)
    assert grid.all(VisitSheet.select()) == []
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".pdf"] == []
