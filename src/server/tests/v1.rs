//! Phones of the first version, kept for ever: what they sent, and what they were answered, word for word.
//!
//! `v1/` was recorded from a server of that version, in this order. `$project` and the like stand for what a server makes up:
//! known once it was said, and the same from then on. An answer may say more than it did then, never less or anything else.

use std::collections::BTreeMap;
use std::path::Path;

use axum::body::Body;
use axum::http::{Method, header};
use protocol::VERSION_HEADER;
use serde::Deserialize;
use serde_json::Value;

use super::support::{Server, request, token};
use crate::services::projects;

#[tokio::test]
async fn phones_of_the_first_version_are_answered_as_they_were() {
    let server = Server::start().await;
    let mut tx = server.app().db.begin().await.unwrap();
    let project = projects::create(&mut tx, "Wij zijn De Nude", "Wageningen", false, server.now()).await.unwrap();
    tx.commit().await.unwrap();
    let mut names =
        Names::from([("$project".to_owned(), project.id.to_string()), ("$code".to_owned(), project.code.to_string())]);
    let mut tokens = BTreeMap::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/v1");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert_eq!(files.len(), 26);
    for file in files {
        let exchange: Exchange = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let Asked { by, method, path, json, file: picture } = exchange.request;
        let mut asking = request(method.parse::<Method>().unwrap(), &filled(&path, &names)).header(VERSION_HEADER, "1");
        if let Some(token) = tokens.get(&by) {
            asking = asking.header(header::COOKIE, format!("wijkbeeld={token}"));
        }
        let body = match (json, picture) {
            (Some(json), _) => {
                asking = asking.header(header::CONTENT_TYPE, "application/json");
                filled(&json.to_string(), &names).into()
            }
            (None, Some(picture)) => {
                asking = asking.header(header::CONTENT_TYPE, "image/jpeg");
                std::fs::read(folder.join(picture)).unwrap().into()
            }
            (None, None) => Body::empty(),
        };
        let answer = server.send(asking.body(body).unwrap()).await;
        let told = exchange.reply;
        assert_eq!(answer.status.as_u16(), told.status, "{}: {}", file.display(), answer.text());
        assert_eq!(answer.header("content-type"), told.content_type, "{}", file.display());
        let token = token(&answer.headers);
        assert_eq!(token.is_some(), told.sets_cookie, "{}", file.display());
        tokens.extend(token.map(|token| (by, token)));
        if let Some(json) = told.json {
            let said = serde_json::from_slice(&answer.body).unwrap();
            assert!(says(&json, &said, &mut names), "{}: {said:#} instead of {json:#}", file.display());
        }
        server.settle().await;
    }
}

#[derive(Deserialize)]
struct Exchange {
    request: Asked,
    reply: Told,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(rename = "as")]
    by: String,
    method: String,
    path: String,
    json: Option<Value>,
    file: Option<String>,
}

#[derive(Deserialize)]
struct Told {
    status: u16,
    #[serde(rename = "content-type")]
    content_type: String,
    sets_cookie: bool,
    json: Option<Value>,
}

type Names = BTreeMap<String, String>;

fn filled(text: &str, names: &Names) -> String {
    names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
}

fn says(told: &Value, said: &Value, names: &mut Names) -> bool {
    match (told, said) {
        (Value::Object(told), Value::Object(said)) => {
            told.iter().all(|(key, told)| said.get(key).is_some_and(|said| says(told, said, names)))
        }
        (Value::Array(told), Value::Array(said)) => {
            told.len() == said.len() && told.iter().zip(said).all(|(told, said)| says(told, said, names))
        }
        (Value::String(told), Value::Number(_)) => told == "$time",
        (Value::String(told), Value::String(said)) => {
            let told = filled(told, names);
            if !told.starts_with('$') {
                return told == *said;
            }
            let ((name, rest), (value, same)) = (split(&told), split(said));
            names.insert(name.to_owned(), value.to_owned());
            rest == same
        }
        _ => told == said,
    }
}

/// A cursor is made up before its point alone.
fn split(text: &str) -> (&str, &str) {
    text.split_at(text.find('.').unwrap_or(text.len()))
}
