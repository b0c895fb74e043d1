"""Fixtures for exports: a file that can grow no further, as on a full disk."""

from collections.abc import Iterator

import pytest


@pytest.fixture
def full_disk() -> Iterator[None]:
    """From here on no file can grow beyond 20 kB: writing fails as it does when a disk is at its end."""
    resource = pytest.importorskip("resource", reason="only POSIX systems limit what a process writes")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
