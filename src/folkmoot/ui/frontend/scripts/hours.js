const EDGE = 60;
const QUIET = 300;

/**
 * Lets hours be marked by drawing over a table whose places hold ticks, by finger, mouse or keyboard. The ticks stay
 * what is sent: each place has one named `free` and, in a table that is hidden now, one named `maybe`.
 */
export function enhanceHours(box, pages) {
  const words = box.dataset;
  const table = box.querySelector("table");
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1));
  const places = new Map();
  rows.forEach((cells, y) => cells.forEach((cell, x) => cell.dataset.key && places.set(cell, { x, y })));
  if (!places.size) return;
  const tick = (name, cell) => box.querySelector(`input[name="${name}"][value="${cell.dataset.key}"]`);
  const tools = box.querySelector("template").content.cloneNode(true);
  box.prepend(tools);
  const undo = box.querySelector('[name="hours-undo"]');
  const said = box.querySelector("[data-hours-said]");
  const names = new Map([...places.keys()].map((cell) => [cell, tick("free", cell).getAttribute("aria-label")]));
  const undone = [];
  let active = places.keys().next().value;
  let anchor = null;
  let speaking = 0;

  box.querySelector("[data-hours-maybe]").hidden = true;
  box.classList.add("hours-live");
  const scroller = table.parentElement;
  scroller.removeAttribute("tabindex");
  scroller.removeAttribute("role");
  scroller.removeAttribute("aria-label");
  table.setAttribute("role", "grid");
  undo.type = "button";
  undo.disabled = true;

  const state = (cell) => cell.dataset.state ?? "";
  const marked = (value) => (value === "free" ? words.free : value === "maybe" ? words.maybe : words.none);
  const brush = () => box.querySelector('[name="hours-brush"]:checked').value;

  function set(cell, value) {
    cell.dataset.state = value;
    tick("free", cell).checked = value === "free";
    tick("maybe", cell).checked = value === "maybe";
    cell.setAttribute("aria-label", `${names.get(cell)}: ${marked(value)}`);
  }

  // One sentence for what was done, once it is done: moving about says nothing that the place itself does not say.
  function say(text) {
    clearTimeout(speaking);
    said.textContent = "";
    speaking = setTimeout(() => {
      said.textContent = text;
    }, QUIET);
  }

  function paint(cells, value) {
    const before = cells.filter((cell) => state(cell) !== value).map((cell) => [cell, state(cell)]);
    if (!before.length) return;
    for (const [cell] of before) set(cell, value);
    undone.push(before);
    undo.disabled = false;
    const one = cells.length === 1;
    const text = one ? words.saidOne.replace("{where}", names.get(cells[0])) : words.saidMany.replace("{count}", cells.length);
    say(text.replace("{mark}", marked(value)));
  }

  function takeBack() {
    const before = undone.pop();
    if (!before) return;
    for (const [cell, value] of before) set(cell, value);
    undo.disabled = !undone.length;
    if (undo.disabled && document.activeElement === document.body) active.focus();
    say(words.undone);
  }

  function between(one, other) {
    const [a, b] = [places.get(one), places.get(other)];
    const inside = (n, m, o) => n >= Math.min(m, o) && n <= Math.max(m, o);
    return [...places].filter(([, at]) => inside(at.x, a.x, b.x) && inside(at.y, a.y, b.y)).map(([cell]) => cell);
  }

  function choose(cells) {
    for (const cell of places.keys()) cell.classList.toggle("is-chosen", cells.includes(cell));
  }

  function activate(cell, focus = true) {
    active.tabIndex = -1;
    active = cell;
    active.tabIndex = 0;
    if (!focus) return;
    pages.show(places.get(cell).x);
    cell.focus();
  }

  /** What the brush makes of these places: it takes back what all of them are already. */
  const stroke = (cells) => (cells.every((cell) => state(cell) === brush()) ? "" : brush());

  for (const cell of places.keys()) {
    cell.tabIndex = -1;
    set(cell, tick("free", cell).checked ? "free" : tick("maybe", cell).checked ? "maybe" : "");
  }
  active.tabIndex = 0;

  table.addEventListener("focusin", ({ target }) => {
    if (places.has(target) && target !== active) activate(target, false);
  });
  table.addEventListener("pointerdown", (event) => {
    const start = event.target.closest("td");
    if (event.button !== 0 || !places.has(start)) return;
    event.preventDefault();
    anchor = null;
    const value = stroke([start]);
    let chosen = [start];
    const watching = new AbortController();
    const on = (name, listener) => addEventListener(name, listener, { signal: watching.signal });
    const mine = (listener) => (move) => move.pointerId === event.pointerId && listener(move);
    const stop = () => {
      watching.abort();
      choose([]);
    };
    table.setPointerCapture(event.pointerId);
    activate(start, false);
    start.focus({ preventScroll: true });
    choose(chosen);
    on("pointermove", mine(({ clientX, clientY }) => {
      if (clientY < EDGE) scrollBy(0, -10);
      if (clientY > innerHeight - EDGE) scrollBy(0, 10);
      const over = document.elementFromPoint(clientX, clientY)?.closest("td");
      if (!places.has(over)) return;
      chosen = between(start, over);
      choose(chosen);
    }));
    on("pointerup", mine(() => {
      stop();
      paint(chosen, value);
    }));
    on("pointercancel", mine(stop));
  });

  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const end = { Home: -1, End: 1 };

  /** The next place in a direction, over gaps. */
  function next(cell, [dx, dy]) {
    const { x, y } = places.get(cell);
    for (let n = 1; rows[y + dy * n]?.[x + dx * n]; n += 1) {
      if (places.has(rows[y + dy * n][x + dx * n])) return rows[y + dy * n][x + dx * n];
    }
    return cell;
  }

  function last(cell, step) {
    for (let at = cell; ; ) {
      const further = next(at, step);
      if (further === at) return at;
      at = further;
    }
  }

  table.addEventListener("keydown", (event) => {
    if (!places.has(event.target)) return;
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if ((ctrlKey || metaKey) && key.toLowerCase() === "z") takeBack();
    else if (altKey || ctrlKey || metaKey) return;
    else if (key in moves || key in end) {
      const rtl = getComputedStyle(table).direction === "rtl" ? -1 : 1;
      const [dx, dy] = moves[key] ?? [end[key] * rtl, 0];
      const step = [dx * rtl, dy];
      const to = key in end ? last(active, step) : next(active, step);
      if (shiftKey) anchor ??= active;
      else anchor = null;
      activate(to);
      choose(anchor ? between(anchor, to) : []);
    } else if (key === "PageDown" || key === "PageUp") {
      pages.step(key === "PageDown" ? 1 : -1);
      const { y } = places.get(active);
      const cell = rows[y].find((one) => !one.hidden && places.has(one));
      if (cell) activate(cell);
    } else if (key === " " || key === "Enter") {
      const cells = anchor ? between(anchor, active) : [active];
      paint(cells, stroke(cells));
      anchor = null;
      choose([]);
    } else if (key === "Escape" && anchor) {
      anchor = null;
      choose([]);
    } else return;
    event.preventDefault();
  });
  undo.addEventListener("click", takeBack);
}
