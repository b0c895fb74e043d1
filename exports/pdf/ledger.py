"""The issue ledger as it is shown, as an A4 document in landscape."""

from collections.abc import Sequence
from pathlib import Path

from exports.fonts.pdf import register_fonts
from exports.pdf import listed
from exports.pdf.flow import Flow
from exports.pdf.furniture import LANDSCAPE, Section
from exports.pdf.page import Page
from exports.pdf.sharing import LONGEST, Wish, shared
from exports.pdf.table import BEFORE_MARKS, Column, Row, Table
from exports.pdf.typesetting import Typesetter
from exports.report import ExportReport
from gridapp.issues.ledger_listing import LedgerRow
from gridapp.issues.shown import ShownLedger, text_of
from gridapp.progress import CancelToken, Progress, silent

_NAME = "民意账单"
_UNBROKEN = frozenset({"number", "state", "deadline", "level", "registered", "resolved", "reported_back"})
_STRONG = frozenset({"number", "deadline"})
_LONG = frozenset({"description", "result"})
_LONGEST = 96.0
"""In Chinese characters: what was said takes many lines in a narrow column, and one issue then takes half a page."""

_LOOK_EVERY = 20


def export_ledger(
    shown: ShownLedger, path: Path, progress: Progress = silent, cancel: CancelToken | None = None
) -> ExportReport:
    """Write the issues of a listing in its order, under its columns, as a PDF file, whole or not at all.

    Raises:
        UserError: there are too many of them, or the file cannot be written.
        Cancelled: the token was set.
    """
    listed.refuse_too_many(shown.count, "条")
    cancel = cancel or CancelToken()
    register_fonts(progress, cancel)
    issues = list(shown.rows(progress, cancel))
    typesetter = Typesetter()
    pages = lay_out(typesetter, shown, issues, cancel)
    listed.write(path, shown, pages, LANDSCAPE, _NAME, progress, cancel)
    affected = _affected(shown, issues, typesetter.unprintable)
    return ExportReport([path], pages=len(pages), rows=len(issues), unprintable=affected)


def lay_out(
    typesetter: Typesetter, shown: ShownLedger, issues: Sequence[LedgerRow], cancel: CancelToken | None = None
) -> list[Page]:
    """Every page of a ledger, ready to be drawn."""
    texts = [_cells(shown, row) for row in issues]
    wishes = [
        Wish(
            column.name,
            {row[at] for row in texts},
            is_rigid=column.key in _UNBROKEN,
            is_strong=column.key in _STRONG,
            longest=_LONGEST if column.key in _LONG else LONGEST,
        )
        for at, column in enumerate(shown.columns)
    ]
    size, widths = shared(typesetter, wishes, LANDSCAPE.measure - BEFORE_MARKS)
    heads = [
        Column(column.name, width, strong=column.key in _STRONG)
        for column, width in zip(shown.columns, widths, strict=True)
    ]
    laid = Table(typesetter, heads, frame=LANDSCAPE, size=size)
    flow = Flow(Section(f"{shown.count:,} 条"), laid.head, LANDSCAPE)
    listed.begin(typesetter, flow, shown)
    flow.y = laid.head(flow.page, flow.y)
    for done, row in enumerate(texts):
        if cancel is not None and done % _LOOK_EVERY == 0:
            cancel.check()
        laid.add(flow, Row([laid.broken(text, at) for at, text in enumerate(row)]))
    listed.furnish(typesetter, flow.pages, shown, f"{_NAME} · {shown.count:,} 条", LANDSCAPE, shown.order)
    return flow.pages


def _cells(shown: ShownLedger, row: LedgerRow) -> list[str]:
    return [text_of(column, row, shown.listing.now) for column in shown.columns]


def _affected(shown: ShownLedger, issues: Sequence[LedgerRow], missing: set[str]) -> dict[str, str]:
    """The issues with characters that could not be printed → those characters."""
    found = {}
    for row in issues if missing else ():
        here = missing.intersection("".join(_cells(shown, row)))
        if here:
            found[f"民意 {row.number}"] = "".join(sorted(here))
    return found
