"""``demo``: fill a new register with invented people."""

import datetime

import click

from gridapp.register import open_register
from ui.cli.common import bar, database_url, db_option, make_index

_SCALES = ("grid", "community", "street", "district")


@click.command()
@db_option
@click.option("--scale", type=click.Choice(_SCALES), default="street", show_default=True, help="规模。")
@click.option("--seed", type=int, default=1, show_default=True, help="同一个数生成同样的内容。")
@click.option(
    "--as-of",
    metavar="YYYY-MM-DD|today",
    callback=lambda _context, _option, told: _day(told),
    help="让演示数据停在哪一天；不写则停在2020-08-30。",
)
def demo(db: str | None, scale: str, seed: int, as_of: datetime.date | None) -> None:
    """生成演示登记簿，其中人物均为虚构。"""
    from gridapp.demo.generate import generate

    register = open_register(database_url(db), create=True)
    try:
        with bar("生成演示数据") as progress:
            generate(register, scale, seed, progress, as_of=as_of)
        make_index(register)
    finally:
        register.close(backup=False)  # it can be made again
    click.echo(f"已生成演示登记簿：{register.path or register.name}")


def _day(told: str | None) -> datetime.date | None:
    if told is None:
        return None
    try:
        return datetime.date.today() if told == "today" else datetime.date.fromisoformat(told)
    except ValueError as error:
        raise click.BadParameter("请写成 2026-11-25 这样的日期，或 today") from error
