"""Numbered migrations: what brings an older register up to this version of the program."""

from pathlib import Path

from peewee import Database
from playhouse.migrations import Runner

from gridapp.errors import UserError

FOLDER = Path(__file__).parent / "migrations"


def upgrade(database: Database) -> list[str]:
    """Apply the migrations that are missing and return their names.

    Raises:
        UserError: the register has been through a migration that this version does not know, or the file is
            the database of another program.
    """
    runner = Runner(database, str(FOLDER))
    tables = database.get_tables()
    if tables and runner.table_name not in tables:
        raise UserError("这个数据库是别的程序的，不是登记簿，没有改动它。请核对文件或地址。")
    unknown = [step.name for step in runner.status() if step.path is None]
    if unknown:
        raise UserError(f"这个登记簿由更新版本的程序建立（{unknown[-1]}），请先升级本程序再打开。")
    return runner.up()
