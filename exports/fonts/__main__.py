"""``python -m exports.fonts``: prepare the typeface and show how far it is."""

import sys

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from exports.fonts.prepare import font_files
from gridapp.errors import UserError


def main() -> int:
    """Prepare the faces; 0 if they are there now, 1 if not."""
    console = Console(stderr=True)
    try:
        with Progress(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console, transient=True
        ) as shown:
            task = shown.add_task("准备字体", total=None)
            files = font_files(lambda done, total, message: shown.update(task, description=f"{message} {done}/{total}"))
    except UserError as error:
        console.print(str(error), style="red")
        return 1
    console.print(f"字体已备好：{files.regular.parent}", soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
