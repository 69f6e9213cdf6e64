"""The regular inflections of English verbs."""

_VOWELS = "aeiou"
# The irregular verbs that the vocabularies use as first words of a phrase; a list may give further forms of its own.
_IRREGULAR = {
    "speak": ("spoke", "spoken", "speaking"),
    "grow": ("grew", "grown", "growing"),
    "build": ("built", "building"),
    "begin": ("began", "begun", "beginning"),
    "set": ("set", "setting"),
    "step": ("stepped", "stepping"),
    "ramp": ("ramped", "ramping"),
    "drive": ("drove", "driven", "driving"),
    "stand": ("stood", "standing"),
    "keep": ("kept", "keeping"),
    "take": ("took", "taken", "taking"),
    "commit": ("committed", "committing"),
    "refer": ("referred", "referring"),
    "put": ("put", "putting"),
    "found": ("founded", "founding"),
    "seek": ("sought", "seeking"),
    "fulfil": ("fulfilled", "fulfilling"),
    "focus": ("focused", "focussed", "focusing", "focussing"),
    "uphold": ("upheld", "upholding"),
}


def inflections(verb: str, irregular: tuple[str, ...] | list[str] = ()) -> tuple[str, ...]:
    """Return the forms of a verb, base form first; a verb of several words is inflected at its first word.

    Args:
        verb: the base form.
        irregular: its forms where the rules do not give them; these then stand alone beside the base form.
    """
    if irregular:
        return tuple(dict.fromkeys([verb, *irregular]))
    word, _, rest = verb.partition(" ")
    forms = [word, *_present(word), *_past(word)]
    return tuple(dict.fromkeys(f"{f} {rest}" if rest else f for f in forms))


def _present(word: str) -> list[str]:
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return [word + "es"]
    if word[-1] == "y" and word[-2] not in _VOWELS:
        return [word[:-1] + "ies"]
    return [word + "s"]


def _past(word: str) -> list[str]:
    if word in _IRREGULAR:
        return list(_IRREGULAR[word])
    if word.endswith("ee"):
        return [word + "d", word + "ing"]
    if word[-1] == "e":
        return [word + "d", word[:-1] + "ing"]
    if word[-1] == "y" and word[-2] not in _VOWELS:
        return [word[:-1] + "ied", word + "ing"]
    # "signalled" and "signaled", "channelled" and "channeled": both spellings.
    if word.endswith(("al", "el")) and word not in ("appeal", "repeal", "conceal", "reveal", "heal"):
        return [word + "ed", word + "ing", word + "led", word + "ling"]
    return [word + "ed", word + "ing"]
