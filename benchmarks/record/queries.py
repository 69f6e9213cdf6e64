"""Time every question on a record of synthetic documents.

    python benchmarks/record/queries.py RECORD DOCUMENTS [ROUNDS]

Fills RECORD first where it is empty: see `bulk.py`.
"""

import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from bulk import fill
from synthetic import PARTIES, WORDS, person, readings

from verbale import record
from verbale.vocabulary import domains


def questions(r: record.Record, rng: random.Random) -> dict[str, Callable[[], object]]:
    """Return each question about parties, people and words drawn at random."""
    one, two = rng.sample(PARTIES, 2)
    who = person(one, rng.randrange(5), rng.randrange(1990, 2020))
    word, rare = WORDS[rng.randrange(20, 500)], WORDS[rng.randrange(4000, 8000)]
    subject = rng.choice(list(domains()))
    held = r.timeline([one, two])
    key = held[len(held) // 2].key
    titles = [held[0].sources[0].document, held[-1].sources[0].document]
    promise = r.promises([one, two])[0].key
    return {
        "timeline": lambda: r.timeline([one, two], since="2010"),
        "ledger": lambda: r.ledger([one, two]),
        "new": lambda: r.new([one, two], key),
        "compare": lambda: r.compare(*titles),
        "accounts": lambda: r.accounts(key),
        "said, person and subject": lambda: r.said(who, about=subject, limit=50),
        "said, subject": lambda: r.said(about=subject, limit=50),
        "promises": lambda: r.promises([one, two], status="open"),
        "evidence": lambda: r.evidence(promise),
        "said, word": lambda: r.said(about=str(rng.randrange(99999)), limit=50),
        "search, phrase and filter": lambda: r.search(f'"strategic dialogue" {word}', parties=[one, two], limit=20),
        "search, rare word": lambda: r.search(rare, limit=20),
        "search, usual word": lambda: r.search(word, limit=20),
        "search, one in every text": lambda: r.search("dialogue OR met", limit=20),
        "people": lambda: r.people(limit=50),
        "people, one": lambda: r.people(who),
        "network, pair": lambda: r.network([one, two]),
        "network, one": lambda: r.network([one]),
    }


def main() -> None:
    """Fill the record and time the questions."""
    where, count = sys.argv[1], int(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    with record.open(where) as r:
        if not r.people(limit=1):
            fill(r, count)
        more = list(readings(10, seed=time.time_ns()))
        began = time.monotonic()
        print(f"{r.add(more).stored} more documents added in {time.monotonic() - began:.1f} s")
        rng, times = random.Random(3), dict[str, list[float]]()
        for _ in range(rounds):
            for name, ask in questions(r, rng).items():
                start = time.perf_counter()
                ask()
                times.setdefault(name, []).append(1000 * (time.perf_counter() - start))
    print(f"{'question':<28}{'median ms':>10}{'p95 ms':>10}")
    for name, taken in times.items():
        taken.sort()
        print(f"{name:<28}{statistics.median(taken):>10.0f}{taken[min(len(taken) - 1, int(0.95 * len(taken)))]:>10.0f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main()
