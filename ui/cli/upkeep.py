"""``check``, ``backup`` and ``restore``: keeping a register whole."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gridapp.errors import UserError
from gridapp.sizes import size_text
from gridapp.store import backups
from ui.cli.common import bar, database_url, db_option, json_option, opened, print_json

if TYPE_CHECKING:
    from gridapp.store.clearing import Orphan


@click.command("check")
@db_option
@json_option
@click.option("--clean", is_flag=True, help="清除一天以前留下、没有任何记录用到的照片和文件。")
def check_(db: str | None, as_json: bool, clean: bool) -> None:
    """检查登记簿是否完好：文件、引用、改动记录、照片和文件。"""
    from gridapp.issues import consistency
    from gridapp.store import clearing
    from gridapp.store.check import Fault, check
    from gridapp.teams import consistency as teams

    with opened(db) as register:
        faults = check(register) or [*consistency.faults(register), *teams.faults(register)]
        cleared = clearing.clear(register) if clean and not faults else []
        left = clearing.orphans(register)
    # Nothing is wrong with a register that has some, so they are told and no fault.
    hints = [Fault("orphaned", "", f"{orphan.path} 没有任何记录用到") for orphan in left]
    if as_json:
        print_json([{"kind": one.kind, "table": one.table, "detail": one.detail} for one in (*faults, *hints)])
    else:
        for fault in faults:
            click.echo(f"{fault.table or '文件'}\t{fault.detail}")
        _say_whole(not faults, cleared, left)
    if faults:
        raise UserError(f"登记簿有 {len(faults)} 处问题。可用 restore 从备份恢复。")


@click.command()
@db_option
@click.option("--out", type=click.Path(path_type=Path), help="备份文件；不写则放在登记簿旁的备份文件夹。")
def backup(db: str | None, out: Path | None) -> None:
    """备份登记簿，使用中也可以。"""
    path = _file(db)
    with bar("备份登记簿") as progress:
        if out is None:
            made = backups.rotate(path, progress=progress)
        else:
            target = out / f"{path.stem}-{datetime.date.today():%Y%m%d}.db" if out.is_dir() else out
            made = backups.back_up(path, target, progress)
    click.echo(str(made))


@click.command("restore")
@db_option
@click.option("--from", "source", type=click.Path(path_type=Path), help="备份文件；不写则用最近一份完好的备份。")
def restore_(db: str | None, source: Path | None) -> None:
    """从备份恢复登记簿；原来的文件留在旁边。"""
    path = _file(db)
    chosen = source or backups.latest_good(path)
    if chosen is None:
        raise UserError(f"没有找到 {path} 的完好备份。")
    with bar("恢复登记簿") as progress:
        aside = backups.restore(path, chosen, progress)
    click.echo(f"已从 {chosen} 恢复。" + (f"原文件改名为 {aside.name}。" if aside else ""))


def _say_whole(whole: bool, cleared: Sequence[Orphan], left: Sequence[Orphan]) -> None:
    if whole:
        click.echo("登记簿完好。")
    if cleared:
        click.echo(f"已清除 {len(cleared)} 个没有用到的照片和文件，共 {_bytes_text(cleared)}。")
    if left:
        how = "满一天以后可用 check --clean 清除。"
        click.echo(f"另有 {len(left)} 个照片和文件没有任何记录用到，共 {_bytes_text(left)}，{how}")


def _bytes_text(orphans: Sequence[Orphan]) -> str:
    return size_text(sum(orphan.size for orphan in orphans))


def _file(db: str | None) -> Path:
    from gridapp.store import dialects

    url = database_url(db)
    if dialects.is_postgres(url):
        raise UserError("共享登记簿请用 PostgreSQL 自己的工具（pg_dump）备份和恢复。")
    return dialects.sqlite_path(url)
