// A phone that is not counted in any more, and a project that takes nothing more: what was made stays, and its maker is told.
import { strict as assert } from "node:assert";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";
import { STATE } from "../fixtures/phone.mjs";
import { until } from "../fixtures/until.mjs";

const [{ path: PHOTO }, { path: OTHER }] = smallPhotos();

journey("a phone that is taken out of a project keeps what its member made, nothing of others, and says so", async (world) => {
  const anna = await world.phone("Anna");
  anna.expect(/status of 404/);
  await anna.join({ name: "Anna" });
  await anna.capture(PHOTO, { story: "Van toen ik meedeed." });
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  await anna.go("Buurt");
  await anna.articles.nth(6).waitFor();
  const { membership } = await anna.member();
  await anna.offline();
  await anna.go("Start");
  await anna.capture(OTHER, { story: "Van onderweg." });
  await world.server.command("member", "remove", membership.member_id);

  await anna.online();
  await anna.page.getByText("We kennen deze telefoon niet meer. Je foto's zijn veilig.").waitFor();
  await anna.go("Mijn foto's");
  await anna.entry("Van toen ik meedeed.").getByText(STATE.received, { exact: true }).waitFor();
  await anna.entry("Van onderweg.").getByText(STATE.onPhone, { exact: true }).waitFor();
  await anna.go("Buurt");
  await anna.entry("Van onderweg.").waitFor();
  assert.equal(await anna.articles.count(), 2, "only what its own member made");
});

journey("a project that takes nothing more says so, lets its members take back, and takes what waits once it is open again", async (world) => {
  const { server } = world;
  const anna = await world.phone("Anna");
  anna.expect(/status of 403/);
  await anna.join();
  await anna.capture(PHOTO, { story: "Nog op tijd." });
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  await (await anna.member()).isShown(1);
  const { entries } = await server.stats();
  const { project } = (await anna.member()).membership;
  await server.command("project", "close", project.id);
  await anna.go("Start");
  await anna.capture(OTHER, { story: "Net te laat." });
  await anna.page.getByText("Dit project neemt geen foto's meer aan.").waitFor();
  await anna.go("Mijn foto's");
  await anna.entry("Nog op tijd.").getByRole("button", { name: "Gooi weg" }).click();
  await until("the deletion to arrive", async () => (await server.stats()).entries === entries - 1);
  await anna.entry("Net te laat.").getByText(STATE.onPhone, { exact: true }).waitFor();
  await server.command("project", "open", project.id);
  await anna.go("Start");
  await anna.page.getByRole("button", { name: "Nu versturen" }).click();
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
});
