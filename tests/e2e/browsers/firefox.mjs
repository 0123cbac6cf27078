// Firefox, by WebDriver BiDi.
import { firefox } from "playwright-core";
import { PATIENCE_MS } from "../fixtures/until.mjs";
import { SCREEN } from "./screen.mjs";

const LAUNCH = {
  channel: "moz-firefox",
  executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
  headless: true,
  locale: SCREEN.language,
  viewport: { width: SCREEN.width, height: SCREEN.height },
  // Over BiDi Firefox knows none of these.
  colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null,
};

export class Firefox {
  #context;
  #page;

  static async open(folder, note) {
    const context = await firefox.launchPersistentContext(folder, LAUNCH);
    context.setDefaultTimeout(PATIENCE_MS);
    context.on("weberror", (problem) => note(String(problem.error()?.stack ?? problem.error())));
    context.on("console", (message) => message.type() === "error" && note(message.text()));
    return new Firefox(context, context.pages()[0] ?? (await context.newPage()));
  }

  constructor(context, page) {
    this.#context = context;
    this.#page = page;
  }

  async open(address) {
    await this.#page.goto(address);
  }

  async reload() {
    await this.#page.reload();
  }

  async tap(role, name) {
    await this.#page.getByRole(role, { name, exact: true }).first().click();
  }

  async type(name, text) {
    await this.#page.getByRole("textbox", { name }).fill(text);
  }

  async choose(name, file) {
    await this.#page.getByLabel(name).setInputFiles(file);
  }

  url() {
    return this.#page.url();
  }

  async evaluate(script, argument) {
    return this.#page.evaluate(script, argument);
  }

  async tellOffline(isOffline) {
    await this.#context.setOffline(isOffline);
  }

  async close() {
    await this.#context.close();
  }
}
