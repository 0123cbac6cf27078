// Chromium as journeys and measurements share it: how it is started without a screen, and how it is killed.

/** Root has no sandbox in a container, a small /dev/shm ends a tab, and nothing is asked of the world outside. */
export const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Ends a browser of its own as an empty battery would: with every process that belongs to it. */
export async function killBrowser(context) {
  const session = await context.browser().newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const { id } = processInfo.find(({ type }) => type === "browser");
  const closed = new Promise((resolve) => context.once("close", resolve));
  // It leads a process group of its own.
  process.kill(-id, "SIGKILL");
  await closed;
}
