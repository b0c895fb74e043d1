"""What the program remembers of this user between two starts."""

from typing import Any

from PySide6.QtCore import QSettings

from gridapp.places import config_folder


def settings() -> QSettings:
    """Where it is remembered."""
    return QSettings(str(config_folder() / "window.ini"), QSettings.Format.IniFormat)


def strings(value: Any) -> list[str]:
    """A remembered list, which an ini file gives back as one string if it had one entry."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else [str(part) for part in value]


def last_register(memory: QSettings) -> str | None:
    """The URL of the register that was open last, or None."""
    value = memory.value("register")
    return str(value) if value else None
