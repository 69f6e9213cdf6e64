"""The desk: the record as the service asks it, with the people, the imports and the answers that are kept ready."""

import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeVar

from fastapi import Request

from verbale.record import Record
from verbale.record.ledger import LedgerRow
from verbale.service.importing import Imports
from verbale.service.security.accounts import Accounts
from verbale.service.security.attempts import Attempts
from verbale.service.settings import Settings

R = TypeVar("R")

_LEDGERS = 2  # ledgers that are kept: the longest take many megabytes
_LAG_S = 60.0  # each batch of an import changes the record: making every page anew for each would keep readers waiting


class Desk:
    """What requests work with.

    Questions are asked over the identities computed last, so that no reader waits for an import; after a decision they are computed
    anew behind the scenes.

    Raises:
        RecordError: the record cannot be opened.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.record = Record(settings.record, renew=False)
        self.accounts = Accounts(settings.accounts_file)
        self.attempts = Attempts()
        self.imports = Imports(settings.record)
        self._state, self._fresh_until = "", 0.0
        self._renewal = threading.Lock()
        self._wanted = threading.Event()
        self._ledger = lru_cache(_LEDGERS)(lambda _, parties: self.record.ledger(parties))

    def close(self) -> None:
        """End imports and close the record."""
        self.imports.close()
        self.record.close()

    def state(self) -> str:
        """Return the state of the record that answers are kept for; while an import runs here, they may be a minute old."""
        if self.imports.running and self._state and time.monotonic() < self._fresh_until:
            return self._state
        self._state = self.record.state()
        self._fresh_until = time.monotonic() + _LAG_S
        return self._state

    def ledger(self, parties: tuple[str, ...]) -> Sequence[LedgerRow]:
        """Return the ledger between parties; those of the last few are kept, since the pages of their engagements need them too."""
        return self._ledger(self.state(), parties)

    def today(self) -> date:
        """Return the day on which deadlines have passed or not."""
        return date.today()

    def change(self, who: str, action: str, what: str, decide: Callable[[], R], *, address: str = "") -> R:
        """Make a change of the record, note it in the audit log, and bring the identities up to date behind the scenes."""
        made = decide()
        self._fresh_until = 0.0
        self.accounts.note(who, action, what, address)
        self.renew()
        return made

    def renew(self) -> None:
        """Bring the identities up to date in a thread of its own; one at a time, and once more where changes came meanwhile."""
        self._wanted.set()
        if not self._renewal.locked():
            threading.Thread(target=self._renew, daemon=True).start()

    def _renew(self) -> None:
        with self._renewal:
            while self._wanted.is_set():
                self._wanted.clear()
                self.record.renew()


def desk(request: Request) -> Desk:
    """Return the desk of the application that answers a request."""
    found: Desk = request.app.state.desk
    return found
