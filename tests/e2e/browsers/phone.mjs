// A resident's phone in a browser of these journeys.
import { until } from "../fixtures/until.mjs";

export class Phone {
  constructor(driver, between) {
    this.driver = driver;
    this.between = between;
  }

  /** Opens an address; done when the app answers. */
  async open(path = "/") {
    await this.driver.open(this.between.origin + path);
    await this.isReady();
  }

  async reload() {
    await this.driver.reload();
    await this.isReady();
  }

  async isReady() {
    await this.#holds("the app to answer", () => document.documentElement.dataset.app === "ready");
  }

  /** Done when all of the app is on the phone: from now on it starts without network. */
  async isInstalled() {
    await this.#holds("the app to be installed", () => navigator.serviceWorker.controller?.state === "activated");
  }

  /** Cuts the phone off: nothing that it sends is answered. */
  async offline() {
    this.between.answer = ({ socket }) => socket.destroy();
    await this.driver.tellOffline(true);
  }

  async online() {
    this.between.answer = null;
    await this.driver.tellOffline(false);
  }

  /** Goes to one of the five places. */
  async go(place) {
    await this.tap("link", place);
  }

  async tap(role, name) {
    await this.driver.tap(role, name);
  }

  async type(name, text) {
    await this.driver.type(name, text);
  }

  async choose(name, file) {
    await this.driver.choose(name, file);
  }

  /** Joins by the link on the poster; done when Start is there. */
  async join(code, name) {
    await this.open(`/mee/${code}`);
    await this.type("Naam", name);
    await this.tap("button", "Meedoen");
    await this.sees(`Dag ${name}`);
  }

  /** Done when these words can be read, one after the other, anywhere on the screen. */
  async sees(...words) {
    const text = () => this.driver.evaluate(() => document.body.innerText);
    await until(`“${words.join("” and “")}”`, async () => includesInOrder(await text(), words), text);
  }

  /** Returns what every entry on the screen says, once there are `count` of them. */
  async entries(count) {
    // What is around the words depends on whether the photo is there already.
    const script = () => [...document.querySelectorAll("article")].map(({ innerText }) => innerText.trim());
    const texts = () => this.driver.evaluate(script);
    return until(`${count} entries`, async () => {
      const found = await texts();
      return found.length === count && found;
    }, async () => (await texts()).join("\n---\n"));
  }

  /** Done when the photos of `count` entries are drawn. */
  async showsPhotos(count) {
    await until(`${count} photos to be drawn`, () => this.driver.evaluate((count) => {
      const images = [...document.querySelectorAll("article img")];
      return images.length === count && images.every(({ complete, naturalWidth }) => complete && naturalWidth > 0);
    }, count));
  }

  /** Returns the proportions of the first photo of an entry, once it is drawn. */
  async proportions() {
    return until("a photo to be drawn", () => this.driver.evaluate(async () => {
      const image = document.querySelector("article img");
      // Asked before its loading began, WebKit says that it failed: it is not drawn yet.
      const isDrawn = await image?.decode().then(() => true, () => false);
      return isDrawn && image.naturalWidth / image.naturalHeight;
    }));
  }

  async #holds(what, script) {
    await until(what, () => this.driver.evaluate(script));
  }
}

function includesInOrder(text, words) {
  let from = 0;
  return words.every((word) => {
    const at = text.indexOf(word, from);
    from = at + word.length;
    return at >= 0;
  });
}
