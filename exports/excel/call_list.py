"""The call list as a workbook: a row for each issue that somebody has to hear of, with cells for what they say."""

from pathlib import Path

from exports.excel.describing import describe
from exports.excel.table import DAY, TEXT, Column, Look, Table
from exports.excel.workbook import writing
from exports.look import SECONDARY
from exports.report import ExportReport
from gridapp.issues.shown import ANSWERS, ShownCalls
from gridapp.progress import CancelToken, Progress, silent

_NAME = "反馈电话单"
_EMPTY_BOX = "□"
_TEXT = Look(TEXT, wrap=True)
_STRONG = Look(TEXT, bold=True, wrap=True)
_AGAIN = Look(TEXT, colour=SECONDARY, wrap=True)
_BOX = Look(TEXT, align="center", indent=0)
_COLUMNS = (
    Column("序号", 8, Look(align="right")),
    Column("姓名", 12, _STRONG),
    Column("电话", 17, _STRONG),
    Column("编号", 14, _TEXT),
    Column("类别", 16, _TEXT),
    Column("办结日期", 13, Look(DAY)),
    Column("告知内容", 52, _TEXT),
    *(Column(answer, 11, _BOX) for answer in ANSWERS),
    Column("备注", 28, _TEXT),
)
_AGAIN_LOOKS = {1: _AGAIN, 2: _AGAIN}


def export_call_list(
    shown: ShownCalls, path: Path, progress: Progress = silent, cancel: CancelToken | None = None
) -> ExportReport:
    """Write a call list as a workbook, whole or not at all.

    Raises:
        UserError: the file cannot be written.
        Cancelled: the token was set.
    """
    cancel = cancel or CancelToken()
    boxes = [_EMPTY_BOX] * len(ANSWERS)
    with writing(path, cancel) as book:
        describe(book, shown)
        told = (shown.filter_line, f"{shown.facts_line}　{shown.signature}")
        table = Table(book, _NAME, f"{shown.place}　{_NAME}", _COLUMNS, shown.signature, told=told)
        for number, call in enumerate(shown.calls, 1):
            cancel.check()
            who = (number, call.name, call.phone or "没有电话")
            for at, one in enumerate(call.told):
                what = (one.number, one.category, one.resolved_on, one.to_read_out)
                table.append([*who, *what, *boxes, ""], _AGAIN_LOOKS if at else None)
        table.finish()
        progress(shown.count, shown.count, "正在保存")
    return ExportReport([path], rows=shown.count)
