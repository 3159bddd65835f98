import { drag } from "../scripts/reorder.js";

/**
 * A ballot of ranks: numbers are written, or a line is moved by dragging its handle or by its two buttons, which write
 * the numbers and put the lines in their order. Nothing moves under the hands of who writes.
 */
export function enhanceRanking(paper) {
  const list = paper.querySelector("ol");
  const says = paper.querySelector("[data-ballot-says]");
  const first = lines(list);
  for (const line of first) {
    line.querySelector("[data-moves]").hidden = false;
    line.querySelector("[data-up]").addEventListener("click", ({ currentTarget }) => move(line, -1, currentTarget));
    line.querySelector("[data-down]").addEventListener("click", ({ currentTarget }) => move(line, 1, currentTarget));
    const handle = line.querySelector("[data-handle]");
    handle.hidden = false;
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      sort();
      drag(event, list, line, () => place(line, lines(list).indexOf(line)));
    });
  }
  sort();

  /** One up or down among those with a number; up gives one to whoever has none, down at the end takes it. */
  function move(line, by, button) {
    const ranked = inOrder();
    const at = ranked.indexOf(line);
    if (at < 0 && by < 0) ranked.push(line);
    else if (at === ranked.length - 1 && by > 0) ranked.pop();
    else if (at >= 0 && at + by >= 0) ranked.splice(at + by, 0, ...ranked.splice(at, 1));
    write(ranked);
    button.focus();
    tell(line);
  }

  /** Dropped at a place of the list: whoever stands above it and has a number stays above. */
  function place(line, at) {
    const ranked = inOrder().filter((other) => other !== line);
    const above = lines(list)
      .slice(0, at)
      .filter((other) => ranked.includes(other)).length;
    const isBelowAll = at > above;
    if (!isBelowAll) ranked.splice(above, 0, line);
    write(ranked);
    tell(line);
  }

  function inOrder() {
    return lines(list)
      .filter((line) => Number(number(line).value))
      .sort((one, other) => Number(number(one).value) - Number(number(other).value));
  }

  function write(ranked) {
    for (const line of first) {
      const at = ranked.indexOf(line);
      number(line).value = at < 0 ? "" : at + 1;
    }
    sort();
  }

  function sort() {
    const ranked = inOrder();
    const wanted = [...ranked, ...first.filter((line) => !ranked.includes(line))];
    if (wanted.some((line, at) => line !== lines(list)[at])) list.append(...wanted);
  }

  function tell(line) {
    const value = number(line).value;
    const words = value ? says.dataset.ranked : says.dataset.unranked;
    const name = line.querySelector("[data-name]").textContent.trim();
    says.textContent = words.replace("NAME", () => name).replace("NUMBER", value);
  }
}

const lines = (list) => [...list.querySelectorAll("[data-place]")];
const number = (line) => line.querySelector("input");
