//! The app itself, as a browser fetches it.

use std::convert::Infallible;
use std::path::Path;

use axum::body::{Body, Bytes};
use axum::http::Method;

use super::support::{Answer, Server, request};

const PAGE: &str = "<!doctype html><style>b{}</style><script type=module>run()</script><p>Wijkbeeld";
const DESK: &str = "<!doctype html><script type=module>desk()</script><p>Begeleiden";
const MAKING: &str = "<!doctype html><script type=module>making()</script><p>Deel je foto nog een keer";

fn build(folder: &Path) {
    for (name, text) in [
        ("index.html", PAGE),
        ("index.html.br", "page as brotli"),
        ("desk.html", DESK),
        ("making.html", MAKING),
        ("sw.js", "worker"),
        ("manifest.webmanifest", "{}"),
        ("app-0123456789abcdef.js", "script"),
        ("app-0123456789abcdef.js.br", "script as brotli"),
        ("app-0123456789abcdef.js.gz", "script as gzip"),
        ("photo-worker-0123456789abcdef.js", "worker"),
        ("app-0123456789abcdef.wasm", "code"),
        ("fonts/a-0123456789abcdef.woff2", "font"),
        ("icons-0123456789abcdef.svg", "icons"),
        ("robots.txt", "robots"),
    ] {
        std::fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        std::fs::write(folder.join(name), text).unwrap();
    }
    std::fs::write(folder.parent().unwrap().join("secret.txt"), "secret").unwrap();
}

async fn server() -> (Server, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    build(&folder.path().join("dist"));
    (Server::start_with(None, vec![folder.path().join("dist")]).await, folder)
}

