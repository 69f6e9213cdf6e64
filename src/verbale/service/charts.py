"""Charts as Vega-Lite: what is drawn from the rows that a page shows in a table as well.

Colours that must follow light, dark and print are left to the script that draws; stages are told by shade, from the palest (explored)
to the darkest (delivered), so that they can be read in black and white.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from verbale.record.engagements import EngagementEntry
from verbale.record.ledger import LedgerRow
from verbale.record.lookup import party_label
from verbale.record.people import MeetingCount
from verbale.record.spread import StageCount

Spec = dict[str, Any]

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
STAGES = ("explored", "launched", "continued", "advanced", "delivered", "contested")
_SHADES = ("#d5e3f3", "#a9c6e6", "#7aa6d6", "#3f7cbd", "#123f7c", "#b3372f")
_LEVELS = {"domain": ["not known", "official", "minister", "leader"], "range": [30, 45, 75, 120]}
_MOST_ROWS = 22  # domains in a heat map: more cannot be read
_MOST_PERIODS = 18
_LINES = 70
_NODES = 24  # parties in a network


def _spec(values: Sequence[dict[str, Any]], description: str, **rest: Any) -> Spec:
    base = {"$schema": _SCHEMA, "description": description, "data": {"values": list(values)}, "width": "container"}
    return base | {"autosize": {"type": "fit-x", "contains": "padding"}} | rest


def _tooltip(*names: str) -> list[Spec]:
    return [{"field": name, "type": "nominal"} for name in names]


def _counts(values: Sequence[dict[str, Any]], description: str, x: Spec, *, color: Spec | None = None, height: int = 130) -> Spec:
    encoding: Spec = {"x": x, "y": {"field": "n", "type": "quantitative", "axis": {"title": None, "tickMinStep": 1}}}
    if color:
        encoding |= {"color": color, "order": {"field": "rank", "type": "quantitative"}}
    encoding["tooltip"] = _tooltip(*(f for f in values[0] if f != "rank")) if values else []
    return _spec(values, description, mark={"type": "bar"}, height=height, encoding=encoding)


def by_month(days: dict[str, int], months: Sequence[str]) -> Spec:
    """Return engagements by month as bars."""
    counted: Counter[str] = Counter()
    for day, n in days.items():
        counted[day[:7]] += n
    values = [{"month": m, "n": counted[m]} for m in months]
    axis = {"title": None, "labelAngle": 0, "labelExpr": "slice(datum.label, 5) == '01' ? slice(datum.label, 0, 4) : slice(datum.label, 5)"}
    return _counts(values, "Engagements by month", {"field": "month", "type": "ordinal", "axis": axis})


def over_time(entries: Iterable[EngagementEntry]) -> Spec:
    """Return engagements as points over time, a row for each kind; open ones were planned."""
    values = [
        {
            "day": (e.day or e.reported or "")[:10],
            "kind": e.kind,
            "status": e.status,
            "level": e.level or "not known",
            "what": e.series or e.place or ", ".join(e.parties[:6]),
            "href": f"/engagement/{e.key}",
        }
        for e in entries
        if e.day or e.reported
    ]
    filled = {"condition": {"test": "datum.status == 'planned'", "value": 0.15}, "value": 0.9}
    encoding = {
        "x": {"field": "day", "type": "temporal", "axis": {"title": None}},
        "y": {"field": "kind", "type": "nominal", "axis": {"title": None, "grid": True}, "sort": "-x"},
        "size": {"field": "level", "type": "ordinal", "scale": _LEVELS, "legend": {"orient": "bottom", "title": None}},
        "fillOpacity": filled,
        "href": {"field": "href", "type": "nominal"},
        "tooltip": _tooltip("day", "kind", "status", "level", "what"),
    }  # fmt: skip
    return _spec(values, "Engagements over time by kind", mark={"type": "point", "filled": True}, height={"step": 26}, encoding=encoding)


def heat_rows(rows: Sequence[LedgerRow]) -> list[dict[str, Any]]:
    """Return for every domain and period its furthest stage, and whether it was new.

    Periods are months, quarters or years, whichever the time is not too long for. The domains that came up most often come first.
    """
    period_of = _period({row.day for row in rows if row.day})
    cells: dict[tuple[str, str], dict[str, Any]] = {}
    times: Counter[str] = Counter()
    for row in rows:
        if row.kind != "domain" or row.news == "dropped" or not row.day:
            continue
        times[row.label] += 1
        cell = cells.setdefault((row.label, period_of(row.day)), {"stages": set(), "new": False, "n": 0})
        cell["stages"].add(row.stage)
        cell["new"] = cell["new"] or row.news == "new"
        cell["n"] += 1
    shown = [label for label, _ in sorted(times.items(), key=lambda x: (-x[1], x[0]))[:_MOST_ROWS]]
    return [
        {
            "domain": label,
            "period": period,
            "stage": max((s for s in cell["stages"] if s in STAGES), key=STAGES.index, default="explored"),
            "new": cell["new"],
            "times": cell["n"],
        }
        for label in shown
        for (name, period), cell in sorted(cells.items())
        if name == label
    ]


def _period(days: set[str]) -> Callable[[str], str]:
    """Return what tells the period of a date: the shortest of month, quarter and year that gives few enough periods."""
    for period in (_month, _quarter):
        if len({period(day) for day in days}) <= _MOST_PERIODS:
            return period
    return lambda day: day[:4]


def _month(day: str) -> str:
    return day[:7]


def _quarter(day: str) -> str:
    return f"{day[:4]} Q{(int(day[5:7]) + 2) // 3}" if len(day) > 4 else day


def heat_map(rows: Sequence[dict[str, Any]]) -> Spec:
    """Return domains by period as a heat map: shade for the stage, a ring for what was new."""
    domains = list(dict.fromkeys(r["domain"] for r in rows))
    place = {
        "x": {
            "field": "period",
            "type": "ordinal",
            "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy", "orient": "top", "domain": False, "ticks": False},
        },
        "y": {"field": "domain", "type": "nominal", "sort": domains, "axis": {"title": None}},
    }
    stage = {"field": "stage", "type": "ordinal", "scale": {"domain": list(STAGES), "range": list(_SHADES)}}
    legend = {"orient": "bottom", "title": None}
    cell = {"color": stage | {"legend": legend}, "tooltip": _tooltip("domain", "period", "stage", "times", "new")}
    ring = {"type": "point", "shape": "circle", "filled": True, "size": 46, "color": "#ffffff", "stroke": "#111111", "strokeWidth": 1.4}
    layers = [{"mark": {"type": "rect"}, "encoding": cell}, {"transform": [{"filter": "datum.new"}], "mark": ring}]
    return _spec(rows, "Domains by time, shaded by stage; a dot marks what was new", height={"step": 19}, encoding=place, layer=layers)


def stages_by_year(stages: Iterable[StageCount]) -> Spec:
    """Return documents by year as bars, shaded by stage; a situation has none."""
    values = [
        {"year": s.year, "stage": s.stage or "mentioned", "n": s.documents, "rank": STAGES.index(s.stage) if s.stage in STAGES else 0}
        for s in stages
    ]
    scale = {"domain": list(STAGES), "range": list(_SHADES)}
    if any(v["stage"] == "mentioned" for v in values):
        scale = {"domain": ["mentioned"], "range": ["#7aa6d6"]}
    color = {"field": "stage", "type": "ordinal", "scale": scale, "legend": {"orient": "bottom", "title": None}}
    axis = {"title": None, "labelAngle": 0}
    return _counts(values, "Documents by year and stage", {"field": "year", "type": "ordinal", "axis": axis}, color=color, height=180)


def network(counts: Iterable[MeetingCount]) -> Spec:
    """Return who meets whom: parties on a circle, the one with most meetings in its middle, lines as wide as they meet often."""
    together: Counter[tuple[str, str]] = Counter()
    alone: Counter[str] = Counter()
    for c in counts:
        together[c.parties] += c.engagements
        for party in c.parties:
            alone[party] += c.engagements
    shown = [p for p, _ in sorted(alone.items(), key=lambda x: (-x[1], x[0]))[:_NODES]]
    at = {p: (0.0, 0.0) if i == 0 else _on_circle(i - 1, len(shown) - 1) for i, p in enumerate(shown)}
    nodes = [
        {"party": p, "name": party_label(p), "meetings": alone[p], "x": at[p][0], "y": at[p][1], "href": f"/between/{p}"} for p in shown
    ]
    most = max(together.values(), default=1)
    lines = [
        {
            "pair": f"{party_label(a)} – {party_label(b)}",
            "meetings": n,
            "width": 0.4 + 7 * math.sqrt(n / most),
            **dict(zip(("x", "y", "x2", "y2"), (*at[a], *at[b]), strict=True)),
            "href": f"/between/{a}/{b}",
        }
        for (a, b), n in sorted((x for x in together.items() if set(x[0]) <= set(shown)), key=lambda x: (x[1], x[0]))[-_LINES:]
    ]  # fmt: skip
    hidden = {"type": "quantitative", "axis": None, "scale": {"domain": [-1.25, 1.25]}}
    x, y = {"field": "x", **hidden}, {"field": "y", **hidden}
    width = {"field": "width", "type": "quantitative", "scale": None}
    line = {"x": x, "y": y, "x2": {"field": "x2"}, "y2": {"field": "y2"}, "strokeWidth": width, "href": {"field": "href"}}
    line["tooltip"] = _tooltip("pair", "meetings")
    dot = {"x": x, "y": y, "href": {"field": "href"}, "tooltip": _tooltip("name", "meetings")}
    dot["size"] = {"field": "meetings", "type": "quantitative", "legend": None, "scale": {"range": [60, 500]}}
    name = {"x": x, "y": y, "text": {"field": "party"}}
    layers = [
        {"data": {"values": lines}, "mark": {"type": "rule", "opacity": 0.35}, "encoding": line},
        {"mark": {"type": "circle", "opacity": 1}, "encoding": dot},
        {"mark": {"type": "text", "dy": -14, "fontWeight": 600}, "encoding": name},
    ]
    return _spec(nodes, "Who meets whom", height=460, layer=layers)


def _on_circle(place: int, of: int) -> tuple[float, float]:
    turn = 2 * math.pi * place / max(1, of)
    return round(math.sin(turn), 4), round(math.cos(turn), 4)
