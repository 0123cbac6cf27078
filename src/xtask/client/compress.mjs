// Lays a .br and a .gz beside every file that gains by it: node compress.mjs PACKAGES FOLDER
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[3];
const gains = /\.(html|css|js|svg|webmanifest|json|txt|wasm)$/;

for (const name of readdirSync(folder, { recursive: true }).filter((name) => gains.test(name))) {
  const path = join(folder, name);
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(path + ".br", brotliCompressSync(bytes, { params }));
  writeFileSync(path + ".gz", gzipSync(bytes, { level: 9 }));
}
