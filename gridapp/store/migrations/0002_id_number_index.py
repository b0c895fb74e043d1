"""Two indexes: a person by identity number, and what was deleted of a household."""

from peewee import SqliteDatabase


def up(migrator, db):
    db.execute_sql('CREATE INDEX "resident_id_number" ON "resident" ("id_number")')
    # Deletions alone are in it, so other changes cost nothing more.
    household = "json_extract(old, '$.household')" if isinstance(db, SqliteDatabase) else "(old::json ->> 'household')"
    db.execute_sql(f'CREATE INDEX "change_of_deleted" ON "change" ({household}) WHERE kind = \'d\'')
