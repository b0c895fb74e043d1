"""The index by which the views of the issue ledger are counted and ordered."""


def up(migrator, db):
    db.execute_sql("CREATE INDEX issue_ledger ON issue (state, area, pending_at, review_on, urgent, registered_on)")
