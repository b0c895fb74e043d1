"""Numbered migrations: what brings an older register up to this version of the program."""

from pathlib import Path

from peewee import Database
from playhouse.migrations import Runner

from gridapp.errors import UserError

FOLDER = Path(__file__).parent / "migrations"


def upgrade(database: Database) -> list[str]:
    """Apply the migrations that are missing and return their names.

    Raises:
        UserError: the register has been through a migration that this version does not know.
    """
    runner = Runner(database, str(FOLDER))
    unknown = [step.name for step in runner.status() if step.path is None]
    if unknown:
        raise UserError(f"这个登记簿由更新版本的程序建立（{unknown[-1]}），请先升级本程序再打开。")
    return runner.up()
