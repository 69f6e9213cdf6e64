"""Names for codes, as the vocabulary gives them."""

from verbale import vocabulary


def party_name(code: str | None, words: str = "") -> str:
    """Return the name of a country, or the usual short name of an organisation; `words` are the document's for that party.

    A code that a country and an organisation share (AU: Australia and the African Union) is told by those words.
    """
    if not code:
        return ""
    country, group = vocabulary.countries().get(code), vocabulary.groups().get(code)
    if country and not (group and any(name.lstrip("=") in words for name in (*group.names, *group.bodies, group.label))):
        return country.label
    return code


def concept_name(identifier: str) -> str:
    """Return the label of a domain, or else the identifier as words: `held-over` as “Held over”."""
    concept = vocabulary.domains().get(identifier)
    if concept:
        return concept.label
    words = identifier.replace("-", " ")
    return words[:1].upper() + words[1:]
