const EDGE = 70;

/**
 * Lists marked with data-reorder can be put in order by dragging the handles of their lines; the form of that name is
 * sent with the new order. Buttons on the page do the same without this.
 */
export function enhanceReordering(root) {
  for (const list of root.querySelectorAll("[data-reorder]")) {
    const form = document.getElementById(list.dataset.reorder);
    for (const handle of list.querySelectorAll("[data-handle]")) {
      handle.hidden = false;
      handle.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        const before = keys([...list.children]);
        drag(event, list, handle.closest("[data-key]"), () => {
          const order = keys([...list.children]);
          if (order === before) return;
          form.elements.order.value = order;
          form.requestSubmit();
        });
      });
    }
  }
}

/** Lets a line of a list follow the pointer from its press on; `dropped` is called where it was let go. */
export function drag(start, list, line, dropped) {
  start.preventDefault();
  list.setPointerCapture(start.pointerId);
  const before = [...list.children];
  const watching = new AbortController();
  const on = (name, listener) => addEventListener(name, listener, { signal: watching.signal });
  line.classList.add("is-moving");

  const stop = () => {
    line.classList.remove("is-moving");
    watching.abort();
  };
  const takeBack = () => {
    stop();
    list.append(...before);
  };
  on("pointermove", ({ clientY }) => {
    if (clientY < EDGE) scrollBy(0, -12);
    if (clientY > innerHeight - EDGE) scrollBy(0, 12);
    const next = [...list.children].find((other) => other !== line && clientY < middle(other)) ?? null;
    if (next !== line.nextElementSibling) list.insertBefore(line, next);
  });
  on("pointerup", () => {
    stop();
    dropped();
  });
  on("pointercancel", takeBack);
  on("keydown", ({ key }) => {
    if (key === "Escape") takeBack();
  });
}

function middle(line) {
  const { top, height } = line.getBoundingClientRect();
  return top + height / 2;
}

function keys(lines) {
  return lines
    .map((line) => line.dataset.key)
    .filter(Boolean)
    .join(",");
}
