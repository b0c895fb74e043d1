"""The handbooks of an area, one file a grid."""

from collections import Counter
from pathlib import Path

from exports.files import safe_name, together
from exports.fonts.pdf import register_fonts
from exports.pdf.handbook import write_handbook
from exports.report import ExportReport
from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.handbook.assemble import assemble, grids
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.register import Register


def export_handbooks(
    register: Register,
    area_code: str,
    folder: Path,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> ExportReport:
    """Write the handbook of a grid, or of each grid below a larger area, into a folder: all of them, or none.

    Raises:
        UserError: there is no such area, it has no grid, or a file cannot be written.
        Cancelled: the token was set.
    """
    chosen = grids(register, area_code)
    names = _names(register, chosen)
    report = ExportReport()
    register_fonts(progress, cancel)
    with together(folder) as staging:
        for done, (grid, name) in enumerate(zip(chosen, names, strict=True)):
            progress(done, len(chosen), name)
            if cancel is not None:
                cancel.check()
            report.add(write_handbook(assemble(register, grid.code), staging / f"{name}.pdf"))
    report.paths = [folder / path.name for path in report.paths]
    progress(len(chosen), len(chosen), "工作手册")
    return report


def _names(register: Register, chosen: list[Area]) -> list[str]:
    """A file name for each grid: community and grid, and as much above them as it takes to tell all apart."""
    paths = [[area.name for area in tree.path_of(register, grid.code)] for grid in chosen]
    longest = max(len(path) for path in paths)
    for depth in range(2, longest + 1):
        names = [safe_name("".join(path[-depth:]) + "工作手册") for path in paths]
        if max(Counter(name.casefold() for name in names).values()) == 1:
            return names
    return [safe_name(f"{''.join(path[-2:])}工作手册 {grid.code}") for path, grid in zip(paths, chosen, strict=True)]
