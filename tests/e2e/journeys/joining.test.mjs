// Taking part: by a code, in any order, with or without network.
import { strict as assert } from "node:assert";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";
import { Member } from "../fixtures/member.mjs";
import { DEMO } from "../fixtures/server.mjs";
import { STATE } from "../fixtures/phone.mjs";
import { until } from "../fixtures/until.mjs";

const [{ path: PHOTO }] = smallPhotos();

journey("a photo made before joining goes to the first neighbourhood that is joined", async (world) => {
  const { server } = world;
  const anna = await world.phone("Anna");
  await anna.open();
  await anna.capture(PHOTO, { valence: "Dit is fijn", story: "Ik was er al voor ik meedeed." });
  await anna.go("Mijn foto's");
  await anna.entry("Ik was er al voor ik meedeed.").getByText(STATE.onPhone, { exact: true }).waitFor();

  await anna.join();
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  await (await anna.member()).isShown(1);
  const neighbour = await Member.join(server.origin);
  const stories = (await neighbour.views()).map(({ fields }) => fields.story);
  assert.ok(stories.includes("Ik was er al voor ik meedeed."));
});

journey("a code typed without network waits, and makes one member once there is network", async (world) => {
  const { server } = world;
  const { members } = await server.stats();
  const anna = await world.phone("Anna");
  await anna.open("/mee");
  await anna.isInstalled();
  await anna.offline();
  // As people type it: small letters, a space.
  await anna.page.getByRole("textbox", { name: "Code" }).fill("buu rt2");
  await anna.page.getByRole("button", { name: "Meedoen" }).click();
  await anna.isAtStart();
  await anna.page.getByText(DEMO.code).waitFor();
  await anna.capture(PHOTO, { story: "Nog zonder netwerk." });
  await anna.reload();
  assert.equal((await server.stats()).members, members);

  await anna.online();
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  const after = await server.stats();
  assert.deepEqual([after.members, after.entries_with_missing_media], [members + 1, 0]);
});

journey("an old poster's code says whom to ask, and the new one lets in", async (world) => {
  const { server } = world;
  const { name, code } = await server.createProject("Wij zijn De Nude");
  const { id } = await server.stats(code);
  const [, renewed] = /^join code\s+(\w+)/m.exec(await server.command("project", "new-code", id));
  const anna = await world.phone("Anna");
  anna.expect(/status of 410/);
  await anna.open(`/mee/${code}`);
  await anna.page.getByRole("button", { name: "Meedoen" }).click();
  await anna.page.getByText("Deze code geldt niet meer. Vraag je begeleider om een nieuwe.").waitFor();
  await anna.join({ code: renewed });
  await anna.page.getByText(name).first().waitFor();
  assert.equal((await server.stats(renewed)).members, 1);
});

journey("a join whose answer was lost makes one member, not two", async (world) => {
  const { server } = world;
  const { members } = await server.stats();
  const anna = await world.phone("Anna");
  await anna.open(`/mee/${DEMO.code}`);
  let isLost = false;
  await anna.context.route("**/api/join", async (route) => {
    if (isLost) return route.continue();
    isLost = true;
    await route.fetch();
    return route.abort("connectionreset");
  });
  await anna.page.getByRole("button", { name: "Meedoen" }).click();
  await anna.isAtStart();
  await until("the member to be known", async () => (await server.stats()).members > members);
  await anna.reload();
  await anna.page.getByText(DEMO.name).first().waitFor();
  await anna.capture(PHOTO, { story: "Eén keer lid." });
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  assert.equal((await server.stats()).members, members + 1);
});

journey("joining again ends on Start and makes nobody anew", async (world) => {
  const { server } = world;
  const anna = await world.phone("Anna");
  await anna.join({ name: "Anna" });
  const { members } = await server.stats();
  await anna.join({ name: "Anna" });
  // Whatever the phone had to ask, it has asked before a photo is received.
  await anna.capture(PHOTO, { story: "Nog steeds Anna." });
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  assert.equal((await server.stats()).members, members);
});

journey("a wrong code is answered with one sentence, and the right one then works", async (world) => {
  const anna = await world.phone("Anna");
  anna.expect(/status of 404 .*\/api\/(codes|join)/);
  await anna.open("/mee");
  const code = anna.page.getByRole("textbox", { name: "Code" });
  const join = anna.page.getByRole("button", { name: "Meedoen" });
  const told = anna.page.getByRole("main").getByRole("status");
  for (const wrong of ["ZZZZZ9", "kort"]) {
    await code.fill(wrong);
    await join.click();
    await told.filter({ hasText: /\S/ }).filter({ hasNotText: "Even wachten" }).waitFor();
    assert.equal((await anna.page.getByRole("main").getByText(/code (niet|klopt niet)/).count()), 1);
    assert.equal(new URL(anna.page.url()).pathname, "/mee");
  }
  assert.equal(await anna.alert.count(), 0);
  await code.fill(DEMO.code.toLowerCase());
  await join.click();
  await anna.isAtStart();
});

journey("an entry belongs to the neighbourhood that was chosen when it was saved", async (world) => {
  const { server } = world;
  const other = await server.createProject("Wij zijn De Nude");
  const anna = await world.phone("Anna");
  await anna.join();
  await anna.join({ code: other.code });
  await anna.capture(PHOTO, { story: "Voor De Nude." });
  const choice = anna.page.getByRole("combobox");
  assert.equal(await choice.locator("option:checked").innerText(), other.name);
  await choice.selectOption({ label: DEMO.name });
  await anna.page.getByRole("main").or(anna.page.getByRole("banner")).getByText(DEMO.name).first().waitFor();
  await anna.capture(PHOTO, { story: "Voor Presikhaaf." });
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);

  await anna.go("Meer");
  await anna.page.getByRole("radio", { name: other.name }).check();
  await anna.go("Mijn foto's");
  await anna.entry("Voor De Nude.").waitFor();
  await anna.hasSentAll(1);
  assert.equal((await server.stats(other.code)).entries, 1);
  for (const [{ name }, story] of [[other, "Voor De Nude."], [DEMO, "Voor Presikhaaf."]]) {
    const own = await (await anna.member(name)).own();
    assert.deepEqual(own.map(({ record }) => record.fields.story.last.value), [story]);
  }
});
