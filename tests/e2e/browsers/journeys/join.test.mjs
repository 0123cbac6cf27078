// Taking part by the link on the poster.
import { strict as assert } from "node:assert";
import { DEMO } from "../../fixtures/server.mjs";
import { journey } from "../journey.mjs";

journey("whoever opens the link on the poster takes part, and still does after a reload", async ({ server, phone }) => {
  const { members } = await server.stats();
  await phone.join(DEMO.code, "Anna");
  await phone.sees(DEMO.name);
  assert.equal((await server.stats()).members, members + 1);

  await phone.reload();
  await phone.sees("Dag Anna");
  await phone.go("Buurt");
  await phone.sees("Dit is fijn");
  assert.equal((await server.stats()).members, members + 1);
});
