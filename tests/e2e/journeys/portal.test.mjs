// Somebody else answers in the server's place: a hotel's login page, a school's filter.
import { strict as assert } from "node:assert";
import { behindProxy, isApi } from "../fixtures/between.mjs";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";
import { DEMO } from "../fixtures/server.mjs";
import { STATE } from "../fixtures/phone.mjs";
import { until } from "../fixtures/until.mjs";

const [{ path: PHOTO }] = smallPhotos();

const PORTALS = {
  "a login page": (response) => response.writeHead(200, { "content-type": "text/html" }).end("<!DOCTYPE html><title>Log in</title>"),
  "a redirect to a login page": (response) => response.writeHead(302, { location: "/login.html" }).end(),
  "a refusal of its own": (response) => response.writeHead(401, { "content-type": "application/json" }).end('{"error":"login_required"}'),
  "an empty list": (response) => response.writeHead(200, { "content-type": "application/json" }).end("{}"),
  "a page saying that it is gone": (response) => response.writeHead(404, { "content-type": "text/html" }).end("Not found"),
};

for (const [name, answer] of Object.entries(PORTALS)) {
  journey(`${name} from somebody else is no answer: nothing is lost, nobody is signed out`, async (world) => {
    const { server } = world;
    const between = await behindProxy(world);
    const anna = await world.phone("Anna", { origin: between.origin });
    anna.expect(/status of (401|404)|ERR_FAILED|ERR_UNSAFE_REDIRECT/);
    await anna.join({ name: "Anna" });
    await anna.isInstalled();
    const { members } = await server.stats();

    between.answer = (asked, response) => {
      if (!isApi(asked)) return false;
      answer(response);
      return true;
    };
    const asked = between.requests.length;
    await anna.capture(PHOTO, { story: "In het hotel." });
    await anna.reload();
    await anna.page.getByRole("button", { name: "Nu versturen" }).click();
    await until("the portal to be met", () => between.requests.length >= asked + 2);
    await anna.page.getByText(DEMO.name).first().waitFor();
    await anna.go("Mijn foto's");
    await anna.entry("In het hotel.").getByText(STATE.onPhone, { exact: true }).waitFor();

    between.answer = null;
    await anna.reload();
    await anna.hasSentAll(1);
    assert.equal((await server.stats()).members, members);
  });
}
