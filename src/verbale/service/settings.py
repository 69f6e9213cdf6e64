"""How a service is set up: which record, where it listens, who may come in."""

import getpass
import re
from dataclasses import dataclass, field
from pathlib import Path

from verbale.errors import SettingError

PORT = 8765
_LOOPBACK = frozenset(("127.0.0.1", "::1", "localhost"))


def _user() -> str:
    """Return the name under which the one local user decides."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "local"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a service is set up.

    Attributes:
        record: file of the record, or URL of its database.
        accounts: file of the people, tokens and the audit log; beside the record where it is left out.
        host: address that is listened on.
        port: port that is listened on.
        insecure: whether an address other than loopback may be listened on while there are no users.
        names: further host names under which the service is reached, as behind a proxy.
        person: name of the local user while there are no users.
    """

    record: str = "verbale.db"
    accounts: Path | None = None
    host: str = "127.0.0.1"
    port: int = PORT
    insecure: bool = False
    names: tuple[str, ...] = ()
    person: str = field(default_factory=_user)

    @property
    def loopback(self) -> bool:
        """Tell whether only this machine can reach the service."""
        return self.host in _LOOPBACK or self.host.startswith("127.")

    @property
    def accounts_file(self) -> Path:
        """The file of the accounts: never in the record itself, which answers SQL."""
        return self.accounts or accounts_beside(self.record)

    def refuse_open_door(self, users: int) -> None:
        """Refuse to serve everybody who can reach this machine.

        Raises:
            SettingError: the address is not loopback and there are no users.
        """
        if not self.loopback and not users and not self.insecure:
            raise SettingError(
                f"{self.host} can be reached from other machines and there are no users: add some with `verbale user add NAME`, "
                "or give --insecure if everybody may read and change this record"
            )


def accounts_beside(record: str) -> Path:
    """Return where the accounts of a record are kept: beside its file, or in this folder for one in a database."""
    if re.match(r"[a-z][a-z0-9+]*://", record):
        return Path("verbale.accounts")
    return Path(record).with_suffix(".accounts")
