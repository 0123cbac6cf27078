// WebKitGTK, which stands in for Safari, by its WebDriver on a screen that nobody sees.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Builder, By, error } from "selenium-webdriver";
import { freePort } from "../fixtures/server.mjs";
import { PATIENCE_MS, until } from "../fixtures/until.mjs";
import { SCREEN } from "./screen.mjs";

const HOST = fileURLToPath(new URL("webkit_host.py", import.meta.url));

/** There is no graphics card, and nobody listens to the accessibility bus. */
const ENVIRONMENT = { ...process.env, WEBKIT_DISABLE_DMABUF_RENDERER: "1", LIBGL_ALWAYS_SOFTWARE: "1", NO_AT_BRIDGE: "1" };

/** Where things of a role may be; the browser itself says what a thing's name is. */
const PLACES = {
  link: "a[href]",
  button: "button",
  radio: "input[type=radio]",
  checkbox: "input[type=checkbox]",
  textbox: "input:not([type]), input[type=text], textarea",
};

export class WebKit {
  #driver;
  #processes;

  static async open(folder, note) {
    const processes = [];
    try {
      const { width, height, language } = SCREEN;
      const screenArgs = ["-displayfd", "3", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp"];
      const screen = begin(processes, "Xvfb", screenArgs, ["ignore", "ignore", "pipe"]);
      const display = `:${await firstLine(screen, screen.stdio[3])}`;
      const port = await freePort();
      const environment = { ...ENVIRONMENT, DISPLAY: display };
      const service = begin(processes, "WebKitWebDriver", [`--port=${port}`], ["pipe", "pipe"], environment);
      for (const output of [service.stdout, service.stderr]) {
        createInterface(output).on("line", (line) => isProblem(line) && note(line));
      }
      const address = `http://127.0.0.1:${port}`;
      await until("WebKitWebDriver to listen", () => fetch(`${address}/status`).then(({ ok }) => ok, () => false));
      const options = { binary: "/usr/bin/python3", args: [HOST, folder, `${width}`, `${height}`, language] };
      const driver = await new Builder().usingServer(address)
        .withCapabilities({ browserName: "phone", "webkitgtk:browserOptions": options }).build();
      await driver.manage().setTimeouts({ script: PATIENCE_MS, pageLoad: PATIENCE_MS });
      return new WebKit(driver, processes);
    } catch (problem) {
      processes.forEach(end);
      throw problem;
    }
  }

  constructor(driver, processes) {
    this.#driver = driver;
    this.#processes = processes;
  }

  async open(address) {
    await this.#driver.get(address);
  }

  async reload() {
    await this.#driver.navigate().refresh();
  }

  async tap(role, name) {
    await this.#with(role, name, (named) => named === name, async (element) => {
      // Something half in view would be tapped at its edge, where a desktop's scrollbar lies over it.
      await this.#driver.executeScript("arguments[0].scrollIntoView({ block: 'center', inline: 'center' })", element);
      await element.click();
    });
  }

  async type(name, text) {
    await this.#with("textbox", name, (named) => named.startsWith(name), async (element) => {
      await element.clear();
      await element.sendKeys(text);
    });
  }

  async choose(name, file) {
    const label = await this.#driver.findElement(By.xpath(`//label[contains(., "${name}")]`));
    await label.findElement(By.css("input[type=file]")).sendKeys(file);
  }

  url() {
    return this.#driver.getCurrentUrl();
  }

  async evaluate(script, argument = null) {
    if (typeof script === "string") return this.#driver.executeScript(script);
    const answer = await this.#driver.executeAsyncScript(`
      const [argument, done] = arguments;
      Promise.resolve(argument).then(${script}).then((value) => done({ value }), (error) => done({ error: String(error) }));
    `, argument);
    if (answer.error) throw new Error(answer.error);
    return answer.value;
  }

  /** Its protocol has no word for it: that the server cannot be reached must do. */
  async tellOffline() {}

  async close() {
    this.#processes.toReversed().forEach(end);
    await Promise.all(this.#processes.map((child) => child.exitCode ?? child.signalCode ?? once(child, "exit")));
  }

  /** Does something with the first thing of this role and name, as soon as that can be done. */
  async #with(role, name, isMeant, act) {
    const seen = new Set();
    await until(`the ${role} ${name}`, async () => {
      try {
        for (const element of await this.#driver.findElements(By.css(PLACES[role]))) {
          // Nobody can tap what has no place on the screen, and WebKit fails when it is asked for its name.
          if (!await this.#driver.executeScript("return arguments[0].getClientRects().length", element)) continue;
          const named = await element.getAccessibleName();
          seen.add(named);
          if (!isMeant(named)) continue;
          await act(element);
          return true;
        }
      } catch (problem) {
        if (!PASSING.some((kind) => problem instanceof kind)) throw problem;
        seen.add(problem.name);
      }
      return false;
    }, () => [...seen].join(", "));
  }
}

function isProblem(line) {
  // WebKit does not know the directive, and says so.
  return /CONSOLE( \w+)? ERROR/.test(line) && !line.includes("Content-Security-Policy directive 'manifest-src'");
}

/** A screen that changes under our hands, or something that is still hidden or covered. */
const PASSING = [error.StaleElementReferenceError, error.ElementNotInteractableError, error.ElementClickInterceptedError];

function begin(processes, program, args, outputs, env = process.env) {
  // It leads a group of its own, so that all it started ends with it.
  const child = spawn(program, args, { env, detached: true, stdio: ["ignore", ...outputs] });
  const endWithTests = () => end(child);
  process.once("exit", endWithTests);
  child.once("close", () => process.off("exit", endWithTests));
  processes.push(child);
  return child;
}

function end(child) {
  if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGKILL");
}

async function firstLine(child, output) {
  return new Promise((resolve, reject) => {
    createInterface(output).once("line", resolve);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${child.spawnfile} ended with ${code}`)));
  });
}
