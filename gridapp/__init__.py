"""The register of a community service centre and its rules: no window, no document."""

from gridapp.store.server import keep_driver_out

__version__ = "0.1.0"

keep_driver_out()
