const SQUARE = 58;
const HOURS = 76;
const FEWEST = 2;

/**
 * Shows as many days of the first table in a box as fit side by side, with buttons for the others. Without this the
 * table scrolls sideways. Gives `{ show(column), step(pages) }`; `show` brings a column (from 0) into sight.
 */
export function pageDays(box) {
  const table = box.querySelector("table");
  const pager = box.querySelector("[data-hours-pager]");
  const earlier = pager.querySelector('[name="hours-earlier"]');
  const later = pager.querySelector('[name="hours-later"]');
  const rows = [...table.rows].map((row) => [...row.cells].slice(1));
  const days = rows[0].length;
  let first = 0;
  let shown = days;

  function draw() {
    for (const cells of rows) {
      cells.forEach((cell, number) => {
        cell.hidden = number < first || number >= first + shown;
      });
    }
    pager.hidden = shown >= days;
    earlier.disabled = first === 0;
    later.disabled = first + shown >= days;
  }

  function go(to) {
    first = Math.max(0, Math.min(to, days - shown));
    draw();
  }

  function fit() {
    const fits = Math.max(FEWEST, Math.floor((box.clientWidth - HOURS) / SQUARE));
    const next = Math.min(days, fits);
    if (next === shown) return;
    shown = next;
    go(first);
  }

  earlier.type = later.type = "button";
  earlier.addEventListener("click", () => go(first - shown));
  later.addEventListener("click", () => go(first + shown));
  fit();
  draw();
  new ResizeObserver(fit).observe(box);
  return {
    show(column) {
      if (column < first) go(column);
      else if (column >= first + shown) go(column - shown + 1);
    },
    step: (pages) => go(first + pages * shown),
    get first() {
      return first;
    },
  };
}
