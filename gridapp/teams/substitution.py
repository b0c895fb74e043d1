"""Members who are away are replaced: what they leave open, who comes into question, and taking one (力量补充机制)."""

import datetime
from dataclasses import dataclass

from gridapp.areas.model import Area
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.teams import serving
from gridapp.teams.candidates import Candidate, Wanted, candidates_for, is_free
from gridapp.teams.editing import name_of
from gridapp.teams.following import ONE_DAY, Span, days_of
from gridapp.teams.model import RESERVE, ROLE_BY_KEY, Absence, Role, Service
from gridapp.teams.presence import StandIn, stand_ins_of, until_text


@dataclass(frozen=True)
class Gap:
    """What a member leaves open by an absence: one role in one area.

    Attributes:
        since: the first day that nobody covers; of what is covered, the first day of all.
        until: the last day of it, None while nobody knows.
        optional: whether it is one of the N, or outside of 1 + 2 + N, which can wait.
        stand_ins: who stands in, or has.
        is_filled: whether somebody stands in on each day of it.
    """

    absence: Uid
    member: Uid
    name: str
    role: Role
    area: Uid
    area_code: str
    area_name: str
    since: datetime.date
    until: datetime.date | None
    optional: bool
    stand_ins: tuple[StandIn, ...] = ()
    is_filled: bool = False

    @property
    def span(self) -> Span:
        """Its days."""
        return days_of(self.since, self.until)

    @property
    def days_text(self) -> str:
        """``2026-03-05 至 2026-03-09``."""
        return f"{self.since.isoformat()} {until_text(self.until)}"


def gaps_of(register: Register, absence: Uid) -> list[Gap]:
    """What an absence leaves open: 1 + 2 first, then N; by role, then by area.

    Raises:
        UserError: the absence has been deleted.
    """
    row = register.first(Absence.select().where(Absence.uid == absence).dicts())
    if row is None:
        raise UserError("这条离岗记录已被删除或撤销，请重新查看。")
    name, away = name_of(register, row["member"]), days_of(row["since"], row["until"])
    query = (
        Service.select(Service.role, Area.uid, Area.code, Area.name, Service.since, Service.until)
        .join(Area, on=(Area.uid == Service.area))
        .where((Service.member == row["member"]) & (Service.role != RESERVE.key))
        .where(Service.overlaps(row["since"], row["until"]))
        .order_by(Area.code, Service.since, Service.uid)
    )
    standing = stand_ins_of(register, absence)
    found = []
    for key, area, code, place, since, until in register.all(query.tuples()):
        role = ROLE_BY_KEY[key]
        those = tuple(one for one in standing if bytes(one.area) == bytes(area) and one.role is role)
        whole = away.cut(Span(since, until))
        open_ = whole.without([days_of(one.since, one.until) for one in those])
        part = open_[0] if open_ else whole
        assert part.since is not None  # the absence has a first day
        last = part.until - ONE_DAY if part.until is not None else None
        where = (role, bytes(area), code, place)
        found.append(
            Gap(bytes(absence), bytes(row["member"]), name, *where, part.since, last, not role.part, those, not open_)
        )
    return sorted(found, key=lambda gap: (gap.optional, list(ROLE_BY_KEY).index(gap.role.key)))


def candidates(register: Register, gap: Gap, limit: int = 10) -> list[Candidate]:
    """Who comes into question for a gap, the most fitting first, each with the reason in words.

    Those in reserve of the same grid come first, then those in reserve of its community, then members of the grids
    around it, then those in reserve and members of the same street. Nobody is named who is away or stands in elsewhere
    on any of the days, or serves there anyway.
    """
    return candidates_for(register, Wanted(gap.area, gap.area_code, gap.role, gap.member, gap.span), limit)


def accept(register: Register, gap: Gap, member: Uid) -> tuple[Uid, str]:
    """Let a member stand in, and return the uid of the service and what was done, in words.

    It ends by itself with the absence: who stands in is a matter of days.

    Raises:
        UserError: the gap has changed or is filled, or the member is away, stands in elsewhere or serves there.
    """
    name = name_of(register, member)
    label = f"{name}替补{gap.name}（{gap.area_name}{gap.role.name}，{gap.days_text}）"
    with register.recording(label) as recording:
        now = [one for one in gaps_of(register, gap.absence) if (one.area, one.role) == (gap.area, gap.role)]
        still = [one for one in now if (one.since, one.until, one.is_filled) == (gap.since, gap.until, False)]
        if not still:
            raise UserError(f"{gap.name}的这个空缺已经补上或有了变动，请重新查看。")
        if bytes(member) == gap.member or not is_free(register, member, gap.area, gap.span):
            raise UserError(f"{name}在这段时间已离岗、替补他人或在{gap.area_name}任职，请另选一位。")
        area = register.first(Area.select().where(Area.uid == gap.area))
        span = gap.span
        return serving.add(recording, name, member, area, gap.role, span.since, span.until, gap.absence), label
