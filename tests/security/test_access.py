"""Who may come in, and what is never followed, run or left open (rows 30 to 34)."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from tests.conftest import XREPL, Command
from tests.helpers.crash import processes_of

STRANGER = 65534
IS_ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not IS_ROOT, reason="not root: another user's access is NOT tested")
_CONNECT = """
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
s.send(b"d2:op8:describee")
print(len(s.recv(9)))
"""
_READ = """
import sys
for path in sys.argv[1:]:
    try:
        open(path, "rb").read(1)
        print("read", path)
    except OSError:
        pass
"""


def as_stranger(*command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command as a user who is nobody's."""
    prefix = ["setpriv", f"--reuid={STRANGER}", f"--regid={STRANGER}", "--clear-groups"]
    return subprocess.run([*prefix, *command], capture_output=True, text=True, timeout=20, check=False, cwd="/")


@needs_root
def test_another_user_can_neither_connect_nor_read(xrepl: Command, home: Path) -> None:
    """The directory is closed; with the directory forced open the peer's uid is refused."""
    xrepl("-e", "(set x 1)")
    files = [str(path) for path in home.rglob("*")]

    assert as_stranger("/usr/bin/python3", "-c", _READ, *files).stdout == ""
    assert as_stranger("/usr/bin/python3", "-c", _CONNECT, f"{home}/socket").returncode != 0
    home.chmod(0o777)
    (home / "socket").chmod(0o777)
    refused = as_stranger("/usr/bin/python3", "-c", _CONNECT, f"{home}/socket")
    home.chmod(0o700)

    assert refused.stdout.strip() in ("0", "")
    assert f"user {STRANGER} was refused" in (home / "log").read_text()


@needs_root
def test_home_of_another_user_is_refused_and_left_alone(xrepl: Command, tmp_path: Path) -> None:
    """A directory that somebody else made is not used, not changed, not removed."""
    squat = tmp_path / "squat"
    squat.mkdir(0o700)
    os.chown(squat, STRANGER, STRANGER)
    done = xrepl("-e", "1", XREPL_HOME=str(squat))

    assert (done.returncode, "belongs to user" in done.stderr, list(squat.iterdir())) == (1, True, [])
    assert squat.stat().st_uid == STRANGER


@needs_root
def test_another_user_s_client_is_refused(xrepl: Command, env: dict[str, str], home: Path) -> None:
    """Who is told our home is refused by its directory, and by its owner when that is forced open."""
    xrepl("-e", "(set x 1)")
    name_it = ["/usr/bin/env", "-i", f"XREPL_HOME={home}", f"PATH={env['PATH']}", XREPL, "-e", "x"]
    for mode in (0o700, 0o777):
        home.chmod(mode)
        done = as_stranger(*name_it)
        home.chmod(0o700)

        assert (done.returncode != 0, done.stdout) == (True, "")


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o777])
def test_home_that_is_open_to_others_is_refused_and_not_changed(xrepl: Command, tmp_path: Path, mode: int) -> None:
    """The message has the command that mends it; nothing is made in there."""
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(mode)
    done = xrepl("-e", "1", XREPL_HOME=str(tmp_path / "open"))

    assert (done.returncode, list((tmp_path / "open").iterdir())) == (1, [])
    assert f"chmod 700 {tmp_path / 'open'}" in done.stderr
    assert (tmp_path / "open").stat().st_mode & 0o777 == mode


def test_link_that_leads_nowhere_is_no_home(xrepl: Command, tmp_path: Path) -> None:
    """What a dangling link would lead to is not made."""
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    done = xrepl("-e", "1", XREPL_HOME=str(tmp_path / "link"))

    assert (done.returncode, (tmp_path / "nowhere").exists()) == (1, False)


@pytest.mark.parametrize("name", ["log", "start.lock", "server.lock", "socket"])
def test_link_in_the_place_of_a_file_is_not_followed(xrepl: Command, home: Path, tmp_path: Path, name: str) -> None:
    """What a link points to is neither made nor written; the client says that it cannot start."""
    target = tmp_path / "target"
    (home / name).symlink_to(target)
    done = xrepl("-e", "1")

    assert (done.returncode, target.exists(), (home / name).is_symlink()) == (1, False, True)
    assert done.stderr.startswith("xrepl: ")
    assert done.stderr.count("\n") == 1


