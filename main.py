"""The door: no argument opens the window; a sub-command does one job and leaves."""

import gc

COLLECT = (100_000, 20, 20)
"""When Python looks for cycles: rows by the thousand are none, and its own pace costs a fifteenth of every start."""


def main() -> None:
    """Run the program with the arguments of this process."""
    gc.set_threshold(*COLLECT)
    from ui.cli import main as run

    run()


if __name__ == "__main__":
    main()
