"""Hostile bytes cost a client its connection and an evaluator its life, and nobody else anything.

The figures are a tenth of those in docs/security.md; `--slow` runs the whole.  A failure is run again with its seed.
"""

import os
import random
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.helpers.crash import processes_of
from tests.helpers.wire import Wire
from xrepl.errors import RemoteProtocolError
from xrepl.protocol import bencode, frames

CODEC_COUNT, SOCKET_COUNT, FRAME_COUNT = 100_000, 10_000, 10_000
FACTOR = 10
GROWTH_BYTES = 10 << 20
TIMEOUT_S = 20.0
REQUESTS = [
    bencode.encode({"op": "describe", "id": "1"}),
    bencode.encode({"op": "ls-sessions", "id": "2", "session": "none", "list": [1, [2, {"a": -3}]]}),
    bencode.encode({"op": "no-such-op", "id": "3", "text": "grüße\0"}),
]
WORST = [
    b"l" * 20_000,
    b"d1:a" * 5_000,
    b"99999999999:x",
    b"i" + b"9" * 5_000 + b"e",
    b"-1:x",
    b"di1e1:ae",
    b"GET / HTTP/1.1\r\n\r\n",
    b"\x00" * 100,
]
FRAMES = [frames.pack({"op": "form", "value": "1", "delta": {"set": {}}}), frames.pack({"op": "call", "call": 1})]
SPOIL = """(defn spoil [data] (for [fd (range 3 64)]
  (try (when (stat.S_ISSOCK (get (os.fstat fd) 0)) (os.write fd data)) (except [OSError]))))"""


@pytest.fixture
def chance() -> random.Random:
    """Give what mutates, and print its seed."""
    seed = int(os.environ.get("XREPL_TEST_SEED", random.SystemRandom().randrange(1 << 32)))
    print(f"XREPL_TEST_SEED={seed}")
    return random.Random(seed)


@pytest.fixture
def factor(request: pytest.FixtureRequest) -> int:
    """Give how many times as much is tried."""
    return FACTOR if request.config.getoption("--slow") else 1


def mutated(chance: random.Random, originals: list[bytes], count: int) -> Iterator[bytes]:
    """Give messages with some bytes changed, cut, doubled or put in."""
    for _ in range(count):
        data = bytearray(chance.choice(originals) * chance.randint(1, 2))
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data))
            what = chance.randrange(4)
            if what == 0:
                data[at] = chance.randrange(256)
            elif what == 1:
                del data[at + 1 :]
            elif what == 2:
                data[at:at] = data[at : at + chance.randint(1, 9)]
            else:
                data[at:at] = chance.choice([b"l", b"d", b"e", b"i", b"99999999999:", b"\xff\xff\xff\xff", b"0:"])
        yield bytes(data)


def resident_bytes(pid: int) -> int:
    """Give how much memory a process has."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


def server_of(home: Path) -> int:
    """Give the server's process."""
    (pid,) = [pid for pid, command in processes_of(home).items() if "xrepl.server" in command]
    return pid


def outcome(pieces: list[bytes]) -> str:
    """Feed a decoder of clients' messages; anything but its own error is raised here."""
    decoder = bencode.Decoder()
    try:
        for piece in pieces:
            decoder.feed(piece)
    except RemoteProtocolError:
        return "refused"
    return "taken"


def test_mutated_messages_are_taken_or_refused(chance: random.Random, factor: int) -> None:
    """Through the codec, whole: no other exception comes out, and memory does not grow."""
    before = resident_bytes(os.getpid())
    outcomes = {outcome([data]) for data in mutated(chance, REQUESTS, CODEC_COUNT * factor)}

    assert outcomes == {"taken", "refused"}
    assert resident_bytes(os.getpid()) - before < GROWTH_BYTES


@pytest.mark.parametrize("data", WORST, ids=lambda data: repr(data[:8]))
def test_worst_messages_are_refused_whole_and_byte_by_byte(data: bytes) -> None:
    """Deep nesting, lengths and numbers out of bounds, what is no message at all."""
    whole, bytewise = outcome([data]), outcome([data[i : i + 1] for i in range(len(data))])

    assert (whole, bytewise) == ("refused", "refused")


def deliver(home: Path, pieces: list[bytes]) -> bytes:
    """Send pieces on a connection of their own, close that half, and read to the end of the answers."""
    answer = b""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.settimeout(TIMEOUT_S)
        sock.connect(f"{home}/socket")
        try:
            for piece in pieces:
                sock.sendall(piece)
            sock.shutdown(socket.SHUT_WR)
            while data := sock.recv(1 << 16):
                answer += data
        except (ConnectionResetError, BrokenPipeError):
            pass
    return answer


@pytest.mark.timeout(600)
def test_hostile_clients_harm_nobody(wire: Wire, home: Path, chance: random.Random, factor: int) -> None:
    """On the socket, whole and in pieces: each connection ends; the server stays, small, and answers the others."""
    wire.evaluate("(set x 42)")
    server = server_of(home)
    deliver(home, [REQUESTS[0]])
    before = resident_bytes(server)
    for data in [*WORST, *mutated(chance, REQUESTS, SOCKET_COUNT * factor)]:
        deliver(home, [data] if chance.random() < 0.9 else [data[i : i + 1] for i in range(len(data[:200]))])

    assert server_of(home) == server
    assert resident_bytes(server) - before < GROWTH_BYTES
    assert wire.evaluate("x")["value"] == "42"
    assert "Traceback" not in (home / "log").read_text()


def test_mutated_frames_are_taken_or_refused(chance: random.Random, factor: int) -> None:
    """What an evaluator sends is decoded, or refused as its error; lengths are bounded before anything is kept."""
    outcomes = set()
    for data in mutated(chance, FRAMES, FRAME_COUNT * factor):
        try:
            frames.Decoder().feed(data)
        except RemoteProtocolError:
            outcomes.add("refused")
        else:
            outcomes.add("taken")

    assert outcomes == {"taken", "refused"}


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xff\xff\xff",
        struct.pack(">I", 3) + b"\xc1\xc1\xc1",
        frames.pack({"op": "call", "call": 7, "what": "no-such-call", "arguments": {}}) + b"\xff\xff\xff\xff",
    ],
    ids=["4 GB", "no msgpack", "unknown call"],
)
def test_evaluator_that_sends_garbage_ends_and_nobody_else(xrepl: Command, home: Path, data: bytes) -> None:
    """Code that writes into its own process's socket loses that process; the session and the others go on."""
    xrepl("-s", "other", "-e", "(set x 1)")
    server = server_of(home)
    binary = " ".join(map(str, data))
    done = xrepl("-s", "bad", "-e", "(set y 2)", "-e", f"(import os stat) {SPOIL}", "-e", f"(spoil (binary {binary}))")

    assert "** the evaluator ended" in done.stdout
    assert xrepl("-s", "other", "-e", "x").stdout == "1\n"
    assert xrepl("-s", "bad", "-e", "y").stdout == "2\n"
    assert server_of(home) == server
