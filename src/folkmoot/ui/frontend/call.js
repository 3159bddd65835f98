// The page of a call that runs. It counts the time of the item, puts fresh parts in their place without taking away
// what somebody types, and says once what must not be missed. The page does the same without, by its Refresh link.
const said = new Set();
const started = new WeakMap();

function prepare(root) {
  for (const clock of within(root, "[data-clock]")) started.set(clock, performance.now());
}

function within(root, selector) {
  const found = [...root.querySelectorAll(selector)];
  return root.matches?.(selector) ? [root, ...found] : found;
}

/** One polite sentence for each thing that happened: the item changed, you are next, time is nearly over. */
function announce(root, aloud) {
  for (const one of within(root, "[data-announce]")) sayOnce(one.dataset.announce, one.dataset.says ?? one.textContent.trim(), aloud);
}

function sayOnce(key, words, aloud) {
  const region = document.getElementById("call-says");
  if (!region || said.has(key)) return;
  said.add(key);
  if (aloud) region.textContent = words;
}

function tick() {
  for (const clock of document.querySelectorAll("[data-clock][data-runs]")) {
    const passed = (performance.now() - (started.get(clock) ?? performance.now())) / 1000;
    const left = Math.round(Number(clock.dataset.left) - passed);
    const seconds = Math.abs(left);
    const figures = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    const shown = clock.querySelector(".call-figures");
    if (shown.textContent !== figures) shown.textContent = figures;
    if (!("countsDown" in clock.dataset)) continue;
    const soon = left >= 0 && left <= Number(clock.dataset.soon);
    clock.classList.toggle("is-soon", soon);
    clock.classList.toggle("is-over", left < 0);
    if (left < 0) clock.querySelector(".call-clock-words").textContent = clock.dataset.over;
    if (soon && clock.dataset.key) sayOnce(clock.dataset.key, clock.dataset.says, true);
  }
}

const fields = "input[id]:not([type=hidden]), textarea[id], select[id]";
const typed = new Map();
const opened = new Set();
let sent = null;

function isChanged(field) {
  if (field.matches("[type=checkbox]")) return field.checked !== field.defaultChecked;
  if (!field.matches("select")) return field.value !== field.defaultValue;
  const first = [...field.options].findIndex((one) => one.defaultSelected);
  return field.selectedIndex !== Math.max(0, first);
}

/**
 * Whether a part stays as it is for now: where it belongs to one item, until nobody writes in it; else while something
 * has the focus that could not be found again.
 */
function mustWait(part) {
  const focused = document.activeElement;
  if (!("keeps" in part.dataset)) return part.contains(focused) && !focused.id;
  return (part.contains(focused) && focused.matches(fields)) || [...part.querySelectorAll(fields)].some(isChanged);
}

/** What somebody types in a part that is about to be exchanged is carried over, but for the form that was just sent. */
function carryOver(part) {
  for (const field of part.querySelectorAll(fields)) {
    if (!sent?.contains(field) && isChanged(field)) typed.set(field.id, field.value);
  }
}

function restore(root) {
  for (const details of within(root, "details[id]")) if (opened.has(details.id)) details.open = true;
  for (const field of within(root, fields)) {
    if (!typed.has(field.id)) continue;
    const before = field.value;
    field.value = typed.get(field.id);
    if (field.selectedIndex === -1) field.value = before;
    typed.delete(field.id);
  }
}

document.addEventListener("toggle", ({ target }) => {
  // One that was taken out of the page was not closed by anybody.
  if (target.matches?.("details[id]") && target.isConnected) opened[target.open ? "add" : "delete"](target.id);
}, true);
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.requestConfig.verb === "post") sent = detail.elt;
});
/**
 * Whoever is signed out or may follow no more gets another page instead of a part: what they see stays, and it is said.
 * What a button was refused is shown among the messages; a server that is being restarted is back with the next change.
 */
function isAnotherPage({ xhr, requestConfig, serverResponse }) {
  if (!requestConfig.elt.closest("[data-part]") || /\sdata-part[\s>]/.test(serverResponse)) return false;
  if (requestConfig.verb === "post" && xhr.getResponseHeader("HX-Retarget")) return false;
  const says = document.querySelector("[data-live-says]");
  const words = document.getElementById("call-live").dataset.liveEnded;
  if (xhr.status < 500 && says.textContent !== words) says.textContent = words;
  return true;
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig } = event.detail;
  if (isAnotherPage(event.detail)) {
    event.detail.shouldSwap = false;
    return;
  }
  if (requestConfig.verb !== "get" || !target.matches?.("[data-part]")) return;
  if (!mustWait(target)) return carryOver(target);
  event.detail.shouldSwap = false;
  target.dataset.waits = "";
});
document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => carryOver(detail.target));
document.addEventListener("focusout", (event) => {
  const part = event.target.closest?.("[data-part][data-waits]");
  if (!part) return;
  setTimeout(() => {
    if (!part.isConnected || mustWait(part)) return;
    delete part.dataset.waits;
    window.htmx.ajax("GET", part.getAttribute("hx-get"), { target: part, swap: "outerHTML" });
  });
});
document.addEventListener("htmx:load", ({ detail }) => {
  prepare(detail.elt);
  restore(detail.elt);
  announce(detail.elt, true);
  tick();
});

// Opening and closing change the whole page; what is typed in the notes is kept by their form.
document.addEventListener("live:call", () => {
  if (!document.querySelector(".screen")) location.reload();
});
// While changes come by themselves nobody needs the link; it is there again when the connection is lost.
if (document.querySelector("[data-live-address]")) document.getElementById("call-refresh")?.setAttribute("data-when-lost", "");
prepare(document);
announce(document, false);
tick();
setInterval(tick, 1000);
