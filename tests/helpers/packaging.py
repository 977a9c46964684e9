"""What the tests of packages share: a copy of the checkout, and commands that must succeed."""

import shutil
import subprocess
from pathlib import Path

from tests.conftest import ROOT

BUILD_TIMEOUT_S = 300.0


def run(command: list[str], **options: object) -> str:
    """Run a command that must succeed; give what it printed."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=BUILD_TIMEOUT_S, check=False, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return str(done.stdout)


def copied(target: Path) -> Path:
    """Copy the checkout, without what it makes itself."""
    ignored = shutil.ignore_patterns(".venv", ".git", "__pycache__", "*.egg-info", "build", ".*_cache", ".setup.*")
    shutil.copytree(ROOT, target, ignore=ignored)
    return target
