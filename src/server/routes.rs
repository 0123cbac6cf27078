//! The single table of addresses.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Json, Router};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::{Error, say_errors};
use crate::handlers::{
    code, devices, events, group_code, health, invitations, join, links, log, me, media, members, records, recovery,
    upload,
};
use crate::openapi::Description;
use crate::state::App;
use crate::{auth, client, security};

/// Returns everything that the server answers.
pub(crate) fn router(app: Arc<App>) -> Router {
    let (api, description) = api().split_for_parts();
    let api = api
        .route("/api/openapi.json", get(async move || Json(description)))
        .route("/api", any(no_such_address))
        .route("/api/", any(no_such_address))
        .route("/api/{*rest}", any(no_such_address))
        .layer(from_fn_with_state(Arc::clone(&app), auth::identify))
        .layer(from_fn_with_state(Arc::clone(&app), security::refuse_cross_site))
        .layer(from_fn(security::refuse_old_clients))
        .layer(CatchPanicLayer::custom(on_panic))
        .layer(from_fn_with_state(Arc::clone(&app), say_errors))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(SizeAbove::new(WORTH_COMPRESSING))));
    Router::new()
        .route("/healthz", get(health::get))
        .merge(api)
        .fallback(client::serve)
        .layer(from_fn(note_request))
        // What people share is nobody's business: nothing is noted of it.
        .route("/deel", get(client::serve).post(client::ask_to_share_again))
        .layer(from_fn_with_state(Arc::clone(&app), security::add_headers))
        .with_state(app)
}

/// The API; addresses and methods stand at the handlers, so that its description cannot differ.
pub(crate) fn api() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(join::post)) //                    POST      /api/join
        .routes(routes!(join::get)) //                     GET       /api/codes/{code}
        .routes(routes!(me::get)) //                       GET       /api/me
        .routes(routes!(devices::get)) //                  GET       /api/devices
        .routes(routes!(devices::patch, devices::delete)) // PATCH DELETE /api/devices/{device}
        .routes(routes!(links::begin)) //                  POST      /api/links
        .routes(routes!(links::get)) //                    GET       /api/links/{link}
        .routes(routes!(links::accept)) //                 POST      /api/links/{link}/accept
        .routes(routes!(links::ask)) //                    POST      /api/link
        .routes(routes!(recovery::get, recovery::post, recovery::delete)) // GET POST DELETE /api/recovery
        .routes(routes!(recovery::recover)) //             POST      /api/recover
        .routes(routes!(events::get)) //                   GET       /api/events
        .routes(routes!(records::post, records::get)) //   POST GET  /api/projects/{project}/records
        .routes(routes!(media::get)) //                    GET       /api/projects/{project}/media/{sha256}
        .routes(routes!(upload::put, upload::head, upload::patch)) // PUT HEAD PATCH, the same address
        .routes(routes!(invitations::get, invitations::post)) // GET POST /api/projects/{project}/invitations
        .routes(routes!(invitations::delete)) //           DELETE    /api/projects/{project}/invitations/{invitation}
        .routes(routes!(code::get, code::post)) //         GET POST  /api/projects/{project}/code
        .routes(routes!(group_code::get, group_code::post)) // GET POST /api/projects/{project}/groups/{group}/code
        .routes(routes!(members::get)) //                  GET       /api/projects/{project}/members
        .routes(routes!(members::delete)) //               DELETE    /api/projects/{project}/members/{member}
        .routes(routes!(log::get)) //                      GET       /api/projects/{project}/log
}

/// Smaller answers travel in one packet anyway.
const WORTH_COMPRESSING: u64 = 1000;

async fn no_such_address() -> Error {
    Error::refused(protocol::ErrorCode::NotFound, "there is no such address")
}

fn on_panic(_: Box<dyn std::any::Any + Send>) -> Response {
    Error::Broken("a request ended in panic".to_owned()).into_response()
}

/// One line per request, by the address's pattern: never a code, a hash or a token.
async fn note_request(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let start = Instant::now();
    let response = next.run(request).await;
    let (status, ms) = (response.status().as_u16(), start.elapsed().as_millis());
    let route = route.as_deref().unwrap_or("client");
    tracing::debug!(%method, route, status, ms, "{method} {route} answered {status}");
    response
}
