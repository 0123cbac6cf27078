// Leaves in a variable font what it is used for: node subset.mjs PACKAGES FROM TO CHARACTERS LIGHTEST BOLDEST
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [packages, from, to, characters, lightest, boldest] = process.argv.slice(2);
const subset = createRequire(join(packages, "index.js"))("subset-font");

const bytes = await subset(readFileSync(from), characters, {
  targetFormat: "woff2",
  variationAxes: { wght: { min: Number(lightest), max: Number(boldest) } },
  // Figures of one width (base.css), and the letters that a language writes its own way. Kerning would be 2,500 bytes of a first
  // visit in the basic file alone, which a place and a voice note take; words are as easily read without.
  keepFeatures: ["tnum", "locl"],
  noHinting: true,
  // HVAR says once more how wide letters are in each weight; their outlines do.
  dropTables: ["gasp", "prep", "STAT", "MVAR", "HVAR"],
});
// An unchanged file is left alone, so that a watcher does not see it change.
if (!existsSync(to) || !readFileSync(to).equals(bytes)) writeFileSync(to, bytes);
