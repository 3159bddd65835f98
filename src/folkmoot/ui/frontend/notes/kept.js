// What was written and has not reached the server is kept in this tab, so that a reload or a crash takes nothing away.
// Signing out forgets it with all drafts, as scripts/forms.js does.
const key = (item) => `draft:notes:${item}`;

export function keep(item, { generation, update, base, edits }) {
  try {
    const state = btoa(Array.from(update, (byte) => String.fromCharCode(byte)).join(""));
    sessionStorage.setItem(key(item), JSON.stringify({ generation, state, base, edits }));
  } catch {
    // without storage it stays in the page alone
  }
}

export function kept(item) {
  try {
    const found = JSON.parse(sessionStorage.getItem(key(item)));
    return found && { ...found, update: Uint8Array.from(atob(found.state), (letter) => letter.charCodeAt(0)) };
  } catch {
    return null;
  }
}

export function forget(item) {
  try {
    sessionStorage.removeItem(key(item));
  } catch {
    // nothing was kept
  }
}
