"""What the encoder gives for each word piece: the names, order and labels of its outputs, shared by training and reading."""

from typing import get_args

from verbale.findings import EngagementKind, Stage, Status

# Tags of the sequence heads, B- and I- pairs after O.
ATTRIBUTION = ("source", "cue", "content")
COMMITMENT = ("commitment",)
ENTITY = ("delegate", "person", "office", "place", "series")

KINDS: tuple[EngagementKind, ...] = get_args(EngagementKind)
STATUSES: tuple[Status, ...] = get_args(Status)
STAGES: tuple[Stage, ...] = get_args(Stage)

# The arcs: for each a query of 64 numbers at one end and a key of 64 at the other; their product scores the pair.
ARCS = ("content to cue", "cue to source", "content to source")
ARC_SIZE = 64


def tags(names: tuple[str, ...]) -> int:
    """Count the tags of a sequence head: O, and B and I for each name."""
    return 1 + 2 * len(names)


def heads(domains: int, situations: int) -> dict[str, int]:
    """Width of each head over a word piece, in the order in which the encoder lays them side by side.

    `attribution` follows PolNeAR, `statement` the guidelines of the record; `domain` and `situation` are concepts, of which
    the model was taught so many, after a first label for none; `party` and `date` say of the mention of a country,
    organisation or date whether it is a side, or the day, of a principal engagement.
    """
    return {
        "attribution": tags(ATTRIBUTION),
        "statement": tags(ATTRIBUTION),
        "commitment": tags(COMMITMENT),
        "entity": tags(ENTITY),
        "domain": 1 + domains,
        "stage": len(STAGES),
        "situation": 1 + situations,
        "party": 1,
        "date": 1,
    }


# Over the first window of a document: is it about talks, kinds and statuses of its principal engagements.
DOCUMENT = ("about_talks", *KINDS, *STATUSES)
