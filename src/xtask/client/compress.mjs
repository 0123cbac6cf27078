// Lays a .br and a .gz beside every file that gains by it: node compress.mjs PACKAGES FOLDER
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[3];
const gains = /\.(html|css|js|svg|webmanifest|json|txt|wasm)$/;

for (const name of readdirSync(folder, { recursive: true }).filter((name) => gains.test(name))) {
  const path = join(folder, name);
  const bytes = readFileSync(path);
  writeFileSync(path + ".br", brotli(bytes));
  writeFileSync(path + ".gz", gzipSync(bytes, { level: 9 }));
}

/** Code gains by small blocks, since no part of it is like the others; text does not. */
function brotli(bytes) {
  const { BROTLI_PARAM_LGBLOCK: block, BROTLI_PARAM_QUALITY: quality, BROTLI_PARAM_SIZE_HINT: hint } = constants;
  const forms = [0, 16].map((log2) => brotliCompressSync(bytes, { params: { [quality]: 11, [hint]: bytes.length, [block]: log2 } }));
  return forms.sort((a, b) => a.length - b.length)[0];
}
