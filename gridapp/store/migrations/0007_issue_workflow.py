"""The workflow of issues: their states, deadlines and steps, and everybody who raised them."""

import datetime
import json
import time

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

from gridapp.ids import new_uid
from gridapp.store.record import UidField

# As they were when this was written; what a later version knows does not matter here.
_REGISTERED, _RESOLVED, _REPORTED_BACK = 10, 50, 60
_WORKING_DAYS = {1: 20, 2: 10, 3: 5, 4: 2}
_CATEGORIES = {
    "供气": "gas", "供水": "water", "供暖": "heating", "供电": "power", "排水": "drainage", "电梯": "lift",
    "物业服务": "property", "停车": "parking", "绿化": "greening", "环境卫生": "sanitation", "公共照明": "lighting",
    "安全隐患": "safety", "邻里纠纷": "neighbours", "养老助残": "elderly", "困难帮扶": "hardship",
    "文体活动": "culture", "防疫": "epidemic", "老旧改造": "property.renewal", "其他": "other",
}  # fmt: skip
_SATISFACTIONS = {"满意": "satisfied", "基本满意": "mostly", "不满意": "not"}


def up(migrator, db):
    sqlite = isinstance(db, SqliteDatabase)
    blob, moment = ("BLOB", "DATETIME") if sqlite else ("BYTEA", "TIMESTAMP")
    false = "0" if sqlite else "FALSE"
    for column, kind in (
        ("place", "VARCHAR(255) NOT NULL DEFAULT ''"),
        ("urgent", f"BOOLEAN NOT NULL DEFAULT {false}"),
        ("state", f"SMALLINT NOT NULL DEFAULT {_REGISTERED}"),
        ("assignee", f"{blob} REFERENCES member (uid)"),
        ("due_at", moment),
        ("result", "TEXT NOT NULL DEFAULT ''"),
        ("suspended_on", "DATE"),
        ("review_on", "DATE"),
        ("duplicate_of", f"{blob} REFERENCES issue (uid)"),
        ("extra", "TEXT NOT NULL DEFAULT ''"),
        ("pending_at", moment),
    ):
        db.execute_sql(f'ALTER TABLE issue ADD COLUMN "{column}" {kind}')
    _make_tables(db, sqlite)
    _carry_over(db)
    # Ledgers of different communities bear the same numbers.
    db.execute_sql("DROP INDEX issue_number")
    db.execute_sql("CREATE INDEX issue_number ON issue (number)")
    db.execute_sql("DROP INDEX issue_open")
    for column in ("reporter", "phone"):
        db.execute_sql(f'ALTER TABLE issue DROP COLUMN "{column}"')
    db.execute_sql("CREATE INDEX issue_open ON issue (area, pending_at) WHERE state < 50")
    db.execute_sql("CREATE INDEX issue_assignee ON issue (assignee) WHERE assignee IS NOT NULL")
    db.execute_sql("CREATE INDEX issue_duplicate_of ON issue (duplicate_of) WHERE duplicate_of IS NOT NULL")


def _make_tables(db, sqlite):
    class Household(Model):
        uid = UidField(primary_key=True)

        class Meta:
            database = db
            table_name = "household"

    class Issue(Model):
        uid = UidField(primary_key=True)

        class Meta:
            database = db
            table_name = "issue"

    class Reporter(Model):
        uid = UidField(primary_key=True)
        issue = ForeignKeyField(Issue, column_name="issue")
        household = ForeignKeyField(Household, column_name="household", null=True)
        name = CharField(default="")
        phone = CharField(default="")
        source = CharField(default="", max_length=16)
        reported_on = DateField()
        reported_back_on = DateField(null=True)
        channel = CharField(default="", max_length=16)
        satisfaction = CharField(default="", max_length=16)
        excuse = TextField(default="")

        class Meta:
            database = db
            without_rowid = sqlite
            table_name = "reporter"

    class IssueStep(Model):
        uid = UidField(primary_key=True)
        issue = ForeignKeyField(Issue, column_name="issue", index=False)
        at = DateTimeField()
        step = CharField(max_length=16)
        by = CharField(default="")
        old_state = SmallIntegerField(null=True)
        new_state = SmallIntegerField()
        note = TextField(default="")
        details = TextField(default="")

        class Meta:
            database = db
            without_rowid = sqlite
            legacy_table_names = False
            table_name = "issue_step"
            indexes = ((("issue", "at"), False),)

    db.create_tables([Reporter, IssueStep])


