// tus-js-client as its documentation shows it: each upload looks for an earlier one of its own first, and tries again.
const prepare = (count) => takePhotos(count, keepPhoto);

async function go(atATime) {
  await several(await notDone(), atATime, async (name) => {
    await upload(name, await photo(name));
    await setDone(name);
  });
  return Date.now();
}

function upload(name, photo) {
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(photo, {
      endpoint: "/files/",
      metadata: { name, text: "x".repeat(600) },
      fingerprint: async () => `photo ${name}`,
      retryDelays: Array(60).fill(1_000),
      onSuccess: resolve,
      onError: reject,
    });
    upload.findPreviousUploads().then(([earlier]) => {
      if (earlier) upload.resumeFromPreviousUpload(earlier);
      upload.start();
    });
  });
}
