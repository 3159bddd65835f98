// Notes that several people write at once: a textarea, a shared text behind it, and a line to the server.
import { createDecoder, readVarString, readVarUint, readVarUint8Array } from "lib0/decoding";
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from "y-protocols/awareness";
import * as Y from "yjs";
import { Box } from "./notes/box.js";
import { editsOf, transplanted } from "./notes/edits.js";
import { forget, keep, kept } from "./notes/kept.js";
import { Line } from "./notes/line.js";
import { Others } from "./notes/others.js";

// The kinds of messages; live/domain/wire.py has the same.
const SYNC = 0;
const AWARENESS = 1;
const TOLD = 100;
const KEPT = 101;
const ASKED = 102;
const CALLED = 103;
const [STEP_1, STEP_2, UPDATE] = [0, 1, 2];
// After these the server would say the same again.
const FOR_GOOD = new Set(["forbidden", "closed", "frozen", "signed_out", "unknown", "too_large", "malformed"]);
const SENT_AFTER = 150;
const KEPT_AFTER = 250;
const AWAY_AFTER = 2_000;
const FROM_AFAR = "afar";

class Notes {
  constructor(root) {
    this.root = root;
    this.words = root.dataset;
    this.item = root.dataset.item;
    const find = (name) => root.querySelector(`[data-notes-${name}]`);
    this.area = find("text");
    [this.status, this.people, this.said] = [find("status"), find("people"), find("said")];
    this.box = new Box(this.area);
    this.others = new Others(this.area);
    this.isDirty = false;
    this.isWhole = false;
    this.find = find;
    for (const name of ["select", "keyup", "pointerup", "focus", "blur"]) {
      this.area.addEventListener(name, () => this.tellPlace());
    }
    addEventListener("pagehide", () => this.isDirty && this.keepHere());
    addEventListener("beforeunload", (event) => this.isDirty && event.preventDefault());
  }

  begin() {
    this.find("without").hidden = true;
    this.find("with").hidden = false;
    this.say("connecting");
    this.line = new Line(this.words.notes, {
      opened: () => {},
      came: (message) => this.came(message),
      lost: () => this.lost(),
      ask: () => this.line.send(new Uint8Array([ASKED])),
    });
    this.line.connect();
    this.area.addEventListener("focus", () => this.isSeen(true));
  }

  isSeen(yes) {
    clearTimeout(this.resting);
    if (!this.root.isConnected) {
      this.leave();
      return;
    }
    if (yes) this.line.resume();
    else this.resting = setTimeout(() => this.rest(), RESTS_AFTER);
  }

  /** The page has exchanged its part; what is under way is still sent. */
  leave() {
    if (this.isDirty && !this.ended) setTimeout(() => this.leave(), SENT_AFTER);
    else this.line.stop();
  }

  rest() {
    const isAtWork = this.isDirty || document.activeElement === this.area;
    if (isAtWork) this.isSeen(false);
    else this.line.pause();
  }

  // What the server says

  came(message) {
    const decoder = createDecoder(message);
    const kind = readVarUint(decoder);
    if (kind === SYNC) {
      const step = readVarUint(decoder);
      const content = readVarUint8Array(decoder);
      this.box.whenWhole(() => this.sync(step, content));
    } else if (kind === AWARENESS) {
      if (this.awareness) applyAwarenessUpdate(this.awareness, readVarUint8Array(decoder), FROM_AFAR);
    } else if (kind === KEPT) {
      this.kept = readVarUint(decoder);
      this.settle();
    } else if (kind === TOLD) {
      this.told(JSON.parse(readVarString(decoder)));
    } else if (kind === CALLED) {
      this.line.send(new Uint8Array([ASKED]));
    }
  }

  told(news) {
    if (news.what === "hello") this.box.whenWhole(() => this.hello(news));
    else if (news.what === "too_long") this.announce((this.tooLong = news.words));
    else if (news.what === "fits") this.announce((this.tooLong = ""));
    else if (news.what === "end" && FOR_GOOD.has(news.code)) this.finish(news.words);
  }

  hello({ generation, name, colour }) {
    if (!this.generation && isFilledIn(this.root)) {
      this.line.stop();
      this.find("with").hidden = true;
      return;
    }
    this.line.holds();
    this.find("without").hidden = true;
    this.me = { name, colour };
    [this.sent, this.kept, this.isWhole, this.pending] = [0, 0, false, []];
    if (generation !== this.generation) this.beginText(generation);
    this.line.send(framed(SYNC, STEP_1, Y.encodeStateVector(this.there)));
  }

