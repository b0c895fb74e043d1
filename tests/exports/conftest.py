"""Fixtures for exports: a disk at its end, and a computer on which fonts can be installed."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.fonts.pdf import other_font, register_fonts


@pytest.fixture
def full_disk() -> Iterator[None]:
    """From here on no file can grow beyond 20 kB: writing fails as it does when a disk is at its end."""
    resource = pytest.importorskip("resource", reason="only POSIX systems limit what a process writes")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user's folder of its own, in which fonts can be installed: returns where they go."""
    if not sys.platform.startswith("linux"):
        pytest.skip("where fonts of a user lie differs by system; here it is Linux")
    register_fonts()  # from the real cache, before it is moved
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home" / ".cache"))
    other_font.cache_clear()
    yield tmp_path / "home" / ".local" / "share" / "fonts"
    other_font.cache_clear()
