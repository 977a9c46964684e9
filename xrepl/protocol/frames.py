"""Frames between server and evaluator: a 4-byte big-endian length, then one msgpack map.

A codec only: it reads no socket and knows no op.  What breaks the format is a `RemoteProtocolError`, upon which
the reader's side ends the peer.
"""

from __future__ import annotations

from typing import Any

import msgpack

from xrepl.errors import LocalProtocolError, RemoteProtocolError

MAX_FRAME_BYTES = 256 << 20
_HEAD = 4


def pack(frame: dict[str, Any]) -> bytes:
    """Give the bytes of one frame.

    Raises:
        LocalProtocolError: the frame is over `MAX_FRAME_BYTES`.
    """
    body: bytes = msgpack.packb(frame, use_bin_type=True, unicode_errors="surrogatepass")
    if len(body) > MAX_FRAME_BYTES:
        raise LocalProtocolError(f"frame of {len(body)} bytes is over the limit of {MAX_FRAME_BYTES}")
    return len(body).to_bytes(_HEAD, "big") + body


class Decoder:
    """Cuts a stream of bytes into frames; keeps the unfinished rest."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> list[dict[str, Any]]:
        """Take bytes and give the frames that are whole now.

        Raises:
            RemoteProtocolError: a length over the limit, or a body that is no msgpack map.
        """
        rest = self._rest
        rest += data
        frames = []
        start = 0
        while len(rest) - start >= _HEAD:
            size = int.from_bytes(rest[start : start + _HEAD], "big")
            if size > MAX_FRAME_BYTES:
                raise RemoteProtocolError(f"frame of {size} bytes is over the limit of {MAX_FRAME_BYTES}")
            end = start + _HEAD + size
            if len(rest) < end:
                break
            frames.append(_unpack(bytes(rest[start + _HEAD : end])))
            start = end
        del rest[:start]
        return frames


def _unpack(body: bytes) -> dict[str, Any]:
    try:
        frame = msgpack.unpackb(body, raw=False, strict_map_key=False, unicode_errors="surrogatepass")
    except (ValueError, TypeError, RecursionError, msgpack.UnpackException) as reason:
        raise RemoteProtocolError(f"a frame is no msgpack: {reason}") from reason
    if not isinstance(frame, dict) or not isinstance(frame.get("op"), str):
        raise RemoteProtocolError("a frame is no map with an op")
    return frame
