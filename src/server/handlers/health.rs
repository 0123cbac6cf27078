//! `/healthz`: for whoever watches the server.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::error::Error;
use crate::repositories::epoch;
use crate::state::App;

/// Tells whether the database answers and media can be stored, and in which form voice notes are handed out.
pub(crate) async fn get(State(app): State<Arc<App>>) -> Response {
    let database = said(database(&app).await);
    let objects = said(app.objects.check().await.map_err(Error::from));
    let is_well = database == WELL && objects == WELL;
    let voice_notes = if app.converter.is_some() { CONVERTED } else { AS_SENT };
    let status = if is_well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(Health { database, objects, voice_notes, server_time_ms: app.now().ms() })).into_response()
}

#[derive(Serialize)]
struct Health {
    database: &'static str,
    objects: &'static str,
    voice_notes: &'static str,
    server_time_ms: u64,
}

const WELL: &str = "ok";

/// There is ffmpeg: every browser plays voice notes.
const CONVERTED: &str = "converted";

/// There is none: not every browser plays every voice note.
const AS_SENT: &str = "as_sent";

async fn database(app: &App) -> Result<(), Error> {
    let mut tx = app.db.snapshot().await?;
    epoch(&mut tx).await?;
    Ok(())
}

fn said(result: Result<(), Error>) -> &'static str {
    match result {
        Ok(()) => WELL,
        Err(error) => {
            let error: &dyn std::error::Error = &error;
            tracing::error!(error, "a health check failed");
            "failed"
        }
    }
}
