"""Handbooks of an area: one file a grid, all of them or none."""

import pytest
from pypdf import PdfReader

from exports.handbooks import export_handbooks
from exports.report import ExportReport
from gridapp.demo.generate import generate
from gridapp.errors import Cancelled, UserError
from gridapp.handbook.assemble import grids
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing
from gridapp.progress import CancelToken
from tests import factories as make

COMMUNITY = "120104003001"


def files(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_grid_gives_one_file(register, tmp_path):
    make.make_household(register, make.make_grid(register), head="崟圻")
    report = export_handbooks(register, make.GRID, tmp_path / "out")
    path = tmp_path / "out" / "紫光苑社区第三网格工作手册.pdf"
    assert report.paths == [path]
    assert files(path.parent) == [path.name]
    assert report.pages == len(PdfReader(path).pages)


def test_a_community_gives_one_file_a_grid_each_with_its_own_households(register, tmp_path):
    for number in (1, 2, 3):
        make.make_household(register, make.make_grid(register, f"{COMMUNITY}{number:03}"), head=f"户主{number}")
    report = export_handbooks(register, COMMUNITY, tmp_path / "out")
    assert len(report.paths) == len(grids(register, COMMUNITY)) == 3
    for number, path in enumerate(report.paths, 1):
        text = "".join(page.extract_text() for page in PdfReader(path).pages)
        assert [other for other in (1, 2, 3) if f"户主{other}" in text] == [number]


def test_grids_of_the_same_name_are_told_apart(register, tmp_path):
    for code, street in (("120104003001001", "兴南街道"), ("120104004001001", "广开街道")):
        make.make_area(register, code, "南开区", street, "紫光苑社区", "第一网格")
    export_handbooks(register, "120104", tmp_path / "out")
    assert files(tmp_path / "out") == [
        "兴南街道紫光苑社区第一网格工作手册.pdf",
        "广开街道紫光苑社区第一网格工作手册.pdf",
    ]


def test_names_that_are_the_same_throughout_bear_the_code(register, tmp_path):
    for code in ("120104003001001", "120104003001002"):
        make.make_area(register, code, "南开区", "兴南街道", "紫光苑社区", "第一网格")
    export_handbooks(register, "120104", tmp_path / "out")
    assert files(tmp_path / "out") == [f"紫光苑社区第一网格工作手册 12010400300100{n}.pdf" for n in (1, 2)]


def test_a_handbook_in_the_place_of_an_older_one_replaces_it(register, tmp_path):
    make.make_grid(register)
    path = tmp_path / "紫光苑社区第三网格工作手册.pdf"
    path.write_bytes(b"before")
    export_handbooks(register, make.GRID, tmp_path / ".")
    assert path.read_bytes().startswith(b"%PDF")


def test_if_one_cannot_be_written_none_is(register, tmp_path, request):
    make.make_grid(register, f"{COMMUNITY}001")
    make.make_household(register, make.make_grid(register))
    out = tmp_path / "out"
    out.mkdir()
    (out / "紫光苑社区第三网格工作手册.pdf").write_bytes(b"before")
    request.getfixturevalue("full_disk")
    with pytest.raises(UserError) as told:
        export_handbooks(register, "120104", out)
    assert str(told.value).startswith(f"没有写成 {out}/")
    assert ".gridapp" not in str(told.value)
    assert files(out) == ["紫光苑社区第三网格工作手册.pdf"]
    assert (out / "紫光苑社区第三网格工作手册.pdf").read_bytes() == b"before"


def test_what_is_cancelled_leaves_nothing(register, tmp_path):
    for number in (1, 2, 3):
        make.make_grid(register, f"{COMMUNITY}{number:03}")
    token = CancelToken()
    told = []

    def cancel_at_the_second(done, total, message):
        told.append((done, total))
        if done == 1:
            token.cancel()

    with pytest.raises(Cancelled):
        export_handbooks(register, COMMUNITY, tmp_path / "out", cancel_at_the_second, token)
    assert told == [(0, 3), (1, 3)]
    assert files(tmp_path / "out") == []


def test_an_area_that_is_not_there_or_has_no_grid_is_refused(register, tmp_path):
    make.make_area(register, COMMUNITY, *make.PATH[:3])
    for code, words in (("999999", "999999"), (COMMUNITY, "还没有网格")):
        with pytest.raises(UserError, match=words):
            export_handbooks(register, code, tmp_path / "out")
    assert files(tmp_path / "out") == []


def test_every_household_of_a_real_sized_grid_is_found(register, tmp_path):
    generate(register, "grid")
    report = export_handbooks(register, make.GRID, tmp_path)
    text = "".join(page.extract_text() for page in PdfReader(report.paths[0]).pages)
    rows = Listing(register, Filter(make.GRID)).page(0, 1_000)
    assert len(rows) == 240
    assert [one.phone for one in rows if text.count(one.phone) < 2] == []


def test_remarks_name_a_few_and_count_the_rest():
    report = ExportReport(unprintable={f"第{number}户": "𠮷" for number in range(25)})
    (remark,) = report.remarks()
    assert "第19户（𠮷）" in remark
    assert "第20户" not in remark
    assert "等 25 处" in remark


def test_reports_add_up():
    report = ExportReport(pages=2, unprintable={"甲": "𠮷"})
    report.add(ExportReport(pages=3, rows=4, unprintable={"乙": "䶮"}))
    assert (report.pages, report.rows, report.unprintable) == (5, 4, {"甲": "𠮷", "乙": "䶮"})
