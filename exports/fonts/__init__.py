"""The one place that prepares the packaged typeface and registers it."""
