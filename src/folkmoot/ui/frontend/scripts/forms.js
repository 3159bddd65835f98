const PREFIX = "draft:";

/** For browsers that give autofocus to form fields only. */
export function focusErrorSummary() {
  addEventListener("load", () => {
    const summary = document.querySelector(".error-summary[autofocus]");
    if (summary && !summary.contains(document.activeElement)) summary.focus();
  });
}

/**
 * Nothing typed is lost: what stands in a form marked with data-guard is kept in this tab until the form was
 * sent and taken. Passwords, files, hidden values and one-time codes are never kept.
 */
export function guardForms(root) {
  const forms = root.matches?.("form") ? [root] : root.querySelectorAll("form");
  for (const form of forms) {
    if (form.dataset.guarded) continue;
    form.dataset.guarded = "true";
    onceOnly(form);
    if (form.dataset.guard) {
      keepDraft(form, PREFIX + form.dataset.guard);
      sendByKeys(form);
    }
    if ("signOut" in form.dataset) form.addEventListener("submit", forgetAll);
  }
}

/** Control or Command with Enter presses the form's first button: for those who write and do not want to leave the keys. */
function sendByKeys(form) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const button = [...form.elements].find((one) => one.type === "submit" && !one.disabled);
    if (!button) return;
    event.preventDefault();
    form.requestSubmit(button);
  });
}

function onceOnly(form) {
  const again = () => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  };
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    queueMicrotask(() => {
      if (event.defaultPrevented || form.method !== "post") return;
      form.dataset.sent = "true";
      event.submitter?.setAttribute("aria-busy", "true");
      setTimeout(again, LONG_ENOUGH);
    });
  });
  addEventListener("pageshow", again);
}

function keepDraft(form, key) {
  const kept = read(key);
  const refused = form.querySelector("[aria-invalid=true]") || form.querySelector(".error-summary");
  if (kept?.sent && !refused) {
    remove(key);
  } else if (kept && restore(form, kept.values)) {
    form.querySelector("[data-draft-note]")?.removeAttribute("hidden");
  }
  let timer;
  const keep = (sent) => write(key, { sent, values: valuesOf(form) });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(false), 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    keep(true);
  });
  form.addEventListener("reset", () => remove(key));
  addEventListener("pagehide", () => {
    if (timer && !form.dataset.sent) keep(false);
  });
}

function fieldsOf(form) {
  return [...form.elements].filter(
    (field) =>
      field.name &&
      field.type !== "hidden" &&
      field.type !== "password" &&
      field.type !== "file" &&
      field.type !== "submit" &&
      field.tagName !== "BUTTON" &&
      field.tagName !== "FIELDSET" &&
      field.autocomplete !== "one-time-code" &&
      field.autocomplete !== "off",
  );
}

// A download answers a form without leaving the page; after a while it may be sent again.
const LONG_ENOUGH = 8000;

const isChoice = (field) => field.type === "checkbox" || field.type === "radio";

function valuesOf(form) {
  return fieldsOf(form).map((field) => [field.name, isChoice(field) ? [field.value, field.checked] : field.value]);
}

/** Fills in what the server left as it was; what the server sent back counts more than what was kept. */
function restore(form, values) {
  const fields = fieldsOf(form);
  let changed = false;
  for (const [index, [name, value]] of values.entries()) {
    const field = fields[index];
    if (!field || field.name !== name) continue;
    if (isChoice(field)) {
      if (field.value !== value[0] || field.checked !== field.defaultChecked || field.checked === value[1]) continue;
      field.checked = value[1];
    } else {
      const untouched = field.tagName === "SELECT" || field.value === field.defaultValue;
      if (!untouched || field.value === value || (field.defaultValue && field.tagName !== "SELECT")) continue;
      field.value = value;
    }
    changed = true;
  }
  return changed;
}

function forgetAll() {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // a browser without storage has nothing to forget
  }
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // full or forbidden: the form works all the same
  }
}

function remove(key) {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // as above
  }
}