  /** The text begins here, or began anew: what was not sent of the one before is written into it again. */
  beginText(generation) {
    const here = this.box.text ? null : kept(this.item);
    if (this.box.text) this.late ??= { base: this.agreed, doc: this.doc, there: this.there };
    else if (here && here.generation !== generation) this.late = here;
    this.generation = generation;
    this.awareness?.destroy();
    const doc = new Y.Doc();
    this.doc = doc;
    this.text = doc.getText("notes");
    // The text as the server has it, without what was written here and is not kept: what is ours is told from it.
    this.there = new Y.Doc();
    this.awareness = new Awareness(doc);
    this.awareness.on("update", (_changes, origin) => {
      if (origin === FROM_AFAR) this.showOthers();
      else if (this.isWhole) this.sendPlace();
    });
    // What is typed into the text of before until this one is open is late as well.
    doc.on("update", (update, origin) => origin !== FROM_AFAR && doc === this.doc && this.wrote(update));
    if (here?.generation === generation) {
      Y.applyUpdate(doc, here.update, FROM_AFAR);
      this.isDirty = true;
    }
  }

  sync(step, content) {
    if (step === STEP_1) {
      this.sent += 1;
      this.line.send(framed(SYNC, STEP_2, Y.encodeStateAsUpdate(this.doc, content)));
      this.settle();
      return;
    }
    Y.applyUpdate(this.there, content);
    Y.applyUpdate(this.doc, content, FROM_AFAR);
    if (step === STEP_2 && !this.isWhole) this.open();
    else this.showOthers();
    this.markSaved();
  }

  /** The words on which this page and the server agree. */
  get agreed() {
    return this.there.getText("notes").toString();
  }

  /** A field that says what it said at first holds nothing that could be lost. */
  markSaved() {
    if (!this.isDirty) this.area.defaultValue = this.area.value;
  }

  /** All that the server has is here. */
  open() {
    this.isWhole = true;
    const { late } = this;
    this.late = null;
    const edits = late?.doc ? written(late.doc, late.there) : late?.edits;
    if (this.box.text !== this.text) this.box.show(this.text);
    this.area.readOnly = false;
    if (late) {
      this.isDirty = false;
      const words = this.text.toString();
      for (const edit of edits ?? []) this.box.edit(transplanted(edit, late.base, words));
    }
    this.tellPlace();
    this.showOthers();
  }

  // What is written here

  wrote(update) {
    this.isDirty = true;
    if (this.isWhole) {
      this.pending.push(update);
      this.sending ??= setTimeout(() => this.sendPending(), SENT_AFTER);
    }
    this.keeping ??= setTimeout(() => this.keepHere(), KEPT_AFTER);
    this.showState();
    this.others.draw();
  }

  sendPending() {
    this.sending = null;
    // Without a line nothing is lost: the next sync asks for all that the server has not.
    if (!this.isWhole || !this.line.isOpen || !this.pending.length) return;
    this.line.send(framed(SYNC, UPDATE, Y.mergeUpdates(this.pending.splice(0))));
    this.sent += 1;
  }

