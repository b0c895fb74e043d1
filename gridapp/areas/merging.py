"""Merging areas that stand side by side into one of them."""

from collections.abc import Sequence

from gridapp.areas import codes
from gridapp.areas.content import hand_over
from gridapp.areas.model import CODE_LENGTHS, Area, Level
from gridapp.buildings import keeping
from gridapp.emergency import plans as emergency_plans
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.progress import CancelToken, Progress, silent
from gridapp.site_plan import planning
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.tasks import plans
from gridapp.teams import serving


def merge(
    register: Register,
    stays: Uid,
    others: Sequence[Uid],
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> str:
    """Let all that stands in the other areas stand in the one that stays, delete them, and say so in words.

    Areas below keep their last digits where those are free, or else take the next free code.

    Raises:
        UserError: they are not of one level below the same area.
        Cancelled: the token was set; nothing has changed.
    """
    kept, gone = codes.stored(register, stays), [codes.stored(register, uid) for uid in dict.fromkeys(others)]
    label = f"{'、'.join(one.name for one in gone)}合并到{kept.name}"
    with register.recording(label) as recording:
        for done, uid in enumerate(dict.fromkeys(others)):
            if cancel is not None:
                cancel.check()
            progress(done, len(gone), label)
            _merge(recording, codes.stored(register, stays), codes.stored(register, uid))
    return label


def _merge(recording: Recording, kept: Area, gone: Area) -> None:
    if kept.uid == gone.uid:
        raise UserError(f"“{kept.name}”不能合并到自己。")
    if kept.level != gone.level:
        raise UserError(f"“{gone.name}”和“{kept.name}”不是同一级，不能合并。")
    if kept.parent != gone.parent:
        raise UserError(f"“{gone.name}”和“{kept.name}”不在同一上级下面，不能合并；请先移动到一起。")
    register = recording.register
    # Of these both may have one, where an area has room for one only.
    planning.hand_over(recording, gone, kept)
    keeping.hand_over(recording, gone.uid, kept.uid)
    plans.hand_over(recording, gone.uid, kept.uid)
    serving.hand_over(recording, gone.uid, kept.uid)
    emergency_plans.hand_over(recording, gone.uid, kept.uid)
    for below in register.all(Area.select().where(Area.parent == gone.uid).order_by(Area.code)):
        codes.follow(recording, below, _code_in(register, kept, below))
        recording.update(Area, below.uid, {"parent": kept.uid})
    hand_over(recording, gone.uid, kept.uid)
    recording.delete(Area, gone.uid)


def _code_in(register: Register, kept: Area, below: Area) -> str:
    wanted = kept.code + below.code[CODE_LENGTHS[Level(kept.level)] :]
    taken = register.first(Area.select().where(Area.code == wanted))
    return codes.next_free(register, kept) if taken is not None else wanted
