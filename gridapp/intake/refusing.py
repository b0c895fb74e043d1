"""A row that is not taken over, and why."""


class RefusedRow(Exception):
    """One row cannot be taken over; the text says why and what to do, in the user's language."""
