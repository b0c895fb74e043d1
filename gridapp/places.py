"""Where files of the program belong on each system."""

import getpass
from pathlib import Path

import platformdirs

_DIRS = platformdirs.PlatformDirs("GridApp", appauthor=False)


def data_folder() -> Path:
    return _DIRS.user_data_path


def cache_folder() -> Path:
    return _DIRS.user_cache_path


def config_folder() -> Path:
    return _DIRS.user_config_path


def default_register() -> Path:
    """The register that is opened where none is named."""
    return data_folder() / "register.db"


def current_actor() -> str:
    """The name under which the change log notes what is done here."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user in the system's tables, as in some containers
        return "本机"
