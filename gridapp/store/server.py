"""PostgreSQL as a register's engine: loaded when a server is opened, not before.

peewee loads the driver as soon as it is itself loaded, which takes as long as putting up half of the window, and most
registers are files. So it is kept from it at first, and handed over here.
"""

import sys
from typing import Any


def keep_driver_out() -> None:
    """Load peewee without the driver; where either is loaded already, all stays as it is."""
    if "peewee" in sys.modules or "psycopg" in sys.modules:
        return
    sys.modules["psycopg"] = None  # type: ignore[assignment]  # which makes its import fail, as if it were not there
    try:
        import playhouse.migrations  # noqa: F401  # which every opened register needs, and which would load it too
    finally:
        del sys.modules["psycopg"]


def hand_driver_over() -> None:
    """Give peewee the driver, as its own import of it would have."""
    import peewee
    import psycopg
    from psycopg.pq import TransactionStatus
    from psycopg.types.json import Json, Jsonb

    module: Any = peewee
    if module.psycopg is not None:
        return
    module.psycopg, module.TransactionStatus = psycopg, TransactionStatus
    module.Json_pg3, module.Jsonb_pg3 = Json, Jsonb
    adapter = module.Psycopg3Adapter
    adapter.txn_idle = TransactionStatus.IDLE
    adapter.txn_inerror = TransactionStatus.INERROR
    adapter.txn_unknown = TransactionStatus.UNKNOWN


def database(url: str) -> Any:
    """An unopened database on a server.

    It is connected to again after the server or the network dropped the line, but only between transactions: within
    one, what it had written is lost with the line, and the error says so.
    """
    hand_driver_over()
    import peewee
    from playhouse.postgres_ext import Psycopg3Database
    from playhouse.shortcuts import ReconnectMixin

    class Server(ReconnectMixin, Psycopg3Database):
        reconnect_errors = tuple(
            (peewee.OperationalError, text)
            for text in (
                "terminating connection",
                "the connection is closed",
                "server closed the connection",
                "consuming",
            )
        )

        def execute_sql(self, sql: str, params: Any = None, named_cursor: Any = None) -> Any:
            """Execute a statement, on a new line if the old one is gone."""
            return self._reconnect(super(ReconnectMixin, self).execute_sql, sql, params, named_cursor=named_cursor)

    return Server(url)


def stream(query: Any) -> Any:
    """A bound query whose rows the server hands over in parts; else it would send all before the first is looked at."""
    from playhouse.postgres_ext import ServerSideQuery

    return ServerSideQuery(query)


def driver_error(name: str) -> tuple[type[Exception], ...]:
    """An error class of the driver; none while it is not loaded, since then it cannot have raised one."""
    driver = sys.modules.get("psycopg")
    return (getattr(driver, name),) if driver is not None else ()
