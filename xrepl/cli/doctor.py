"""`xrepl doctor`: looks at what xrepl needs, and says for each finding what to do.  Changes nothing, starts nothing."""

from __future__ import annotations

import importlib.metadata
import os
import resource
import shutil
import site
import sys
from collections.abc import Iterator
from typing import NamedTuple

from xrepl import __version__
from xrepl.cli.options import Options
from xrepl.client.connect import connect
from xrepl.client.output import write
from xrepl.config import check_directory, home_path
from xrepl.errors import ServerGone, XreplError

GOOD, NOTE, BAD = "ok", "note", "bad"
_NEEDED = ("hy", "prompt_toolkit", "lmdb", "msgpack", "greenlet")
_DESCRIPTORS_OF_A_SESSION = 5
_FEW_DESCRIPTORS = 1000 * _DESCRIPTORS_OF_A_SESSION + 96
_STACK_BYTES = 1 << 30
_LITTLE_ROOM_BYTES = 100 << 20


class Finding(NamedTuple):
    """One thing that was looked at: how it is, what it is, and what to do about it."""

    state: str
    what: str
    step: str = ""


def run(options: Options) -> int:
    """Look at everything; give 1 if something is bad, else 0."""
    # bin/xrepl starts without the installed packages
    site.main()
    found = [*_versions(), *_home(), *_store(), *_terminal(), *_limits()]
    if options.is_json:
        import json

        write(json.dumps([finding._asdict() for finding in found]) + "\n")
    else:
        for finding in found:
            step = f"\n      {finding.step}" if finding.step else ""
            write(f"{finding.state:4}  {finding.what}{step}\n")
    return 1 if any(finding.state == BAD for finding in found) else 0


def _versions() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(GOOD, f"xrepl {__version__}, Python {version} at {sys.executable}")
    for package in _NEEDED:
        try:
            yield Finding(GOOD, f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            yield Finding(BAD, f"{package} is not installed", f"{sys.executable} -m pip install {package}")


def _home() -> Iterator[Finding]:
    path = home_path()
    try:
        check_directory(path)
    except FileNotFoundError:
        yield Finding(NOTE, f"{path} is not there yet", "the first start makes it")
        return
    except XreplError as problem:
        yield Finding(BAD, problem.message, problem.hint)
        return
    yield Finding(GOOD, f"{path} is yours and closed to others")
    open_files = [name for name in sorted(os.listdir(path)) if os.lstat(f"{path}/{name}").st_mode & 0o077]
    for name in open_files:
        yield Finding(BAD, f"{path}/{name} is open to others", f"chmod go= {path}/{name}")
    free = shutil.disk_usage(path).free
    if free < _LITTLE_ROOM_BYTES:
        yield Finding(NOTE, f"only {free >> 20} MB are free for {path}", "make room: a full disk stops evaluations")


def _store() -> Iterator[Finding]:
    home = home_path()
    if not os.path.isdir(home):
        return
    try:
        connection = connect(home, is_starting=False)
    except ServerGone:
        yield Finding(NOTE, "no server is running", "the next evaluation starts one")
        yield from _store_on_disk(home)
        return
    except XreplError as problem:
        yield Finding(BAD, problem.message, problem.hint)
        return
    status = connection.request({"op": "xrepl/server-status"})
    yield Finding(GOOD, f"the server is running (process {status.get('server')})")
    found = connection.request({"op": "xrepl/store-check"}).get("xrepl/findings")
    yield from _judged([str(one) for one in found] if isinstance(found, list) else [])


def _store_on_disk(home: str) -> Iterator[Finding]:
    from xrepl.store import maintenance

    if not os.path.isdir(f"{home}/store"):
        return
    try:
        yield from _judged([str(one) for one in maintenance.check(home)])
    except XreplError as problem:
        yield Finding(BAD, problem.message, problem.hint)


def _judged(findings: list[str]) -> Iterator[Finding]:
    if not findings:
        yield Finding(GOOD, "the store is whole")
    for text in findings:
        yield Finding(BAD, f"store: {text}", "xrepl store backup FILE keeps what there is; see docs/reliability.md")


def _terminal() -> Iterator[Finding]:
    if not sys.stdout.isatty():
        yield Finding(NOTE, "standard output is no terminal")
        return
    name = os.environ.get("TERM", "")
    if name in ("", "dumb"):
        yield Finding(NOTE, f"TERM is {name or 'not set'}: a plain prompt", "set TERM to what your terminal is")
    else:
        yield Finding(GOOD, f"terminal {name}" + (", NO_COLOR is set" if os.environ.get("NO_COLOR") else ""))
    if "utf" not in (sys.stdout.encoding or "").lower():
        yield Finding(NOTE, f"the terminal's encoding is {sys.stdout.encoding}", "set LANG to a UTF-8 locale")


def _limits() -> Iterator[Finding]:
    _, files = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files != resource.RLIM_INFINITY and files < _FEW_DESCRIPTORS:
        step = f"raise the hard limit (ulimit -Hn): a session takes {_DESCRIPTORS_OF_A_SESSION} descriptors"
        yield Finding(
            NOTE,
            f"at most {files // _DESCRIPTORS_OF_A_SESSION} sessions at a time: {files} open files are allowed",
            step,
        )
    else:
        yield Finding(GOOD, "open files: enough for a thousand sessions")
    _, stack = resource.getrlimit(resource.RLIMIT_STACK)
    if stack != resource.RLIM_INFINITY and stack < _STACK_BYTES:
        step = "raise the hard limit (ulimit -Hs): very deep recursion ends the evaluator otherwise"
        yield Finding(NOTE, f"the stack is limited to {stack >> 20} MB", step)
    else:
        yield Finding(GOOD, "stack: enough for deep recursion")
