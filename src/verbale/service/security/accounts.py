"""The people of a service, their tokens, and the audit log, in a file beside the record that answers nobody's SQL."""

import hashlib
import hmac
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from verbale.errors import SettingError

Role = Literal["reader", "reviewer", "editor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""From the least to the most: each may do what those before may."""

_SHORTEST = 12  # characters of a password, after NIST SP 800-63B for passwords that stand alone, lowered for a rate limit
_LONGEST = 1024
_PREFIX = "verbale"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS person (name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, epoch INTEGER NOT NULL DEFAULT 0,
  made TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS token (id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES person ON DELETE CASCADE, label TEXT NOT NULL,
  scope TEXT NOT NULL, digest TEXT NOT NULL, made TEXT NOT NULL, revoked TEXT);
CREATE TABLE IF NOT EXISTS audit (n INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, person TEXT NOT NULL, action TEXT NOT NULL,
  what TEXT NOT NULL, address TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in. `epoch` changes with the password, which ends every session."""

    name: str
    role: Role
    epoch: int
    made: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token for programs: whose, what for, and how much it may do; its secret is not kept."""

    id: str
    person: str
    label: str
    scope: Role
    made: str
    revoked: str | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who changed what, when and from where."""

    number: int
    at: str
    person: str
    action: str
    what: str
    address: str


class Accounts:
    """The people, tokens and audit log of a service. The file is made when there is something to keep.

    Raises:
        SettingError: the file cannot be opened, or is none of ours.
    """

    def __init__(self, path: Path, hasher: PasswordHasher | None = None) -> None:
        self._path = path
        self._hasher = hasher or PasswordHasher()  # argon2id with the parameters of RFC 9106, low memory
        self._nobody = self._hasher.hash(secrets.token_hex(16))
        self._laid_out = False

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            if not self._path.exists():
                os.close(os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600))  # nobody else on this machine reads it
                self._laid_out = False
            connection = sqlite3.connect(self._path, timeout=30)
            try:
                connection.execute("PRAGMA foreign_keys=ON")
                if not self._laid_out:
                    connection.executescript(_SCHEMA)
                    self._laid_out = True
                with connection:
                    yield connection
            finally:
                connection.close()
        except (OSError, sqlite3.Error) as error:
            raise SettingError(
                f"{self._path}: the file of the accounts cannot be used ({error}); check its rights or give another"
            ) from error

    # ── people ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def people(self) -> list[Person]:
        """Return everybody who may sign in, by name."""
        if not self._path.exists():
            return []
        with self._open() as c:
            return [Person(*row) for row in c.execute("SELECT name, role, epoch, made FROM person ORDER BY name")]

    def person(self, name: str) -> Person | None:
        """Return the person of a name, or None."""
        return next((p for p in self.people() if p.name == name), None)

    def add(self, name: str, role: Role, password: str) -> Person:
        """Add a person.

        Raises:
            SettingError: the name is taken or no name, the password too short, or there is no such role.
        """
        if not name.strip() or len(name) > 100 or not name.isprintable():
            raise SettingError("a name has 1 to 100 characters that can be printed")
        if role not in ROLES:
            raise SettingError(f"there is no role “{role}”; there are {', '.join(ROLES)}")
        hashed = self._hashed(password)
        if self.person(name):
            raise SettingError(f"there is a user “{name}” already; `verbale user password` gives a new password")
        with self._open() as c:
            c.execute("INSERT INTO person (name, role, password, made) VALUES (?, ?, ?, ?)", (name, role, hashed, _now()))
        return Person(name, role, 0, _now())

    def _hashed(self, password: str) -> str:
        if len(password) < _SHORTEST:
            raise SettingError(f"a password has {_SHORTEST} characters or more; several words in a row are easy to remember")
        if len(password) > _LONGEST:
            raise SettingError(f"a password has {_LONGEST} characters at most")
        return self._hasher.hash(password)

    def set_password(self, name: str, password: str) -> None:
        """Give a person a new password, which ends their sessions.

        Raises:
            SettingError: there is no such person, or the password is too short.
        """
        hashed = self._hashed(password)
        self._change(name, "UPDATE person SET password = ?, epoch = epoch + 1 WHERE name = ?", hashed, name)

    def set_role(self, name: str, role: Role) -> None:
        """Give a person another role.

        Raises:
            SettingError: there is no such person or role, or nobody would be admin any more.
        """
        if role not in ROLES:
            raise SettingError(f"there is no role “{role}”; there are {', '.join(ROLES)}")
        if role != "admin":
            self._keep_an_admin(name)
        self._change(name, "UPDATE person SET role = ? WHERE name = ?", role, name)

    def remove(self, name: str) -> None:
        """Take a person out, with their sessions and tokens; what they decided stays.

        Raises:
            SettingError: there is no such person, or others would be left without an admin.
        """
        if len(self.people()) > 1:
            self._keep_an_admin(name)
        self._change(name, "DELETE FROM person WHERE name = ?", name)

    def _keep_an_admin(self, name: str) -> None:
        admins = [p.name for p in self.people() if p.role == "admin"]
        if admins == [name]:
            raise SettingError(f"“{name}” is the only admin; make somebody else admin first")

    def _change(self, name: str, statement: str, *values: str) -> None:
        with self._open() as c:
            changed = c.execute(statement, values).rowcount
        if not changed:
            raise SettingError(f"there is no user “{name}”; `verbale user list` names them")

    def check(self, name: str, password: str) -> Person | None:
        """Return the person whose name and password these are, or None; it takes as long for a name that does not exist."""
        found = self.person(name)
        with self._open() as c:
            row = c.execute("SELECT password FROM person WHERE name = ?", (name,)).fetchone()
        hashed = row[0] if row and row[0] else None
        try:
            self._hasher.verify(hashed or self._nobody, password[:_LONGEST])
        except (VerificationError, InvalidHashError):
            return None
        if not hashed or found is None:
            return None
        if self._hasher.check_needs_rehash(hashed):
            with self._open() as c:
                c.execute("UPDATE person SET password = ? WHERE name = ?", (self._hasher.hash(password), name))
        return found

    # ── tokens ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def add_token(self, person: str, label: str, scope: Role) -> tuple[Token, str]:
        """Make a token and return it with its secret, which is shown once and never again.

        Raises:
            SettingError: there is no such person or scope.
        """
        if scope not in ROLES:
            raise SettingError(f"there is no scope “{scope}”; there are {', '.join(ROLES)}")
        if not self.person(person):
            raise SettingError(f"there is no user “{person}”; `verbale user list` names them")
        token = Token(secrets.token_hex(6), person, label.strip()[:100] or "token", scope, _now(), None)
        secret = secrets.token_urlsafe(32)
        with self._open() as c:
            c.execute(
                "INSERT INTO token (id, person, label, scope, digest, made) VALUES (?, ?, ?, ?, ?, ?)",
                (token.id, person, token.label, scope, _digest(secret), token.made),
            )
        return token, f"{_PREFIX}_{token.id}_{secret}"

    def tokens(self, person: str | None = None) -> list[Token]:
        """Return the tokens, of one person or of all, the latest first."""
        if not self._path.exists():
            return []
        with self._open() as c:
            rows = c.execute("SELECT id, person, label, scope, made, revoked FROM token ORDER BY made DESC, id")
            return [Token(*row) for row in rows if person in (None, row[1])]

    def revoke(self, token: str, person: str | None = None) -> None:
        """End a token for good; `person`: only if it is theirs.

        Raises:
            SettingError: there is no such token, or it has ended.
        """
        with self._open() as c:
            mine = "AND person = ?" if person else ""
            statement = f"UPDATE token SET revoked = ? WHERE id = ? AND revoked IS NULL {mine}"
            changed = c.execute(statement, (_now(), token, *((person,) if person else ()))).rowcount
        if not changed:
            raise SettingError(f"there is no token “{token}” that could be revoked")

    def bearer(self, written: str) -> tuple[Person, Role] | None:
        """Return whose token this is and its scope, or None where it is not valid."""
        prefix, _, rest = written.partition("_")
        id, _, secret = rest.partition("_")
        if prefix != _PREFIX or not secret or not self._path.exists():
            return None
        with self._open() as c:
            row = c.execute("SELECT person, scope, digest FROM token WHERE id = ? AND revoked IS NULL", (id,)).fetchone()
        if row is None or not hmac.compare_digest(row[2], _digest(secret)):
            return None
        person = self.person(row[0])
        return (person, row[1]) if person else None

    # ── the audit log, and the secret that signs ───────────────────────────────────────────────────────────────────────────

    def note(self, person: str, action: str, what: str, address: str = "") -> None:
        """Write a line of the audit log."""
        with self._open() as c:
            values = (_now(), person, action, what[:500], address)
            c.execute("INSERT INTO audit (at, person, action, what, address) VALUES (?, ?, ?, ?, ?)", values)

    def audit(self, *, limit: int = 100, offset: int = 0) -> list[AuditEntry]:
        """Return lines of the audit log, the latest first."""
        if not self._path.exists():
            return []
        with self._open() as c:
            rows = c.execute("SELECT n, at, person, action, what, address FROM audit ORDER BY n DESC LIMIT ? OFFSET ?", (limit, offset))
            return [AuditEntry(*row) for row in rows]

    def secret(self) -> str:
        """Return the secret that signs sessions, made on first use and kept where there are people to sign in."""
        if not self._path.exists():
            return secrets.token_hex(32)
        with self._open() as c:
            c.execute("INSERT OR IGNORE INTO secret (name, value) VALUES ('sessions', ?)", (secrets.token_hex(32),))
            return str(c.execute("SELECT value FROM secret WHERE name = 'sessions'").fetchone()[0])


def _digest(secret: str) -> str:
    """A secret of 32 random bytes needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
