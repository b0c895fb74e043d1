"""``export``: handbooks and registers as files."""

from pathlib import Path

import click

from ui.cli.common import area_option, bar, db_option, opened

_out_option = click.option("--out", type=click.Path(path_type=Path), required=True, help="存放文件的文件夹。")


@click.group()
def export() -> None:
    """导出工作手册（PDF）或住户台账（Excel）。"""


@export.command()
@db_option
@area_option()
@_out_option
def handbook(db: str | None, code: str, out: Path) -> None:
    """一个网格的工作手册；更大的区域则每个网格一册。"""
    from exports.handbooks import export_handbooks

    with opened(db) as register, bar("导出工作手册") as progress:
        report = export_handbooks(register, code, out, progress)
    for path in report.paths:
        click.echo(str(path))
    for line in report.remarks():
        click.echo(line, err=True)


@export.command("register")
@db_option
@area_option()
@_out_option
def register_(db: str | None, code: str, out: Path) -> None:
    """一个区域的住户台账。"""
    from exports.excel.register import export_register, file_name

    with opened(db) as register, bar("导出住户台账") as progress:
        path = out / file_name(register, code)
        export_register(register, code, path, progress)
    click.echo(str(path))
