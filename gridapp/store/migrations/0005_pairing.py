"""The credit code of an enterprise, found through an index of those that have one."""


def up(migrator, db):
    # In SQL, since the migrator would copy the table into one that has rowids.
    db.execute_sql("ALTER TABLE household ADD COLUMN credit_code VARCHAR(255) NOT NULL DEFAULT ''")
    db.execute_sql("CREATE INDEX household_credit_code ON household (credit_code) WHERE credit_code <> ''")
