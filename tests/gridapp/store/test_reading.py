"""Reading a register row by row."""

from gridapp.areas.model import Area
from gridapp.register import open_register
from tests.factories import make_grid


def test_rows_that_nobody_reads_to_the_end_are_not_kept_by_the_server(postgres_url: str) -> None:
    with open_register(postgres_url) as register:
        make_grid(register)
        rows = register.each(Area.select(Area.code).order_by(Area.code))
        assert next(rows) == ("120104",)
        rows.close()
        assert register.db.execute_sql("SELECT count(*) FROM pg_cursors").fetchone() == (0,)
        assert len(list(register.each(Area.select()))) == 4
