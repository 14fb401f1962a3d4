// Keys of the keyboard for the desk: loaded only where somebody has turned them on.
const ways = new Map([...document.querySelectorAll("[data-keys]")].map((way) => [way.dataset.keys, way.href]));
let before = "";

function step(by) {
  const links = [...document.querySelectorAll(".gk-queue tbody th a")];
  const place = links.indexOf(document.activeElement) + by;
  (links[Math.max(0, Math.min(place, links.length - 1))] || document.activeElement).focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const typed = before ? `${before} ${event.key}` : event.key;
  before = event.key === "g" && !before ? "g" : "";
  if (ways.has(typed)) window.location.assign(ways.get(typed));
  else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
});
