"""The register of a community service centre and its rules: no window, no document."""

__version__ = "0.1.0"
