"""The first tables: settings, areas, households, residents, teams, visits, issues, tasks, and the change log."""

from peewee import (
    AutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    ForeignKeyField,
    IntegerField,
    Model,
    SmallIntegerField,
    SqliteDatabase,
    TextField,
)

from gridapp.store.record import UidField


def up(migrator, db):
    # A table whose key is its uid needs no second key on SQLite.
    sqlite = isinstance(db, SqliteDatabase)
    # Ranges of codes and walking order go by code point, which a server set up for a language would not.
    plain = None if sqlite else '"C"'

    class Setting(Model):
        uid = UidField(primary_key=True)
        key = CharField(unique=True)
        value = TextField()

        class Meta:
            database = db
            without_rowid = sqlite
            table_name = "setting"

    db.create_tables([Setting])

    class Area(Model):
        uid = UidField(primary_key=True)
        level = SmallIntegerField()
        parent = ForeignKeyField("self", null=True, column_name="parent")
        code = CharField(unique=True, max_length=15, collation=plain)
        name = CharField()

        class Meta:
            database = db
            without_rowid = sqlite
            table_name = "area"

    db.create_tables([Area])

    class Household(Model):
        uid = UidField(primary_key=True)
        area = ForeignKeyField(Area, column_name="area", index=False)
        kind = CharField(max_length=12, default="residential")
        estate = CharField(default="")
        building = CharField(default="")
        entrance = CharField(default="")
        floor = CharField(default="")
        room = CharField(default="")
        head = CharField(default="")
        phone = CharField(default="", collation=plain)
        people = IntegerField(null=True)
        emergency_contact = CharField(default="")
        categories = SmallIntegerField(default=0)
        note = TextField(default="")
        address_key = TextField(default="", collation=plain)
        precedence = SmallIntegerField(default=7)
        head_pinyin = TextField(default="", collation=plain)
        head_initials = TextField(default="")

        class Meta:
            database = db
            without_rowid = sqlite
            table_name = "household"
            indexes = (
                (("area", "address_key"), False),
                (("area", "precedence", "address_key"), False),
                (("head_pinyin",), False),
            )

    db.create_tables([Household])

    class Resident(Model):
        uid = UidField(primary_key=True)
        household = ForeignKeyField(Household, column_name="household", index=False)
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
            database = db
            without_rowid = sqlite
            table_name = "resident"
            indexes = ((("household", "position"), False),)

    db.create_tables([Resident])

    class Member(Model):
        uid = UidField(primary_key=True)
        name = CharField()
        phone = CharField(default="")
        unit = CharField(default="")
        duty = CharField(default="")
        note = TextField(default="")

        class Meta:
            database = db
            without_rowid = sqlite
            table_name = "member"

    db.create_tables([Member])

    class Service(Model):
        uid = UidField(primary_key=True)
        member = ForeignKeyField(Member, column_name="member")
        area = ForeignKeyField(Area, column_name="area")
        role = CharField(max_length=32)
        since = DateField(null=True)
        until = DateField(null=True)

        class Meta:
            database = db
            without_rowid = sqlite
            table_name = "service"

    db.create_tables([Service])

    class Visit(Model):
        uid = UidField(primary_key=True)
        household = ForeignKeyField(Household, column_name="household", index=False)
        visited_on = DateField()
        members = CharField(default="")
        summary = TextField(default="")

        class Meta:
            database = db
            without_rowid = sqlite
            table_name = "visit"
            indexes = ((("household", "visited_on"), False),)

    db.create_tables([Visit])

    class Issue(Model):
        uid = UidField(primary_key=True)
        number = CharField(unique=True, collation=plain)
        area = ForeignKeyField(Area, column_name="area")
        household = ForeignKeyField(Household, null=True, column_name="household")
        reporter = CharField(default="")
        phone = CharField(default="")
        category = CharField(default="")
        level = SmallIntegerField()
        description = TextField()
        handler = CharField(default="")
        registered_on = DateField()
        resolved_on = DateField(null=True)
        reported_back_on = DateField(null=True)
        satisfaction = CharField(default="")

        class Meta:
            database = db
            without_rowid = sqlite
            table_name = "issue"

    db.create_tables([Issue])

    class Task(Model):
        uid = UidField(primary_key=True)
        area = ForeignKeyField(Area, column_name="area")
        title = CharField()
        assignee = CharField(default="")
        due_on = DateField(null=True)
        done_on = DateField(null=True)

        class Meta:
            database = db
            without_rowid = sqlite
            table_name = "task"

    db.create_tables([Task])

    class Batch(Model):
        id = AutoField()
        uid = UidField(unique=True)
        hlc = BigIntegerField()
        actor = CharField()
        label = TextField()
        undoes = ForeignKeyField("self", null=True, column_name="undoes")

        class Meta:
            database = db
            table_name = "batch"

    db.create_tables([Batch])

    class Change(Model):
        seq = AutoField()
        batch = ForeignKeyField(Batch, column_name="batch")
        hlc = BigIntegerField()
        kind = CharField(max_length=1)
        record_table = CharField()
        record = UidField()
        field = CharField(null=True)
        old = TextField(null=True)
        new = TextField(null=True)

        class Meta:
            database = db
            table_name = "change"
            indexes = ((("record",), False),)

    db.create_tables([Change])
