"""Colours of everything in a document that is no category; those stand in ``gridapp.households.categories``."""

from gridapp.households.categories import INK, WHITE

PAPER = WHITE
SECONDARY = "#5B6470"
LINE = "#D9DEE4"
GROUND = "#F6F7F9"
ACCENT = "#0B7285"

__all__ = ["ACCENT", "GROUND", "INK", "LINE", "PAPER", "SECONDARY"]
