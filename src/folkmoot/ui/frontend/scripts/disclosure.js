/** Opens what a link points into, opens everything for printing, closes menus that are no longer wanted. */
export function enhanceDisclosures() {
  openAroundTarget();
  addEventListener("hashchange", openAroundTarget);

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.disclosure:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    }
  });
}

function openAroundTarget() {
  const id = decodeURIComponentSafely(location.hash.slice(1));
  const target = id ? document.getElementById(id) : null;
  let closed = target?.closest("details:not([open])");
  if (!closed) return;
  while (closed) {
    closed.open = true;
    closed = closed.parentElement.closest("details:not([open])");
  }
  target.scrollIntoView();
}

function decodeURIComponentSafely(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
