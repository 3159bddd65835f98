// The script inside the file of a result (`governance/domain/offline.py`): it checks that file without any network.
// It is written apart from the counting, and from `checking.py`, so that one mistake does not hide another.

const files = new Map(
  [...document.querySelectorAll("script[data-file]")].map((held) => [
    held.dataset.file,
    Uint8Array.from(atob(held.textContent.trim()), (letter) => letter.charCodeAt(0)),
  ]),
);
const MANIFEST = "manifest.json";
const SIGNATURE = "manifest.sig";
const MOVING = ["scottish-stv", "irv"];
const PAIRWISE = ["schulze", "ranked-pairs"];

const json = (name) => JSON.parse(new TextDecoder().decode(files.get(name)));
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const same = (one, other) => JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());

/** Every file against the manifest. */
async function hashes(manifest) {
  const wrong = [];
  for (const name of new Set([...files.keys(), ...Object.keys(manifest.files)])) {
    if (name === MANIFEST || name === SIGNATURE) continue;
    const listed = manifest.files[name];
    if (!files.has(name)) wrong.push(`${name} is missing.`);
    else if (!listed) wrong.push(`${name} is not in the manifest.`);
    else {
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", files.get(name)));
      const hex = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      if (hex !== listed.sha256) wrong.push(`${name} was changed: its SHA-256 is not that of the manifest.`);
    }
  }
  return wrong;
}

/** Whether the signature is right, wrong, or open to question; with words. */
async function signature() {
  if (!files.has(SIGNATURE)) return ["open", "This result is not signed."];
  const { public_key: key, signature: signed } = json(SIGNATURE);
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw", bytes(key), { name: "Ed25519" }, false, ["verify"]);
  } catch (problem) {
    if (problem.name === "NotSupportedError") return ["open", "This browser cannot check the signature; folkmoot verify can."];
    return ["wrong", "The signature cannot be read."];
  }
  const right = await crypto.subtle.verify("Ed25519", imported, bytes(signed), files.get(MANIFEST));
  if (!right) return ["wrong", "The signature is not one of this manifest."];
  return ["right", `Signed by the key ${key}. Compare it with the one that was published.`];
}

/** What the page shows against the record. */
function shown(result) {
  const wrong = [];
  for (const stage of result.stages) {
    for (const [name, votes] of Object.entries(stage.totals)) {
      const cell = [...document.querySelectorAll(`[data-stage="${stage.number}"]`)].find((one) => one.dataset.name === name);
      if (cell?.textContent.trim() !== votes) wrong.push(`The table shows something else for ${name} at stage ${stage.number} than the record.`);
    }
  }
  const elected = [...document.querySelectorAll("[data-elected]")].map((one) => one.textContent.trim());
  if (JSON.stringify(elected) !== JSON.stringify(result.elected)) wrong.push("The page names others as elected than the record.");
  return wrong;
}

/** Votes as whole numbers of the smallest unit. */
const units = (text) => BigInt(text.replace(".", ""));

/** Does each stage follow from the one before, and the seats from the stages? */
function stages(result) {
  const wrong = [];
  const say = (sentence) => wrong.push(sentence);
  const unit = 10n ** BigInt(result.decimals);
  const valid = BigInt(result.ballots - result.invalid) * unit;
  const holds = result.method === "meek-stv" || MOVING.includes(result.method);
  const isDisplaced = new Set(result.displaced.map((one) => one.name));
  const seated = new Set(result.holders);
  const out = new Set(result.withdrawn);
  if (!result.stages.length) say("There is no stage.");
  let before = null;
  for (const stage of result.stages) {
    const which = `Stage ${stage.number}`;
    const totals = new Map(result.candidates.map((name) => [name, units(stage.totals[name])]));
    const at = { exhausted: units(stage.exhausted), lost: units(stage.lost), quota: stage.quota === null ? null : units(stage.quota) };
    const sum = [...totals.values()].reduce((all, votes) => all + votes, 0n);
    if (holds && sum + at.exhausted + at.lost !== valid) say(`${which} does not keep the number of votes.`);
    if (result.method === "scottish-stv" && at.quota !== (BigInt(result.ballots - result.invalid) / BigInt(result.seats + 1) + 1n) * unit) say(`The quota of stage ${stage.number} is wrong.`);
    if (result.method === "meek-stv" && at.quota !== sum / BigInt(result.seats + 1) + 1n) say(`The quota of stage ${stage.number} is wrong.`);
    if (before && MOVING.includes(result.method)) {
      const moved = stage.events.filter((event) => event.event === "transferred");
      const gained = new Map();
      for (const event of moved) gained.set(event.to, (gained.get(event.to) ?? 0n) + units(event.votes));
      for (const [name, votes] of totals) {
        if (name !== stage.subject && votes !== before.totals.get(name) + (gained.get(name) ?? 0n)) say(`${which} gives ${name} other votes than were transferred.`);
      }
      if (at.exhausted !== before.exhausted + (gained.get(null) ?? 0n)) say(`${which} has other exhausted votes than were transferred.`);
      const cut = at.lost - before.lost;
      if (cut < 0n || cut > BigInt(moved.reduce((all, event) => all + event.ballots, 0))) say(`${which} loses more than rounding can.`);
      if (stage.action === "surplus") {
        const over = [...seated].filter((name) => before.totals.get(name) > at.quota);
        if (!over.includes(stage.subject) || over.some((name) => before.totals.get(name) > before.totals.get(stage.subject))) say(`${which} does not transfer the largest surplus.`);
        if (totals.get(stage.subject) !== at.quota) say(`${which} does not leave ${stage.subject} the quota.`);
      }
    }
    if (before && stage.action === "exclusion") {
      if (totals.get(stage.subject) !== 0n) say(`${which} leaves votes with ${stage.subject}, who is excluded.`);
      if (seated.has(stage.subject) || out.has(stage.subject)) say(`${which} excludes ${stage.subject}, who does not stand any more.`);
      const kept = new Set(stage.events.filter((event) => event.event === "guarded").map((event) => event.name));
      const tied = result.ties.some((tie) => tie.about === "exclusion" && tie.chosen === stage.subject);
      const lower = result.candidates.filter((name) => !seated.has(name) && !out.has(name) && !kept.has(name) && before.totals.get(name) < before.totals.get(stage.subject));
      if (lower.length && !tied && !isDisplaced.has(stage.subject)) say(`${which} excludes ${stage.subject}, though ${lower[0]} had fewer votes.`);
    }
    for (const event of stage.events) {
      if (event.event === "excluded") out.add(event.name);
      if (event.event !== "elected") continue;
      if (seated.has(event.name) || out.has(event.name)) say(`${which} elects ${event.name}, who cannot be elected.`);
      if (event.why === "quota" && totals.get(event.name) < at.quota) say(`${which} elects ${event.name}, who does not have the quota.`);
      if (event.why === "majority" && result.method === "irv" && totals.get(event.name) * 2n <= sum) say(`${which} elects ${event.name}, who does not have a majority.`);
      seated.add(event.name);
    }
    before = { totals, ...at };
  }
  if (seated.size > result.seats) say("More are elected than there are seats.");
  if (!same([...result.holders, ...result.elected], seated)) say("Those who are elected are not those whom the stages elected.");
  wrong.push(...order(result));
  return wrong;
}

