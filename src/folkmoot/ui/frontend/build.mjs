// Bundles the styles, scripts and fonts of the pages into ../static/ui/built, under names that never change:
// Django's storage adds the hashes. Run by `npm run build`.
import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "..", "static", "ui", "built");
const colours = /light-dark\(([^(),]*(?:\([^)]*\))?),\s*([^(),]*(?:\([^)]*\))?)\)/g;

// tokens.css names each colour once, in both dresses, as light-dark(day, night). Here that becomes two sets of
// tokens, since browsers of before 2024 do not know the function. Paper is always light.
const bothDresses = {
  name: "both-dresses",
  setup(build) {
    build.onLoad({ filter: /tokens\.css$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const dark = [...source.matchAll(/^\s*(--[\w-]+):\s*([^;]*light-dark\([^;]*);/gm)]
        .map(([, name, value]) => `${name}: ${value.replace(colours, "$2")};`)
        .join("\n");
      return {
        loader: "css",
        contents: `${source.replace(colours, "$1")}
@layer tokens {
  @media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${dark} } }
  @media screen { :root[data-theme="dark"] { ${dark} } }
}`,
      };
    });
  },
};

const options = {
  entryPoints: [
    { in: join(here, "main.js"), out: "main" },
    { in: join(here, "main.css"), out: "main" },
    { in: join(here, "htmx.js"), out: "htmx" },
    { in: join(here, "availability.js"), out: "availability" },
    { in: join(here, "live.js"), out: "live" },
    { in: join(here, "call.js"), out: "call" },
    { in: join(here, "notes.js"), out: "notes" },
    { in: join(here, "elections", "ballot.js"), out: "ballot" },
    { in: join(here, "verify-count.js"), out: "verify-count" },
    { in: join(here, "elections", "signing.js"), out: "signing" },
    { in: join(here, "elections", "officer.js"), out: "officer" },
    { in: join(here, "elections", "opening.js"), out: "opening" },
  ],
  outdir: built,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome109", "edge109", "firefox121", "safari16.4"],
  legalComments: "none",
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]",
  plugins: [bothDresses],
  logLevel: "info",
};

rmSync(built, { recursive: true, force: true });
mkdirSync(join(built, "licences"), { recursive: true });
for (const [name, file] of [
  ["inter", "@fontsource-variable/inter/LICENSE"],
  ["vollkorn", "@fontsource-variable/vollkorn/LICENSE"],
  ["atkinson-hyperlegible", "@fontsource/atkinson-hyperlegible/LICENSE"],
  ["jetbrains-mono", "@fontsource/jetbrains-mono/LICENSE"],
  ["htmx", "htmx.org/LICENSE"],
  ["yjs", "yjs/LICENSE"],
  ["y-protocols", "y-protocols/LICENSE"],
  ["lib0", "lib0/LICENSE"],
  ["jose", "jose/LICENSE.md"],
  ["shamir-secret-sharing", "shamir-secret-sharing/LICENSE"],
]) {
  copyFileSync(join("node_modules", file), join(built, "licences", `${name}.txt`));
}

if (process.argv.includes("--watch")) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  await esbuild.build(options);
}
