// Opens and counts envelopes with the browser's own code: JSON in, JSON out, see test_opening.py.
import { readFileSync } from "node:fs";
import { countEnvelopes, openShares, sealingOf, sealShares, unsealShares } from "../../../../src/folkmoot/ui/frontend/elections/found.js";

const { frozen, envelopes, keys, places, got, to } = JSON.parse(readFileSync(0, "utf8"));
const sealing = await sealingOf(frozen, 0);
const shares = [];
for (const place of places) shares.push(await openShares(envelopes, place, keys[place]));
process.stdout.write(
  JSON.stringify({
    found: await countEnvelopes(envelopes, shares, sealing),
    unsealed: (await unsealShares(got, to)).size,
    sealed: await sealShares(shares[0], to),
  }),
);
