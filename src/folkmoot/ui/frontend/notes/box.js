// A textarea that shows a shared text: what is typed goes into it, what others type comes in without moving the caret.
import { UndoManager } from "yjs";
import { difference, endOf, moved } from "./edits.js";

export class Box {
  constructor(area) {
    this.area = area;
    this.composing = false;
    this.later = [];
    area.addEventListener("compositionstart", () => {
      this.composing = true;
    });
    area.addEventListener("compositionend", () => {
      this.composing = false;
      this.take();
      for (const act of this.later.splice(0)) act();
    });
    area.addEventListener("input", () => this.composing || this.take());
    area.addEventListener("keydown", (event) => this.key(event));
    area.addEventListener("beforeinput", (event) => {
      // The browser's own history knows nothing of what others wrote.
      if (event.inputType === "historyUndo" || event.inputType === "historyRedo") {
        event.preventDefault();
        this.step(event.inputType === "historyUndo");
      }
    });
  }

  /** Shows this text from now on. */
  show(text) {
    this.undo?.destroy();
    this.text?.unobserve(this.follow);
    this.text = text;
    this.follow = (event, transaction) => this.draw(event, transaction);
    text.observe(this.follow);
    this.undo = new UndoManager(text, { trackedOrigins: new Set([this]), captureTimeout: 400 });
    this.put(text.toString());
  }

  /** Does it now, or once a character that is being composed is whole. */
  whenWhole(act) {
    if (this.composing) this.later.push(act);
    else act();
  }

  /** Puts what was typed into the text. */
  take() {
    if (!this.text || this.area.readOnly) return;
    const before = this.text.toString();
    if (this.area.value !== before) this.edit(difference(before, this.area.value, this.area.selectionEnd));
  }

  edit({ start, removed, inserted }) {
    this.text.doc.transact(() => {
      if (removed) this.text.delete(start, removed);
      if (inserted) this.text.insert(start, inserted);
    }, this);
    if (this.area.value !== this.text.toString()) this.put(this.text.toString());
  }

  draw(event, transaction) {
    if (transaction.origin === this) return;
    const { area } = this;
    const isUndo = transaction.origin === this.undo;
    const [start, end] = isUndo
      ? [endOf(event.delta), endOf(event.delta)]
      : [moved(area.selectionStart, event.delta), moved(area.selectionEnd, event.delta)];
    this.put(this.text.toString(), start, end);
  }

  put(words, start = this.area.selectionStart, end = this.area.selectionEnd) {
    const { area } = this;
    const { selectionDirection, scrollTop } = area;
    if (area.value === words) return;
    area.value = words;
    // A selection in a field without the focus would take the focus in some browsers.
    if (document.activeElement === area) area.setSelectionRange(start, end, selectionDirection);
    area.scrollTop = scrollTop;
    if (area.value !== words) {
      // A textarea knows one kind of line end; whatever else came in goes out again.
      const edit = difference(words, area.value);
      queueMicrotask(() => this.text.toString() === words && this.edit(edit));
    }
  }

  key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !this.undo) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && !(key === "y" && event.ctrlKey)) return;
    event.preventDefault();
    this.step(key === "z" && !event.shiftKey);
  }

  step(back) {
    if (this.area.readOnly) return;
    if (back) this.undo.undo();
    else this.undo.redo();
  }
}
