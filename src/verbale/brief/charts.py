"""Charts as SVG and PNG, drawn without a browser."""

from typing import Any

import altair as alt
import vl_convert

from verbale.brief.model import HeatMap

_INK = "#1b1f24"
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"  # the first comes with vl-convert, which draws no text in a font that is missing


def heat_map(block: HeatMap) -> dict[str, Any]:
    """Return the chart as Vega-Lite: darker cells and greater numbers say the same, so that it is read in black and white too."""
    cells: list[dict[str, Any]] = [
        {"domain": row, "period": column, "n": n}
        for row, counts in zip(block.rows, block.counts, strict=True)
        for column, n in zip(block.columns, counts, strict=True)
    ]
    most = max(c["n"] for c in cells)
    base = alt.Chart(alt.InlineData(values=cells)).encode(
        x=alt.X("period:O", sort=list(block.columns), axis=alt.Axis(orient="top", title=None, labelAngle=0, domain=False, ticks=False)),
        y=alt.Y("domain:N", sort=list(block.rows), axis=alt.Axis(title=None, domain=False, ticks=False, labelLimit=280, labelPadding=8)),
    )
    colour = alt.Color("n:Q", scale=alt.Scale(range=["#f4f7fb", "#123a6b"], domain=[0, most]), legend=None)
    words = base.mark_text(fontSize=11).encode(
        text=alt.condition("datum.n > 0", alt.Text("n:Q"), alt.value("")),
        color=alt.condition(f"datum.n > {most / 2}", alt.value("#ffffff"), alt.value(_INK)),
    )
    chart = (base.mark_rect(stroke="#ffffff", strokeWidth=2).encode(color=colour) + words).properties(
        width=58 * len(block.columns), height=21 * len(block.rows)
    )
    # room at the left, since the font of the reader may run wider than the one that the labels were measured with
    margin = {"left": 28, "right": 6, "top": 4, "bottom": 4}
    look = chart.configure(font=_FONT, background="#ffffff", padding=margin).configure_view(stroke=None)
    drawn: dict[str, Any] = look.configure_axis(labelColor=_INK, labelFontSize=11, grid=False).to_dict(validate=False)
    return drawn


def svg(chart: dict[str, Any]) -> str:
    """Return a chart as SVG."""
    return str(vl_convert.vegalite_to_svg(chart))


def png(chart: dict[str, Any], scale: float = 2.0) -> bytes:
    """Return a chart as PNG."""
    return bytes(vl_convert.vegalite_to_png(chart, scale=scale))


def in_words(block: HeatMap) -> str:
    """Return what the chart shows, for those who do not see it."""
    rows = [
        f"{row}: " + ", ".join(f"{column} {n}" for column, n in zip(block.columns, counts, strict=True) if n)
        for row, counts in zip(block.rows, block.counts, strict=True)
    ]
    return f"{block.title}. " + "; ".join(rows) + "."
