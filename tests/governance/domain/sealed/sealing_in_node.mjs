// Does in Node what a browser does with a ballot; told on standard input what, as JSON.
import { build } from "esbuild";
import { text } from "node:stream/consumers";

const made = await build({
  entryPoints: ["src/folkmoot/ui/frontend/elections/sealing.js"],
  bundle: true,
  format: "esm",
  write: false,
  logLevel: "silent",
});
const sealing = await import(`data:text/javascript;base64,${Buffer.from(made.outputFiles[0].text).toString("base64")}`);
const asked = JSON.parse(await text(process.stdin));
const told = {};

told.sealed = await Promise.all(asked.ballots.map((ranks) => sealing.seal(ranks, asked.sealing)));
told.receipts = await Promise.all(told.sealed.map(sealing.receipt));
told.opened = await Promise.all(
  asked.envelopes.map(async (envelope) => {
    const shares = await Promise.all(asked.places.map((place) => sealing.openShare(envelope, place, asked.keys[place])));
    return sealing.openBallot(envelope, shares, asked.sealing);
  }),
);
const [enc, sig] = [await sealing.newKey("enc"), await sealing.newKey("sig")];
told.fingerprint = await sealing.fingerprint(enc);
told.spoken = sealing.spoken(told.fingerprint);
told.enc = enc;
told.sig = sealing.publicPart(sig);
told.signed = await sealing.sign("manifest", sig);
const file = await sealing.lockKeys({ enc, sig }, "quiet harbour");
told.unlocked = (await sealing.unlockKeys(file, "quiet harbour")).enc.d === enc.d;
told.wrong = await sealing.unlockKeys(file, "loud harbour").then(() => "opened", (error) => error.code);
process.stdout.write(JSON.stringify(told));
