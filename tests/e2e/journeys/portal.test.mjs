// Somebody else answers in the server's place: a hotel's login page, a school's filter.
import { strict as assert } from "node:assert";
import { behindProxy, isApi } from "../fixtures/between.mjs";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";
import { STATE } from "../fixtures/phone.mjs";
import { DEMO } from "../fixtures/server.mjs";
import { until } from "../fixtures/until.mjs";

const [{ path: PHOTO }] = smallPhotos();

journey("what somebody else answers is no answer: nothing is lost, nobody is signed out", async (world) => {
  const { server } = world;
  const between = await behindProxy(world);
  const anna = await world.phone("Anna", { origin: between.origin });
  anna.expect(/status of (401|404)|ERR_FAILED|ERR_UNSAFE_REDIRECT/);
  await anna.join({ name: "Anna" });
  await anna.isInstalled();
  const { members } = await server.stats();

  for (const [number, [name, answer]] of Object.entries(PORTALS).entries()) {
    let met = 0;
    between.answer = (asked, response) => {
      if (!isApi(asked)) return false;
      met += 1;
      answer(response);
      return true;
    };
    await anna.capture(PHOTO, { story: `Achter ${name}.` });
    await anna.reload();
    await anna.page.getByRole("button", { name: "Nu versturen" }).click();
    await until(`${name} to be met`, () => met >= 2);
    await anna.page.getByText(DEMO.name).first().waitFor();
    await anna.go("Mijn foto's");
    await anna.entry(`Achter ${name}.`).getByText(STATE.onPhone, { exact: true }).waitFor();

    between.answer = null;
    await anna.reload();
    await anna.hasSentAll(number + 1);
    await anna.go("Start");
  }
  assert.equal((await server.stats()).members, members);
});

const PORTALS = {
  "een pagina om in te loggen": (response) => response.writeHead(200, { "content-type": "text/html" }).end("<!DOCTYPE html><title>Log in</title>"),
  "een omweg": (response) => response.writeHead(302, { location: "/login.html" }).end(),
  "een weigering": (response) => response.writeHead(401, { "content-type": "application/json" }).end('{"error":"login_required"}'),
  "een leeg antwoord": (response) => response.writeHead(200, { "content-type": "application/json" }).end("{}"),
  "een pagina die er niet is": (response) => response.writeHead(404, { "content-type": "text/html" }).end("Not found"),
};
