"""``area``: the tree of areas."""

import click

from gridapp.areas import tree
from ui.cli.common import as_typed, db_option, opened


@click.group()
def area() -> None:
    """区域：区、街道、社区、网格。"""


@area.command()
@db_option
@click.option("--code", required=True, callback=as_typed, help="区域编码：6、9、12 或 15 位。")
@click.option("--path", required=True, help="从区到本级的名称，用 / 分隔，如 南开区/兴南街道/紫光苑社区/第三网格。")
def add(db: str | None, code: str, path: str) -> None:
    """新增一个区域；登记簿和缺少的上级一并建立。"""
    names = tree.names_down_to(code, tree.typed_names(path))  # before a register is made for nothing
    with opened(db, create=True) as register, register.recording(f"新增区域 {path}") as recording:
        made = tree.add(recording, code, names)
    if made:
        click.echo("\n".join(f"已新增 {one.code} {one.name}" for one in made))
    else:
        click.echo("这些区域都已存在，没有改动。")
