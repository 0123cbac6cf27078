// A phone's clock may be wrong: the order of things and the neighbours' view must not be.
import { strict as assert } from "node:assert";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";
import { Member } from "../fixtures/member.mjs";

const [{ path: PHOTO }, { path: OTHER }] = smallPhotos();

const DAY_MS = 24 * 60 * 60 * 1000;

const CLOCKS = { "two days fast": 2 * DAY_MS, "two days slow": -2 * DAY_MS, "ten years fast": 3653 * DAY_MS, "ten years slow": -3653 * DAY_MS };

for (const [name, wrongByMs] of Object.entries(CLOCKS)) {
  journey(`photos made without network on a phone that is ${name} arrive with the right time`, async (world) => {
    const { server } = world;
    const anna = await world.phone("Anna");
    await anna.context.addInitScript(goWrong, wrongByMs);
    await anna.open();
    await anna.isInstalled();
    await anna.offline();
    const began = Date.now();
    await anna.capture(PHOTO, { story: "Eerst dit." });
    await anna.capture(OTHER, { story: "Toen dat." });
    await anna.online();
    await anna.join();
    await anna.go("Mijn foto's");
    await anna.hasSentAll(2);
    await (await anna.member()).isShown(2);

    const neighbour = await Member.join(server.origin);
    const made = (story, { fields }) => (fields.story === story ? fields.made_ms : null);
    const views = await neighbour.views();
    const [first, second] = ["Eerst dit.", "Toen dat."].map((story) => views.map((view) => made(story, view)).find(Boolean));
    assert.ok(first >= began - 2000 && second <= Date.now() + 2000, `${first - began} ms after the beginning`);
    assert.ok(first < second, "the order in which they were made");
  });
}

journey("an edit on a phone with a fast clock does not win against a later one", async (world) => {
  const { server } = world;
  const anna = await world.phone("Anna");
  await anna.context.addInitScript(goWrong, 2 * DAY_MS);
  await anna.join();
  await anna.capture(PHOTO, { story: "Van de snelle klok." });
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  const member = await anna.member();
  const [{ record }] = await member.own();
  assert.ok(Number.parseInt(record.fields.story.last.at.slice(0, 12), 16) <= Date.now() + 60_000, "no stamp lies ahead");
  assert.equal((await server.stats()).entries, 7);
});

/** Runs in the page before all else: the phone's clock is wrong. */
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
