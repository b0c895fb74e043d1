"""The demo community that the tests of this folder read."""

import pytest

from gridapp.demo.generate import generate
from gridapp.register import open_register


@pytest.fixture(scope="package")
def community(tmp_path_factory):
    """A demo community; the tests only read it."""
    opened = open_register(str(tmp_path_factory.mktemp("demo") / "demo.db"))
    generate(opened, "community", seed=1)
    yield opened
    opened.close(backup=False)
