"""Start the real window once, on whatever display there is, wait until it shows households, and close it."""

import os
import sys
import tempfile
import time
from pathlib import Path

PATIENCE_S = 60


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder  # what the window remembers of this run is nobody's
        return show(Path(folder) / "register.db")


def show(path: Path) -> int:
    from gridapp.demo.generate import generate
    from gridapp.register import open_register
    from ui.app import make_application, start
    from ui.tabs import Tab

    with open_register(str(path)) as register:
        generate(register, "grid")
    application = make_application()
    window = start(str(path))
    counted: list[bool] = []
    window.ready.connect(lambda: counted.append(True))
    window.show_tab(Tab.HOUSEHOLDS)
    until = time.monotonic() + PATIENCE_S
    while not (counted and window.isVisible() and window.page.model.rowCount()):
        application.processEvents()
        if time.monotonic() > until:
            sys.stderr.write(f"no households on screen after {PATIENCE_S} s\n")
            return 1
        time.sleep(0.01)
    shown = window.grab()
    colours = {shown.toImage().pixel(x, shown.height() // 2) for x in range(shown.width())}
    sys.stdout.write(
        f"{application.platformName()}: {window.page.model.rowCount()} households, {len(colours)} colours\n"
    )
    window.close()
    application.processEvents()
    return 0 if len(colours) > 1 else 1


if __name__ == "__main__":
    sys.exit(main())
