// Minifies scripts, style sheets and drawings where they lie: node minify.mjs PACKAGES FOLDER
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [packages, folder] = process.argv.slice(2);
const require = createRequire(join(packages, "index.js"));
const esbuild = require("esbuild");
const svgo = require("svgo");

/** Symbols that are drawn on few units, or in which a line of another width would show. */
const FINE = /id="(eye|group|logo|t-bewegen|t-spelen|talk)"/;

const minifiers = {
  // No format is named: names at the top of a classic script stay, since other scripts use them.
  js: (text) => transform(text, "js"),
  css: (text) => transform(text, "css"),
  svg: (text) => (text.includes("<symbol") ? redrawSymbols(text) : redraw(text, 1)),
  html: (text) => redrawSymbols(text.replace(/(?<=<script>)[^]*?(?=<\/script>)/g, (script) => transform(script, "js"))),
};

for (const name of readdirSync(folder, { recursive: true })) {
  const minify = minifiers[/\.([a-z]+)$/.exec(name)?.[1]];
  const path = join(folder, name);
  if (minify) writeFileSync(path, minify(readFileSync(path, "utf8")));
}

function transform(text, loader) {
  return esbuild.transformSync(text, { loader, minify: true, legalComments: "none", charset: "utf8", logLevel: "error" }).code.trim();
}

/** The symbols of a page or a sprite. Most are drawn on 256 units and shown on 24 pixels, so whole units do. */
function redrawSymbols(text) {
  return text.replace(/<symbol[^]*?<\/symbol>/g, (symbol) => redraw(symbol, FINE.test(symbol) ? 1 : 0));
}

/** Writes a drawing's numbers shorter: on a screen, less than a tenth of a pixel. Nothing is left out. */
function redraw(drawing, floatPrecision) {
  const numbers = { name: "cleanupNumericValues", params: { floatPrecision: 1 } };
  const paths = { name: "convertPathData", params: { floatPrecision, utilizeAbsolute: false } };
  return svgo.optimize(drawing, { plugins: [numbers, paths] }).data;
}
