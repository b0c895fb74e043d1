"""Whether a window may close, and what it does then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from gridapp.errors import UserError
from ui import crash, remembering

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Leaving:
    """Lets a window close once nothing can be lost by it."""

    def __init__(self, window: MainWindow, memory: QSettings) -> None:
        self._window = window
        self._memory = memory
        self._gives_up = False
        self.is_done = False
        """Whether the register is closed already."""

    def try_to(self) -> bool:
        """Close what is open, and say whether the window may go."""
        if self.is_done:
            return True
        if not self._window.page.leave() or self._waits_for_job():
            return False
        self.is_done = True
        self._leave()
        return True

    def give_up_and_close(self) -> None:
        """Give up what is being done, and close."""
        self._gives_up = True
        self._window.close()
        self._gives_up = False

    def _waits_for_job(self) -> bool:
        """Say what is not done yet and offer to give it up; closing by mistake must not cost an import."""
        window = self._window
        if not window.jobs.running or self._gives_up:
            return False
        text = window.tr("“{0}”还没有完成，窗口没有关闭。").format(window.jobs.running[0].title)
        window.status.show_notice(text, window.tr("取消它并关闭"), self.give_up_and_close)
        return True

    def _leave(self) -> None:
        window = self._window
        window.jobs.stop_all()
        window.reads.stop_all()
        window.page.side.stop()
        window.page.loader.stop()
        window.page.display.live_counts.stop()
        window.search.stop()
        remembering.remember(window, self._memory)
        window.unsubscribe()
        try:
            window.register.close()
        except UserError as error:  # the register is safe, only its backup could not be made
            crash.warn(str(error), window)
