"""The work plan and the task list of an area."""
