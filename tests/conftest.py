"""Fixtures for all tests: a fresh register each, on a file or on a server, and how long hypothesis looks."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from hypothesis import HealthCheck, settings

from gridapp.register import Register, open_register

POSTGRES = "GRIDAPP_TEST_POSTGRES"
"""Names a server on which the tests may make databases and drop them: ``postgresql://user@host:port/postgres``."""

settings.register_profile("default", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", settings.get_profile("default"), max_examples=2_000)
settings.load_profile("default")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """An empty register in a file of its own."""
    opened = open_register(str(tmp_path / "登记簿.db"))
    yield opened
    opened.close(backup=False)


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The URL of an empty database on the server named by GRIDAPP_TEST_POSTGRES; skipped where none is named."""
    server = os.environ.get(POSTGRES)
    if not server:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{POSTGRES} names no server, and CI runs every test")
        pytest.skip(f"{POSTGRES} names no PostgreSQL server")
    import psycopg

    name = f"gridapp_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"' + _set_up_for_chinese(connection.info.server_version))
    yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _set_up_for_chinese(version: int) -> str:
    """Text is compared by the rules of a language, as on the servers of our users; older servers know no such rules."""
    return " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans-CN'" if version >= 150_000 else ""


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a fresh register can be made, once on each engine; tests that use it are marked ``engines``."""
    if request.param == "sqlite":
        return str(tmp_path / "登记簿.db")
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def engine_register(engine_url: str) -> Iterator[Register]:
    """An empty register, once on each engine; tests that use it are marked ``engines``."""
    opened = open_register(engine_url)
    yield opened
    opened.close(backup=False)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "engine_url" in getattr(item, "fixturenames", ()):
            item.add_marker("engines")
