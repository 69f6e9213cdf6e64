"""Publishers by host, and times of publication in their many forms."""

from datetime import UTC, date, datetime

import pytest

from verbale.intake import Publisher, publisher_named, publisher_of
from verbale.intake.publishers import publishers
from verbale.intake.timestamps import iso_timestamp


@pytest.mark.parametrize(
    ("url", "name", "party"),
    [
        ("https://www.state.gov/some/page", "U.S. Department of State", "US"),
        ("https://bidenwhitehouse.archives.gov/x/", "The White House", "US"),
        ("https://www.regjeringen.no/en/", "Government of Norway", "NO"),
        ("http://EN.KREMLIN.RU:80/events", "President of Russia", "RU"),
        ("https://www.reuters.com/world", "Reuters", None),
    ],
)
def test_a_known_host_names_its_publisher_and_party(url, name, party):
    assert publisher_of(url) == Publisher(name, party)


@pytest.mark.parametrize("url", ["https://example.org/", "https://notstate.gov.example/", "nonsense", "http://[::1", ""])
def test_an_unknown_host_has_no_publisher(url):
    assert publisher_of(url) is None


def test_a_publisher_is_found_by_name_with_or_without_its_article():
    assert publisher_named("White House") == publisher_named("the  white house") == Publisher("The White House", "US")
    assert publisher_named("Nobody in particular") is None


def test_every_party_in_the_vocabulary_is_a_code():
    assert all(p.party is None or (p.party.isupper() and p.party.isalpha()) for p in publishers().values())


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03T00:00:00", "2024-05-03"),
        ("2024-05-03 05:33:28-04:00", "2024-05-03T05:33:28-04:00"),
        ("2024-05-03T05:33:28Z", "2024-05-03T05:33:28+00:00"),
        ("2024-05-03 05:33:28 UTC", "2024-05-03T05:33:28+00:00"),
        ("2024-05-03 05:33:28 +0530", "2024-05-03T05:33:28+05:30"),
        ("Fri, 03 May 2024 21:00:00 +0530", "2024-05-03T21:00:00+05:30"),
        ("May 3, 2024", "2024-05-03"),
        ("Friday, May 3rd, 2024", "2024-05-03"),
        ("3 May 2024", "2024-05-03"),
        (date(2024, 5, 3), "2024-05-03"),
        (datetime(2024, 5, 3, 1, 2, 3, 4, tzinfo=UTC), "2024-05-03T01:02:03+00:00"),
        ("yesterday", None),
        ("03/04/2024", None),
        ("", None),
        (20240503, None),
        (None, None),
    ],
)
def test_a_time_of_publication_becomes_iso(value, iso):
    assert iso_timestamp(value) == iso
