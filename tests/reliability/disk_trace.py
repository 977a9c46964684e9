"""What a program wrote to one file, and when it synced, as recorded by strace; and what a power cut leaves of it."""

import random
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

_CALLS = "openat,lseek,write,writev,pwrite64,pwritev,ftruncate,fsync,fdatasync,msync"
_LINE = re.compile(r"^(\w+)\((.*)\)\s+= (\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_SECTOR_BYTES = 512


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes written to the file; `is_durable` if the call returned after they were on the disk."""

    offset: int
    data: bytes
    is_durable: bool


@dataclass(frozen=True, slots=True)
class Sync:
    """All writes before this are on the disk."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The program has said that this is stored."""

    number: int


Event = Write | Sync | Acknowledgement


def record(command: list[str], file_name: str, directory: Path) -> list[Event]:
    """Run a program under strace to its end; give what it did to the files of a name, in order.

    Only one thread at a time may write: the first one's events come before the others'.
    """
    directory.mkdir()
    trace = ["strace", "-ff", "-qq", "-xx", "-s", "10000000", "-e", f"trace={_CALLS}", "-o", str(directory / "trace")]
    subprocess.run([*trace, *command], stdout=subprocess.DEVNULL, check=True)
    reader = _Reader(file_name.encode())
    for path in sorted(directory.iterdir(), key=lambda path: int(path.suffix[1:])):
        for line in path.read_text().splitlines():
            reader.read(line)
    return reader.events


class _Reader:
    """Understands strace's lines."""

    def __init__(self, file_name: bytes) -> None:
        self.events: list[Event] = []
        self._file_name = file_name
        self._descriptors: dict[str, bool] = {}
        self._positions: dict[str, int] = {}

    def read(self, line: str) -> None:
        found = _LINE.match(line)
        if not found:
            return
        call, arguments, result = found.groups()
        descriptor = arguments.partition(",")[0]
        if call == "openat":
            self._open(arguments, result)
        elif call == "write" and descriptor == "1" and _bytes(arguments).startswith(b"ACK "):
            self.events.append(Acknowledgement(int(_bytes(arguments).split()[1])))
        elif descriptor in self._descriptors:
            self._use(call, descriptor, arguments, int(result))

    def _open(self, arguments: str, result: str) -> None:
        self._descriptors.pop(result, None)
        if _bytes(arguments).endswith(self._file_name):
            self._descriptors[result] = "SYNC" in arguments

    def _use(self, call: str, descriptor: str, arguments: str, result: int) -> None:
        if call in ("fsync", "fdatasync"):
            self.events.append(Sync())
        elif call == "lseek":
            self._positions[descriptor] = result
        elif call in ("pwrite64", "pwritev"):
            self._write(descriptor, arguments, result, int(arguments.rpartition(", ")[2]))
        elif call in ("write", "writev"):
            self._write(descriptor, arguments, result, self._positions.get(descriptor, 0))
        else:
            raise AssertionError(f"{call} is not understood here")

    def _write(self, descriptor: str, arguments: str, result: int, offset: int) -> None:
        data = _bytes(arguments)
        assert len(data) == result, "strace cut a write off"
        self._positions[descriptor] = offset + result
        self.events.append(Write(offset, data, self._descriptors[descriptor]))


def _bytes(arguments: str) -> bytes:
    """Give the bytes of all texts in a line."""
    return b"".join(bytes.fromhex(text.replace("\\x", "")) for text, _ in _TEXT.findall(arguments))


def after_cut(events: list[Event], random_: random.Random) -> tuple[bytes, int]:
    """Give a file as a power cut at a random moment may leave it, and the last number acknowledged by then.

    What was synced is there.  Of the rest, any part may be, sector by sector.
    """
    first = next(place for place, event in enumerate(events) if isinstance(event, Acknowledgement))
    cut = random_.randrange(first + 1, len(events) + 1)
    synced = bytearray()
    pending: list[Write] = []
    acknowledged = 0
    for event in events[:cut]:
        if isinstance(event, Acknowledgement):
            acknowledged = event.number
        elif isinstance(event, Sync):
            for write in pending:
                _apply(synced, write.offset, write.data)
            pending = []
        elif event.is_durable:
            _apply(synced, event.offset, event.data)
        else:
            pending.append(event)
    chance, is_torn = random_.random(), random_.random() < 0.5
    for write in pending:
        size = _SECTOR_BYTES if is_torn else len(write.data)
        for start in range(0, len(write.data), size):
            if random_.random() < chance:
                _apply(synced, write.offset + start, write.data[start : start + size])
    return bytes(synced), acknowledged


def _apply(image: bytearray, offset: int, data: bytes) -> None:
    if len(image) < offset + len(data):
        image.extend(bytes(offset + len(data) - len(image)))
    image[offset : offset + len(data)] = data
