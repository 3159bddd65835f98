// What is in many envelopes, by the shares of several officers: the same as `count_envelopes` in
// `governance/domain/sealed/opening.py`, which says why. Nothing here reads the page or sends anything.
import { base64url } from "jose";
import { combine } from "shamir-secret-sharing";
import { openBallot, openShare, openWith, receipt, sealFor } from "./sealing.js";

const utf8 = new TextEncoder();
/** So many envelopes are opened between two looks at the page. */
const AT_ONCE = 50;
const SHARE_BYTES = 33;

/** For what ballots of contest `number` of a frozen election are sealed: {contest, officers, needed, candidates}. */
export async function sealingOf(frozen, number) {
  const said = JSON.parse(frozen);
  const bound = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8.encode(`${number}\n${frozen}`)));
  return {
    contest: base64url.encode(bound),
    officers: said.officers.map((officer) => officer.opening),
    needed: said.needed,
    candidates: said.contests[number].candidates.length,
  };
}

/** Do something with each of many, some at once, and tell after each batch how many are done. */
async function throughAll(many, work, tell) {
  const done = [];
  for (let start = 0; start < many.length; start += AT_ONCE) {
    done.push(...(await Promise.all(many.slice(start, start + AT_ONCE).map(work))));
    tell(Math.min(AT_ONCE, many.length - start));
  }
  return done;
}

/** One officer's shares of these envelopes by receipt; where a share does not open, none stands there. */
export async function openShares(envelopes, place, key, tell = () => {}) {
  const opened = await throughAll(
    envelopes,
    async (text) => {
      try {
        const share = await openShare(text, place, key);
        return share.length === SHARE_BYTES && share.at(-1) ? [await receipt(text), share] : null;
      } catch {
        return null;
      }
    },
    tell,
  );
  return new Map(opened.filter(Boolean));
}

/** Shares sealed to the public opening key of another officer. */
export function sealShares(shares, key) {
  const words = Object.fromEntries([...shares].map(([mark, share]) => [mark, base64url.encode(share)]));
  return sealFor(utf8.encode(JSON.stringify(words)), key);
}

/** Shares that another officer sealed to this private key. */
export async function unsealShares(sealed, key) {
  const words = JSON.parse(new TextDecoder().decode(await openWith(sealed, key)));
  return new Map(Object.entries(words).map(([mark, share]) => [mark, base64url.decode(share)]));
}

/** What was found in the envelopes: {rankings, spoilt, digest}; `given` is a list of shares by receipt, one an officer. */
export async function countEnvelopes(envelopes, given, sealing, tell = () => {}) {
  const all = await throughAll(
    envelopes,
    async (text) => {
      const mark = await receipt(text);
      return opened(text, given.filter((shares) => shares.has(mark)).map((shares) => shares.get(mark)), sealing);
    },
    tell,
  );
  const rankings = withoutCopies(envelopes, all).sort(inOrder);
  const found = { rankings, spoilt: all.length - rankings.length };
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8.encode(JSON.stringify(found))));
  return { ...found, digest: [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("") };
}

/** What opened; of envelopes with the same content the first, since the others are copies of another voter's. */
function withoutCopies(envelopes, all) {
  const contents = new Set();
  return all.filter((ranks, at) => {
    if (!ranks) return false;
    const { content } = JSON.parse(envelopes[at]);
    return !contents.has(content) && contents.add(content);
  });
}

const inOrder = (left, right) => {
  const at = left.findIndex((rank, place) => rank !== right[place]);
  return at < 0 ? 0 : left[at] - right[at];
};

/** The one ranking that any enough of the shares open; null where none do, or some open another one than others. */
async function opened(text, shares, sealing) {
  if (shares.length < sealing.needed) return null;
  const first = shares.slice(0, sealing.needed);
  const ranks = await ranksBy(text, first, sealing);
  if (ranks && (await areOfOneSecret(first, shares.slice(sealing.needed)))) return ranks;
  const found = new Map();
  for (const some of choices(shares, sealing.needed)) {
    const other = await ranksBy(text, some, sealing);
    if (other) found.set(String(other), other);
  }
  return found.size === 1 ? [...found.values()][0] : null;
}

async function ranksBy(text, shares, sealing) {
  try {
    const ranks = await openBallot(text, shares, sealing);
    return ranks.length === sealing.candidates && ranks.every((rank) => rank <= sealing.candidates) ? ranks : null;
  } catch {
    return null;
  }
}

const secretOf = async (shares) => String(shares.length === 1 ? shares[0].slice(0, -1) : await combine(shares));

async function areOfOneSecret(first, more) {
  try {
    const secret = await secretOf(first);
    for (const share of more) if ((await secretOf([share, ...first.slice(1)])) !== secret) return false;
    return true;
  } catch {
    return false;
  }
}

function* choices(shares, needed, from = 0) {
  if (needed === 0) yield [];
  for (let at = from; needed > 0 && at <= shares.length - needed; at++) {
    for (const rest of choices(shares, needed - 1, at + 1)) yield [shares[at], ...rest];
  }
}
