"""Web pages."""

import pytest

from verbale.errors import IntakeError
from verbale.intake import read_bytes

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Ministers meet in Lima | Example Gazette</title>
<meta property="og:title" content="Ministers meet in Lima"><meta property="og:site_name" content="Example Gazette">
<meta property="article:published_time" content="2024-05-03T09:15:00+02:00">
<link rel="canonical" href="https://gazette.example/world/lima-talks"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><div class="banner">Subscribe now for one euro</div>
<main><article><h1>Ministers meet in Lima</h1>
<figure><img src="a.jpg" alt="x"><figcaption>The ministers shake hands. Photo: Someone</figcaption></figure>
<p>The foreign ministers of Peru and Norway met in Lima on Friday to discuss trade in fish meal and the
protection of forests, officials said in a statement.</p>
<p>“We have agreed on a work plan,” the Peruvian minister told reporters after the talks, which lasted <b>three</b> hours and
ended with a dinner for both dele&shy;gations.</p>
<h2>Forests</h2>
<ul><li>Norway will pay 50 million dollars over five years into a fund for forests.</li><li>Peru will publish maps.</li></ul>
<blockquote>We look forward to the next round in Oslo, said the Norwegian minister in a short remark to the press.</blockquote>
</article></main>
<aside>Most read: ten recipes</aside><footer>© 2024 Example Gazette. All rights reserved. Cookies</footer></body></html>"""


def one(page: str, encoding: str = "utf-8"):
    (document,) = read_bytes(page.encode(encoding))
    return document


def test_the_article_alone_is_read():
    text = one(PAGE).text
    assert text.startswith("Ministers meet in Lima\n\nThe foreign ministers of Peru and Norway met in Lima on Friday to discuss")
    assert "which lasted three hours and ended with a dinner for both delegations." in text
    assert "Forests\n\nNorway will pay 50 million dollars over five years into a fund for forests.\n\nPeru will publish maps." in text
    for other in ("Home", "Subscribe", "shake hands", "recipes", "Cookies"):
        assert other not in text


def test_the_page_says_when_where_and_by_whom():
    document = one(PAGE)
    assert document.kind == "html"
    assert document.title == "Ministers meet in Lima"
    assert document.published == "2024-05-03T09:15:00+02:00"
    assert document.url == "https://gazette.example/world/lima-talks"
    assert document.publisher == "Example Gazette"
    assert document.language == "en-GB"


def test_the_time_of_publication_is_found_in_linked_data():
    linked = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2024-05-03T21:00:00+05:30"}]}</script>'
    )
    page = PAGE.replace('<meta property="article:published_time" content="2024-05-03T09:15:00+02:00">', linked)
    assert one(page).published == "2024-05-03T21:00:00+05:30"


def test_the_publisher_of_a_known_host_needs_no_naming():
    page = PAGE.replace("gazette.example", "www.regjeringen.no").replace('<meta property="og:site_name" content="Example Gazette">', "")
    page = page.replace(" | Example Gazette", "")
    assert one(page).publisher == "Government of Norway"


def test_the_declared_encoding_is_believed():
    page = PAGE.replace('charset="utf-8"', 'charset="iso-8859-2"').replace("the Peruvian minister", "minister Wałęsa of Łódź")
    page = page.replace("“", '"').replace("”", '"').replace("©", "")
    assert "minister Wałęsa of Łódź told" in one(page, "iso-8859-2").text


def test_a_page_too_short_to_judge_is_read_whole_but_for_its_navigation():
    document = one("<html><head><title>Lima</title></head><body><nav>Home</nav><p>They met.</p><p>They<br>left.</p></body></html>")
    assert "They met." in document.text and "Home" not in document.text


def test_xhtml_with_a_declaration_is_read():
    page = '<?xml version="1.0" encoding="UTF-8"?>\n' + PAGE
    assert "The foreign ministers of Peru" in one(page).text


def test_the_same_page_reads_the_same_twice():
    assert one(PAGE) == one(PAGE)


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><script>let x = 1</script></body></html>", "<!doctype html><p></p>"])
def test_a_page_without_text_is_an_error(page):
    with pytest.raises(IntakeError, match=r"no text|no readable HTML"):
        one(page)
