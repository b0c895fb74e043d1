"""What leaves of an emergency: the pack of a team, and what is to be learned from it when it is over."""

from pathlib import Path

from exports.files import safe_name
from exports.fonts.pdf import register_fonts
from exports.pdf.after_action import write_after_action
from exports.pdf.emergency_pack import write_emergency_pack
from exports.report import ExportReport
from gridapp.emergency import after_action, pack
from gridapp.ids import Uid
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.register import Register


def export_emergency_pack(
    register: Register,
    emergency: Uid,
    code: str,
    folder: Path,
    *,
    only_first: bool = False,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> ExportReport:
    """Write the pack of a grid or a community into a folder.

    Raises:
        UserError: the area is neither, the emergency does not hold for it, or the file cannot be written.
        Cancelled: the token was set.
    """
    register_fonts(progress, cancel)
    told = pack.assemble(register, emergency, code, only_first=only_first, progress=progress, cancel=cancel)
    name = safe_name(f"{told.title} {told.made_at:%Y-%m-%d %H%M}")
    return write_emergency_pack(told, folder / f"{name}.pdf", progress, cancel)


def export_after_action(
    register: Register, emergency: Uid, folder: Path, progress: Progress = silent, cancel: CancelToken | None = None
) -> ExportReport:
    """Write what is to be learned from an emergency into a folder.

    Raises:
        UserError: it has been taken back, or the file cannot be written.
        Cancelled: the token was set.
    """
    register_fonts(progress, cancel)
    told = after_action.assemble(register, emergency)
    if cancel is not None:
        cancel.check()
    name = safe_name(f"{told.title} {told.emergency.started_at:%Y-%m-%d}")
    return write_after_action(told, folder / f"{name}.pdf")
