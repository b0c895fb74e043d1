"""Whatever the cells of a sheet hold, its rows are imported or refused, and all of them are accounted for."""

import datetime
import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from gridapp.errors import UserError
from gridapp.intake.importing import import_workbook
from gridapp.register import open_register
from gridapp.store import undo
from gridapp.store.check import check
from tests import factories as make
from tests.gridapp.intake import workbooks as books

_texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
_words = st.sampled_from(
    "马一 李二 户主 配偶 盛欣园 3号楼 2门 501 101室 3-2-501 小计 合计 企业 独居、党员 男 女 "
    "13013727390（子女） 无 姓名 房号 1门 备注 2020-02-30 "
    f"4人 是 第三网格 空户 {books.id_number()} {books.id_number()[:-1]}".split()
)
_cells = st.one_of(
    st.none(),
    _words,
    _words,
    _texts,
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(datetime.date(1950, 1, 1)),
    st.datetimes(datetime.datetime(1950, 1, 1)),
)
_labels = st.builds(
    lambda name, place, others, order: order.sample(
        [*dict.fromkeys([name, place, *others])], len({name, place, *others})
    ),
    st.sampled_from(["户主", "姓名", "户主/单位", "户主姓名"]),
    st.sampled_from(["房号", "楼栋", "家庭住址"]),
    st.lists(
        st.sampled_from(
            [
                *books.HEADER,
                *books.FAMILY_HEADER,
                *("家庭住址", "出生日期", "分类", "是否党员", "政治面貌", "特殊情况", "网格", "层", "单位", "单位"),
                "",
            ]
        ),
        max_size=7,
    ),
    st.randoms(use_true_random=False),
)


@st.composite
def sheets(draw):
    labels = draw(_labels)
    rows = draw(st.lists(st.lists(_cells, min_size=len(labels), max_size=len(labels)), max_size=8))
    title = draw(st.sampled_from([[], ["太极园4号楼居民信息采集表"], [None, "住户台账"]]))
    before = draw(st.integers(0, 2))
    merged = draw(st.lists(st.tuples(*[st.integers(1, 6)] * 4), max_size=2))
    return [title, *([[None] * before + labels]), *([None] * before + row for row in rows)], merged


@given(made=sheets())
@settings(max_examples=120)
def test_rows_are_imported_or_refused_and_add_up(made):
    _run(*made)


@pytest.mark.soak
@given(made=sheets())
def test_rows_are_imported_or_refused_and_add_up_in_the_long_run(made):
    _run(*made)


def _run(rows, merged):
    with tempfile.TemporaryDirectory() as folder, open_register(f"{folder}/登记簿.db") as register:
        make.make_grid(register)
        path = Path(folder) / "表.xlsx"
        try:
            books.write(path, rows, "表")
        except (IllegalCharacterError, ValueError):
            return  # no such sheet can exist
        _merge(path, merged)
        try:
            report = import_workbook(register, path, make.GRID)
        except UserError as error:
            assert str(error)
            assert books.households(register) == []
            return
        found = books.households(register)
        assert (report.households, report.residents) == (len(found), sum(len(one["residents"]) for one in found))
        assert report.rows_read == report.rows_imported + report.rows_registered + len(report.refused)
        assert report.rows_read + report.rows_skipped <= len(rows)
        assert all(one["head"] and (one["building"] or one["room"]) for one in found)
        assert all(one.reason and one.row > 1 for one in report.refused)
        report.as_dict(), report.summary()
        again = import_workbook(register, path, make.GRID)
        assert (again.households, again.rows_read) == (0, report.rows_read)
        if found:
            undo.undo(register)
        assert books.households(register) == []
        assert check(register) == []


def _merge(path, merged):
    book = load_workbook(path)
    taken = set()
    for top, left, bottom, right in merged:
        area = set(
            itertools.product(
                range(min(top, bottom), max(top, bottom) + 1), range(min(left, right), max(left, right) + 1)
            )
        )
        if area & taken or len(area) < 2:
            continue
        taken |= area
        book.active.merge_cells(
            start_row=min(top, bottom),
            end_row=max(top, bottom),
            start_column=min(left, right),
            end_column=max(left, right),
        )
    book.save(path)
