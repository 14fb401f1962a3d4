// Draws boxes over page pictures. The rows of the form are the truth: the boxes only show and change their numbers.
const STEP = 0.5; // per cent for one press of an arrow key
const LEAST = 0.5;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FIELDS = ["page", "left", "top", "width", "height", "ground"];

const bound = (value, least, most) => Math.min(Math.max(value, least), most);
const short = (value) => String(Math.round(value * 100) / 100);

function start(root) {
  const list = root.querySelector(".gk-redact-list");
  const status = root.querySelector("[role=status]");
  const template = root.querySelector("template");
  const sheets = new Map([...root.querySelectorAll("[data-page]")].map((sheet) => [sheet.dataset.page, sheet]));
  const boxes = new Map(); // the row of each box

  const field = (row, name) => row.querySelector(`[name="${root.dataset.name}-${name}"]`);

  function read(row) {
    const found = Object.fromEntries(FIELDS.map((name) => [name, field(row, name).value]));
    for (const name of ["left", "top", "width", "height"]) found[name] = Number(found[name]);
    return found;
  }

  function write(row, place) {
    const width = bound(place.width, LEAST, 100);
    const height = bound(place.height, LEAST, 100);
    const inside = { left: bound(place.left, 0, 100 - width), top: bound(place.top, 0, 100 - height), width, height };
    for (const [name, value] of Object.entries(inside)) field(row, name).value = short(value);
    show(row);
  }

  function told(row, place) {
    const ground = field(row, "ground").selectedOptions[0]?.textContent ?? "";
    const words = { ...place, n: [...list.children].indexOf(row) + 1, ground };
    return root.dataset.box.replace(/\{(\w+)\}/g, (_all, name) => (typeof words[name] === "number" ? short(words[name]) : words[name]));
  }

  function show(row) {
    const place = read(row);
    const sheet = sheets.get(place.page);
    let box = boxes.get(row);
    if (!sheet || !(place.width > 0) || !(place.height > 0)) {
      box?.remove();
      boxes.delete(row);
      return;
    }
    if (!box) {
      box = document.createElement("button");
      box.type = "button";
      box.className = "gk-redact-box";
      boxes.set(row, box);
      box.addEventListener("keydown", (event) => press(event, row));
      box.addEventListener("pointerdown", (event) => grab(event, row));
      box.addEventListener("focus", () => row.setAttribute("data-on", ""));
      box.addEventListener("blur", () => row.removeAttribute("data-on"));
    }
    if (box.parentElement !== sheet) sheet.append(box);
    for (const name of ["left", "top", "width", "height"]) box.style[name] = `${place[name]}%`;
    box.textContent = field(row, "ground").selectedOptions[0]?.textContent ?? "";
    box.setAttribute("aria-label", told(row, place));
  }

  function remove(row) {
    const page = sheets.get(read(row).page);
    boxes.get(row)?.remove();
    boxes.delete(row);
    row.remove();
    for (const left of boxes.keys()) show(left);
    status.textContent = root.dataset.gone;
    page?.parentElement.querySelector(".gk-redact-add")?.focus();
  }

  function add(page, place) {
    const row = template.content.firstElementChild.cloneNode(true);
    list.append(row);
    field(row, "page").value = page;
    write(row, place);
    return row;
  }

  function press(event, row) {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      remove(row);
      return;
    }
    const way = ARROWS[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const place = read(row);
    const [across, down] = way.map((step) => step * STEP);
    if (event.shiftKey) write(row, { ...place, width: Math.min(place.width + across, 100 - place.left), height: Math.min(place.height + down, 100 - place.top) });
    else write(row, { ...place, left: place.left + across, top: place.top + down });
    status.textContent = told(row, read(row));
  }

  // Follows the pointer until it is let go; `change` gets the way it went, in per cent of the page.
  function follow(event, sheet, change, done = () => {}) {
    const size = sheet.getBoundingClientRect();
    const move = (now) => change(((now.clientX - event.clientX) / size.width) * 100, ((now.clientY - event.clientY) / size.height) * 100);
    const stop = () => {
      sheet.removeEventListener("pointermove", move);
      sheet.removeEventListener("pointerup", stop);
      sheet.removeEventListener("pointercancel", stop);
      done();
    };
    sheet.setPointerCapture(event.pointerId);
    sheet.addEventListener("pointermove", move);
    sheet.addEventListener("pointerup", stop);
    sheet.addEventListener("pointercancel", stop);
  }

  function grab(event, row) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const box = boxes.get(row);
    box.focus();
    const before = read(row);
    const corner = box.getBoundingClientRect();
    const resizing = corner.right - event.clientX < 14 && corner.bottom - event.clientY < 14;
    follow(event, box.parentElement, (across, down) => {
      if (resizing) write(row, { ...before, width: Math.min(before.width + across, 100 - before.left), height: Math.min(before.height + down, 100 - before.top) });
      else write(row, { ...before, left: before.left + across, top: before.top + down });
    });
  }

  function draw(event, sheet) {
    if (event.button !== 0 || event.target.closest(".gk-redact-box")) return;
    event.preventDefault();
    const size = sheet.getBoundingClientRect();
    const left = ((event.clientX - size.left) / size.width) * 100;
    const top = ((event.clientY - size.top) / size.height) * 100;
    let row = null;
    const stretch = (across, down) => {
      if (!row && Math.hypot(across, down) < 1) return;
      const right = bound(left + across, 0, 100);
      const bottom = bound(top + down, 0, 100);
      const place = { left: Math.min(left, right), top: Math.min(top, bottom), width: Math.abs(right - left), height: Math.abs(bottom - top) };
      if (row) write(row, place);
      else row = add(sheet.dataset.page, place);
    };
    follow(event, sheet, stretch, () => row && boxes.get(row)?.focus());
  }

  for (const row of list.querySelectorAll("[data-spare]")) row.remove();
  for (const row of list.children) show(row);
  list.addEventListener("input", (event) => show(event.target.closest("li")));
  for (const sheet of sheets.values()) {
    sheet.setAttribute("data-ready", "");
    sheet.addEventListener("pointerdown", (event) => draw(event, sheet));
    const button = document.createElement("button");
    button.type = "button";
    button.className = "gk-btn gk-btn--plain gk-redact-add";
    button.textContent = root.dataset.add;
    button.addEventListener("click", () => boxes.get(add(sheet.dataset.page, { left: 35, top: 45, width: 30, height: 5 })).focus());
    sheet.after(button);
  }
}

for (const root of document.querySelectorAll("[data-redact]")) start(root);
