"""A list of households as it is shown, as a file of the kind that its name tells."""

from pathlib import Path

from exports.files import safe_name
from exports.report import ExportReport
from gridapp.errors import UserError
from gridapp.households.shown import Shown
from gridapp.progress import CancelToken, Progress, silent

WORKBOOK, DOCUMENT = ".xlsx", ".pdf"


def file_name(area: str, ending: str = WORKBOOK) -> str:
    """How the list of an area is called as a file: ``紫光苑社区第三网格住户名单.xlsx``."""
    return safe_name(f"{area}住户名单") + ending


def export_household_list(
    shown: Shown, path: Path, progress: Progress = silent, cancel: CancelToken | None = None
) -> ExportReport:
    """Write a list as a workbook or as a PDF file, whole or not at all.

    Raises:
        UserError: its name tells neither, there are too many rows for a PDF file, or it cannot be written.
        Cancelled: the token was set.
    """
    if path.suffix.lower() == WORKBOOK:
        from exports.excel import household_list as kind
    elif path.suffix.lower() == DOCUMENT:
        from exports.pdf import household_list as kind  # type: ignore[no-redef]
    else:
        raise UserError(f"住户名单只能写成 .xlsx 或 .pdf，没有写成 {path}。请改文件名的后缀。")
    return kind.export_household_list(shown, path, progress, cancel)
