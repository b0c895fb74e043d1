"""Households and the people who live in them."""

import datetime

import peewee
from peewee import (
    SQL,
    BooleanField,
    CharField,
    DateField,
    ForeignKeyField,
    Index,
    IntegerField,
    SmallIntegerField,
    TextField,
)

from gridapp.areas.model import Area
from gridapp.households import address, pinyin
from gridapp.households.categories import NO_PRECEDENCE, first_position
from gridapp.store.record import Derived, Record, UidField

RESIDENTIAL = "residential"
ENTERPRISE = "enterprise"
KINDS = (RESIDENTIAL, ENTERPRISE)
KIND_NAMES = {RESIDENTIAL: "住户", ENTERPRISE: "企业"}

HEAD = "户主"
"""The relation of a household's head to the head."""

RELATIONS = (HEAD, "配偶", "子女", "父母", "祖父母", "孙子女", "兄弟姐妹", "其他亲属", "非亲属")

MOVED, DIED, CARE, CLOSED, OTHERWISE = "迁出", "去世", "入住养老机构", "停业", "其他"
"""How somebody has left, as people read it."""

MERGED = "并户"
"""How a household has left whose residents have gone over into another."""

WAYS_OF_RESIDENTS = (MOVED, DIED, CARE, OTHERWISE)
WAYS_OF_KINDS = {RESIDENTIAL: WAYS_OF_RESIDENTS, ENTERPRISE: (MOVED, CLOSED, OTHERWISE)}

PAST = NO_PRECEDENCE + 1
"""The precedence of a household that has left: behind all others, and in no listing that does not ask for it."""

CONDITIONS = ("残疾", "低保", "低收入", "重病", "失能", "优抚", "失独")


def standing(categories: int | None, left_on: datetime.date | None) -> int:
    """Where a household stands in precedence: by the first of its categories, or ``PAST`` once it has left."""
    return first_position(categories) if left_on is None else PAST


class Household(Record):
    """A family at an address, or a shop or company there.

    ``categories`` is a mask (see ``households.categories``); ``people`` is how many live there as far as is known,
    which may be more than the residents on record. Only an enterprise has a ``credit_code`` (GB 32100).

    One that has left stays, with the day in ``left_on``; its residents stay as they were. ``merged_into`` is the
    household that its residents have gone over into, if they have.
    """

    DERIVED = {
        "address_key": Derived(("estate", "building", "entrance", "floor", "room"), address.sort_key),
        "precedence": Derived(("categories", "left_on"), standing),
        "head_pinyin": Derived(("head",), pinyin.full),
        "head_initials": Derived(("head",), pinyin.initials),
    }

    area = ForeignKeyField(Area, column_name="area", lazy_load=False, index=False)
    kind = CharField(max_length=12, default=RESIDENTIAL)
    estate = CharField(default="")
    building = CharField(default="")
    entrance = CharField(default="")
    floor = CharField(default="")
    room = CharField(default="")
    head = CharField(default="")
    phone = CharField(default="")
    people = IntegerField(null=True)
    emergency_contact = CharField(default="")
    credit_code = CharField(default="")
    categories = SmallIntegerField(default=0)
    note = TextField(default="")
    left_on = DateField(null=True)
    left_how = CharField(default="")
    merged_into = UidField(null=True)
    address_key = TextField(default="")
    precedence = SmallIntegerField(default=NO_PRECEDENCE)
    head_pinyin = TextField(default="")
    head_initials = TextField(default="")

    class Meta:
        table_name = "household"
        indexes = (
            (("area", "address_key", "uid", "precedence"), False),
            (("area", "precedence", "address_key"), False),
            (("head_pinyin", "uid", "precedence"), False),
        )

    @classmethod
    def is_here(cls) -> peewee.Expression:
        """The condition that a household has not left."""
        return cls.precedence != PAST


Household.add_index(Index("household_left_on", Household, [Household.left_on], where=SQL("left_on IS NOT NULL")))
Household.add_index(
    Index("household_merged_into", Household, [Household.merged_into], where=SQL("merged_into IS NOT NULL"))
)


# Of those that have one alone: most households are families.
HAS_CREDIT_CODE = SQL("credit_code <> ''")
Household.add_index(Index("household_credit_code", Household, [Household.credit_code], where=HAS_CREDIT_CODE))


class Resident(Record):
    """A person of a household. ``conditions`` holds special conditions as words with 、 between.

    Who has left stays in the household that was left, with the day in ``left_on``.
    """

    household = ForeignKeyField(Household, column_name="household", lazy_load=False, index=False)
    position = SmallIntegerField(default=0)
    name = CharField()
    id_number = CharField(default="")
    sex = CharField(max_length=2, default="")
    birth_date = DateField(null=True)
    relation = CharField(default="")
    phone = CharField(default="")
    party_member = BooleanField(default=False)
    conditions = CharField(default="")
    note = TextField(default="")
    moved_in_on = DateField(null=True)
    left_on = DateField(null=True)
    left_how = CharField(default="")

    class Meta:
        table_name = "resident"
        indexes = ((("household", "position", "uid", "left_on"), False), (("id_number",), False))

    @classmethod
    def is_here(cls) -> peewee.Expression:
        """The condition that a resident has not left the household; that may have left as a whole."""
        return cls.left_on.is_null()
