// The page on which an officer opens their share of the ballots, and counts. The key file and its passphrase are read
// here and never sent; what is sent is sealed shares, and sorted rankings.
import { countEnvelopes, openShares, sealingOf, sealShares, unsealShares } from "./found.js";
import { fingerprint, unlockKeys } from "./sealing.js";

const SHARES = "folkmoot-shares-1";
const RANKINGS = "folkmoot-rankings-1";
const json = { headers: { Accept: "application/json" }, credentials: "same-origin" };

/** Words for the officer, who can do something about it. */
class Problem extends Error {}

class Opening {
  constructor(root) {
    this.root = root;
    this.words = root.dataset;
    this.frozen = this.words.frozen;
    this.place = Number(this.words.place);
    this.counting = JSON.parse(this.words.counting);
    this.contests = JSON.parse(this.words.contests);
    this.form = root.querySelector("[data-opening-form]");
    this.says = root.querySelector("[data-opening-says]");
    this.bar = root.querySelector("[data-opening-bar]");
    this.button = this.form.querySelector("button");
    this.envelopes = new Map();
    this.own = new Map();
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
    root.hidden = false;
  }

  say(words) {
    this.says.textContent = words;
  }

  /** A word that counts, and the bar beside it. */
  counter(word) {
    const total = Math.max(1, Number(this.words.total));
    let done = 0;
    const show = () => {
      this.bar.value = done / total;
      this.say(word.replace("{done}", String(done)).replace("{total}", this.words.total));
    };
    this.bar.hidden = false;
    show();
    return (more) => {
      done += more;
      show();
    };
  }

  async run() {
    const started = performance.now();
    this.button.disabled = true;
    try {
      const key = await this.key();
      const sealings = await Promise.all(this.contests.map((number) => sealingOf(this.frozen, number)));
      let mayCount = "hasOpened" in this.words || sealings[0].needed === 1;
      if (!mayCount) mayCount = (await this.share(key, sealings)).may_count;
      if (mayCount) await this.count(key, sealings);
      this.say(this.words.wordDone);
      this.root.dataset.took = String(Math.round(performance.now() - started));
      location.reload();
    } catch (problem) {
      this.bar.hidden = true;
      this.say(problem instanceof Problem ? problem.message : this.words.wordFailed);
      this.button.disabled = false;
      if (!(problem instanceof Problem)) console.warn(problem);
    }
  }

  async key() {
    const [file] = this.form.querySelector("input[type=file]").files;
    if (!file) throw new Problem(this.words.wordNoFile);
    this.say(this.words.wordKey);
    let keys;
    try {
      keys = await unlockKeys(await file.text(), this.form.querySelector("input[type=password]").value);
    } catch {
      throw new Problem(this.words.wordWrong);
    }
    const frozen = JSON.parse(this.frozen).officers[this.place].opening;
    if (!keys.opening || (await fingerprint(keys.opening)) !== (await fingerprint(frozen))) {
      throw new Problem(this.words.wordOther);
    }
    return keys.opening;
  }

  async fetched(address) {
    const answer = await fetch(address, json);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }

  /** The envelopes of a contest, fetched batch by batch, once. */
  async of(number) {
    if (!this.envelopes.has(number)) {
      const found = [];
      const address = this.words.envelopes.replace(/0\/$/, `${number}/`);
      for (let after = "", isLast = false; !isLast; ) {
        const batch = await this.fetched(`${address}?after=${after}`);
        found.push(...batch.envelopes);
        [after, isLast] = [batch.next, batch.is_last];
      }
      this.envelopes.set(number, found);
    }
    return this.envelopes.get(number);
  }

  async ownShares(number, key, tell) {
    if (!this.own.has(number)) this.own.set(number, await openShares(await this.of(number), this.place, key, tell));
    return this.own.get(number);
  }

  async share(key, sealings) {
    const tell = this.counter(this.words.wordOpening);
    const others = this.counting.filter((place) => place !== this.place);
    let answer = {};
    for (const [at, number] of this.contests.entries()) {
      const shares = await this.ownShares(number, key, tell);
      const sealed = await Promise.all(others.map((place) => sealShares(shares, sealings[at].officers[place])));
      const part = Object.fromEntries(others.map((place, index) => [place, sealed[index]]));
      answer = await this.send(this.words.shares, "shares", SHARES, { [number]: part });
    }
    this.say(this.words.wordSending);
    return answer;
  }

  async count(key, sealings) {
    const contests = {};
    const openingMine = this.own.size ? () => {} : this.counter(this.words.wordOpening);
    for (const number of this.contests) await this.ownShares(number, key, openingMine);
    const tell = this.counter(this.words.wordCounting);
    for (const [at, number] of this.contests.entries()) {
      const got = sealings[at].needed === 1 ? {} : (await this.fetched(this.words.got.replace(/0\/$/, `${number}/`))).shares;
      const given = [[this.place, await this.ownShares(number, key)]];
      for (const [place, sealed] of Object.entries(got)) given.push([Number(place), await this.unsealed(sealed, key)]);
      given.sort(([left], [right]) => left - right);
      contests[number] = await countEnvelopes(await this.of(number), given.map(([, shares]) => shares), sealings[at], tell);
    }
    this.say(this.words.wordHanding);
    await this.send(this.words.rankings, "rankings", RANKINGS, contests);
  }

  /** What does not open is as if it had not been sent. */
  async unsealed(sealed, key) {
    try {
      return await unsealShares(sealed, key);
    } catch {
      return new Map();
    }
  }

  /** Hand in a file as the form without scripts does. */
  async send(address, prefix, format, contests) {
    const body = new FormData();
    const file = JSON.stringify({ format, frozen: this.words.frozenHash, contests });
    body.set("csrfmiddlewaretoken", this.root.parentElement.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set(`${prefix}-file`, new Blob([file], { type: "application/json" }), `${prefix}.json`);
    const answer = await fetch(address, { ...json, method: "POST", body });
    const said = await answer.json();
    if (!answer.ok) throw new Problem(said.problem);
    return said;
  }
}

for (const root of document.querySelectorAll("[data-opening]")) new Opening(root);
