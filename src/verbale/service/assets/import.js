// Follows an import by server-sent events. Without this the page says how far it is when it is loaded again.
"use strict";
(() => {
  const box = document.getElementById("import");
  if (box.dataset.status === "done" || box.dataset.status === "failed") return;
  const bar = box.querySelector("progress");
  const show = (name) => box.querySelector(`[data-show="${name}"]`);
  const events = new EventSource(box.dataset.events);

  const told = (event) => {
    const state = JSON.parse(event.data);
    for (const name of ["status", "documents", "stored", "known"]) show(name).textContent = state[name];
    show("status").className = `flag ${state.status}`;
    if (state.documents) {
      bar.max = state.documents;
      bar.value = state.stored + state.known;
    }
    show("failures").replaceChildren(
      ...state.failures.map((failure) => {
        const item = document.createElement("li");
        item.textContent = failure;
        return item;
      }),
    );
  };
  events.addEventListener("state", told);
  events.addEventListener("end", (event) => {
    told(event);
    bar.max = bar.value = 1;
    events.close();
  });
})();
