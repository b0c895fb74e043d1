"""How the size of a file is written for people."""

_KILO = 1024


def size_text(size: int) -> str:
    """``12 KB``, ``3.4 MB``; of a size in bytes."""
    return f"{max(1, round(size / _KILO))} KB" if size < _KILO * _KILO else f"{size / _KILO / _KILO:.1f} MB"
