"""The search index: documents of records, and over them an index of their words; filled once it is opened."""

from peewee import AutoField, CharField, IntegerField, Model, SqliteDatabase, TextField

from gridapp.store.record import UidField


def up(migrator, db):
    class Document(Model):
        id = AutoField()
        record_table = CharField()
        record = UidField(unique=True)
        grams = TextField()

        class Meta:
            database = db
            table_name = "search_document"

    class State(Model):
        rules = IntegerField(primary_key=True)

        class Meta:
            database = db
            table_name = "search_state"

    db.create_tables([Document, State])
    if not isinstance(db, SqliteDatabase):
        db.execute_sql(
            "CREATE INDEX search_gram ON search_document USING gin (array_to_tsvector(string_to_array(grams, ' ')))"
        )
        return
    # The words are kept once, in the documents. ``ascii`` splits at blanks alone, where ``unicode61`` would also split
    # at characters that are younger than its tables, as rare ones in names are.
    db.execute_sql(
        "CREATE VIRTUAL TABLE search_gram USING fts5(grams, content='search_document', content_rowid='id', "
        "detail=none, columnsize=0, tokenize='ascii')"
    )
