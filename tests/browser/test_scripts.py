"""What the screens work out by themselves, tested by node's own test runner."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_tests_of_the_scripts_pass() -> None:
    scripts = sorted(str(path) for path in (ROOT / "tests/browser/js").glob("*.test.js"))
    assert scripts

    done = subprocess.run(["node", "--test", *scripts], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr
