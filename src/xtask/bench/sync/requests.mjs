// Counts the requests that a link hands on, by their first lines.

const LINE = /(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\/\S*) HTTP\/1\.1\r\n/g;
/** The longest first line that is looked for across two packets. */
const LONGEST = 1_000;

export class Requests {
  #all = [];
  #tails = new WeakMap();

  /** Takes in what a connection sends. */
  see(bytes, connection) {
    const before = this.#tails.get(connection) ?? "";
    const text = before + bytes.toString("latin1");
    let end = 0;
    for (const found of text.matchAll(LINE)) {
      this.#all.push(found[0].trimEnd());
      end = found.index + found[0].length;
    }
    this.#tails.set(connection, text.slice(Math.max(end, text.length - LONGEST)));
  }

  get count() {
    return this.#all.length;
  }

  /** Returns the first lines from number `from` on that are meant for this part of the site. */
  to(path, from = 0) {
    return this.#all.slice(from).filter((line) => line.split(" ")[1].startsWith(path));
  }
}
