import { cookieIs } from "./cookies.js";

const PATIENCE = 1500;
const WRITING = "input, select, textarea, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=application]";

/**
 * Keys that press what a page marks with `data-shortcut`: one key ("/") or several one after the other ("g c"). `?` lists
 * them, with the words of `data-shortcut-label` or those that stand there. They are on for who is signed in unless they
 * turned them off, and off for strangers unless they turned them on; they rest while somebody writes or a dialog is open.
 */
export function enhanceShortcuts() {
  let first = "";
  let timer;
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.defaultPrevented || event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key.length !== 1 || !areOn() || target.closest?.(WRITING) || document.querySelector("dialog[open]")) return;
    const keys = first ? `${first} ${key}` : key;
    clearTimeout(timer);
    first = "";
    const marked = all().filter(({ dataset }) => dataset.shortcut === keys);
    if (keys === "?") show();
    else if (marked.length) press(marked.find((element) => element.matches(WRITING)) ?? marked[0]);
    else {
      if (all().some(({ dataset }) => dataset.shortcut.startsWith(`${key} `))) {
        first = key;
        timer = setTimeout(() => (first = ""), PATIENCE);
      }
      return;
    }
    event.preventDefault();
  });
}

function areOn() {
  const chosen = document.documentElement.dataset.shortcuts;
  return chosen ? chosen === "on" : cookieIs("shortcuts", "on");
}

function all() {
  return [...document.querySelectorAll("[data-shortcut]:not(:disabled)")].filter((element) => !element.closest("[hidden]"));
}

function press(element) {
  if (element.matches(WRITING)) element.focus();
  else element.click();
}

function show() {
  const template = document.getElementById("shortcuts");
  if (!template) return;
  const dialog = template.content.firstElementChild.cloneNode(true);
  const rows = dialog.querySelector("tbody");
  const listed = new Set();
  for (const element of all()) {
    if (listed.has(element.dataset.shortcut)) continue;
    listed.add(element.dataset.shortcut);
    const row = rows.insertRow();
    row.insertCell().append(keycaps(element.dataset.shortcut.split(" ")));
    row.insertCell().textContent = element.dataset.shortcutLabel ?? element.textContent.trim();
  }
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    before?.focus?.();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function keycaps(keys) {
  const together = document.createElement("span");
  for (const key of keys) {
    const cap = document.createElement("kbd");
    cap.textContent = key;
    together.append(cap, " ");
  }
  return together;
}
