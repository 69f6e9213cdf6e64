"""How quick the pages are with many readers at once while an import runs, on loopback, and how much memory that takes.

    python benchmarks/service.py talks.db --readers 20 --seconds 30

The record is copied first, the service runs in a process of its own, and documents are uploaded that keep it reading all the time.
Each reader opens a page, looks at it for `--looks` seconds (0: not at all), and opens the next. Prints the median and the 95th
percentile of each kind of page, the requests, and the largest memory of the service and of the process that reads.
"""

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import httpx

from verbale import record

PORT = 8790


def addresses(path: Path, seed: int) -> dict[str, list[str]]:
    """Return addresses of each kind of page, chosen from the record."""
    chosen = random.Random(seed)
    with record.open(path) as r:
        engagements, _ = r.engagements(limit=400)
        some = chosen.sample(engagements, min(60, len(engagements)))
        pairs = [e for e in engagements if len(e.parties) == 2]
        concepts = [c for c in r.concepts() if c.kind == "domain"]
        found = {
            "home": ["/"],
            "search": [f"/search?q={w}" for w in ("minerals", "defence", "climate OR energy", "trade", "semiconductor*")],
            "document": [f"/document/{e.sources[0].document[:16]}" for e in some],
            "engagement": [f"/engagement/{e.key}" for e in some],
            "pair": sorted({f"/between/{'/'.join(e.parties)}" for e in pairs})[:20],
            "person": [f"/person/{p.key}" for p in r.people(limit=20)],
            "domain": [f"/domain/{c.concept}" for c in concepts[:12]],
            "series": [f"/series/{s.key}" for s in r.series()[:15]],
            "promises": ["/promises", "/promises?status=overdue"],
            "calendar": [f"/calendar?month={e.day[:7]}" for e in some if e.day and len(e.day) > 4],
            "review": ["/review", "/review?kind=domain"],
            "network": ["/network"],
            "about": ["/about"],
        }
    return {kind: list(of) for kind, of in found.items() if of}


def reader(
    base: str, pages: dict[str, list[str]], until: float, looks: float, seed: int, took: dict[str, list[float]], bad: list[str]
) -> None:
    """Open pages until the time is over."""
    chosen = random.Random(seed)
    with httpx.Client(base_url=base, timeout=60) as client:
        while time.monotonic() < until:
            kind = chosen.choice(list(pages))
            address = chosen.choice(pages[kind])
            began = time.monotonic()
            answer = client.get(address)
            took[kind].append(time.monotonic() - began)
            if answer.status_code != 200:
                bad.append(f"{answer.status_code} {address}")
            time.sleep(looks * chosen.uniform(0.5, 1.5))


def memory(process: int) -> dict[int, int]:
    """Return the resident memory in MiB of a process and of those that it started."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if int(fields["Pid"]) == process or int(fields["PPid"]) == process:
            found[int(fields["Pid"])] = int(fields.get("VmRSS", "0 kB").split()[0]) // 1024
    return found


def upload(base: str, path: Path) -> str:
    """Upload documents and return where their import is followed."""
    with httpx.Client(base_url=base, timeout=60) as client:
        token = client.get("/import").text.partition('name="csrf" value="')[2].partition('"')[0]
        with path.open("rb") as file:
            made = client.post("/api/v1/imports", files={"files": (path.name, file)}, headers={"x-csrf-token": token})
        return str(made.raise_for_status().headers["location"])


def invented(path: Path, n: int) -> None:
    """Write invented documents that take a while to read."""
    lines = []
    for i in range(n):
        text = f"Ministers of Iceland and Malta met on {1 + i % 28} May 2023 and discussed trade, fisheries and item {i}. " * 12
        lines.append(json.dumps({"title": f"Talks {i}", "text": text, "published": "2023-06-01"}))
    path.write_text("\n".join(lines))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("record", type=Path)
    options.add_argument("--readers", type=int, default=20)
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--looks", type=float, default=1.0)
    options.add_argument("--warm", action="store_true", help="open every page once before")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "talks.db"
        shutil.copy(given.record, copy)
        pages = addresses(copy, 1)
        invented(Path(folder) / "many.jsonl", 4000)
        command = [sys.executable, "-m", "verbale", "serve", "--record", str(copy), "--port", str(PORT)]
        service = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            run(f"http://127.0.0.1:{PORT}", service.pid, Path(folder) / "many.jsonl", pages, given)
        finally:
            service.terminate()
            service.wait(20)


def run(base: str, process: int, documents: Path, pages: dict[str, list[str]], given: Any) -> None:
    """Let the readers read while an import runs, and print the figures."""
    for _ in range(200):
        try:
            httpx.get(base + "/about", timeout=10)
            break
        except httpx.TransportError:
            time.sleep(0.2)
    if given.warm:
        with httpx.Client(base_url=base, timeout=60) as client:
            for address in (a for of in pages.values() for a in of):
                client.get(address)
    follow = upload(base, documents)
    until = time.monotonic() + given.seconds
    took: dict[str, list[float]] = defaultdict(list)
    bad: list[str] = []
    readers = [threading.Thread(target=reader, args=(base, pages, until, given.looks, seed, took, bad)) for seed in range(given.readers)]
    for one in readers:
        one.start()
    most: dict[str, int] = {"service": 0, "import": 0}
    while any(one.is_alive() for one in readers):
        for pid, size in memory(process).items():
            kind = "service" if pid == process else "import"
            most[kind] = max(most[kind], size)
        time.sleep(0.5)
    state = httpx.get(base + follow, timeout=60).json()
    everything = [t for times in took.values() for t in times]
    print(f"{'page':<12}{'requests':>9}{'median ms':>11}{'p95 ms':>9}")
    for kind, times in [*sorted(took.items()), ("all", everything)]:
        ordered = sorted(times)
        print(f"{kind:<12}{len(times):>9}{1000 * statistics.median(times):>11.0f}{1000 * ordered[int(0.95 * (len(ordered) - 1))]:>9.0f}")
    print(f"{given.readers} readers, {len(everything) / given.seconds:.1f} pages a second, {len(bad)} not answered with 200 {bad[:3]}")
    print(f"import: {state['status']}, {state['stored']} documents stored meanwhile")
    print(f"memory: service {most['service']} MiB, import {most['import']} MiB")


if __name__ == "__main__":
    main()
