"""The task list of an area."""
