"""Bytes of a file as they come: whole or by lines, unpacked, and never more than the limits allow."""

import gzip
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from verbale.errors import IntakeError
from verbale.intake.limits import Limits

BLOCK = 65_536  # bytes that are read at a time; the first block of a file shows its format
_GZIP = b"\x1f\x8b"


class Stream:
    """A file that can be wound back, unpacked where it is gzip.

    Attributes:
        head: its first bytes, which reading gives again.
    """

    def __init__(self, file: BinaryIO, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._file = file
        self._packed = file.read(len(_GZIP)) == _GZIP
        file.seek(0)
        self._unpacked = gzip.GzipFile(fileobj=file, mode="rb") if self._packed else None
        self._given = 0
        self.head = self._take(BLOCK)
        self._begun = self.head

    def whole(self) -> bytes:
        """Return all that has not been read.

        Raises:
            IntakeError: it is more than the limit for a file, or the packing is damaged.
        """
        most = self._limits.file_bytes
        found = self._begun + self._take(most + 1 - len(self._begun))
        self._begun = b""
        if len(found) > most:
            raise IntakeError(f"{self._name}: over the limit of {most:,} bytes; split it into its documents or raise the limit")
        return found

    def lines(self) -> Iterator[tuple[int, bytes | IntakeError]]:
        """Yield the lines with their numbers; one over the limit is passed over without being held, and yielded as an error.

        Raises:
            IntakeError: the packing is damaged.
        """
        number, length, pieces = 1, 0, list[bytes]()
        block, self._begun = self._begun, b""
        while block:
            *ended, rest = block.split(b"\n")
            for line in ended:
                yield number, self._line(number, [*pieces, line], length + len(line))
                number, length, pieces = number + 1, 0, []
            length += len(rest)
            if length <= self._limits.file_bytes:
                pieces.append(rest)
            else:
                pieces.clear()
            block = self._block(BLOCK)
        if length:
            yield number, self._line(number, pieces, length)

    def _line(self, number: int, pieces: list[bytes], length: int) -> bytes | IntakeError:
        most = self._limits.file_bytes
        if length > most:
            return IntakeError(f"{self._name}, line {number}: over the limit of {most:,} bytes for one record; split it or raise the limit")
        return b"".join(pieces)

    def _take(self, size: int) -> bytes:
        """Return `size` bytes, or all that are left."""
        blocks, missing = [], size
        while missing > 0 and (block := self._block(min(missing, 1 << 20))):
            blocks.append(block)
            missing -= len(block)
        return b"".join(blocks)

    def _block(self, size: int) -> bytes:
        """Return up to `size` bytes, none at the end."""
        if self._unpacked is None:
            return self._file.read(size)
        try:
            block = self._unpacked.read1(size)
        except EOFError as error:
            raise IntakeError(f"{self._name}: a truncated gzip file; download it again") from error
        except (OSError, zlib.error) as error:
            raise IntakeError(f"{self._name}: a damaged gzip file ({error}); download it again") from error
        self._given += len(block)
        if self._given > max(self._limits.file_bytes, self._limits.expansion * self._file.tell()):
            raise IntakeError(
                f"{self._name}: grows more than {self._limits.expansion} times as it is unpacked; unpack it yourself if you trust it"
            )
        return block
