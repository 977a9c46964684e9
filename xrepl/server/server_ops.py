"""The ops on the server itself: its processes, its end."""

from __future__ import annotations

import os

from xrepl.server.dispatch import Request, op


@op("xrepl/server-status")
def status(request: Request) -> None:
    """Tell the server's processes by role."""
    sessions = request.sessions
    zygote, spares = sessions.supervisor.pids()
    evaluators = {live.title: live.link.child.pid for live in sessions.live.values() if live.link is not None}
    request.done(
        {
            "server": os.getpid(),
            "zygote": zygote,
            "spares": spares,
            "evaluators": evaluators,
            "clients": request.server.client_count,
        }
    )


@op("xrepl/server-stop")
def stop(request: Request) -> None:
    """Stop the server."""
    request.done()
    request.server.stop()
