"""The notebooks of the documentation show what they show when run now."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_the_notebooks_still_show_the_same() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks/notebooks.py"), "--check"], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