async fn get(server: &Server, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = request(Method::GET, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    server.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn every_address_of_the_app_gets_its_page_and_a_file_of_another_build_gets_none() {
    let (server, _folder) = server().await;
    for path in ["/", "/index.html", "/mee/BUURT2", "/buurt/017b9e39-e700-7101-8101-010101010101", "/a/b/"] {
        let answer = get(&server, path, &[]).await;
        assert_eq!((answer.status.as_u16(), answer.text().as_str()), (200, PAGE), "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-cache");
        let policy = answer.header("content-security-policy");
        assert_eq!(policy.matches("'sha256-").count(), 2, "{policy}");
    }
    for path in ["/app-fedcba9876543210.js", "/../secret.txt", "/fonts/../../secret.txt", "/%2e%2e/secret.txt", "/.env"]
    {
        let answer = get(&server, path, &[]).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_ne!(answer.text(), "secret");
    }
    assert_eq!(server.send(request(Method::POST, "/").body(Body::empty()).unwrap()).await.status, 405);
}

#[tokio::test]
async fn workers_and_a_persons_phones_get_the_page_of_the_second_part_under_its_own_policy() {
    let (server, _folder) = server().await;
    for path in ["/begeleiden", "/begeleiden/leden", "/begeleiden/", "/meer/telefoons", "/meer/telefoons/hierbij"] {
        let answer = get(&server, path, &[]).await;
        assert_eq!((answer.status.as_u16(), answer.text().as_str()), (200, DESK), "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert_eq!(answer.header("content-security-policy").matches("'sha256-").count(), 1);
    }
    for path in ["/begeleidend", "/meer", "/meer/telefoonsleutel"] {
        assert_eq!(get(&server, path, &[]).await.text(), PAGE, "{path}");
    }
}

#[tokio::test]
async fn pages_run_under_the_whole_policy_and_workers_under_what_they_need() {
    let (server, _folder) = server().await;
    let page = get(&server, "/mee", &[]).await;
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval'"), "{policy}");
    assert!(policy.contains("connect-src 'self'; worker-src 'self' blob:"), "{policy}");
    let of_workers =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'";
    for (path, policy) in [
        ("/sw.js", of_workers),
        ("/photo-worker-0123456789abcdef.js", of_workers),
        // It obeys the policy of the page that runs it.
        ("/app-0123456789abcdef.js", ""),
    ] {
        assert_eq!(get(&server, path, &[]).await.header("content-security-policy"), policy, "{path}");
    }
    assert_eq!(page.header("cross-origin-opener-policy"), "same-origin");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert!(page.header("permissions-policy").starts_with("camera=(self), microphone=(self), geolocation=(self)"));
    assert_eq!(page.header("strict-transport-security"), "", "over http it would lock developers out");
    let https = Server::start_with(Some("https://wijk.example.nl"), vec![]).await;
    assert_eq!(get(&https, "/", &[]).await.header("strict-transport-security"), "max-age=31536000");
}

#[tokio::test]
async fn whatever_can_be_shown_has_a_policy_and_whatever_comes_is_what_it_says() {
    let (server, _folder) = server().await;
    // What never changes is the same for everybody: other sites may have it too.
    for (path, has_policy, is_ours_alone) in [
        ("/icons-0123456789abcdef.svg", true, false),
        ("/robots.txt", true, true),
        ("/no-such-file.svg", true, true),
        ("/app-0123456789abcdef.wasm", false, false),
        ("/fonts/a-0123456789abcdef.woff2", false, false),
        ("/manifest.webmanifest", false, true),
    ] {
        let answer = get(&server, path, &[]).await;
        let policy = if has_policy { "default-src 'none'; frame-ancestors 'none'" } else { "" };
        assert_eq!(answer.header("content-security-policy"), policy, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        let ours_alone = if is_ours_alone { "same-origin" } else { "" };
        assert_eq!(answer.header("cross-origin-resource-policy"), ours_alone, "{path}");
    }
}

#[tokio::test]
async fn a_file_comes_in_the_best_form_that_the_browser_understands() {
    let (server, _folder) = server().await;
    let script = "/app-0123456789abcdef.js";
    for (accepted, encoding, text) in [
        ("gzip, deflate, br, zstd", "br", "script as brotli"),
        ("gzip", "gzip", "script as gzip"),
        ("br;q=0, gzip;q=0.1", "gzip", "script as gzip"),
        ("", "", "script"),
    ] {
        let answer = get(&server, script, &[("accept-encoding", accepted)]).await;
        assert_eq!((answer.header("content-encoding"), answer.text().as_str()), (encoding, text), "{accepted}");
        assert_eq!(answer.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!(answer.header("content-length"), text.len().to_string());
    }
    assert_eq!(get(&server, "/sw.js", &[("accept-encoding", "br")]).await.text(), "worker");
}

#[tokio::test]
async fn hashed_names_are_kept_for_ever_and_the_others_are_asked_for_again() {
    let (server, _folder) = server().await;
    for (path, kind, cached) in [
        ("/app-0123456789abcdef.js", "text/javascript; charset=utf-8", "max-age=31536000, immutable"),
        ("/app-0123456789abcdef.wasm", "application/wasm", "max-age=31536000, immutable"),
        ("/fonts/a-0123456789abcdef.woff2", "font/woff2", "max-age=31536000, immutable"),
        ("/sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/mee", "text/html; charset=utf-8", "no-cache"),
    ] {
        let answer = get(&server, path, &[]).await;
        assert_eq!((answer.header("content-type"), answer.header("cache-control")), (kind, cached), "{path}");
        let etag = answer.header("etag");
        assert_eq!(etag.is_empty(), cached != "no-cache", "{path}");
        if !etag.is_empty() {
            let known = get(&server, path, &[("if-none-match", etag)]).await;
            assert_eq!((known.status.as_u16(), known.body.len(), known.header("etag")), (304, 0, etag), "{path}");
            let policy = known.header("content-security-policy");
            assert_eq!(policy, "", "{path}: the policy that came with the file still holds");
        }
    }
    let plain = get(&server, "/", &[]).await;
    let as_brotli = get(&server, "/", &[("accept-encoding", "br"), ("if-none-match", plain.header("etag"))]).await;
    assert_eq!(as_brotli.text(), "page as brotli", "each form has its own tag");
}

#[tokio::test]
async fn a_folder_that_changes_is_served_as_it_is_now() {
    let (server, folder) = server().await;
    let before = get(&server, "/", &[]).await;
    std::fs::write(folder.path().join("dist/index.html"), "<p>N+1").unwrap();
    let after = get(&server, "/", &[("if-none-match", before.header("etag"))]).await;
    assert_eq!(after.text(), "<p>N+1");
}

#[tokio::test]
async fn asking_for_the_head_gets_everything_but_the_body() {
    let (server, _folder) = server().await;
    let answer = server.send(request(Method::HEAD, "/").body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0));
    assert_eq!(answer.header("content-length"), PAGE.len().to_string());
}

#[tokio::test]
async fn without_an_app_the_page_says_how_to_get_one() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(None, vec![folder.path().to_owned()]).await;
    let answer = get(&server, "/mee/BUURT2", &[]).await;
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("cargo xtask build"));
}

#[tokio::test]
async fn photos_that_no_phone_took_in_are_not_waited_for_and_are_asked_for_once_more() {
    let (server, _folder) = server().await;
    // Nothing of it has come, and nothing is waited for.
    let shared = Body::from_stream(futures_util::stream::pending::<Result<Bytes, Infallible>>());
    let form = request(Method::POST, "/deel").header("content-type", "multipart/form-data; boundary=x");
    let answer = server.send(form.body(shared).unwrap()).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/?gedeeld=opnieuw"));
    assert_eq!(answer.header("cache-control"), "no-store");
    for path in ["/?gedeeld=opnieuw", "/?gedeeld=vol"] {
        assert_eq!(get(&server, path, &[]).await.text(), MAKING, "{path}");
    }
    for path in ["/", "/?taal=nl", "/deel", "/mijn?gedeeld=opnieuw"] {
        assert_eq!(get(&server, path, &[]).await.text(), PAGE, "{path}");
    }
}
