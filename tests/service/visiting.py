"""What tests of the service share: the invented documents, signing in, and the token of a form."""

from typing import Any

from invented import engagement, reading, series_of_dialogues
from starlette.testclient import TestClient

from verbale.findings import Reading

HOST = "http://127.0.0.1:8765"
PASSWORD = "four quiet words here"


def documents() -> list[Reading]:
    """Return the readings of the invented record."""
    made = series_of_dialogues()
    for year, verb in ((2021, "expressed concern about the closing of"), (2022, "strongly condemned the closing of")):
        words = f"The ministers {verb} open sea lanes."
        promise = f"build a harbour by {year + 1}"
        made.append(
            reading(
                f"Joint Statement of Iceland and Malta {year}",
                f"{words}\n\nIceland and Malta will {promise}, and will speak of the North Sea.\n\n"
                f"Minister Katrín Jónsdóttir said that harbours of {year} are safe harbours.",
                f"{year}-05-05",
                publisher="Ministry of Seas",
                url=f"https://seas.example.org/{year}",
                engagements=[
                    engagement(
                        "dialogue", "IS MT", f"{year}-05-05", series="Iceland–Malta Ocean Dialogue", place="Valletta",
                        delegates=[("Katrín Jónsdóttir", "foreign minister", "IS")],
                    )
                ],
                domains=[("maritime-security", "launched", "open sea lanes")],
                situations=[("north-sea", "North Sea")],
                statements=[("Katrín Jónsdóttir", "IS", "said", f"harbours of {year} are safe harbours")],
                commitments=[(promise, ["IS", "MT"], ["maritime-security"], str(year + 1))],
                figures=[(year, "ships", str(year + 1))],
            )
        )  # fmt: skip
    opened = "The harbour was opened in Valletta; the ministers of Iceland and Malta cut a ribbon as they had promised to build a harbour."
    made.append(reading("A harbour opens", opened, "2023-03-01", engagements=[engagement("meeting", "IS MT", "2023-03-01")]))
    return made


def csrf(client: TestClient, path: str = "/sign-in") -> str:
    """Return what a form of a page carries to show that it comes from there."""
    page = client.get(path).text
    return page.partition('name="csrf" value="')[2].partition('"')[0]


def sign_in(client: TestClient, name: str) -> Any:
    """Sign in as a user."""
    return client.post("/sign-in", data={"csrf": csrf(client), "name": name, "password": PASSWORD}, follow_redirects=False)
