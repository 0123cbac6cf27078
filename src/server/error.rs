//! The one error, and how it is told: a stable code, a status, never what is inside.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use protocol::{ErrorCode, ErrorReply};

use crate::state::App;

/// Why a request was not answered with success.
#[derive(Debug)]
pub(crate) enum Error {
    /// Said to the client as it is.
    Refused(Refused),
    /// The database failed.
    Database(sqlx::Error),
    /// The store of large objects failed.
    Objects(object_store::Error),
    /// A file failed.
    File(std::io::Error),
    /// What is stored cannot be read, or a task ended in panic.
    Broken(String),
}

/// What a client is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// What the client acts on.
    pub(crate) code: ErrorCode,
    /// For a developer's eyes; never story text, names or tokens.
    pub(crate) message: Cow<'static, str>,
    /// When to try again.
    pub(crate) retry_after_s: Option<u64>,
}

impl Error {
    /// Makes a refusal.
    pub(crate) fn refused(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Refused(Refused { code, message: message.into(), retry_after_s: None })
    }

    /// Makes the one answer for what is absent, erased or not allowed.
    pub(crate) fn not_found() -> Self {
        Self::refused(ErrorCode::NotFound, "there is nothing here for you")
    }

    fn told(&self) -> Refused {
        let failed =
            |code, message: &'static str, retry_after_s| Refused { code, message: message.into(), retry_after_s };
        match self {
            Self::Refused(refused) => refused.clone(),
            _ if self.is_full() => failed(ErrorCode::ServerFull, "the server has no room", None),
            _ if self.is_passing() => failed(ErrorCode::Busy, "the server cannot answer now", Some(5)),
            Self::Database(_) | Self::Objects(_) | Self::File(_) | Self::Broken(_) => {
                failed(ErrorCode::Internal, "the server failed; what it had confirmed is safe", None)
            }
        }
    }

    fn is_full(&self) -> bool {
        let mut source: Option<&(dyn std::error::Error + 'static)> = Some(self);
        while let Some(error) = source {
            let is_full_disk = error.downcast_ref::<std::io::Error>().is_some_and(|error| {
                matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
            });
            if is_full_disk {
                return true;
            }
            source = error.source();
        }
        // SQLITE_FULL
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.code().as_deref() == Some("13"))
    }

    fn is_passing(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::PoolTimedOut) => true,
            // SQLITE_BUSY, with or without more bits.
            Self::Database(sqlx::Error::Database(error)) => {
                error.code().and_then(|code| code.parse::<u32>().ok()).is_some_and(|code| code & 0xff == 5)
            }
            Self::Database(_) | Self::Refused(_) | Self::Objects(_) | Self::File(_) | Self::Broken(_) => false,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refused) => f.write_str(&refused.message),
            Self::Database(_) => f.write_str("the database failed"),
            Self::Objects(_) => f.write_str("the object store failed"),
            Self::File(_) => f.write_str("a file failed"),
            Self::Broken(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused(_) | Self::Broken(_) => None,
            Self::Database(error) => Some(error),
            Self::Objects(error) => Some(error),
            Self::File(error) => Some(error),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<object_store::Error> for Error {
    fn from(error: object_store::Error) -> Self {
        Self::Objects(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::File(error)
    }
}

impl From<tokio::task::JoinError> for Error {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Broken(format!("a task did not end well: {error}"))
    }
}

impl IntoResponse for Error {
    /// Leaves the words to [`say_errors`], which knows the time.
    fn into_response(self) -> Response {
        if !matches!(self, Self::Refused(_)) {
            let error: &dyn std::error::Error = &self;
            tracing::error!(error, "a request failed");
        }
        let told = self.told();
        let status = StatusCode::from_u16(told.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(told);
        response
    }
}

/// Gives every failed answer of the API its body: ours by their code, the framework's own by their status.
pub(crate) async fn say_errors(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let told = match response.extensions_mut().remove::<Refused>() {
        Some(told) => told,
        None if is_json(&response) => return response,
        None => told_by_framework(status),
    };
    let reply = ErrorReply { code: told.code, message: told.message.into_owned(), server_time_ms: app.now().ms() };
    let status = StatusCode::from_u16(told.code.status()).unwrap_or(status);
    let mut answer = (status, Json(reply)).into_response();
    // Such as a renewed cookie, or the methods that are allowed.
    for (name, value) in response.headers() {
        if name != CONTENT_TYPE && name != CONTENT_LENGTH {
            answer.headers_mut().append(name, value.clone());
        }
    }
    if let Some(seconds) = told.retry_after_s {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

fn is_json(response: &Response) -> bool {
    response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}

fn told_by_framework(status: StatusCode) -> Refused {
    let (code, message) = match status {
        StatusCode::NOT_FOUND => (ErrorCode::NotFound, "there is no such address"),
        StatusCode::METHOD_NOT_ALLOWED => (ErrorCode::MethodNotAllowed, "this address does not know this method"),
        _ if status.is_client_error() => (ErrorCode::BadRequest, "the request cannot be read"),
        _ => (ErrorCode::Internal, "the server failed; what it had confirmed is safe"),
    };
    Refused { code, message: message.into(), retry_after_s: None }
}
