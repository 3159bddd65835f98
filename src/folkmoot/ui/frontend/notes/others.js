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

export class Others {
  constructor(area) {
    this.area = area;
    this.shown = [];
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
    this.shown = people;
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
      if (mark.caret) sheet.append(caretOf(mark.one));
    }
    write(words.length);
    // An empty last line has a height of its own only with something in it.
    sheet.append("\u200b");
    this.scroll();
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

function caretOf({ name, colour }) {
  const caret = document.createElement("span");
  caret.className = `notes-caret notes-by-${colour}`;
  const tag = document.createElement("span");
  tag.className = "notes-name";
  tag.textContent = name;
  caret.append(tag);
  return caret;
}
