"""How the lists of the teams say where somebody serves: above a community, grids are called alike."""

from typing import Any

from gridapp.areas.model import CODE_LENGTHS, Level
from gridapp.areas.tree import Node

_COMMUNITY = CODE_LENGTHS[Level.COMMUNITY]
WIDTH, WIDE = 110, 176


class Places:
    """Names areas as far as the one that is shown leaves it open."""

    def __init__(self) -> None:
        self._communities: dict[str, str] = {}

    def show_area(self, node: Node | None) -> None:
        """Name those below another area."""
        is_above = node is not None and node.level < Level.COMMUNITY
        nodes = node.walk() if node is not None and is_above else iter(())
        self._communities = {one.code: one.name for one in nodes if one.level is Level.COMMUNITY}

    @property
    def width(self) -> int:
        """How many pixels a column takes."""
        return WIDE if self._communities else WIDTH

    def text(self, row: Any) -> str:
        """``紫光苑社区第三网格``, or ``第三网格`` within its community."""
        code, name = row.area_code, row.area_name
        return f"{self._communities.get(code[:_COMMUNITY], '')}{name}" if len(code) > _COMMUNITY else name
