"""A spaCy component that fills `doc._.attributions` and `doc.spans["attributions"]`, for those whose work stands on spaCy."""

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from verbale.findings import Attribution
from verbale.reading import attributions

# Kept as plain objects, which spaCy can store and send to another process; `doc._.attributions` makes them findings again.
_KEY = "verbale_attributions"


@Language.factory("verbale_attributions")
def make(nlp: Language, name: str) -> "Attributions":
    """Make the component, as `nlp.add_pipe("verbale_attributions")` does."""
    return Attributions()


class Attributions:
    """Finds who said what; needs nothing of the pipeline but its tokens."""

    def __init__(self) -> None:
        if not Doc.has_extension("attributions"):
            Doc.set_extension("attributions", getter=_kept)

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc._.attributions` (spans in characters of `doc.text`) and the group `attributions` of token spans.

        Labels in the group are SOURCE, CUE and CONTENT; a span that begins inside a token is widened to the token.
        """
        found = attributions(doc.text)
        doc.user_data[_KEY] = msgspec.to_builtins(found)
        made = []
        for number, one in enumerate(found):
            for role in ("source", "cue", "content"):
                for span in getattr(one, role):
                    placed = doc.char_span(span.start, span.end, label=role.upper(), span_id=str(number), alignment_mode="expand")
                    if placed is not None:
                        made.append(placed)
        doc.spans["attributions"] = made
        return doc


def _kept(doc: Doc) -> tuple[Attribution, ...]:
    return msgspec.convert(doc.user_data.get(_KEY, ()), tuple[Attribution, ...])
