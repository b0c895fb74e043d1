"""The door: no argument opens the window; a sub-command does one job and leaves."""

from ui.cli import main

if __name__ == "__main__":
    main()
