"""``export``: handbooks, registers, rosters, lists of households, the ledger, call lists and visit sheets as files."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gridapp.areas import tree
from gridapp.errors import UserError
from gridapp.households.categories import BY_KEY, CATEGORIES
from gridapp.households.columns import POSITIONS
from gridapp.households.listing import SortBy
from ui.cli import filters, issue_filters
from ui.cli.common import area_option, bar, db_option, opened
from ui.cli.emergencies import kind_option

if TYPE_CHECKING:
    from exports.report import ExportReport

_format_option = click.option(
    "--format", "ending", type=click.Choice(["xlsx", "pdf"]), default="xlsx", show_default=True, help="文件的格式。"
)
_out_option = click.option("--out", type=click.Path(path_type=Path), required=True, help="存放文件的文件夹。")


@click.group()
def export() -> None:
    """导出工作手册、走访表、应急包、应急复盘（PDF），住户台账、服务队名册（Excel），住户名单、民意账单、反馈电话单（两种都行）。"""


@export.command()
@db_option
@area_option()
@_out_option
def handbook(db: str | None, code: str, out: Path) -> None:
    """一个网格的工作手册；更大的区域则每个网格一册。"""
    from exports.handbooks import export_handbooks

    with opened(db) as register, bar("导出工作手册") as progress:
        report = export_handbooks(register, code, out, progress)
    _tell(report)


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


@export.command()
@db_option
@area_option()
@_out_option
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="这一天的情况；不写则今天。")
def roster(db: str | None, code: str, out: Path, on: datetime.datetime | None) -> None:
    """一个区域的服务队名册（Excel），标明离岗、替补和缺员。"""
    from exports.excel.roster import export_roster, file_name

    with opened(db) as register, bar("导出服务队名册") as progress:
        path = out / file_name(register, code)
        export_roster(register, code, path, progress, day=on.date() if on is not None else None)
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
    _tell(report)


@export.command()
@db_option
@area_option()
@_out_option
@_format_option
@issue_filters.issue_options()
def ledger(db: str | None, code: str, out: Path, ending: str, **told: Any) -> None:
    """一个区域的民意账单，可加筛选；写成的 Excel 可以再导入。"""
    from exports.issue_lists import export_ledger, ledger_name
    from gridapp.issues.ledger_listing import LedgerListing
    from gridapp.issues.shown import shown_ledger

    with opened(db) as register, bar("导出民意账单") as progress:
        shown = shown_ledger(register, LedgerListing(register, issue_filters.chosen(register, code, told)))
        report = export_ledger(shown, out / ledger_name(shown.area, f".{ending}"), progress)
    _tell(report)


@export.command()
@db_option
@area_option()
@_out_option
@_format_option
@issue_filters.issue_options(view=False)
def calls(db: str | None, code: str, out: Path, ending: str, **told: Any) -> None:
    """一个区域的反馈电话单：哪些反映人还没有听到结果。"""
    from exports.issue_lists import call_list_name, export_call_list
    from gridapp.issues.shown import shown_calls

    with opened(db) as register, bar("导出反馈电话单") as progress:
        shown = shown_calls(register, issue_filters.chosen(register, code, told))
        report = export_call_list(shown, out / call_list_name(shown.area, f".{ending}"), progress)
    _tell(report)


@export.command("visit-sheet")
@db_option
@area_option()
@_out_option
@click.option("--due-by", type=click.DateTime(["%Y-%m-%d"]), help="到这一天应走访的住户；不写则到今天。")
@click.option("--colour", type=click.Choice(list(BY_KEY)), help="只要首要分类是它的住户。")
@click.option("--all", "everybody", is_flag=True, help="不管到期与否，全部住户。")
def visit_sheet(
    db: str | None, code: str, out: Path, due_by: datetime.datetime | None, colour: str | None, everybody: bool
) -> None:
    """一个网格的走访表，按走访路线；更大的区域则每个网格一张。"""
    from exports.visit_sheets import export_visit_sheets
    from gridapp.visits.plan import PlanFilter, Who

    if everybody and due_by is not None:
        raise click.UsageError("--all 与 --due-by 只能用一个")
    first = frozenset({[one.key for one in CATEGORIES].index(colour)}) if colour else None
    by = due_by.date() if due_by is not None else datetime.date.today()
    chosen = PlanFilter(code, by, Who.ALL if everybody else Who.DUE, first)
    with opened(db) as register, bar("制作走访表") as progress:
        report = export_visit_sheets(register, chosen, out, progress)
    _tell(report)


def _tell(report: ExportReport) -> None:
    """Name the files that were written, and what is to be said about them."""
    for path in report.paths:
        click.echo(str(path))
    for line in report.remarks():
        click.echo(line, err=True)


@export.command("emergency-pack")
@db_option
@area_option()
@_out_option
@kind_option
@click.option("--first-only", is_flag=True, help="联系名单只要先联系的户。")
def emergency_pack(db: str | None, code: str, out: Path, kind: str | None, first_only: bool) -> None:
    """一个网格或社区的应急包：处置步骤、联系人、值守表、分色图和联系名单。"""
    from exports.emergencies import export_emergency_pack
    from gridapp.emergency.pack import emergency_of

    with opened(db) as register, bar("印制应急包") as progress:
        uid = emergency_of(register, code, kind or "").uid
        report = export_emergency_pack(register, uid, code, out, only_first=first_only, progress=progress)
    _tell(report)


@export.command("after-action")
@db_option
@area_option()
@_out_option
@kind_option
def after_action(db: str | None, code: str, out: Path, kind: str | None) -> None:
    """一个区域最近一次应急处置的复盘。"""
    from exports.emergencies import export_after_action
    from gridapp.emergency import running

    with opened(db) as register, bar("印制复盘") as progress:
        area = tree.find(register, code)
        found = (*running.over(register, code).over, *running.past(register, code))
        of_kind = [one for one in found if (not kind or one.kind == kind) and one.area_code == code]
        if not of_kind:
            raise UserError(f"{area.name}还没有启动过{'这类' if kind else ''}应急响应。")
        report = export_after_action(register, of_kind[0].uid, out, progress)
    _tell(report)
