// A browser writes a cookie to disk up to half a minute after it got it: one that is killed before that forgets who it is.
import { strict as assert } from "node:assert";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";

const [{ path: PHOTO }, { path: OTHER }] = smallPhotos();

journey("a phone whose token is lost gets it back by itself, and stays the same member", async (world) => {
  const { server } = world;
  const anna = await world.phone("Anna");
  anna.expect(/status of 401/);
  await anna.join({ name: "Anna" });
  await anna.capture(PHOTO, { story: "Met het eerste bewijs." });
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  const { members } = await server.stats();
  await anna.go("Start");

  await anna.context.clearCookies();
  await anna.capture(OTHER, { story: "Na het verlies." });
  await anna.go("Mijn foto's");
  await anna.hasSentAll(2);
  assert.equal((await server.stats()).members, members);
  assert.equal((await (await anna.member()).own()).length, 2);
});
