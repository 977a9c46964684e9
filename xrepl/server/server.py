"""The server put together: store, supervisor, sessions, socket; its start and its end.

Start: lock the home directory, kill what a dead server left, open the store, start the zygote, listen.  End, in order:
let nobody in, save what is idle, end the evaluators, close the store.
"""

from __future__ import annotations

import fcntl
import gc
import os
import signal
import socket
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from xrepl.errors import EvaluatorDied, StoreLocked, UnsafePath, XreplError
from xrepl.server import (  # noqa: F401  they register their ops and calls
    calls,
    editor_ops,
    eval_calls,
    eval_ops,
    history_calls,
    input_calls,
    portable_calls,
    server_ops,
    session_calls,
    session_ops,
    store_calls,
    store_ops,
    terminal_calls,
    verifying,
)
from xrepl.server.client import Client
from xrepl.server.connection import Message
from xrepl.server.deaths import died, fail
from xrepl.server.dispatch import dispatch
from xrepl.server.housekeeping import Housekeeping
from xrepl.server.listener import Listener
from xrepl.server.live import LiveSession
from xrepl.server.loop import READ, Loop
from xrepl.server.sessions import Sessions
from xrepl.server.status import Status
from xrepl.server.upkeep import save
from xrepl.store.store import Store
from xrepl.supervisor.child import Child
from xrepl.supervisor.policy import Fail, Restart
from xrepl.supervisor.residue import Residue
from xrepl.supervisor.supervisor import Supervisor

LOCK_NAME = "server.lock"
END_TIMEOUT_S = 5.0
_NO_FILE_LIMIT = 1 << 20
_COLLECTED_AT = (10_000, 20, 50)


class Server:
    """The server of one home directory.

    Args:
        home: the directory, checked.
        clock: gives the time in seconds since 1970.

    Raises:
        XreplError: another server runs, the store cannot be opened, or the socket cannot be bound.
    """

    def __init__(self, home: str, clock: Callable[[], float] = time.time) -> None:
        self._home = home
        self._lock = _lock(home)
        residue = Residue(home)
        residue.kill_left_over()
        self.loop = Loop()
        self._store = Store(home)
        self.sessions = Sessions(self.loop, self._store, _memory_limit_bytes(), clock)
        self.sessions.call = lambda *arguments: calls.handle(self.sessions, *arguments)
        self._clients: set[Client] = set()
        self._last_number = 0
        self._is_stopping = False
        # the last step that can fail: nothing was started before it
        self._listener = Listener(self.loop, home, self._on_client)
        self._supervisor = Supervisor(_Watcher(self), residue)
        self.sessions.supervisor = self._supervisor
        self._supervisor.start()
        self._housekeeping = Housekeeping(self)
        self._watch_signals()

    @property
    def client_count(self) -> int:
        """Give how many clients are connected."""
        return len(self._clients)

    def run(self) -> None:
        """Serve until stopped."""
        # what is here stays; each message makes many objects and few cycles
        gc.freeze()
        gc.set_threshold(*_COLLECTED_AT)
        self.loop.run()
        self._supervisor.end()
        self._store.close()
        os.close(self._lock)

    def stop(self) -> None:
        """Begin the end: `run` returns when it is done."""
        if self._is_stopping:
            return
        self._is_stopping = True
        self._listener.close()
        self.loop.later(END_TIMEOUT_S, self.loop.end)
        waiting = {live for live in self.sessions.live.values() if live.status is Status.IDLE and not live.is_fresh}
        for live in self.sessions.live.values():
            live.stop_accepting()
            live.storage.flush(live.log_problem)

        def saved(live: LiveSession, problem: XreplError | None) -> None:
            waiting.discard(live)
            if not waiting:
                self._close_clients()

        for live in list(waiting):
            save(live, partial(saved, live))
        if not waiting:
            self._close_clients()

    def _close_clients(self) -> None:
        for client in list(self._clients):
            client.close()
        # what is queued for the store is written when it closes
        self.loop.end()

    def _on_client(self, sock: socket.socket) -> None:
        self._last_number += 1
        self._clients.add(Client(self.loop, sock, self._last_number, self._on_message, self._on_close))
        self._listener.count = len(self._clients)

    def _on_message(self, client: Client, message: Message) -> None:
        dispatch(self, client, message)

    def _on_close(self, client: Client) -> None:
        self._clients.discard(client)
        self._listener.count = len(self._clients)
        self.sessions.leave(client)
        self._housekeeping.client_left()

    def _watch_signals(self) -> None:
        reader, writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda number, frame: None)

        def on_signal(events: int) -> None:
            os.read(reader, 4096)
            self.stop()

        self.loop.watch(reader, READ, on_signal)


class _Watcher:
    """Passes on what the supervisor's thread tells to the loop's."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def started(self, session: str, child: Child) -> None:
        self._server.loop.post(lambda: self._begin(session, child))

    def died(self, child: Child, decision: Restart | Fail | None) -> None:
        self._server.loop.post(lambda: self._with(child.session, lambda live: died(live, child, decision)))

    def refused(self, session: str, reason: EvaluatorDied) -> None:
        self._server.loop.post(lambda: self._with(session, lambda live: fail(live, str(reason))))

    def _begin(self, session: str, child: Child) -> None:
        live = self._server.sessions.live.get(session)
        if live is not None:
            live.begin(child)
        else:
            self._server.sessions.supervisor.stop_child(child)
            child.close()

    def _with(self, session: str, job: Any) -> None:
        live = self._server.sessions.live.get(session)
        if live is not None:
            job(live)


def _lock(home: str) -> int:
    """Take the lock that makes this the only server of a home directory."""
    path = f"{home}/{LOCK_NAME}"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as reason:
        raise UnsafePath(f"cannot open {path}: {reason.strerror}", "remove what is there") from reason
    deadline = time.monotonic() + END_TIMEOUT_S
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > deadline:
                owner = os.read(descriptor, 32).decode(errors="replace").strip() or "unknown"
                os.close(descriptor)
                raise StoreLocked(f"another server (process {owner}) has {home}", "stop it, or use it") from None
            time.sleep(0.02)  # a server that was just stopped needs a moment
            continue
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        return descriptor


def _memory_limit_bytes() -> int:
    """Give what `evaluator/limits.py` sets; said again here since the server does not import the evaluator."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(2 << 30, total // 2)


def raise_descriptor_limit() -> None:
    """Allow as many descriptors as the kernel lets us: each session needs five."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _NO_FILE_LIMIT if hard == resource.RLIM_INFINITY else min(hard, _NO_FILE_LIMIT)
    if wanted > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