def _carry_over(db):
    """Give issues on record the state that their days tell, their deadline, who raised them, and their steps."""
    from gridapp.issues.deadlines import end_of, stepped

    columns = (
        "uid, household, reporter, phone, category, level, registered_on, resolved_on, reported_back_on, satisfaction"
    )
    rows = [tuple(row) for row in db.execute_sql(f"SELECT {columns} FROM issue ORDER BY uid").fetchall()]
    if not rows:
        return
    log = _Log(db)
    for uid, household, name, phone, category, level, *days, satisfaction in rows:
        registered, resolved, reported = (_day(day) for day in days)
        due = end_of(stepped(registered, _WORKING_DAYS[level]))
        told = reported if resolved else None
        state = _REPORTED_BACK if told else _RESOLVED if resolved else _REGISTERED
        content = _SATISFACTIONS.get(satisfaction, "")
        values = {
            "category": _CATEGORIES.get(category, category),
            "state": state,
            "due_at": due,
            "pending_at": due if state == _REGISTERED else None,
            "reported_back_on": told,
            "satisfaction": content,
        }
        log.run(
            f"UPDATE issue SET {', '.join(f'{column} = ?' for column in values)} WHERE uid = ?", *values.values(), uid
        )
        before = {"category": category, "satisfaction": satisfaction, "reported_back_on": reported}
        for column, old in before.items():
            if old != values[column]:
                log.change("issue", uid, column, old, values[column])
        reporter = {
            "issue": uid,
            "household": household,
            "name": name,
            "phone": phone,
            "reported_on": registered,
            "reported_back_on": told,
            "satisfaction": content,
        }
        log.insert("reporter", reporter)
        steps = [("register", registered, None, _REGISTERED)]
        if resolved:
            steps.append(("resolve", resolved, _REGISTERED, _RESOLVED))
        if told:
            steps.append(("report_back", max(told, resolved), _RESOLVED, _REPORTED_BACK))
        for step, day, old, new in steps:
            at = datetime.datetime.combine(day, datetime.time())
            details = json.dumps({"satisfaction": content}) if step == "report_back" else ""
            log.insert(
                "issue_step",
                {
                    "issue": uid,
                    "at": at,
                    "step": step,
                    "by": "",
                    "old_state": old,
                    "new_state": new,
                    "details": details,
                },
            )


class _Log:
    """Inserts rows with their lines in the change log, as one batch."""

    _DEFAULTS = {
        "reporter": {"source": "", "channel": "", "excuse": ""},
        "issue_step": {"note": ""},
    }

    def __init__(self, db):
        self._db = db
        self._mark = "?" if isinstance(db, SqliteDatabase) else "%s"
        (latest,) = db.execute_sql("SELECT COALESCE(MAX(hlc), 0) FROM change").fetchone()
        self._hlc = max(latest + 1, time.time_ns() // 1_000_000 << 16)
        batch = new_uid()
        self.run(
            "INSERT INTO batch (uid, hlc, actor, label) VALUES (?, ?, ?, ?)", batch, self._hlc, "升级", "升级民意账单"
        )
        (self._batch,) = db.execute_sql(f"SELECT id FROM batch WHERE uid = {self._mark}", (batch,)).fetchone()

    def run(self, sql, *values):
        self._db.execute_sql(sql.replace("?", self._mark), values)

    def change(self, table, uid, column, old, new):
        texts = [json.dumps(value, ensure_ascii=False, default=str) for value in (old, new)]
        self.run(
            "INSERT INTO change (batch, hlc, kind, record_table, record, field, old, new)"
            " VALUES (?, ?, 'u', ?, ?, ?, ?, ?)",
            *(self._batch, self._hlc, table, uid, column, *texts),
        )

    def insert(self, table, told):
        values = {"uid": new_uid(), **self._DEFAULTS[table], **told}
        names = ", ".join(f'"{name}"' for name in values)
        self.run(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(values))})", *values.values())
        self.run(
            "INSERT INTO change (batch, hlc, kind, record_table, record) VALUES (?, ?, 'i', ?, ?)",
            *(self._batch, self._hlc, table, values["uid"]),
        )


def _day(value):
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value
