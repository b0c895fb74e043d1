"""Households and the people who live in them."""

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
from gridapp.store.record import Derived, Record

RESIDENTIAL = "residential"
ENTERPRISE = "enterprise"
KINDS = (RESIDENTIAL, ENTERPRISE)
KIND_NAMES = {RESIDENTIAL: "住户", ENTERPRISE: "企业"}

HEAD = "户主"
"""The relation of a household's head to the head."""

RELATIONS = (HEAD, "配偶", "子女", "父母", "祖父母", "孙子女", "兄弟姐妹", "其他亲属", "非亲属")
CONDITIONS = ("残疾", "低保", "低收入", "重病", "失能", "优抚", "失独")


class Household(Record):
    """A family at an address, or a shop or company there.

    ``categories`` is a mask (see ``households.categories``); ``people`` is how many live there as far as is known,
    which may be more than the residents on record. Only an enterprise has a ``credit_code`` (GB 32100).
    """

    DERIVED = {
        "address_key": Derived(("estate", "building", "entrance", "floor", "room"), address.sort_key),
        "precedence": Derived(("categories",), first_position),
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
    address_key = TextField(default="")
    precedence = SmallIntegerField(default=NO_PRECEDENCE)
    head_pinyin = TextField(default="")
    head_initials = TextField(default="")

    class Meta:
        table_name = "household"
        indexes = (
            (("area", "address_key"), False),
            (("area", "precedence", "address_key"), False),
            (("head_pinyin",), False),
        )


# Of those that have one alone: most households are families.
HAS_CREDIT_CODE = SQL("credit_code <> ''")
Household.add_index(Index("household_credit_code", Household, [Household.credit_code], where=HAS_CREDIT_CODE))


class Resident(Record):
    """A person of a household. ``conditions`` holds special conditions as words with 、 between."""

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

    class Meta:
        table_name = "resident"
        indexes = ((("household", "position"), False), (("id_number",), False))
