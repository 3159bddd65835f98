// The page of a ballot: it is put in order by dragging, buttons or numbers, read over in words, sealed in this browser,
// and only the envelopes are sent. Without this the same page posts numbers, and the server seals.
import { receipt, seal } from "./sealing.js";
import { enhanceRanking } from "./ranking.js";

const page = document.querySelector("[data-ballot]");
// Pages that are not served in confidence (http) have no cryptography; there the server seals, and says so.
if (page && globalThis.crypto?.subtle) enhance(page, JSON.parse(document.getElementById("ballot-data").textContent));

function enhance(page, { contests, isFinal, mode }) {
  const fill = page.querySelector("[data-ballot-step='fill']");
  const review = page.querySelector("[data-ballot-step='review']");
  const form = document.getElementById("ballot-form");
  const cast = document.getElementById("cast-form");
  const said = page.querySelector("[data-ballot-error]");
  const empty = page.querySelector("[data-ballot-empty]");
  for (const one of page.querySelectorAll("[data-ballot-scripted]")) one.hidden = false;
  for (const one of page.querySelectorAll("[data-ballot-unscripted]")) one.hidden = true;
  for (const paper of page.querySelectorAll("[data-way='rank']")) enhanceRanking(paper);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    page.querySelector("[data-ballot-problem]")?.remove();
    const papers = contests.map((contest) => ({ contest, ...read(page, contest) }));
    const wrong = papers.find(({ wrong }) => wrong);
    if (wrong) {
      said.textContent = wrong.wrong;
      wrong.field.focus();
      return;
    }
    if (papers.every(({ ranks }) => ranks.every((rank) => !rank)) && !form.elements.empty.checked) {
      empty.hidden = false;
      form.elements.empty.focus();
      return;
    }
    const secret = mode === "vote" && !isFinal ? newSecret() : "";
    if (secret) document.getElementById("ballot-secret").textContent = secret;
    for (const { contest, ranks, names } of papers) {
      const shown = review.querySelector(`[data-review="${contest.pk}"]`);
      write(shown, contest, ranks, names);
      if (mode === "practice") continue;
      const envelope = await seal(ranks, contest);
      cast.elements[`e-${contest.pk}`].value = envelope;
      cast.elements[`h-${contest.pk}`].value = secret ? await receipt(`${contest.position}.${secret}`) : "";
      shown.querySelector("[data-review-receipt]").textContent = await receipt(envelope);
    }
    show(review, fill);
  });
  document.getElementById("change-ballot").addEventListener("click", () => {
    for (const field of cast?.querySelectorAll("[name^='e-']") ?? []) field.value = "";
    show(fill, review);
  });
}

function show(step, other) {
  other.hidden = true;
  step.hidden = false;
  const title = step.querySelector("h1");
  title.tabIndex = -1;
  title.focus();
  scrollTo(0, 0);
}

/** 160 bits, as text that goes into a form. */
function newSecret() {
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What stands on one ballot: {ranks, names} by place, or {wrong, field}. The same rules as `domain/ballot_papers.py`. */
function read(page, { pk, way, mayBeEqual, top }) {
  const paper = page.querySelector(`[data-paper="${pk}"]`);
  const lines = [...paper.querySelectorAll("[data-place]")];
  const names = [];
  const ranks = [];
  for (const line of lines) {
    const place = Number(line.dataset.place);
    const field = line.querySelector("input");
    names[place] = line.querySelector("[data-name]").textContent.trim();
    if (way === "tick" || way === "choose") {
      ranks[place] = field.checked ? 1 : 0;
      continue;
    }
    const text = field.value.trim();
    if (!/^[0-9]{0,4}$/.test(text) || Number(text) > top) {
      return { wrong: paper.dataset.wrong.replace("NAME", () => names[place]), field };
    }
    ranks[place] = Number(text);
  }
  if (way !== "rank") return { ranks, names };
  for (let rank = 1; rank <= top && !mayBeEqual; rank += 1) {
    const same = lines.filter((line) => ranks[line.dataset.place] === rank);
    if (same.length > 1) {
      const both = same.map((line) => names[line.dataset.place]).join(", ");
      return { wrong: paper.dataset.same.replace("NAMES", () => both), field: same[1].querySelector("input") };
    }
  }
  const order = [...new Set(ranks.filter(Boolean))].sort((one, other) => one - other);
  return { ranks: ranks.map((rank) => (rank ? order.indexOf(rank) + 1 : 0)), names };
}

/** Writes in words what a ballot says. */
function write(shown, { way }, ranks, names) {
  const words = shown.querySelector("[data-review-words]");
  const values = [...new Set(ranks.filter(Boolean))].sort((one, other) => (way === "mark" ? other - one : one - other));
  const said = values.flatMap((value) => {
    const together = names.filter((_name, place) => ranks[place] === value);
    if (way === "rank") {
      return [shown.dataset.rank.replace("NUMBER", value).replace("NAMES", () => together.join(", "))];
    }
    if (way === "mark") return together.map((name) => shown.dataset.mark.replace("MARK", value).replace("NAME", () => name));
    return together;
  });
  words.replaceChildren(
    ...said.map((text) => {
      const line = document.createElement("li");
      line.dir = "auto";
      line.textContent = text;
      return line;
    }),
  );
  const silent = names.filter((_name, place) => !ranks[place]).join(", ");
  const rest = shown.querySelector("[data-review-silent]");
  if (!said.length) rest.textContent = shown.dataset.nothing;
  else rest.textContent = silent ? shown.dataset.silent.replace("NAMES", () => silent) : "";
}
