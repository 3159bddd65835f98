// The page of an officer's keys: making them, and rehearsing with invented ballots. Private keys and passphrases stay in
// this page; what is sent are public keys, and shares that were sealed for other officers.
import { base64url } from "jose";
import { keepAsFile, newKeys, openKeyFile, printOf, publicParts, SHORTEST_PASSPHRASE } from "./key-file.js";
import { openBallot, openShare, openWith, sealFor, spoken } from "./sealing.js";

const utf8 = new TextEncoder();
const root = document.querySelector("[data-officer-keys]");
const given = JSON.parse(document.getElementById("officer-keys").textContent);

/** Says something beside a form; `isWrong` is told at once to those who listen. */
function say(form, words, isWrong = false) {
  const said = form.querySelector("[data-says]");
  said.setAttribute("role", isWrong ? "alert" : "status");
  said.classList.toggle("field-error", isWrong);
  said.textContent = words;
}

/** Runs what a form asks for, once at a time. */
function onSubmit(form, run) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    if (button.disabled) return;
    button.disabled = true;
    say(form, form.dataset.busy);
    try {
      await run();
    } catch (problem) {
      say(form, form.dataset[CODES[problem.message] ?? "failed"], true);
    } finally {
      button.disabled = false;
    }
  });
}

const CODES = {
  "no-file": "noFile",
  passphrase: "wrong",
  "no-keys": "noKeys",
  "other-keys": "otherKeys",
  short: "short",
  unlike: "unlike",
};

function making(form) {
  const [first, second] = form.querySelectorAll("input[type=password]");
  const send = root.querySelector("[data-send-keys]");
  onSubmit(form, async () => {
    if (first.value.length < SHORTEST_PASSPHRASE) {
      first.focus();
      throw new Error("short");
    }
    if (first.value !== second.value) {
      second.focus();
      throw new Error("unlike");
    }
    const keys = await newKeys(given.election);
    await keepAsFile(keys, first.value, given.file);
    send.elements.public.value = JSON.stringify(publicParts(keys));
    send.querySelector("[data-print]").textContent = spoken(await printOf(keys));
    first.value = second.value = "";
    say(form, form.dataset.done);
    send.hidden = false;
    send.querySelector("button").focus();
  });
}

function rehearsing(form) {
  const { rehearsal } = given;
  const send = root.querySelector("[data-send-rehearsal]");
  const passphrase = form.querySelector("input[type=password]");
  onSubmit(form, async () => {
    const file = form.querySelector("input[type=file]").files[0];
    let keys;
    try {
      keys = await openKeyFile(file, passphrase.value, given.print);
    } catch (problem) {
      if (problem.message === "passphrase") passphrase.select();
      throw problem;
    }
    const own = await Promise.all(rehearsal.envelopes.map((text) => openShare(text, rehearsal.place, keys.opening)));
    const shares = utf8.encode(JSON.stringify(own.map((share) => base64url.encode(share))));
    const others = rehearsal.officers.filter(({ pk }) => pk !== given.me);
    const sealed = await Promise.all(others.map(async ({ pk, opening }) => [pk, await sealFor(shares, opening)]));
    const rankings = await found(own, keys.opening);
    send.elements.opened.value = JSON.stringify({ shares: Object.fromEntries(sealed), rankings });
    passphrase.value = "";
    send.requestSubmit();
  });
}

/** The rankings of the invented ballots, by one's own shares and those that others have sent; null if they are too few. */
async function found(own, key) {
  const { envelopes, contest, needed, sent } = given.rehearsal;
  const used = [own];
  for (const sealed of Object.values(sent).slice(0, needed - 1)) {
    const texts = JSON.parse(new TextDecoder().decode(await openWith(sealed, key)));
    used.push(texts.map((text) => base64url.decode(text)));
  }
  if (used.length < needed) return null;
  return Promise.all(envelopes.map((text, ballot) => openBallot(text, used.map((of) => of[ballot]), { contest, needed })));
}

if (root && window.isSecureContext && crypto.subtle) {
  for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-without-script]")) part.hidden = true;
  const make = root.querySelector("[data-make-keys]");
  const rehearse = root.querySelector("[data-rehearse]");
  if (make) making(make);
  if (rehearse) rehearsing(rehearse);
}
