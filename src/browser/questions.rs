//! What pages ask the server themselves: what is nobody's own and is kept on no phone. Everything that a resident makes and sees
//! goes by way of the engine.

use domain::JoinCode;
use domain::plain::{Plain, Value};
use gloo::net::http::Method;
use protocol::{ErrorCode, ErrorReply, WelcomeReply, welcome_path};

use crate::net::{Patience, retry_after_ms};

/// How long an answer may take, in milliseconds: somebody looks at the screen meanwhile.
const QUESTION_MS: u32 = 20_000;

/// How a question is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Reads.
    Get,
    /// Makes, or has something done.
    Post,
    /// Changes a part.
    Patch,
    /// Takes away.
    Delete,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// No network, or nobody of ours spoke.
    Unreachable,
    /// The server said no.
    Refused(ErrorCode),
    /// The server wants to be left alone so many milliseconds first: what was shown to it was wrong too often.
    TooOften(u64),
}

/// Asks the server; an answer that is none of ours is none.
///
/// # Errors
/// Why there is no answer.
pub async fn ask<T: Plain>(verb: Verb, path: &str, body: Option<Value>) -> Result<T, NoAnswer> {
    T::from_value(&ask_value(verb, path, body).await?).ok_or(NoAnswer::Unreachable)
}

/// Returns what lies behind a code, for whoever is about to join by it; the project's words in the language of this tag. `None`
/// without network, or when it leads nowhere.
pub async fn welcome(code: JoinCode, language: &str) -> Option<WelcomeReply> {
    ask(Verb::Get, &welcome_path(code, language), None).await.ok()
}

pub(crate) async fn ask_value(verb: Verb, path: &str, body: Option<Value>) -> Result<Value, NoAnswer> {
    let method = match verb {
        Verb::Get => Method::GET,
        Verb::Post => Method::POST,
        Verb::Patch => Method::PATCH,
        Verb::Delete => Method::DELETE,
    };
    let patience = Patience::new(QUESTION_MS);
    let request = patience.request(method, path);
    let request = match body {
        Some(body) => request.json(&body),
        None => request.build(),
    };
    let response = request.map_err(unreachable)?.send().await.map_err(unreachable)?;
    let is_ok = response.ok();
    let retry_after_ms = retry_after_ms(&response);
    let text = response.text().await.map_err(unreachable)?;
    let value: Value = serde_json::from_str(&text).map_err(|_| NoAnswer::Unreachable)?;
    if is_ok {
        return Ok(value);
    }
    let refusal = ErrorReply::from_value(&value).ok_or(NoAnswer::Unreachable)?;
    Err(match (refusal.code, retry_after_ms) {
        (ErrorCode::TooManyAttempts, Some(ms)) => NoAnswer::TooOften(ms),
        (code, _) => NoAnswer::Refused(code),
    })
}

fn unreachable(_: gloo::net::Error) -> NoAnswer {
    NoAnswer::Unreachable
}
