"""Prepares listings: at once where that takes no longer than a blink, else beside the window."""

from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from gridapp.errors import UserError
from gridapp.progress import CancelToken
from gridapp.register import Register
from gridapp.store.patience import GivenUp
from ui.jobs import Jobs

_BLINK_MS = 15


class Prepared(Protocol):
    """What is read once, and answers at once from then on."""

    def prepare(self) -> None:
        """Read it."""


ListingT = TypeVar("ListingT", bound=Prepared)


class ListingLoader(QObject, Generic[ListingT]):
    """Of the listings that are asked for, only the last one arrives.

    ``waiting`` comes if that takes a while, ``failed`` with the error if it cannot be read.
    """

    arrived = Signal(object)
    waiting = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        register: Register,
        parent: QObject | None = None,
        jobs: Jobs | None = None,
        at_once: bool = True,
    ) -> None:
        """Make a loader.

        Args:
            jobs: those beside which it reads; its own unless told.
            at_once: whether what takes no longer than a blink is read at once; else nothing waits for it.
        """
        super().__init__(parent)
        self._register = register
        self._jobs = jobs or Jobs(self)
        self._at_once = at_once
        self._token = CancelToken()
        self.awaited: ListingT | None = None

    def ask(self, listing: ListingT) -> None:
        """Prepare a listing; what was asked for before is not wanted any more."""
        self.forget()
        if not self._at_once:
            self._begin(listing)
            return
        try:
            with self._register.within(_BLINK_MS):
                listing.prepare()
        except GivenUp:
            self._begin(listing)
        except UserError as error:
            self.failed.emit(error)
        else:
            self.arrived.emit(listing)

    def forget(self) -> None:
        """Let nothing arrive of what was asked for."""
        self._token.cancel()
        self.awaited = None

    def is_busy(self) -> bool:
        """Whether a listing is on its way."""
        return bool(self._jobs.running)

    def stop(self) -> None:
        """Read nothing any more."""
        self.forget()
        self._jobs.stop_all()

    def _begin(self, listing: ListingT) -> None:
        self.awaited = listing
        token = self._token = CancelToken()
        register = self._register

        def prepare() -> None:
            with register.unless(token):
                listing.prepare()

        self.waiting.emit(listing)
        self._jobs.start(
            "",
            lambda _progress, _cancel: prepare(),
            register,
            lambda _nothing: self._end(listing),
            lambda error: self._fail(listing, error),
        )

    def _end(self, listing: ListingT) -> None:
        if self.awaited is listing:
            self.awaited = None
            self.arrived.emit(listing)

    def _fail(self, listing: ListingT, error: Exception) -> None:
        if self.awaited is listing:
            self.awaited = None
            self.failed.emit(error)
