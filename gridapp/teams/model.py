"""The people of the service teams, where each of them serves, and the households they are paired with."""

from dataclasses import dataclass

from peewee import SQL, CharField, DateField, ForeignKeyField, Index, TextField

from gridapp.areas.model import Area
from gridapp.households.model import Household
from gridapp.store.record import Record


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
)
ROLE_BY_KEY = {role.key: role for role in ROLES}


class Member(Record):
    """A person who serves."""

    name = CharField()
    phone = CharField(default="")
    unit = CharField(default="")
    duty = CharField(default="")
    note = TextField(default="")

    class Meta:
        table_name = "member"


class Service(Record):
    """A member's work in an area with a role, from a day to a day; open while ``until`` is null."""

    member = ForeignKeyField(Member, column_name="member", lazy_load=False)
    area = ForeignKeyField(Area, column_name="area", lazy_load=False)
    role = CharField(max_length=32)
    since = DateField(null=True)
    until = DateField(null=True)

    class Meta:
        table_name = "service"


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
