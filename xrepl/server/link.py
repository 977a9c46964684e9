"""The server's end of one evaluator: frames both ways, and what it prints.

What came through the pipes before a frame was sent is delivered before the frame.  An evaluator that breaks the
protocol is killed.  Knows no op.
"""

from __future__ import annotations

import codecs
import contextlib
import os
from collections.abc import Callable
from functools import partial
from typing import Any

from xrepl import log
from xrepl.errors import RemoteProtocolError
from xrepl.protocol.frames import Decoder, pack
from xrepl.server.loop import READ, WRITE, Loop
from xrepl.supervisor.child import Child

Frame = dict[str, Any]

READ_BYTES = 1 << 18
_DRAIN_BYTES = 1 << 20  # the most that is taken from a pipe at one time: others want their turn


class Link:
    """Frames and output of one evaluator.

    Args:
        loop: the server's loop; all calls are made in its thread.
        child: the evaluator's process.
        on_frame: called with each frame.
        on_output: called with the stream's name ("out" or "err") and text.
    """

    def __init__(
        self, loop: Loop, child: Child, on_frame: Callable[[Frame], None], on_output: Callable[[str, str], None]
    ) -> None:
        self._loop = loop
        self.child = child
        self._on_frame = on_frame
        self._on_output = on_output
        self._decoder = Decoder()
        self._owed = bytearray()
        self._is_open = True
        self._is_held = False
        self._is_writing = False
        self._texts = {
            child.out: ("out", codecs.getincrementaldecoder("utf-8")("replace")),
            child.err: ("err", codecs.getincrementaldecoder("utf-8")("replace")),
        }
        loop.watch(child.sock.fileno(), READ, self._on_ready)
        for pipe in self._texts:
            loop.watch(pipe, READ, partial(self._on_pipe, pipe))

    def send(self, frame: Frame) -> None:
        """Send a frame; what the evaluator does not take at once waits."""
        if not self._is_open:
            return
        self._owed += pack(frame)
        self._flush()

    def hold_output(self, is_held: bool) -> None:
        """Leave what is printed in the pipes, so that the printing code waits; or take it again."""
        if is_held == self._is_held or not self._is_open:
            return
        self._is_held = is_held
        for pipe in list(self._texts):
            if is_held:
                self._loop.forget(pipe)
            else:
                self._loop.watch(pipe, READ, partial(self._on_pipe, pipe))

    def take_last(self) -> None:
        """Deliver what a dead evaluator has sent."""
        while self._is_open and self._read():
            pass

    def close(self) -> None:
        """Take what is still in the pipes and close; the process is the supervisor's."""
        if not self._is_open:
            return
        self.drain()
        self._is_open = False
        for descriptor in (self.child.sock.fileno(), self.child.out, self.child.err):
            self._loop.forget(descriptor)
        self.child.close()

    def drain(self) -> None:
        """Take what is in the pipes."""
        for pipe in list(self._texts):
            self._read_output(pipe)

    def _on_pipe(self, pipe: int, events: int) -> None:
        self._read_output(pipe)

    def _on_ready(self, events: int) -> None:
        if events & WRITE:
            self._flush()
        if events & READ and self._is_open:
            self._read()

    def _read(self) -> bool:
        """Read what is there and deliver it; say whether there may be more."""
        try:
            data = self.child.sock.recv(READ_BYTES)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:  # no proof of its death, which the supervisor tells
            self._loop.forget(self.child.sock.fileno())
            return False
        try:
            frames = self._decoder.feed(data)
        except RemoteProtocolError as reason:
            log.write(f"evaluator {self.child.pid} is killed: {reason.message}")
            self._loop.forget(self.child.sock.fileno())
            self.child.kill()
            return False
        if frames:
            self.drain()
        for frame in frames:
            self._on_frame(frame)
        return True

    def _flush(self) -> None:
        try:
            while self._owed:
                del self._owed[: self.child.sock.send(memoryview(self._owed)[:READ_BYTES])]
        except BlockingIOError:
            pass
        except OSError:
            self._owed.clear()
        if bool(self._owed) == self._is_writing:
            return
        self._is_writing = bool(self._owed)
        with contextlib.suppress(KeyError):  # it has hung up
            self._loop.change(self.child.sock.fileno(), READ | WRITE if self._is_writing else READ)

    def _read_output(self, pipe: int) -> None:
        taken = 0
        name, decoder = self._texts[pipe]
        while self._is_open and taken < _DRAIN_BYTES:
            try:
                data = os.read(pipe, READ_BYTES)
            except BlockingIOError:
                return
            except OSError:
                data = b""
            if not data:
                self._loop.forget(pipe)
                return
            taken += len(data)
            text = decoder.decode(data)
            if text:
                self._on_output(name, text)
