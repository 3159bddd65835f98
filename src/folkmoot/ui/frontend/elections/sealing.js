// Sealing ballots and opening them again in a browser: the same bytes as `governance/domain/sealed`, which judges what is
// made here. Nothing here reads the page or sends anything.
import {
  base64url,
  calculateJwkThumbprint,
  CompactEncrypt,
  compactDecrypt,
  CompactSign,
  exportJWK,
  generateKeyPair,
  importJWK,
} from "jose";
import { combine, split } from "shamir-secret-sharing";

const FORMAT = "folkmoot-envelope-1";
const HEADER = { alg: "ECDH-ES+A256KW", enc: "A256GCM" };
const LOCK = { alg: "PBES2-HS512+A256KW", enc: "A256GCM" };
/** How often the passphrase of a key file is stretched: the OWASP figure for PBKDF2 with SHA-512. */
const ROUNDS = 210_000;
const utf8 = new TextEncoder();

const publicPart = ({ kty, crv, x, y }) => ({ kty, crv, x, y });
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** The thumbprint of a public key (RFC 7638), base64url. */
export const fingerprint = (key) => calculateJwkThumbprint(publicPart(key));

/** A fingerprint to be read aloud: its first 80 bits in groups of four digits. */
export const spoken = (print) => hex(base64url.decode(print)).slice(0, 20).toUpperCase().match(/.{4}/g).join(" ");

/** A new private key as a JWK; `use` is "enc" for opening ballots, "sig" for signing. */
export async function newKey(use) {
  const algorithm = use === "sig" ? "ES256" : HEADER.alg;
  const pair = await generateKeyPair(algorithm, { crv: "P-256", extractable: true });
  return exportJWK(pair.privateKey);
}

export { publicPart };

/** Bytes sealed for one public key. */
export async function sealFor(bytes, key) {
  const header = { ...HEADER, kid: await fingerprint(key) };
  return new CompactEncrypt(bytes).setProtectedHeader(header).encrypt(await importJWK(publicPart(key), HEADER.alg));
}

/** Bytes that were sealed for this private key. */
export async function openWith(sealed, key) {
  const opened = await compactDecrypt(sealed, await importJWK(key, HEADER.alg), {
    keyManagementAlgorithms: [HEADER.alg],
    contentEncryptionAlgorithms: [HEADER.enc],
  });
  return opened.plaintext;
}

/**
 * A ballot in its envelope, as text. `ranks` has a number for each candidate in the frozen order, 0 for no opinion;
 * `sealing` is {contest: base64url, officers: [public JWK], needed}.
 */
export async function seal(ranks, { contest, officers, needed }) {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt"]);
  const additionalData = base64url.decode(contest);
  const content = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, Uint8Array.from(ranks));
  // The library splits among two or more; a single officer's share is the secret itself at place 1.
  const parts = officers.length === 1 || needed === 1 ? officers.map((_, at) => whole(secret, at + 1)) : await split(secret, officers.length, needed);
  const shares = await Promise.all(parts.map((part, at) => sealFor(part, officers[at])));
  return JSON.stringify({
    format: FORMAT,
    contest,
    iv: base64url.encode(iv),
    content: base64url.encode(new Uint8Array(content)),
    shares,
  });
}

/** With one share enough, the polynomial is a constant: every share is the secret. */
const whole = (secret, place) => Uint8Array.from([...secret, place]);

/** By this a voter finds an envelope among those that were accepted. */
export const receipt = async (text) => hex(await sha256(utf8.encode(text)));

/** One officer's share of the key of an envelope; `place` counts from 0 in the frozen order. */
export const openShare = (text, place, key) => openWith(JSON.parse(text).shares[place], key);

/** The ranks in an envelope, by shares that are enough; throws where they are not, or one is wrong. */
export async function openBallot(text, shares, { contest, needed }) {
  if (shares.length < needed) throw new Error("too few shares");
  const { iv, content } = JSON.parse(text);
  const used = shares.slice(0, needed);
  const secret = needed === 1 ? used[0].slice(0, -1) : await combine(used);
  const key = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["decrypt"]);
  const given = { name: "AES-GCM", iv: base64url.decode(iv), additionalData: base64url.decode(contest) };
  return [...new Uint8Array(await crypto.subtle.decrypt(given, key, base64url.decode(content)))];
}

/** An officer's private keys as the text of a file that only the passphrase opens (a JWE by PBES2, RFC 7518 4.8). */
export async function lockKeys(keys, passphrase) {
  return new CompactEncrypt(utf8.encode(JSON.stringify(keys)))
    .setProtectedHeader(LOCK)
    .setKeyManagementParameters({ p2c: ROUNDS })
    .encrypt(utf8.encode(passphrase.normalize("NFKC")));
}

/** The private keys in a file; throws where the passphrase is another one. */
export async function unlockKeys(text, passphrase) {
  const opened = await compactDecrypt(text.trim(), utf8.encode(passphrase.normalize("NFKC")), {
    keyManagementAlgorithms: [LOCK.alg],
    contentEncryptionAlgorithms: [LOCK.enc],
    maxPBES2Count: ROUNDS,
  });
  return JSON.parse(new TextDecoder().decode(opened.plaintext));
}

/** Text signed by ES256, as a compact JWS with the text inside (RFC 7515). */
export async function sign(text, key) {
  const header = { alg: "ES256", kid: await fingerprint(key) };
  return new CompactSign(utf8.encode(text)).setProtectedHeader(header).sign(await importJWK(key, "ES256"));
}
