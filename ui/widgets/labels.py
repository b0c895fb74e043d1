"""What users have typed, as the text of a button or a menu's line."""


def as_label(text: str) -> str:
    """A text in which an ampersand is only that, and no key that presses the button."""
    return text.replace("&", "&&")
