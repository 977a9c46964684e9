"""Measures an ipykernel, as JSON; run with the Python of an environment that has ipykernel and jupyter_client."""

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from jupyter_client.manager import start_new_kernel  # type: ignore[import-not-found]


def time_ms(job: Callable[[], object]) -> float:
    """Do a job and give how long it took, in ms."""
    start = time.perf_counter()
    job()
    return (time.perf_counter() - start) * 1000


def memory_mb(pid: int) -> float:
    """Give a process's part of the memory, in MB."""
    found = re.search(r"^Pss: +(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    """Measure and print everything."""
    start = time.perf_counter()
    manager, client = start_new_kernel(kernel_name="python3")

    def evaluate() -> None:
        client.execute_interactive("1 + 2", timeout=20, output_hook=lambda _: None)

    evaluate()
    found = {"create": (time.perf_counter() - start) * 1000}
    found["round trip"] = statistics.median(time_ms(evaluate) for _ in range(100))
    found["memory"] = memory_mb(manager.provisioner.pid)

    def kill_and_wait() -> None:
        os.kill(manager.provisioner.pid, signal.SIGKILL)
        manager.restart_kernel(now=True)
        client.wait_for_ready(timeout=20)
        evaluate()

    found["restart"] = statistics.median(time_ms(kill_and_wait) for _ in range(3))
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    command = [str(Path(sys.executable).with_name("ipython")), "-c", "1 + 2"]
    found["command"] = statistics.median(
        time_ms(lambda: subprocess.run(command, capture_output=True, check=True)) for _ in range(3)
    )
    print(json.dumps(found))


if __name__ == "__main__":
    main()
