"""``export``: handbooks, registers and lists of households as files."""

from pathlib import Path
from typing import Any

import click

from gridapp.households.columns import POSITIONS
from gridapp.households.listing import SortBy
from ui.cli import filters
from ui.cli.common import area_option, bar, db_option, opened

_out_option = click.option("--out", type=click.Path(path_type=Path), required=True, help="存放文件的文件夹。")


@click.group()
def export() -> None:
    """导出工作手册（PDF）、住户台账（Excel）或住户名单（PDF、Excel）。"""


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


@export.command("list")
@db_option
@area_option()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="写成的文件：.xlsx 或 .pdf。")
@click.option("--column", "columns", type=click.Choice(list(POSITIONS)), multiple=True, help="栏目，按所写的次序。")
@click.option(
    "--sort", type=click.Choice([sort.value for sort in SortBy]), default="address", show_default=True, help="排序。"
)
@click.option("--descending", is_flag=True, help="倒序。")
@filters.filter_options
def list_(
    db: str | None, code: str, out: Path, columns: tuple[str, ...], sort: str, descending: bool, **told: Any
) -> None:
    """一个区域的住户名单，可加筛选。"""
    from exports.household_lists import export_household_list
    from gridapp.households.listing import Listing
    from gridapp.households.shown import shown

    which = filters.chosen(code, told)
    with opened(db) as register, bar("导出住户名单") as progress:
        listing = Listing(register, which, SortBy(sort), descending)
        report = export_household_list(shown(register, listing, columns), out, progress)
    click.echo(str(out))
    for line in report.remarks():
        click.echo(line, err=True)
