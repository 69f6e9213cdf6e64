// From words in the text to their finding. The page works without this: every finding links to its words, letters lead back.
"use strict";
document.getElementById("text").addEventListener("click", (event) => {
  if (String(getSelection()) || event.target.closest("a")) return;
  let mark = event.target.closest(".m");
  while (mark && !document.getElementById("show-" + mark.classList[1]).checked) mark = mark.parentElement.closest(".m");
  const finding = mark && document.getElementById(mark.dataset.f);
  if (!finding) return;
  document.querySelectorAll(".here").forEach((e) => e.classList.remove("here"));
  finding.classList.add("here");
  finding.scrollIntoView({ block: "nearest" });
});