def test_link_in_the_place_of_the_store_is_refused(xrepl: Command, home: Path, tmp_path: Path) -> None:
    """The store is not made somewhere else."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(0o755)
    (home / "store").symlink_to(elsewhere)
    done = xrepl("-e", "1")

    assert (done.returncode, list(elsewhere.iterdir())) == (1, [])


def test_file_in_the_place_of_the_socket_is_refused(xrepl: Command, home: Path) -> None:
    """What is no socket is not removed."""
    (home / "socket").write_text("mine")
    done = xrepl("-e", "1")

    assert (done.returncode, (home / "socket").read_text()) == (1, "mine")


@pytest.mark.parametrize("umask", ["000", "022", "077"])
def test_files_are_closed_whatever_the_umask(env: dict[str, str], home: Path, umask: str) -> None:
    """Every file of ours is 0600, every directory 0700."""
    script = f"umask {umask}; '{XREPL}' -e '(set x 1)' && '{XREPL}' new work"
    done = subprocess.run(["sh", "-c", script], env=env, capture_output=True, text=True, timeout=50, check=False)
    open_ones = {
        str(path): oct(path.lstat().st_mode & 0o777)
        for path in [home, *home.rglob("*")]
        if path.lstat().st_mode & 0o077
    }

    assert (done.returncode, open_ones) == (0, {})


def test_typed_secret_is_in_no_log_argument_or_environment(xrepl: Command, home: Path) -> None:
    """A form's text is in the store alone."""
    secret = "s3cr3t-t0ken-6180"
    xrepl("-", text=f'(set token "{secret}")\n(/ 1 0)\n(no-such "{secret}")\n')
    processes = [Path(f"/proc/{pid}/{part}") for pid in processes_of(home) for part in ("cmdline", "environ")]
    files = [path for path in home.rglob("*") if path.is_file() and "store" not in path.parts]
    hits = [str(path) for path in [*files, *processes] if secret.encode() in path.read_bytes()]

    assert hits == []


def test_code_in_the_current_directory_is_not_loaded(xrepl: Command, tmp_path: Path) -> None:
    """Client, server and zygote import nothing from where the client was started."""
    trap = f"open({str(tmp_path / 'sprung')!r}, 'a').write(__name__ + chr(10))\n"
    for name in ("hy", "lmdb", "msgpack", "greenlet", "sitecustomize", "json", "socket", "prompt_toolkit"):
        (tmp_path / f"{name}.py").write_text(trap)
    (tmp_path / "xrepl").mkdir()
    (tmp_path / "xrepl" / "__init__.py").write_text(trap)
    done = xrepl("-e", "(+ 1 2)", PYTHONPATH="")

    assert (done.stdout, (tmp_path / "sprung").exists()) == ("3\n", False)


def test_terminal_loads_no_code_from_the_current_directory(terminal, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Nor a configuration: only what a form imports by its own word comes from there."""
    for name in ("prompt_toolkit", "pygments", "readline", "termios", "tomllib", "asyncio"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'sprung')!r}, 'a').write(__name__)\n")
    for name in ("config.toml", "rc.lfe", ".xrepl"):
        (tmp_path / name).write_text("(set sprung 1)\n")
    (tmp_path / "wanted.py").write_text("value = 7\n")
    shell = terminal()

    assert "unbound" in shell.ask("sprung")
    assert shell.ask("(import wanted) wanted.value") == "7"
    assert not (tmp_path / "sprung").exists()


def test_there_is_no_network_listener(xrepl: Command, home: Path) -> None:
    """No process of ours has a TCP or UDP socket."""
    xrepl("-e", "1")
    sockets = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        path = Path(f"/proc/net/{table}")
        if path.exists():
            sockets |= {line.split()[9] for line in path.read_text().splitlines()[1:]}
    held = set()
    for pid in processes_of(home):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            target = os.readlink(link)
            if target.startswith("socket:["):
                held.add(target[8:-1])

    assert held & sockets == set()


def test_browser_style_request_is_closed_at_once(wire, home: Path) -> None:  # type: ignore[no-untyped-def]
    """HTTP on the socket ends that connection; nothing is evaluated."""
    sock = socket.socket(socket.AF_UNIX)
    sock.settimeout(10)
    sock.connect(f"{home}/socket")
    sock.sendall(b"POST / HTTP/1.1\r\nHost: x\r\n\r\nd4:code17:(set hacked true)2:op4:evale")
    answer = b""
    while data := sock.recv(4096):
        answer += data
    sock.close()

    assert b"protocol-error" in answer
    assert "unbound" in wire.evaluate("hacked")["xrepl/error"]


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is missing: modes at creation are NOT checked")
def test_files_are_closed_from_their_creation(env: dict[str, str], home: Path, tmp_path: Path, xrepl: Command) -> None:
    """No file is made open and closed later."""
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-qq", "-e", "trace=openat", "-o", str(trace), XREPL, "-e", "(set x 1)"]
    tracer = subprocess.Popen(["sh", "-c", 'umask 000; exec "$@"', "sh", *command], env=env, stdout=subprocess.PIPE)
    assert tracer.stdout is not None
    assert tracer.stdout.readline() == b"1\n"
    xrepl("server", "stop")  # strace follows the server and ends with it
    tracer.communicate(timeout=50)
    made = [
        line
        for line in trace.read_text().splitlines()
        if "O_CREAT" in line and str(home) in line and "= -1" not in line
    ]

    assert made != []
    assert [line for line in made if ", 0600" not in line] == []
