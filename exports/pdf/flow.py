"""Filling pages from top to bottom."""

from collections.abc import Callable

from exports.pdf.furniture import PORTRAIT, Frame, Section
from exports.pdf.page import Page


class Flow:
    """A run of pages of one section; ``y`` is where the next thing begins, counting down to the bottom of the frame.

    Args:
        begin: puts what stands at the top of every page (a table's head), and says where to go on.
    """

    def __init__(
        self,
        section: Section,
        begin: Callable[[Page, float], float] | None = None,
        frame: Frame = PORTRAIT,
    ) -> None:
        self.section = section
        self.frame = frame
        self.begin = begin
        self.pages: list[Page] = []
        self.sections: list[Section] = []
        self.y = frame.top
        self._top = frame.top

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def at_top(self) -> bool:
        """Whether nothing but the head stands on the page yet."""
        return self.y == self._top

    @property
    def room(self) -> float:
        """How much still fits on the page."""
        return self.y - self.frame.bottom

    @property
    def room_on_fresh_page(self) -> float:
        return self._top - self.frame.bottom

    def new_page(self) -> None:
        self.pages.append(Page())
        self.sections.append(self.section)
        self.y = self.frame.top
        if self.begin is not None:
            self.y = self.begin(self.page, self.y)
        self._top = self.y

    def need(self, height: float) -> None:
        """Go on with a fresh page unless this much fits, or the page is still fresh."""
        if not self.pages or (self.room < height and not self.at_top):
            self.new_page()
