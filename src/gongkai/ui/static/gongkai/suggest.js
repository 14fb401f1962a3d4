// While somebody types what is wanted: what may be public already. Without this file the next page shows the same.
const panel = document.querySelector("[data-suggest]");
const field = document.querySelector("main [name=description]");
let waiting = 0;

async function ask() {
  const body = new URLSearchParams({
    csrfmiddlewaretoken: document.querySelector("main [name=csrfmiddlewaretoken]").value,
    description: field.value,
    organ: panel.dataset.organ,
  });
  const answer = await fetch(panel.dataset.suggest, { method: "POST", body, credentials: "same-origin" });
  if (answer.ok) panel.innerHTML = await answer.text();
}

if (panel && field) {
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 600);
  });
}
