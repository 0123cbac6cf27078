// Minifies scripts and style sheets where they lie: node minify.mjs PACKAGES FOLDER
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [packages, folder] = process.argv.slice(2);
const esbuild = createRequire(join(packages, "index.js"))("esbuild");

for (const name of readdirSync(folder, { recursive: true })) {
  const path = join(folder, name);
  const loader = /\.(js|css)$/.exec(name)?.[1];
  if (loader) writeFileSync(path, minify(readFileSync(path, "utf8"), loader));
  if (name.endsWith(".html")) {
    const inline = /(?<=<script>)[^]*?(?=<\/script>)/g;
    writeFileSync(path, readFileSync(path, "utf8").replace(inline, (script) => minify(script, "js").trim()));
  }
}

function minify(text, loader) {
  // No format is named: names at the top of a classic script stay, since other scripts use them.
  return esbuild.transformSync(text, { loader, minify: true, legalComments: "none", charset: "utf8", logLevel: "error" }).code;
}
