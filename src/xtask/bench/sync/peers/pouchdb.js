// PouchDB: a document per entry with the photo attached, replicated to the server, again as soon as it can.
const db = new PouchDB("bench");

const prepare = (count) => takePhotos(count, keep);

function keep(name, data) {
  return db.put({ _id: name, text: "x".repeat(900), _attachments: { photo: { content_type: "image/jpeg", data } } });
}

function go() {
  const remote = new PouchDB(`${location.origin}/db/bench`);
  const replication = db.replicate.to(remote, { live: true, retry: true, back_off_function: () => 1_000 });
  return new Promise((resolve, reject) => {
    replication.on("error", reject);
    replication.on("denied", reject);
    replication.on("paused", (error) => {
      if (error) return;
      const end = Date.now();
      replication.cancel();
      resolve(end);
    });
  });
}
