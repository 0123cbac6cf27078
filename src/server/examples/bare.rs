//! The least that a server for uploads can do: the bytes into a file, fsync, an answer. What ours is measured against
//! (`cargo xtask bench sync`, `bench server`): `bare PORT DATA [SITE]`, where SITE is a folder of pages.

#![expect(clippy::print_stdout, reason = "whoever starts it waits for its word")]

use std::fs::File;
use std::io::Write;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post, put};

struct Folders {
    data: PathBuf,
    site: PathBuf,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let port: u16 = args.next().context("which port?")?.parse()?;
    let data = PathBuf::from(args.next().context("which folder for the data?")?);
    let site = PathBuf::from(args.next().unwrap_or_default());
    std::fs::create_dir_all(&data)?;
    let app = Router::new()
        .route("/media/{name}", put(take))
        .route("/records", post(async |_: Bytes| "{}"))
        .route("/{file}", get(page))
        .layer(DefaultBodyLimit::max(8 * 1024 * 1024))
        .with_state(Arc::new(Folders { data, site }));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}

async fn take(State(folders): State<Arc<Folders>>, Path(name): Path<String>, body: Bytes) -> StatusCode {
    let path = folders.data.join(name);
    let kept = tokio::task::spawn_blocking(move || keep(&path, &body)).await;
    if matches!(kept, Ok(Ok(()))) { StatusCode::CREATED } else { StatusCode::INTERNAL_SERVER_ERROR }
}

fn keep(path: &FilePath, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

async fn page(State(folders): State<Arc<Folders>>, Path(file): Path<String>) -> impl IntoResponse {
    let kind = if file.ends_with(".html") { "text/html" } else { "text/javascript" };
    match tokio::fs::read(folders.site.join(file)).await {
        Ok(bytes) => Ok(([(header::CONTENT_TYPE, kind)], bytes)),
        Err(_) => Err(StatusCode::NOT_FOUND),
    }
}
