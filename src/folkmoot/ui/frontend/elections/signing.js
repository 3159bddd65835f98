// The page on which an officer signs the count. The key file and its passphrase are read here and never sent; what is
// sent is the signature of the text that this page shows.
import { fingerprint, sign, unlockKeys } from "./sealing.js";

const utf8 = new TextEncoder();
const root = document.querySelector("[data-signing]");

/** Words for the officer, who can do something about it. */
class Problem extends Error {}

async function hashOf(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8.encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function signature(words, file, passphrase) {
  const text = JSON.parse(document.getElementById("manifest").textContent);
  if ((await hashOf(text)) !== words.hash) throw new Problem(words.wordText);
  if (!file) throw new Problem(words.wordNoFile);
  let keys;
  try {
    keys = await unlockKeys(await file.text(), passphrase);
  } catch {
    throw new Problem(words.wordWrong);
  }
  if (!keys.signing || (await fingerprint(keys.signing)) !== words.key) throw new Problem(words.wordOther);
  return sign(text, keys.signing);
}

if (root) {
  const form = root.querySelector("[data-signing-form]");
  const says = root.querySelector("[data-signing-says]");
  const button = form.querySelector("button");
  const [file, passphrase] = [form.querySelector("input[type=file]"), form.querySelector("input[type=password]")];
  const send = document.querySelector("[data-signing-send]");
  root.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    says.textContent = root.dataset.wordSigning;
    try {
      send.elements.jws.value = await signature(root.dataset, file.files[0], passphrase.value);
      passphrase.value = "";
      says.textContent = root.dataset.wordSending;
      send.requestSubmit();
    } catch (problem) {
      says.textContent = problem instanceof Problem ? problem.message : root.dataset.wordFailed;
      button.disabled = false;
    }
  });
}
