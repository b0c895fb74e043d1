"""Mistakes that a user can mend, told in one sentence."""


class UserError(Exception):
    """What happened and what to do about it, in the user's language.

    The window shows the text beside the field or in a message; the command line prints it as one line and exits 1.
    Every other exception is a bug.
    """


class Cancelled(UserError):
    """The user asked a long piece of work to stop; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("已取消，没有留下任何改动。")
