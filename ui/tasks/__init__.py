"""The task list and the work plan of the area that is shown."""