/** The order of methods that have one, from the pairs or the totals. */
function order(result) {
  const groups = result.order.map((group) => [...group].sort());
  if (PAIRWISE.includes(result.method) && result.pairs && result.stages.length) {
    const names = Object.keys(result.pairs);
    const ahead = new Map(names.map((a) => [a, new Map(names.map((b) => [b, 0]))]));
    if (result.method === "schulze") {
      for (const a of names) for (const b of names) if (a !== b && result.pairs[a][b] > result.pairs[b][a]) ahead.get(a).set(b, result.pairs[a][b]);
    } else {
      for (const pair of result.stages[0].events) if (pair.event === "pair" && pair.counts) ahead.get(pair.winner).set(pair.loser, 1);
    }
    for (const by of names) for (const a of names) for (const b of names) if (a !== b) ahead.get(a).set(b, Math.max(ahead.get(a).get(b), Math.min(ahead.get(a).get(by), ahead.get(by).get(b))));
    const above = new Map(names.map((b) => [b, names.filter((a) => a !== b && ahead.get(a).get(b) > ahead.get(b).get(a)).length]));
    const numbers = [...new Set(above.values())].sort((one, other) => one - other);
    const expected = numbers.map((number) => names.filter((name) => above.get(name) === number).sort());
    if (JSON.stringify(groups) !== JSON.stringify(expected)) return ["The order does not follow from the pairs."];
  }
  if (["plurality", "approval", "score"].includes(result.method) && result.stages.length) {
    const votes = groups.flat().map((name) => units(result.stages[0].totals[name]));
    if (votes.some((number, place) => place && number > votes[place - 1])) return ["The order does not follow from the totals."];
  }
  if (result.verdict && result.stages.length) {
    const { yes, there, needed, quorum } = result.verdict;
    const carried = there >= quorum && yes >= needed;
    const word = result.elected.map((name) => name.trim().toLowerCase()).join();
    if (carried !== (result.verdict.result === "carried") || word !== (carried ? "yes" : "no")) return ["What became of the question does not follow from the answers."];
  }
  return [];
}

/** One line of the answer: "right", "wrong", or "open" where there was nothing to check. */
function tell(list, kind, words) {
  const line = document.createElement("li");
  line.className = kind;
  line.textContent = `${{ right: "✓", wrong: "✗", open: "–" }[kind]} ${words}`;
  list.append(line);
}

/** The lines of one part: what is wrong, or that it is right. */
async function part(words, find) {
  const wrong = await find();
  return wrong.length ? wrong.map((sentence) => ["wrong", sentence]) : [["right", words]];
}

async function check() {
  const place = document.getElementById("checks");
  const list = document.createElement("ul");
  const parts = [
    () => part("All files are as the manifest says.", () => hashes(json(MANIFEST))),
    async () => [await signature()],
    () => part("The table and those elected are as the record says. The story and the chart are not checked.", () => shown(json("result.json"))),
    () => part("Each stage follows from the one before.", () => stages(json("result.json"))),
  ];
  let failed = false;
  for (const each of parts) {
    const lines = await each().catch((problem) => [["wrong", `This cannot be checked: ${problem.message}`]]);
    for (const [kind, words] of lines) tell(list, kind, words);
    failed ||= lines.some(([kind]) => kind === "wrong");
  }
  const verdict = document.createElement("p");
  verdict.textContent = failed ? "This file is not right." : "This file is right, as far as it can tell by itself. To count its ballots again, use folkmoot verify or any other program.";
  place.replaceChildren(verdict, list);
  place.dataset.found = failed ? "wrong" : "right";
}

check();
