// Where the others are in the text: drawn in a copy of the textarea that lies on it, for the eye alone.
const LETTERS = [
  "fontFamily",
  "fontSize",
  "fontWeight",
  "lineHeight",
  "letterSpacing",
  "textIndent",
  "tabSize",
  "direction",
  "textAlign",
  "paddingTop",
  "paddingRight",
  "paddingBottom",
  "paddingLeft",
  "borderTopWidth",
  "borderRightWidth",
  "borderBottomWidth",
  "borderLeftWidth",
];

const COLOURS = 6;

// A name lies on the words above, so it goes when its person rests.
const NAMED_FOR = 3_000;

export class Others {
  constructor(area) {
    this.area = area;
    this.shown = [];
    this.moved = new Map();
    this.sheet = document.createElement("div");
    this.sheet.className = "notes-others";
    this.sheet.setAttribute("aria-hidden", "true");
    area.after(this.sheet);
    area.addEventListener("scroll", () => this.scroll());
    area.addEventListener("input", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(area);
  }

  /** Shows these people: name, colour, and where their selection begins and ends (`anchor`, `head`). */
  show(people) {
    const now = Date.now();
    const before = new Map(this.shown.map((one) => [one.number, one]));
    for (const one of people) {
      const { anchor, head } = before.get(one.number) ?? {};
      if (anchor !== one.anchor || head !== one.head) this.moved.set(one.number, now);
    }
    this.shown = people;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.draw(), NAMED_FOR + 50);
    this.draw();
  }

  draw() {
    const { area, sheet } = this;
    sheet.replaceChildren();
    if (!this.shown.length) return;
    const look = getComputedStyle(area);
    for (const name of LETTERS) sheet.style[name] = look[name];
    sheet.style.width = `${area.clientWidth + parseFloat(look.borderLeftWidth) + parseFloat(look.borderRightWidth)}px`;
    sheet.style.height = `${area.offsetHeight}px`;
    const words = area.value;
    const marks = this.shown.flatMap((one) => marksOf(one, words.length));
    marks.sort((one, other) => one.at - other.at);
    const under = new Set();
    let at = 0;
    const write = (end) => {
      if (end === at) return;
      const piece = words.slice(at, end);
      const [person] = [...under].slice(-1);
      if (person) {
        const selected = document.createElement("span");
        selected.className = `notes-selected notes-by-${person.colour}`;
        selected.textContent = piece;
        sheet.append(selected);
      } else {
        sheet.append(piece);
      }
      at = end;
    };
    for (const mark of marks) {
      write(mark.at);
      if (mark.opens) under.add(mark.one);
      if (mark.closes) under.delete(mark.one);
      if (mark.caret) this.drawCaret(mark.one);
    }
    write(words.length);
    // An empty last line has a height of its own only with something in it.
    sheet.append("\u200b");
    this.scroll();
  }

  drawCaret({ number, name, colour }) {
    const caret = document.createElement("span");
    caret.className = `notes-caret notes-by-${colour}`;
    const tag = document.createElement("span");
    tag.className = "notes-name";
    const isResting = Date.now() - (this.moved.get(number) ?? 0) > NAMED_FOR;
    if (isResting) caret.classList.add("is-resting");
    tag.textContent = isResting ? "" : name;
    caret.append(tag);
    this.sheet.append(caret);
    // There is more room on one side of it than on the other.
    if (caret.offsetLeft > this.sheet.clientWidth / 2) caret.classList.add("is-far");
  }

  scroll() {
    this.sheet.scrollTop = this.area.scrollTop;
    this.sheet.scrollLeft = this.area.scrollLeft;
  }
}

function marksOf(one, length) {
  const [anchor, head] = [one.anchor, one.head].map((place) => Math.min(Math.max(place, 0), length));
  const who = { ...one, colour: Math.min(Math.max(Number(one.colour) || 1, 1), COLOURS) };
  if (anchor === head) return [{ at: head, one: who, caret: true }];
  const [start, end] = anchor < head ? [anchor, head] : [head, anchor];
  return [
    { at: start, one: who, opens: true, caret: head === start },
    { at: end, one: who, closes: true, caret: head === end },
  ];
}
