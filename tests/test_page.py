"""Readings as pages: nothing of the text is lost, nothing that it says can act, and every finding is there."""

import io
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

import sample
from verbale.document import Document, Span
from verbale.findings import Commitment, Domain, Engagement, Figure, OpenDomain, Party, Reading, Situation, Speaker, Statement
from verbale.page import print_reading, render_html
from verbale.page.marks import edges, marks

HOSTILE = """<script>alert(1)</script> & "friends" of 'Ghana'

</p></main><img src=x onerror=alert(2)> said “&lt;b&gt;&amp;” {{ 7 * 7 }} {% raw %}

<style>body{display:none}</style><a href="javascript:alert(3)">Norway</a> -->]]> met."""


class Page(HTMLParser):
    """What a browser would see: the tags, and the paragraphs of the document."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.paragraphs: list[str] = []
        self.words: list[str] = []
        self._inside = ""
        self._silent = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._silent += tag in ("script", "style")
        if tag == "main":
            self._inside = "main"
        if self._inside and tag in ("p", "h1"):
            self.paragraphs.append("")

    def handle_endtag(self, tag):
        self._silent -= tag in ("script", "style")
        if tag == "main":
            self._inside = ""

    def handle_data(self, data):
        if self._inside and self.paragraphs and data != "\n":
            self.paragraphs[-1] += data
        if not self._silent:
            self.words.append(data)


def everything_at(text: str, spans: list[Span], words: str = "x") -> Reading:
    """A reading whose findings all lie at the given places, with the given words in every field that a document can fill."""
    at = tuple(spans)
    speaker = Speaker(words, words, words)
    engagement = Engagement("meeting", "held", True, (Party(words, at),), None, None, None, (), at)
    return Reading(
        Document(text, title=text.split("\n\n", maxsplit=1)[0], published=words, url=words, publisher=words, language=words),
        True,
        engagements=(engagement,),
        domains=(Domain(words, words, "explored", at, 0.3),),
        open_domains=(OpenDomain(words, (words,), "explored", at),),
        situations=(Situation(words, words, words, at),),
        statements=tuple(Statement(speaker, s, s, (s,), "direct", 0.5, words, True, s) for s in spans),
        commitments=(Commitment((words,), (words,), words, at),),
        figures=(Figure(1.5, words, ">", at),),
        reader=words,
    )


def printed(reading: Reading, **options) -> str:
    file = io.StringIO()
    print_reading(reading, Console(file=file, markup=False, emoji=False, highlight=False, width=100, **options))
    return file.getvalue()


def test_the_page_holds_every_finding_with_a_link_to_its_words():
    page = Page(render_html(sample.reading()))
    words = " ".join("".join(page.words).split())
    for wanted in ("Norway", "Ghana", "2024-05-07", "Accra", "Ocean Dialogue, no. 1", "Astrid Nygaard", "fisheries minister",
                   "Maritime security", "explored", "Africa", "unsure: 0.42", "more than 300,000,000 USD", "by 2024"):  # fmt: skip
        assert wanted in words
    assert "“We will train forty officers of the Ghanaian navy this year”" in words
    identifiers = [a["id"] for _, a in page.tags if "id" in a]
    links = {a["href"] for tag, a in page.tags if tag == "a" and (a["href"] or "").startswith("#")}
    assert len(identifiers) == len(set(identifiers))
    assert {link[1:] for link in links} <= set(identifiers)


def test_subjects_outside_the_vocabulary_are_a_layer_of_their_own():
    raw = sample.raw()
    words = sample.span("Trade in fish")
    raw["open_domains"] = [{"phrase": "trade in fish", "nearest": ["agriculture"], "stage": "explored", "spans": [words]}]
    reading = Reading.from_dict(raw)
    html = render_html(reading)
    place = f"open-domains-{words['start']}-{words['end']}"
    assert f'id="{place}"' in html and f'href="#{place}"' in html and 'id="show-open-domains" checked>' in html
    assert "Trade in fish explored Agriculture" in " ".join(" ".join(Page(html).words).split())
    assert "[U Trade in fish]" in printed(reading) and "Trade in fish · explored · near Agriculture" in printed(reading)


def test_stance_negation_and_occasion_are_shown():
    raw = sample.raw()
    raw["statements"][0] |= {"stance": "promising", "negated": True, "occasion": sample.span("in Accra")}
    reading = Reading.from_dict(raw)
    html = " ".join("".join(Page(render_html(reading)).words).split())
    assert "not: said direct, promising, in Accra" in html
    assert "not: said · “We will train" in printed(reading) and "(direct, promising, in Accra)" in printed(reading)
    assert "(indirect)" in printed(reading)  # that a cue only reports goes without saying
    assert "[O in [W Accra]]" in printed(reading)


def test_a_document_about_something_else_says_so_on_both_pages():
    reading = Reading(Document("Rain expected"), False, 0.98)
    assert "does not report talks" in render_html(reading)
    assert "Not about talks between governments." in printed(reading)


def test_a_hostile_document_is_inert():
    spans = [Span(0, len(HOSTILE)), Span(3, 30), Span(20, 90), Span(60, 61)]
    html = render_html(everything_at(HOSTILE, spans, HOSTILE))
    page = Page(html)
    own = Page(render_html(sample.reading()))
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in own.tags} | {"a", "b", "time"}
    assert sum(tag == "script" for tag, _ in page.tags) == 1 and sum(tag == "style" for tag, _ in page.tags) == 1
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert all((a.get("href") or "#").startswith("#") for _, a in page.tags)  # its address is none of the web
    assert "49" not in re.findall(r"\b49\b", "".join(page.paragraphs))  # template syntax is only words
    assert page.paragraphs == HOSTILE.split("\n\n")


def test_a_policy_allows_only_the_style_and_script_of_the_page():
    html = render_html(sample.reading())
    policy = next(a["content"] for _, a in Page(html).tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'") and policy.count("sha256-") == 2
    assert "unsafe" not in policy and 'src="' not in html and "@import" not in html and "url(" not in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[", "//x", "JAVASCRIPT:x"])
def test_only_an_address_of_the_web_is_linked(url):
    html = render_html(Reading(Document("Text", url=url), True))
    assert not [a for tag, a in Page(html).tags if tag == "a" and not a["href"].startswith("#")]


# Letters, white space, and what means something to HTML, to Jinja or to a terminal; brackets are left out, for the terminal uses them.
TEXTS = st.lists(st.text("ab é文😀<>&\"'{}%#/=\n", min_size=1, max_size=30), min_size=1, max_size=4).map(
    lambda parts: "\n\n".join(p for p in (" ".join(re.sub(r"\n+", " ", part).split()) for part in parts) if p) or "a"
)


@st.composite
def marked_texts(draw):
    text = draw(TEXTS)
    starts = draw(st.lists(st.integers(0, len(text) - 1), max_size=6))
    return text, [Span(s, draw(st.integers(s + 1, len(text)))) for s in starts]


@settings(deadline=None)
@given(marked_texts())
def test_all_text_is_kept_however_findings_cross(case):
    text, spans = case
    reading = everything_at(text, spans)
    assert Page(render_html(reading)).paragraphs == text.split("\n\n")
    plain = printed(reading).partition("[F figure]\n\n")[2]
    assert re.sub(r"\[[A-Z] |\]", "", plain).rstrip("\n") == text.rstrip("\n")


@given(marked_texts())
def test_marks_are_cut_so_that_each_lies_inside_or_outside_another(case):
    text, spans = case
    found = marks(everything_at(text, spans))
    open_, begun, at = [], set(), 0
    for edge in edges(found, 0, len(text)):
        assert edge.at >= at
        at = edge.at
        if edge.opens:
            assert edge.first == (edge.mark not in begun)
            begun.add(edge.mark)
            open_.append(edge.mark)
        else:
            assert open_.pop() is edge.mark
    assert not open_ and begun == set(found)


def test_a_terminal_is_told_no_control_characters_of_the_document():
    text = "Title\n\nBell \x07 and \x1b[31mred\x1b[0m and \x9b2J said"
    reading = everything_at(text, [Span(0, len(text))], "\x1b]0;owned\x07")
    for shown in (printed(reading), printed(reading, no_color=True, force_terminal=True)):
        assert not re.search(r"[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]", shown)
        assert "\x1b]" not in shown and "\x1b[31m" not in shown


def test_colour_marks_the_words_and_keeps_them():
    shown = printed(sample.reading(), force_terminal=True, color_system="standard")
    assert "\x1b[" in shown and "[P Norway]" not in shown
    words = re.sub(r"\s+", " ", re.sub(r"\x1b\[[0-9;]*m", "", shown))
    assert re.sub(r"\s+", " ", sample.BODY) in words
