"""Who has left: households and residents that moved away, died or went over into another household."""

from peewee import SqliteDatabase


def up(migrator, db):
    blob = "BLOB" if isinstance(db, SqliteDatabase) else "BYTEA"
    # With a default of their own, so that rows on record need not be written again.
    for table, column, kind in (
        ("household", "left_on", "DATE"),
        ("household", "left_how", "VARCHAR(255) NOT NULL DEFAULT ''"),
        ("household", "merged_into", blob),
        ("resident", "moved_in_on", "DATE"),
        ("resident", "left_on", "DATE"),
        ("resident", "left_how", "VARCHAR(255) NOT NULL DEFAULT ''"),
    ):
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}')
    # Whether a row is still here stands at the end of an index, behind what it is sorted by, so that it alone answers.
    for table, old, new in (
        ("household", ("area", "address_key"), ("area", "address_key", "uid", "precedence")),
        ("household", ("head_pinyin",), ("head_pinyin", "uid", "precedence")),
        ("resident", ("household", "position"), ("household", "position", "uid", "left_on")),
    ):
        columns = ", ".join(f'"{column}"' for column in new)
        db.execute_sql(f'DROP INDEX "{table}_{"_".join(old)}"')
        db.execute_sql(f'CREATE INDEX "{table}_{"_".join(new)}" ON "{table}" ({columns})')
    # Of the few rows alone that have something there, so others cost nothing more.
    db.execute_sql('CREATE INDEX "household_left_on" ON "household" ("left_on") WHERE left_on IS NOT NULL')
    db.execute_sql('CREATE INDEX "household_merged_into" ON "household" ("merged_into") WHERE merged_into IS NOT NULL')
    db.execute_sql("""CREATE INDEX "change_of_moved" ON "change" ("old") WHERE kind = 'u' AND field = 'household'""")
