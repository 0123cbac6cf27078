// Fills the phone for the limit; what it sends goes to a bare server (`src/server/examples/bare.rs`).
import { own, serve } from "./site.mjs";

serve({ scripts: { "/storage.js": own("storage.js"), "/plain.js": own("plain.js") }, held: () => ({}) });
