"""What a register tells of itself, and reading it row by row."""

from urllib.parse import urlsplit, urlunsplit

from gridapp.areas.model import Area
from gridapp.register import open_register
from tests.factories import make_grid


def test_a_shared_register_is_called_by_its_database_and_no_password_is_shown(postgres_url: str) -> None:
    server = urlsplit(postgres_url)
    url = urlunsplit(server._replace(netloc=f"{server.username}:secret@{server.hostname}:{server.port}"))
    with open_register(url) as register:
        assert register.name == f"共享登记簿 {server.path.strip('/')}"


def test_rows_that_nobody_reads_to_the_end_are_not_kept_by_the_server(postgres_url: str) -> None:
    with open_register(postgres_url) as register:
        make_grid(register)
        rows = register.each(Area.select(Area.code).order_by(Area.code))
        assert next(rows) == ("120104",)
        rows.close()
        assert register.db.execute_sql("SELECT count(*) FROM pg_cursors").fetchone() == (0,)
        assert len(list(register.each(Area.select()))) == 4
