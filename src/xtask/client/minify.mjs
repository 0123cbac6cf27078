// Minifies scripts and style sheets where they lie: node minify.mjs PACKAGES FOLDER
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [packages, folder] = process.argv.slice(2);
const esbuild = createRequire(join(packages, "index.js"))("esbuild");

for (const name of readdirSync(folder, { recursive: true })) {
  const loader = /\.(js|css)$/.exec(name)?.[1];
  if (!loader) continue;
  const path = join(folder, name);
  // No format is named: names at the top of a classic script stay, since other scripts use them.
  const options = { loader, minify: true, legalComments: "none", charset: "utf8", logLevel: "error" };
  writeFileSync(path, esbuild.transformSync(readFileSync(path, "utf8"), options).code);
}
