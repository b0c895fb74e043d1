"""The command line: a thin skin over the functions that the window uses."""

import os
import signal
import sys

import click

from gridapp.errors import UserError
from ui.cli import (
    areas,
    demo,
    emergencies,
    exporting,
    figures,
    intake,
    issues,
    listing,
    screenshots,
    tasks,
    teams,
    upkeep,
    visits,
)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--db", help="登记簿：文件路径或 postgresql:// 地址；不写则用本机默认登记簿。")
@click.pass_context
def cli(context: click.Context, db: str | None) -> None:
    """网格服务工作台。不带子命令时打开窗口。"""
    if context.invoked_subcommand is not None:
        # Told to stop, a command still clears away what it has half made.
        signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    if context.invoked_subcommand is None:
        from ui.app import run

        sys.exit(run(db))


for _command in (
    demo.demo,
    areas.area,
    intake.import_,
    issues.issue,
    listing.list_,
    listing.search_,
    tasks.task,
    teams.team,
    emergencies.emergency,
    exporting.export,
    figures.stats,
    upkeep.check_,
    upkeep.backup,
    upkeep.restore_,
    screenshots.screenshots,
    visits.visit,
):
    cli.add_command(_command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with 0 (done), 1 (refused, with one line why) or 2 (usage)."""
    if arguments is None and sys.getfilesystemencoding() == "ascii":
        # Begun anew, since neither arguments nor file names hold Chinese while Python takes the C locale at its word.
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")  # a console in the C locale has no Chinese
    try:
        cli.main(args=arguments, prog_name="main.py", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except UserError as error:
        click.echo(" ".join(str(error).split()), err=True)
        sys.exit(1)
    except BrokenPipeError:  # the reader has seen enough
        sys.stderr.close()
        sys.exit(0)
