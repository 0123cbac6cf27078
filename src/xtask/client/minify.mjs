// Minifies scripts, style sheets and drawings where they lie: node minify.mjs PACKAGES FOLDER
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [packages, folder] = process.argv.slice(2);
const require = createRequire(join(packages, "index.js"));
const esbuild = require("esbuild");
const svgo = require("svgo");

const minifiers = {
  // No format is named: names at the top of a classic script stay, since other scripts use them.
  js: (text) => transform(text, "js"),
  css: (text) => transform(text, "css"),
  svg: redraw,
  html: (text) => text.replace(/(?<=<script>)[^]*?(?=<\/script>)/g, (script) => transform(script, "js")).replace(/<symbol[^]*?<\/symbol>/g, redraw),
};

for (const name of readdirSync(folder, { recursive: true })) {
  const minify = minifiers[/\.([a-z]+)$/.exec(name)?.[1]];
  const path = join(folder, name);
  if (minify) writeFileSync(path, minify(readFileSync(path, "utf8")));
}

function transform(text, loader) {
  return esbuild.transformSync(text, { loader, minify: true, legalComments: "none", charset: "utf8", logLevel: "error" }).code.trim();
}

/** Writes a drawing's numbers shorter, to a tenth of its unit: on a screen, less than a tenth of a pixel. Nothing is left out. */
function redraw(drawing) {
  const floatPrecision = 1;
  const plugins = ["cleanupNumericValues", { name: "convertPathData", params: { floatPrecision } }];
  return svgo.optimize(drawing, { floatPrecision, plugins }).data;
}
