"""The people of the service teams: where each serves, when each is away, and the households they are paired with."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

import peewee
from peewee import SQL, CharField, DateField, ForeignKeyField, Index, TextField

from gridapp.areas.model import Area
from gridapp.households.model import Household
from gridapp.store.record import Record

if TYPE_CHECKING:
    from gridapp.store.changes import Recording


@dataclass(frozen=True)
class Role:
    """What somebody does in a team. ``part`` is the place in 1 + 2 + N: 1, 2, or 0 for N; None outside of it."""

    key: str
    name: str
    part: int | None


ROLES = (
    Role("grid_leader", "网格长", None),
    Role("grid_worker", "网格员", 1),
    Role("agency_official", "机关干部", 2),
    Role("street_official", "街道干部", 2),
    Role("in_service_party_member", "在职党员", 0),
    Role("entrance_head", "楼门长", 0),
    Role("resident_unit_party_member", "辖区单位党员", 0),
    Role("volunteer", "志愿者", 0),
    Role("reserve", "后备力量", None),
)
ROLE_BY_KEY = {role.key: role for role in ROLES}
RESERVE = ROLE_BY_KEY["reserve"]
"""Who has this role in an area does not serve there, but comes first where a substitute is wanted."""
TEAM_ROLES = tuple(role for role in ROLES if role is not RESERVE)


class Member(Record):
    """A person who serves. ``duty`` is the position in the unit; ``skills`` are words parted by 、.

    The photo is the first picture among the attachments of the member.
    """

    name = CharField()
    phone = CharField(default="")
    unit = CharField(default="")
    duty = CharField(default="")
    party_branch = CharField(default="")
    skills = CharField(default="")
    note = TextField(default="")

    class Meta:
        table_name = "member"


class Absence(Record):
    """A member is called away or on leave. ``until`` is the last day of it, null while nobody knows."""

    member = ForeignKeyField(Member, column_name="member", lazy_load=False, index=False)
    since = DateField()
    until = DateField(null=True)
    reason = CharField(default="")
    note = TextField(default="")

    class Meta:
        table_name = "absence"
        indexes = ((("member", "since"), False),)

    @classmethod
    def refuse_contradictions(cls, recording: "Recording") -> None:
        from gridapp.teams import consistency  # which reads the models

        consistency.refuse(recording)

    @classmethod
    def covers(cls, day: datetime.date) -> peewee.Expression:
        """The condition that a member is away on a day."""
        return cls.overlaps(day, day)

    @classmethod
    def overlaps(cls, since: datetime.date, until: datetime.date | None) -> peewee.Expression:
        """The condition that a member is away on some day of a time; ``until`` is its last day, or open."""
        ends = cls.until.is_null() | (cls.until >= since)
        return ends if until is None else (cls.since <= until) & ends


class Service(Record):
    """A member's work in an area with a role. It holds from ``since`` on, and on ``until`` no longer; null is open.

    ``absence`` is set on a service that stands in for an absent member.
    """

    member = ForeignKeyField(Member, column_name="member", lazy_load=False)
    area = ForeignKeyField(Area, column_name="area", lazy_load=False)
    role = CharField(max_length=32)
    since = DateField(null=True)
    until = DateField(null=True)
    absence = ForeignKeyField(Absence, column_name="absence", null=True, lazy_load=False, index=False)

    class Meta:
        table_name = "service"
        indexes = ((("area", "role", "until", "since", "member"), False),)

    @classmethod
    def refuse_contradictions(cls, recording: "Recording") -> None:
        from gridapp.teams import consistency  # which reads the models

        consistency.refuse(recording)

    @classmethod
    def holds(cls, day: datetime.date | None = None) -> peewee.Expression:
        """The condition that a service holds on a day, today unless told; of those in reserve as well."""
        on = day or datetime.date.today()
        return cls.overlaps(on, on)

    @classmethod
    def serves(cls, day: datetime.date | None = None) -> peewee.Expression:
        """The condition that a member serves on a day, today unless told, and is not merely in reserve."""
        return cls.holds(day) & (cls.role != RESERVE.key)

    @classmethod
    def overlaps(cls, since: datetime.date, until: datetime.date | None) -> peewee.Expression:
        """The condition that a service holds on some day of a time; ``until`` is its last day, or open."""
        ends = cls.until.is_null() | (cls.until > since)
        return ends if until is None else (cls.since.is_null() | (cls.since <= until)) & ends


_STANDING_IN = SQL("absence IS NOT NULL")
Service.add_index(Index("service_absence", Service, [Service.absence], where=_STANDING_IN))


class Pairing(Record):
    """A member and a household that the member looks after (结对认亲); open while ``until`` is null.

    ``promises`` holds what the member has promised to do, a line each.
    """

    member = ForeignKeyField(Member, column_name="member", lazy_load=False)
    household = ForeignKeyField(Household, column_name="household", lazy_load=False)
    since = DateField()
    until = DateField(null=True)
    note = TextField(default="")
    promises = TextField(default="")

    class Meta:
        table_name = "pairing"


_OPEN = SQL("until IS NULL")
Pairing.add_index(Index("pairing_open", Pairing, [Pairing.household, Pairing.member], unique=True, where=_OPEN))


CONTACT_WAYS = ("上门", "电话", "微信", "其他")


class PairingContact(Record):
    """A member of a pairing got in touch with the household; ``how`` is one of ``CONTACT_WAYS``."""

    pairing = ForeignKeyField(Pairing, column_name="pairing", lazy_load=False, index=False)
    contacted_on = DateField()
    how = CharField(default="")
    note = TextField(default="")

    class Meta:
        table_name = "pairing_contact"
        indexes = ((("pairing", "contacted_on"), False),)
