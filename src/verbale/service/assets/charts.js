// Draws the charts of a page from the Vega-Lite in its JSON twin. Expressions are interpreted: the policy of the page forbids eval.
"use strict";
(() => {
  const figures = [...document.querySelectorAll("[data-chart]")];
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const twin = () => (location.pathname === "/" ? "/index" : location.pathname) + ".json" + location.search;

  const config = () => {
    const style = getComputedStyle(document.documentElement);
    const value = (name) => style.getPropertyValue(name).trim();
    const narrow = innerWidth < 480;
    const text = { labelColor: value("--quiet"), titleColor: value("--quiet"), labelFont: value("--sans"), titleFont: value("--sans"), labelFontSize: 11, titleFontSize: 11 };
    return {
      background: "transparent",
      font: value("--sans"),
      view: { stroke: null },
      axis: { ...text, gridColor: value("--rule"), domainColor: value("--rule"), tickColor: value("--rule") },
      axisY: { labelLimit: narrow ? 96 : 180 },
      legend: { ...text, columns: narrow ? 2 : 6, labelColor: value("--ink") },
      bar: { color: value("--bar") },
      point: { color: value("--bar") },
      circle: { color: value("--accent") },
      rule: { color: value("--accent") },
      text: { color: value("--ink"), font: value("--sans"), fontSize: 11 },
    };
  };

  // On a dark page the darkest shade would vanish: there the furthest stage is the brightest.
  const SHADES = ["#d5e3f3", "#a9c6e6", "#7aa6d6", "#3f7cbd", "#123f7c", "#b3372f"];
  const BRIGHT = ["#22384f", "#2d5580", "#4479b3", "#79aee3", "#d3e7ff", "#f0857b"];
  const shaded = (spec) => {
    if (!dark.matches) return spec;
    return JSON.parse(JSON.stringify(spec), (_, value) => (SHADES.includes(value) ? BRIGHT[SHADES.indexOf(value)] : value));
  };

  const draw = (figure, given) => {
    const spec = shaded(given);
    const compiled = vegaLite.compile({ ...spec, config: config() }).spec;
    const loader = vega.loader();
    loader.load = () => Promise.reject(new Error("charts load nothing"));
    const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
      expr: vegaInterpreter.expressionInterpreter,
      renderer: "canvas",
      container: figure,
      loader,
      hover: true,
    });
    view.addEventListener("click", (event, item) => {
      const href = item && item.datum && item.datum.href;
      if (typeof href === "string" && href.startsWith("/")) location.assign(href);
    });
    return view.runAsync();
  };

  const all = async () => {
    const response = await fetch(twin(), { headers: { accept: "application/json" } });
    if (!response.ok) return;
    const charts = (await response.json()).charts;
    for (const figure of figures) {
      const spec = charts[figure.dataset.chart];
      if (!spec) continue;
      const box = document.createElement("div"); // without padding, whose width the chart would take for its own
      figure.replaceChildren(box);
      try {
        await draw(box, spec);
        figure.dataset.drawn = "";
      } catch (error) {
        figure.textContent = "The chart could not be drawn; the table has the same.";
        console.error(error);
      }
    }
  };

  if (figures.length) {
    all();
    dark.addEventListener("change", all);
  }
})();
