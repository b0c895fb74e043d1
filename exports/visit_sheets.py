"""The visit sheets of an area, one file a grid."""

from contextlib import ExitStack
from pathlib import Path

from exports.files import safe_name, together
from exports.fonts.pdf import register_fonts
from exports.pdf.visit_sheet import write_visit_sheet
from exports.report import ExportReport
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.register import Register
from gridapp.visits.plan import PlanFilter
from gridapp.visits.sheet import make_sheets, note


def export_visit_sheets(
    register: Register,
    chosen: PlanFilter,
    folder: Path,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> ExportReport:
    """Write the sheets of a plan, one a grid that has a household in it, into a folder: all of them, or none.

    Raises:
        UserError: there is no such area, nobody is to be visited there, or a file cannot be written.
        Cancelled: the token was set.
    """
    register_fonts(progress, cancel)
    report = ExportReport()
    with ExitStack() as files:
        staging = files.enter_context(together(folder))
        sheets = make_sheets(register, chosen, cancel=cancel)
        for done, sheet in enumerate(sheets):
            progress(done, len(sheets), sheet.area)
            if cancel is not None:
                cancel.check()
            name = safe_name(f"{sheet.area}走访表 {sheet.number}")  # which its number tells apart from others
            report.add(write_visit_sheet(sheet, staging / f"{name}.pdf"))
        # Others wait no longer than noting takes; what is noted is taken back if the files cannot take their places.
        with register.recording("制作走访表") as recording:
            note(recording, sheets)
            files.close()
    report.paths = [folder / path.name for path in report.paths]
    progress(len(sheets), len(sheets), "走访表")
    return report