  /** Everything that was sent is kept by the server. */
  settle() {
    if (this.isWhole && this.kept === this.sent && !this.pending.length) {
      this.isDirty = false;
      Y.applyUpdate(this.there, Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(this.there)));
      clearTimeout(this.keeping);
      this.keeping = null;
      forget(this.item);
      this.markSaved();
    }
    this.showState();
  }

  keepHere() {
    this.keeping = null;
    // Until a text is shown, what was kept before says more.
    if (!this.isDirty || this.box.text !== this.text) return;
    const { agreed, doc, generation, there } = this;
    keep(this.item, { generation, update: Y.encodeStateAsUpdate(doc), base: agreed, edits: written(doc, there) });
  }

  lost() {
    this.isWhole = false;
    this.pending = [];
    if (this.awareness) {
      const all = [...this.awareness.getStates().keys()].filter((number) => number !== this.doc.clientID);
      removeAwarenessStates(this.awareness, all, FROM_AFAR);
    }
    this.showOthers();
    if (this.line.isResting) return;
    this.away ??= setTimeout(() => this.showState(), AWAY_AFTER);
    this.showState();
  }

  finish(words) {
    this.line.stop();
    this.ended = this.isDirty ? `${words} ${this.words.unsaved}` : words;
    this.box.take();
    this.area.readOnly = true;
    this.root.classList.add("is-over");
    this.others.show([]);
    this.people.textContent = "";
    this.announce(this.ended);
  }

  // Who is where

  tellPlace() {
    if (!this.isWhole) return;
    const { area, text } = this;
    const place = (index) => Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index));
    const backwards = area.selectionDirection === "backward";
    const [anchor, head] = backwards ? [area.selectionEnd, area.selectionStart] : [area.selectionStart, area.selectionEnd];
    const isHere = document.activeElement === area;
    this.awareness.setLocalStateField("cursor", isHere ? { anchor: place(anchor), head: place(head) } : null);
  }

  sendPlace() {
    this.placing ??= setTimeout(() => {
      this.placing = null;
      if (!this.isWhole) return;
      this.line.send(framed(AWARENESS, encodeAwarenessUpdate(this.awareness, [this.doc.clientID])));
    }, SENT_AFTER);
  }

  showOthers() {
    const found = [];
    for (const [number, state] of this.awareness?.getStates() ?? []) {
      if (number === this.doc.clientID || !state?.user) continue;
      const { name, colour } = state.user;
      const [anchor, head] = [this.index(state.cursor?.anchor), this.index(state.cursor?.head)];
      // Whoever has the page open and is elsewhere on it does not write here.
      if (anchor !== null && head !== null) found.push({ number, name, colour, anchor, head });
    }
    this.others.show(found);
    const isMe = ({ name, colour }) => name === this.me?.name && colour === this.me?.colour;
    const names = [...new Set(found.filter((one) => !isMe(one)).map(({ name }) => name))];
    const listed = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(names);
    const words = names.length > 1 ? this.words.many : this.words.one;
    const sentence = names.length ? words.replace("{names}", listed) : "";
    if (this.people.textContent !== sentence) this.people.textContent = sentence;
  }

  index(place) {
    try {
      const found = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(place), this.doc);
      return found?.type === this.text ? found.index : null;
    } catch {
      // Somebody's browser says something that is no place; they are drawn nowhere.
      return null;
    }
  }

  // How it stands, in words

  showState() {
    if (this.ended) return;
    if (!this.isWhole) {
      // A short break is not worth a word.
      const before = this.line?.failed > 2 ? "never" : "connecting";
      if (!this.generation) this.find("without").hidden = before === "connecting" && !isFilledIn(this.root);
      this.say(!this.generation ? before : this.isDirty ? "kept" : "away");
      if (this.generation && this.away) this.announceLater();
      return;
    }
    clearTimeout(this.away);
    this.away = null;
    if (this.wasAway && !this.isDirty) {
      this.wasAway = false;
      this.announce(this.words.back);
    }
    this.say(this.isDirty ? "saving" : "saved");
  }

  announceLater() {
    this.telling ??= setTimeout(() => {
      this.telling = null;
      if (this.isWhole || this.wasAway || this.ended) return;
      this.wasAway = true;
      this.announce(this.words.kept);
    }, AWAY_AFTER);
  }

  say(name) {
    if (this.tooLong || this.ended) return;
    this.root.dataset.state = name;
    if (this.status.textContent !== this.words[name]) this.status.textContent = this.words[name];
  }

  /** For those who hear the page too; seldom. */
  announce(words) {
    this.said.textContent = words;
    if (this.tooLong || this.ended) this.status.textContent = words;
  }
}

/** Whoever has begun to write in the form, before there was a connection, keeps it in their hands. */
function isFilledIn(root) {
  return [...root.querySelectorAll("[data-notes-without] textarea")].some((one) => one.value !== one.defaultValue);
}

function framed(...parts) {
  const encoder = createEncoder();
  for (const part of parts) {
    if (typeof part === "number") writeVarUint(encoder, part);
    else writeVarUint8Array(encoder, part);
  }
  return toUint8Array(encoder);
}

/** What was written in `doc` and is not kept `there`, as edits of the words there. */
function written(doc, there) {
  const copy = new Y.Doc();
  const delta = [];
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(there));
  copy.getText("notes").observe((event) => delta.push(...event.delta));
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(there)));
  copy.destroy();
  return editsOf(delta);
}

// Those far down the page connect once they are looked at, and rest when they are out of sight for a while.
const RESTS_AFTER = 30_000;
const found = new WeakMap();
const looked = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting && !found.has(target) && !isFilledIn(target)) {
        found.set(target, new Notes(target));
        found.get(target).begin();
      }
      found.get(target)?.isSeen(isIntersecting);
    }
  },
  { rootMargin: "400px" },
);
function enhance(root) {
  for (const notes of root.querySelectorAll("[data-notes]")) {
    if (notes.dataset.state) continue;
    notes.dataset.state = "connecting";
    looked.observe(notes);
  }
}
enhance(document);
document.addEventListener("htmx:load", ({ detail }) => enhance(detail.elt.parentElement ?? detail.elt));
