// The review queue by keyboard: j and k move, a, r, e and u press the button of that letter in the finding that has the focus.
"use strict";
(() => {
  const findings = () => [...document.querySelectorAll(".queue .finding")];
  const told = document.getElementById("told");
  const focused = () => document.activeElement && document.activeElement.closest(".finding");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    const all = findings();
    const at = all.indexOf(focused());
    if (event.key === "j" || event.key === "k") {
      const next = all[event.key === "j" ? Math.min(all.length - 1, at + 1) : Math.max(0, at - 1)];
      if (next) {
        next.focus();
        next.scrollIntoView({ block: "center" });
      }
      event.preventDefault();
      return;
    }
    const button = at >= 0 && all[at].querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });

  // What was decided takes the place of what was open, and the focus goes on to the next one that is.
  document.addEventListener("htmx:afterSwap", (event) => {
    const card = event.detail.elt.closest ? event.detail.elt.closest(".finding") || event.detail.elt : null;
    if (!card || !card.matches(".finding")) return;
    told.textContent = card.querySelector(".who").textContent;
    const all = findings();
    const next = all.slice(all.indexOf(card) + 1).find((f) => !f.matches(".decided"));
    (next || card).focus();
  });
})();
