"""How often somebody may try to sign in."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable

from verbale.errors import AccessError

_TRIES = 5  # failures for one name from one address
_MANY = 20  # failures from one address, whatever the names
_WITHIN_S = 300.0
_KEPT = 10_000


class Attempts:
    """Failures to sign in of the last minutes, by name with address, and by address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: dict[tuple[str, str], deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def refuse(self, name: str, address: str) -> None:
        """Refuse a further try.

        Raises:
            AccessError: too many have failed.
        """
        with self._lock:
            waits = [
                wait for key, most in (((name, address), _TRIES), (("", address), _MANY)) if (wait := self._wait(key, most)) is not None
            ]
        if waits:
            raise AccessError(f"too many tries to sign in; wait {max(1, round(max(waits)))} seconds", 429)

    def _wait(self, key: tuple[str, str], most: int) -> float | None:
        """Return how many seconds to wait, or None where there is no need to."""
        tried, now = self._failed.get(key), self._clock()
        while tried and now - tried[0] > _WITHIN_S:
            tried.popleft()
        if not tried:
            self._failed.pop(key, None)
            return None
        return _WITHIN_S - (now - tried[0]) if len(tried) >= most else None

    def failed(self, name: str, address: str) -> None:
        """Remember a failure."""
        with self._lock:
            if len(self._failed) >= _KEPT:
                self._failed.pop(next(iter(self._failed)))
            for key in ((name, address), ("", address)):
                self._failed[key].append(self._clock())

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of a name."""
        with self._lock:
            self._failed.pop((name, address), None)
