"""The regular inflections of English verbs."""

_VOWELS = "aeiou"


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
