//! The API's description of itself.

use std::path::Path;

use super::support::Server;

/// Phones out there speak what stands in the snapshot: a change of it is reviewed like code.
#[tokio::test]
async fn the_description_of_the_api_is_as_reviewed() {
    let server = Server::start().await;
    let description: serde_json::Value = server.get("/api/openapi.json").await.json();
    let text = serde_json::to_string_pretty(&description).unwrap() + "\n";
    let snapshot = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.snapshot.json");
    if std::env::var_os("UPDATE_SNAPSHOT").is_some() {
        std::fs::write(&snapshot, &text).unwrap();
    }
    let reviewed = std::fs::read_to_string(&snapshot).unwrap_or_default();
    assert!(
        reviewed == text,
        "the API's description changed; look at the difference after\n  UPDATE_SNAPSHOT=1 cargo test -p server description"
    );
}
