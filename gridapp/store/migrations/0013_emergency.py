"""Emergencies, their plans, duties, calls and reports; tasks that are due by the clock."""

from peewee import (
    CharField,
    DateField,
    DateTimeField,
    ForeignKeyField,
    Model,
    SmallIntegerField,
    SqliteDatabase,
    TextField,
)

from gridapp.store.record import UidField


def up(migrator, db):
    sqlite = isinstance(db, SqliteDatabase)

    def known(table):
        meta = type("Meta", (), {"database": db, "table_name": table})
        return type(table.title(), (Model,), {"uid": UidField(primary_key=True), "Meta": meta})

    areas, households, issues, members = map(known, ("area", "household", "issue", "member"))

    def reference(model, name, **more):
        return ForeignKeyField(model, column_name=name, **more)

    class Base(Model):
        uid = UidField(primary_key=True)

        class Meta:
            database = db
            without_rowid = sqlite
            legacy_table_names = False

    class EmergencyPlan(Base):
        area = reference(areas, "area")
        kind = CharField(max_length=32)
        body = TextField()

        class Meta:
            table_name = "emergency_plan"
            indexes = ((("area", "kind"), False),)

    class Emergency(Base):
        area = reference(areas, "area")
        kind = CharField(max_length=32)
        reason = TextField(default="")
        started_at = DateTimeField()
        report_at = CharField(max_length=5)
        shift_hours = SmallIntegerField()
        plan = TextField()
        ended_at = DateTimeField(null=True)
        summary = TextField(default="")
        actor = CharField(default="")

        class Meta:
            table_name = "emergency"

    class Duty(Base):
        emergency = reference(Emergency, "emergency", index=False)
        area = reference(areas, "area")
        member = reference(members, "member", index=False)
        starts_at = DateTimeField()
        ends_at = DateTimeField()

        class Meta:
            table_name = "duty"
            indexes = ((("emergency", "starts_at"), False), (("member", "starts_at"), False))

    class EmergencyCall(Base):
        emergency = reference(Emergency, "emergency", index=False)
        household = reference(households, "household", index=False)
        called_at = DateTimeField()
        member = reference(members, "member", null=True, index=False)
        outcome = CharField(max_length=16)
        note = TextField(default="")
        issue = reference(issues, "issue", null=True, index=False)

        class Meta:
            table_name = "emergency_call"
            indexes = ((("emergency", "household", "called_at", "outcome"), False), (("household",), False))

    class EmergencyReport(Base):
        emergency = reference(Emergency, "emergency", index=False)
        area = reference(areas, "area")
        day = DateField()
        text = TextField(default="")
        figures = TextField(default="")
        reported_at = DateTimeField()
        actor = CharField(default="")

        class Meta:
            table_name = "emergency_report"
            indexes = ((("emergency", "day", "area"), False),)

    db.create_tables([EmergencyPlan, Emergency, Duty, EmergencyCall, EmergencyReport])
    db.execute_sql("CREATE INDEX emergency_active ON emergency (area) WHERE ended_at IS NULL")
    db.execute_sql("CREATE INDEX emergency_call_issue ON emergency_call (issue) WHERE issue IS NOT NULL")
    db.execute_sql("CREATE INDEX emergency_call_member ON emergency_call (member) WHERE member IS NOT NULL")
    blob, moment = ("BLOB", "DATETIME") if sqlite else ("BYTEA", "TIMESTAMP")
    for column, kind in (
        ("due_at", moment),
        ("done_at", moment),
        ("emergency", f"{blob} REFERENCES emergency (uid)"),
    ):
        db.execute_sql(f'ALTER TABLE task ADD COLUMN "{column}" {kind}')
    db.execute_sql("CREATE INDEX task_emergency ON task (emergency, area) WHERE emergency IS NOT NULL")
