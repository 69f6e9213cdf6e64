"""Kill a run of `add` at random moments and compare what it ends with to an unbroken run.

    python benchmarks/record/kills.py RECORD [KILLS] [DOCUMENTS]

RECORD is a file that does not exist yet, or the URL of an empty PostgreSQL database.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from synthetic import readings

from verbale import record


def run(where: str, count: int) -> None:
    """Add documents with a reader that takes a little time, as readers do."""
    known = {r.document.id: r for r in readings(count)}

    def read(documents):
        time.sleep(0.02)
        return [known[d.id] for d in documents]

    with record.open(where) as r:
        print("ready", flush=True)
        r.add((x.document for x in known.values()), read, batch=16)
        print(r.digest(), flush=True)


def main() -> None:
    """Run, kill, run again."""
    if sys.argv[1] == "--run":
        run(sys.argv[2], int(sys.argv[3]))
        return
    where = sys.argv[1]
    kills, count = (int(a) if a else d for a, d in zip([*sys.argv[2:], "", ""], (50, 2000), strict=False))
    began = time.monotonic()
    with record.open("sqlite:///:memory:") as r:
        r.add(readings(count))
        wanted = r.digest()
    rng, done = random.Random(7), 0
    for _ in range(kills):
        process = subprocess.Popen([sys.executable, __file__, "--run", where, str(count)], stdout=subprocess.PIPE, text=True)
        assert process.stdout
        process.stdout.readline()
        time.sleep(rng.uniform(0, 1.0))
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            done += 1
        process.wait()
    with record.open(where) as r:
        held = r.stats().documents
    last = subprocess.run([sys.executable, __file__, "--run", where, str(count)], capture_output=True, text=True, check=True)
    same = last.stdout.split()[-1] == wanted
    print(f"{done} of {kills} runs killed, {held} of {count} documents held after them; digest {'the same' if same else 'DIFFERENT'}")
    print(f"{time.monotonic() - began:.0f} s")
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
