"""Who looks after the households of members that are away."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.teams import presence
from gridapp.teams.presence import Away, StandIn


@dataclass(frozen=True)
class Cover:
    """That a member is away, and who does the work meanwhile, if anybody does."""

    away: Away
    stand_in: StandIn | None = None

    @property
    def text(self) -> str:
        """``由赵磊代管至 2026-03-09``, ``离岗至 2026-03-09，无人代管``."""
        if self.stand_in is None:
            return f"离岗{_until(self.away.until)}，无人代管"
        return f"由{self.stand_in.name}代管{_until(self.stand_in.until)}"

    @property
    def short(self) -> str:
        """``赵磊代``, ``离岗``."""
        return f"{self.stand_in.name}代" if self.stand_in is not None else "离岗"


def covers(
    register: Register, wanted: Iterable[tuple[Uid, str]], day: datetime.date | None = None
) -> dict[tuple[Uid, str], Cover]:
    """Who looks after households on a day, today unless told, for those members that are away.

    Args:
        wanted: members, each with the code of the area in which the household lies: who stands in there comes first.
    """
    on = day or datetime.date.today()
    asked = [(bytes(member), code) for member, code in wanted]
    away = presence.absences_of(register, list({member for member, _code in asked}), on)
    standing = _present(register, list(away), on)
    return {
        (member, code): Cover(away[member][0], _nearest(standing.get(member, []), code))
        for member, code in asked
        if member in away
    }


def _present(register: Register, members: list[Uid], on: datetime.date) -> dict[Uid, list[StandIn]]:
    """Who stands in for members; in place of one who is away as well, who stands in for that one."""
    found: dict[Uid, list[StandIn]] = {}
    behind = {member: {member} for member in members}  # who is away → whose work waits with that one
    while behind:
        standing = presence.stand_ins_for(register, list(behind), on)
        seconds = [one.member for those in standing.values() for one in those]
        away = presence.absences_of(register, seconds, on)
        further: dict[Uid, set[Uid]] = {}
        for member, those in standing.items():
            for one in those:
                if bytes(one.member) in away:
                    further.setdefault(bytes(one.member), set()).update(behind[member])
                    continue
                for first in behind[member]:
                    found.setdefault(first, []).append(one)
        behind = further
    return found


def _nearest(those: list[StandIn], code: str) -> StandIn | None:
    """The one who stands in nearest around a place, or else the first."""
    around = [one for one in those if code.startswith(one.area_code)]
    return max(around, key=lambda one: len(one.area_code)) if around else next(iter(those), None)


def _until(day: datetime.date | None) -> str:
    return f"至 {day.isoformat()}" if day is not None else ""
