"""Options and output that the commands share."""

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from gridapp.areas import tree
from gridapp.places import default_register
from gridapp.progress import Progress as Report
from gridapp.register import NotBackedUp, Register, open_register
from gridapp.store import search

db_option = click.option("--db", help="登记簿：文件路径或 postgresql:// 地址；不写则用本机默认登记簿。")
json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")


def area_option(required: bool = True) -> Callable[[Callable], Callable]:
    return click.option("--area", "code", required=required, callback=as_typed, help="区域编码：6、9、12 或 15 位。")


def as_typed(_context: click.Context, _option: click.Parameter, code: str | None) -> str | None:
    """The code of an area, as ``tree.typed_code`` reads it."""
    return code and tree.typed_code(code)


def database_url(db: str | None) -> str:
    """The register named by ``--db``, here or in front of the command, or the user's own."""
    context = click.get_current_context(silent=True)
    above = context.find_root().params.get("db") if context else None
    return db or above or str(default_register())


@contextlib.contextmanager
def opened(db: str | None, create: bool = False) -> Iterator[Register]:
    """The register named by ``--db``; one that is not there is made only where the command is meant to."""
    try:
        with open_register(database_url(db), create=create) as register:
            yield register
    except NotBackedUp as error:  # what the command was to do is done
        click.echo(str(error), err=True)


def make_index(register: Register) -> None:
    """Make what is missing of the search index, with a bar on the terminal."""
    if not search.is_made(register):
        with bar("建立搜索索引") as progress:
            search.make(register, progress)


@contextlib.contextmanager
def bar(description: str) -> Iterator[Report]:
    """A progress bar on the terminal's error stream; silent where that is no terminal."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        task = progress.add_task(description, total=None)

        def report(done: int, total: int, message: str) -> None:
            progress.update(task, completed=done, total=total or None, description=message or description)

        yield report


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_records(records: Iterable[dict[str, Any]], as_json: bool, columns: dict[str, str]) -> None:
    """Print records one by one, so that a listing of a district takes no memory.

    Args:
        columns: key → heading of what a listing for reading shows, separated by tabs.
    """
    if as_json:
        click.echo("[", nl=False)
        for position, record in enumerate(records):
            click.echo(("," if position else "") + "\n  " + json.dumps(record, ensure_ascii=False), nl=False)
        click.echo("\n]")
        return
    click.echo("\t".join(columns.values()))
    for record in records:
        click.echo("\t".join(_cell(record.get(key)) for key in columns))


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    return "" if value is None else str(value)
