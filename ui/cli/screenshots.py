"""``screenshots``: every main screen as PNG, also without a display."""

from pathlib import Path

import click

from ui.cli.common import database_url, db_option


@click.command()
@db_option
@click.option("--out", type=click.Path(path_type=Path), required=True, help="存放图片的文件夹。")
@click.option("--scale", type=click.FloatRange(1, 3), default=1.0, show_default=True, help="屏幕缩放，如 1.5。")
@click.option("--dark", is_flag=True, help="深色。")
def screenshots(db: str | None, out: Path, scale: float, dark: bool) -> None:
    """把各主要画面存成 PNG。"""
    from ui.screenshots import take

    for path in take(database_url(db), out, scale, dark):
        click.echo(str(path))
