// An officer's key file: both private keys, which only the passphrase opens. It is made and opened in the browser alone.
import { fingerprint, lockKeys, newKey, publicPart, unlockKeys } from "./sealing.js";
import { base64url } from "jose";

export const FORMAT = "folkmoot-keys-1";
export const SHORTEST_PASSPHRASE = 16;
const utf8 = new TextEncoder();

/** Two new private keys with what they are for; `opening` opens ballots, `signing` signs the result. */
export async function newKeys(election) {
  const [opening, signing] = await Promise.all([newKey("enc"), newKey("sig")]);
  return { format: FORMAT, election, opening: bare(opening), signing: bare(signing) };
}

const bare = ({ kty, crv, x, y, d }) => ({ kty, crv, x, y, d });

/** What may leave the browser of both keys. */
export const publicParts = ({ opening, signing }) => ({ opening: publicPart(opening), signing: publicPart(signing) });

/** The fingerprint of both keys, as the server writes it (`domain.freezing.print_of`). */
export async function printOf({ opening, signing }) {
  const both = `${await fingerprint(opening)}.${await fingerprint(signing)}`;
  return base64url.encode(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8.encode(both))));
}

/** Offers the locked keys as a file to keep. */
export async function keepAsFile(keys, passphrase, name) {
  const address = URL.createObjectURL(new Blob([await lockKeys(keys, passphrase)], { type: "application/jose" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The keys in a chosen file. Throws "no-file", "passphrase" or "no-keys", or "other-keys" if `print` is not theirs. */
export async function openKeyFile(file, passphrase, print) {
  if (!file) throw new Error("no-file");
  const text = await file.text();
  if (text.trim().split(".").length !== 5) throw new Error("no-keys");
  let keys;
  try {
    keys = await unlockKeys(text, passphrase);
  } catch {
    throw new Error("passphrase");
  }
  if (!keys?.opening?.d || !keys?.signing?.d) throw new Error("no-keys");
  if (print && (await printOf(keys)) !== print) throw new Error("other-keys");
  return keys;
}
