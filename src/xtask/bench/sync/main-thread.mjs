// The longest task of a page's main thread, from the browser's own trace: a page itself sees only those over 50 ms.

/** Begins to trace; returns what ends it and returns the trace. */
export async function traced(context, page) {
  // The trace knows the page by where it stood when it began.
  const url = page.url();
  const session = await context.newCDPSession(page);
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["devtools.timeline", "disabled-by-default-devtools.timeline"], excludedCategories: ["*"] },
  });
  return async () => {
    const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
    await session.send("Tracing.end");
    await complete;
    return { events, url };
  };
}

/** Returns milliseconds: as they pass (`dur`), or of the thread's own work alone (`tdur`). */
export function longestTask({ events, url }, time = "dur") {
  const navigated = events.filter(({ name }) => name === "TracingStartedInBrowser").flatMap(({ args }) => args.data.frames);
  const { processId } = navigated.find((frame) => frame.url === url);
  const main = events.find(({ name, pid, args }) => name === "thread_name" && pid === processId && args.name === "CrRendererMain");
  const tasks = events.filter(({ name, pid, tid }) => name === "RunTask" && pid === processId && tid === main.tid);
  if (tasks.length === 0) throw new Error("the trace holds no task of the page's main thread");
  return Math.max(...tasks.map((task) => task[time] ?? 0)) / 1_000;
}
