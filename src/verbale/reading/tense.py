"""Whether the sentence around some words looks ahead or back."""

import re
from functools import cache
from typing import Literal

from verbale.errors import VocabularyError
from verbale.vocabulary import files

Tense = Literal["ahead", "behind", "reported"]
"""Ahead; behind; or a verb in the past whose object may lie on either side ("discussed the summit in June")."""

_TENSES: dict[str, Tense] = {"ahead": "ahead", "behind": "behind", "reported": "reported"}
_REACH = 160  # characters in which a cue is looked for on either side
_END = re.compile(r"[!?\n;]|(?<![A-Z])\.(?=[\s”\"])")


def tense_at(text: str, start: int, end: int) -> Tense | None:
    """Return where the sentence around `text[start:end]` looks: the cue nearest before, else the nearest after, counts."""
    cue = _cues()
    before = text[max(0, start - _REACH) : start]
    stops = [stop.end() for stop in _END.finditer(before)]
    sentence = before[stops[-1] :] if stops else before
    cues = [str(found.lastgroup) for found in cue.finditer(sentence)]
    if set(cues) <= {"purpose"}:
        after = text[end : end + _REACH]
        stop_after = _END.search(after)
        cues = [str(found.lastgroup) for found in cue.finditer(after[: stop_after.start()] if stop_after else after)][:1]
    # "met to discuss the summit in June" has met, but the summit may lie ahead; "will travel to attend" looks ahead all the same.
    bearing = next((key for key in reversed(cues) if key != "purpose"), None)
    return "reported" if bearing == "behind" and cues[-1] == "purpose" else _TENSES.get(str(bearing))


@cache
def _cues() -> re.Pattern[str]:
    name = "tense.yaml"
    raw = files.read(name)
    if not isinstance(raw, dict):
        raise VocabularyError(f"{name} must hold two lists, ahead and behind")
    groups = []
    for key in ("ahead", "behind"):
        words = sorted(files.texts(raw.get(key), f"{name}: {key}"), key=len, reverse=True)
        forms = "|".join(re.escape(word).replace("\\ ", r"\s") for word in words)
        groups.append(rf"(?P<{key}>{forms})" if key == "ahead" else rf"(?P<{key}>(?<!\bbe\s)(?:{forms}))")  # what will be held is not past
    reported = r"(?P<reported>(?<!\bbe\s)(?:said|told|has|have|had|\w{2,}ed))"
    return re.compile(rf"\b(?:{'|'.join(groups)}|{reported})\b|\b(?P<purpose>(?-i:to\s[a-z]))", re.IGNORECASE)
