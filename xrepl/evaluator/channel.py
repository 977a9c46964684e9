"""The evaluator's end of the socket to the server: frames in and out, and questions to the server.

The main thread waits for frames between forms, while processes of the language run in the background.  During a form
any process may ask the server something; worker threads then wait for the answers, so that only the process that
asked is held up.  Knows no op.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import threading
from collections import deque
from typing import Any

from xrepl.dialect import processes
from xrepl.errors import ERRORS, XreplError
from xrepl.protocol.frames import Decoder, pack

Frame = dict[str, Any]

_READ_BYTES = 1 << 18


class Channel:
    """Frames over the connected socket of one evaluator.

    Args:
        sock: connected to the server; belongs to the channel from now on.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._decoder = Decoder()
        self._waiting: deque[Frame] = deque()
        self._answers: dict[int, Frame] = {}
        self._asked = 0
        self._reading = threading.Lock()
        self._sending = threading.Lock()
        self._changed = threading.Condition()
        self._asking = 0  # threads that wait for an answer, though nobody may wait for them any more
        self._main = threading.get_ident()
        # a thread whose question nobody waits for any more may read a frame that the main thread waits for
        self._arrived = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._ready = select.epoll()
        self._ready.register(sock.fileno(), select.EPOLLIN)
        self._ready.register(self._arrived, select.EPOLLIN)

    def send(self, frame: Frame) -> None:
        """Send a frame; blocks until it is written.  May be called from any thread."""
        data = pack(frame)
        with self._sending:
            self._sock.sendall(data)

    def next(self) -> Frame:
        """Wait for the next frame that is no answer; processes of the language run meanwhile.  Main thread only.

        A server that is gone ends this process.
        """
        while not self._waiting:
            if self._asking or processes.holds() or threading.active_count() > 1:
                processes.idle(None, self._ready.fileno())
                self._read()
            else:  # nothing can happen but a frame
                self._take(self._receive())
        return self._waiting.popleft()

    def find(self, op: str) -> Frame | None:
        """Give a frame of this op if one is there already, without waiting.  Main thread only."""
        while self._has_data():
            self._read()
        for frame in self._waiting:
            if frame["op"] == op:
                self._waiting.remove(frame)
                return frame
        return None

    def ask(self, op: str, arguments: dict[str, Any]) -> Any:
        """Ask the server and give its answer; only the calling process of the language waits.

        Raises:
            XreplError: the server refuses.
        """
        with processes.ATOMIC:
            self._asked += 1
            number = self._asked
            with self._changed:
                self._asking += 1
        self.send({"op": "call", "call": number, "what": op, "arguments": arguments})
        answer = processes.blocking(self._wait_for, number)
        if "error" in answer:
            raise _error(answer["error"])
        return answer.get("value")

    def _wait_for(self, number: int) -> Frame:
        """Wait for an answer, in a worker thread."""
        try:
            return self._read_for(number)
        finally:
            with self._changed:
                self._asking -= 1

    def _read_for(self, number: int) -> Frame:
        """Read until an answer is there: one of the threads that wait reads, the others wait for it."""
        while True:
            with self._changed:
                if number in self._answers:
                    return self._answers.pop(number)
            if self._reading.acquire(timeout=0.002):
                try:
                    with self._changed:
                        if number in self._answers:
                            return self._answers.pop(number)
                    self._take(self._receive())
                finally:
                    self._reading.release()

    def _read(self) -> None:
        """Read what is there, unless a thread is about to."""
        with contextlib.suppress(BlockingIOError):
            os.eventfd_read(self._arrived)
        if self._reading.acquire(blocking=False):
            try:
                if self._has_data():
                    self._take(self._receive())
            finally:
                self._reading.release()

    def _has_data(self) -> bool:
        try:
            return bool(self._sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)) or self._end()
        except BlockingIOError:
            return False
        except OSError:
            return self._end()

    def _receive(self) -> bytes:
        try:
            data = self._sock.recv(_READ_BYTES)
        except OSError:
            data = b""
        return data or bytes(self._end())

    def _end(self) -> bool:
        """End this process: without a server there is nobody to evaluate for.  The zygote ends its children."""
        os._exit(0)

    def _take(self, data: bytes) -> None:
        for frame in self._decoder.feed(data):
            if frame["op"] != "return":
                self._waiting.append(frame)
                if threading.get_ident() != self._main:
                    os.eventfd_write(self._arrived, 1)
                continue
            with self._changed:
                self._answers[frame["call"]] = frame
                self._changed.notify_all()


def _error(told: dict[str, Any]) -> XreplError:
    """Make the error that the server's answer tells of."""
    kind = ERRORS.get(str(told.get("code")), XreplError)
    problem = kind(str(told.get("message", "")), str(told.get("hint", "")))
    problem.code = str(told.get("code") or problem.code)
    return problem
