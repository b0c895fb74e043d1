"""The ledger and the call list as they are shown, as a file of the kind that its name tells."""

from pathlib import Path

from exports.files import safe_name
from exports.report import ExportReport
from gridapp.errors import UserError
from gridapp.issues.shown import ShownCalls, ShownLedger
from gridapp.progress import CancelToken, Progress, silent

WORKBOOK, DOCUMENT = ".xlsx", ".pdf"


def ledger_name(area: str, ending: str = WORKBOOK) -> str:
    """How the ledger of an area is called as a file: ``紫光苑社区第三网格民意账单.xlsx``."""
    return safe_name(f"{area}民意账单") + ending


def call_list_name(area: str, ending: str = WORKBOOK) -> str:
    """How the call list of an area is called as a file: ``紫光苑社区第三网格反馈电话单.xlsx``."""
    return safe_name(f"{area}反馈电话单") + ending


def export_ledger(
    shown: ShownLedger, path: Path, progress: Progress = silent, cancel: CancelToken | None = None
) -> ExportReport:
    """Write a listing of the ledger as a workbook or as a PDF file, whole or not at all.

    Raises:
        UserError: its name tells neither, there are too many rows for a PDF file, or it cannot be written.
        Cancelled: the token was set.
    """
    if _kind(path, "民意账单") == WORKBOOK:
        from exports.excel import ledger as kind
    else:
        from exports.pdf import ledger as kind  # type: ignore[no-redef]
    return kind.export_ledger(shown, path, progress, cancel)


def export_call_list(
    shown: ShownCalls, path: Path, progress: Progress = silent, cancel: CancelToken | None = None
) -> ExportReport:
    """Write a call list as a workbook or as a PDF file, whole or not at all.

    Raises:
        UserError: its name tells neither, or it cannot be written.
        Cancelled: the token was set.
    """
    if _kind(path, "反馈电话单") == WORKBOOK:
        from exports.excel import call_list as kind
    else:
        from exports.pdf import call_list as kind  # type: ignore[no-redef]
    return kind.export_call_list(shown, path, progress, cancel)


def _kind(path: Path, name: str) -> str:
    ending = path.suffix.lower()
    if ending not in (WORKBOOK, DOCUMENT):
        raise UserError(f"{name}只能写成 .xlsx 或 .pdf，没有写成 {path}。请改文件名的后缀。")
    return ending
