"""``visit``: registering visits."""

import datetime
from typing import Any

import click

from gridapp.days import Sense, typed_day
from gridapp.errors import UserError
from ui.cli.common import area_option, db_option, opened


@click.group()
def visit() -> None:
    """登记走访。"""


def _day(sense: Sense) -> Any:
    def read(_context: click.Context, _option: click.Parameter, text: str | None) -> datetime.date | None:
        try:
            return typed_day(text or "", datetime.date.today(), sense)
        except UserError as error:
            raise click.BadParameter(str(error)) from error

    return read


@visit.command()
@db_option
@area_option(required=False)
@click.option("--household", "named", multiple=True, required=True, help="住户的编号或住址，可以写几个。")
@click.option("--members", required=True, help="走访人，几个人之间用顿号。")
@click.option("--on", callback=_day(Sense.BEHIND), help="走访日期；不写则今天。")
@click.option("--summary", default="", help="走访情况。")
@click.option("--needs", default="", help="需求。")
@click.option("--follow-up", default="", help="需要跟进的事。")
@click.option("--follow-up-on", callback=_day(Sense.AHEAD), help="跟进日期。")
def add(
    db: str | None, code: str | None, named: tuple[str, ...], on: datetime.date | None, members: str, **told: Any
) -> None:
    """给一户或几户登记同一次走访。"""
    from gridapp.visits.members import company_remark
    from gridapp.visits.naming import household_named
    from gridapp.visits.registering import VisitDraft, register_visits

    draft = VisitDraft(on or datetime.date.today(), members, **told)
    with opened(db) as register:
        households = [household_named(register, text, code or "") for text in named]
        made = register_visits(register, households, draft)
    click.echo(f"已登记走访 {len(made)} 户")
    remark = company_remark(members)
    if remark:
        click.echo(f"提醒：{remark}，按要求应至少两人同去。", err=True)
