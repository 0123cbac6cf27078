// Sends and fetches off the page. It says so when it cannot begin; whoever wants it tries again later.
importScripts("/sender.js");

wasm_bindgen({ module_or_path: "/sender_bg.wasm" })
  .then(() => wasm_bindgen.drive())
  .catch(() => self.postMessage("failed"));
