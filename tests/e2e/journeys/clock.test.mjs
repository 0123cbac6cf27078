// A phone's clock may be wrong: the order of things and the neighbours' view must not be.
import { strict as assert } from "node:assert";
import { behindProxy } from "../fixtures/between.mjs";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";
import { Member } from "../fixtures/member.mjs";

// Whose date is that of today: they have none of their own.
const [{ path: PHOTO }, { path: OTHER }] = smallPhotos().filter(({ taken }) => !taken);

const DAY_MS = 24 * 60 * 60 * 1000;
/** What the network may add. */
const NOISE_MS = 2_000;

journey("photos made without network on a phone whose clock is days or years wrong arrive with the right time", async (world) => {
  for (const days of [2, -2, 3653, -3653]) {
    const anna = await phoneWithClock(world, `${days} days`, days * DAY_MS);
    await anna.open();
    await anna.isInstalled();
    await anna.offline();
    const began = Date.now();
    await anna.capture(PHOTO, { story: `Eerst dit (${days}).` });
    await anna.capture(OTHER, { story: `Toen dat (${days}).` });
    await anna.online();
    await anna.join();
    await anna.go("Mijn foto's");
    await anna.hasSentAll(2);
    await (await anna.member()).isShown(2);

    const views = await (await Member.join(world.server.origin)).views();
    const [first, second] = ["Eerst dit", "Toen dat"].map((story) => {
      return views.find(({ fields }) => fields.story === `${story} (${days}).`).fields.made_ms;
    });
    assert.ok(first >= began - NOISE_MS && second <= Date.now() + NOISE_MS, `${days} days: ${first - began} ms after the beginning`);
    assert.ok(first < second, `${days} days: not in the order in which they were made`);
    await anna.go("Buurt");
    await anna.page.getByText(`Toen dat (${days}).`, { exact: true }).click();
    await anna.page.getByRole("article").getByText(dayOf(second)).waitFor();
    await world.audit();
    await world.close(anna);
  }
  await holdsEachOnce(world);
});

journey("no stamp of a phone with a fast clock lies ahead, so that a later edit wins", async (world) => {
  const anna = await phoneWithClock(world, "Anna", 2 * DAY_MS);
  await anna.join();
  await anna.capture(PHOTO, { story: "Van de snelle klok." });
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  const [{ record }] = await (await anna.member()).own();
  const stampedMs = Number.parseInt(record.fields.story.last.at.slice(0, 12), 16);
  assert.ok(Math.abs(stampedMs - Date.now()) < 60_000, `${stampedMs - Date.now()} ms from now`);
});

/** The server has what the phones made, and nothing besides: no copy, and nothing left over. */
async function holdsEachOnce({ server }) {
  const views = await (await Member.join(server.origin)).views();
  const made = views.map(({ fields }) => fields.story).filter((story) => /^(Eerst dit|Toen dat) /.test(story));
  assert.deepEqual([made.length, new Set(made).size], [8, 8]);
  const { entries, media, entries_with_missing_media, orphan_media, partials } = await server.stats();
  // Four members sent the same two photos.
  assert.deepEqual([entries, media], [6 + 8, 6 + 2]);
  assert.deepEqual([entries_with_missing_media, orphan_media, partials], [0, 0, 0]);
}

/** Returns the day as a Dutch phone writes it. */
function dayOf(ms) {
  return new Intl.DateTimeFormat("nl-NL", { day: "numeric", month: "long" }).format(ms);
}

/** Opens a phone whose clock is wrong by so much, in its pages and in the worker that sends. */
async function phoneWithClock(world, name, byMs) {
  const between = await behindProxy(world);
  between.answer = async ({ url }, response) => {
    if (!url.startsWith("/send-worker-")) return false;
    const answer = await fetch(world.server.origin + url);
    response.writeHead(200, { "content-type": "text/javascript", "content-security-policy": answer.headers.get("content-security-policy") });
    response.end(`(${goWrong})(${byMs});${await answer.text()}`);
    return true;
  };
  const phone = await world.phone(name, { origin: between.origin });
  await phone.context.addInitScript(goWrong, byMs);
  return phone;
}

/** Runs before all else: the phone's clock is wrong. */
function goWrong(byMs) {
  const Right = Date;
  globalThis.Date = class extends Right {
    constructor(...parts) {
      if (parts.length > 0) super(...parts);
      else super(Right.now() + byMs);
    }

    static now() {
      return Right.now() + byMs;
    }
  };
}
