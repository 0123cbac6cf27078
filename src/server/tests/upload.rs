//! `PUT`, `HEAD` and `PATCH /api/projects/{project}/media/{sha256}`: uploads that break off, and go on.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Method;
use domain::MediaHash;
use protocol::{ErrorCode, MAX_MEDIUM_BYTES, MeReply, MediaReply, MediaSize, UnfinishedUpload, me_path, media_path};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::support::{Answer, Phone, Server, broken_off, drawing, drawing_of, hash, pieces, with_segment};

#[tokio::test]
async fn what_broke_off_goes_on_from_the_byte_that_arrived() {
    let (server, [phone]) = Server::with_phones().await;
    let picture = drawing_of(1, 300, 200);
    let (sha256, half) = (hash(&picture), picture.len() / 2);
    let broken = phone.upload(&server, sha256, Method::PUT, &[], broken_off(&picture[..half])).await;
    assert_eq!(broken.code(), ErrorCode::BadRequest);
    assert_eq!(phone.held(&server, sha256).await, (half, "?0"));
    let me: MeReply = phone.get(&server, me_path()).await.json();
    assert_eq!(me.unfinished, [UnfinishedUpload { project: phone.project, sha256, offset: half as u64 }]);
    assert_eq!(server.files(), Vec::<String>::new(), "nothing of it is a picture yet");

    let third = picture.len() * 3 / 4;
    let again = phone.go_on(&server, sha256, half, broken_off(&picture[half..third])).await;
    assert_eq!(again.code(), ErrorCode::BadRequest);
    assert_eq!(phone.held(&server, sha256).await, (third, "?0"));
    let done = phone.go_on(&server, sha256, third, picture[third..].to_vec().into()).await;
    assert_eq!(done.status, 201);
    let reply: MediaReply = done.json();
    assert_eq!((reply.sha256, reply.bytes), (sha256, picture.len() as u64));
    assert_eq!(std::fs::read(server.large(&phone, sha256)).unwrap(), picture);
    assert_eq!(server.partials(), []);
    let me: MeReply = phone.get(&server, me_path()).await.json();
    assert_eq!(me.unfinished, []);
}

#[tokio::test]
async fn what_arrived_outlives_the_server_also_one_that_was_killed() {
    let (mut server, [phone]) = Server::with_phones().await;
    let (told, killed) = (drawing_of(1, 300, 200), drawing_of(2, 300, 200));
    phone.upload(&server, hash(&told), Method::PUT, &[], broken_off(&told[..500])).await;
    // What a kill leaves behind: bytes, and nobody who noted anything about them.
    let folder = server.data().join("uploads").join(phone.project.to_string());
    let file = folder.join(phone.reply.membership.member_id.to_string()).join(format!("{}.part", hash(&killed)));
    std::fs::write(file, &killed[..700]).unwrap();
    server.restart().await;
    let me: MeReply = phone.get(&server, me_path()).await.json();
    let mut offsets: Vec<_> = me.unfinished.iter().map(|upload| upload.offset).collect();
    offsets.sort_unstable();
    assert_eq!(offsets, [500, 700]);
    for (picture, held) in [(told, 500), (killed, 700)] {
        assert_eq!(phone.held(&server, hash(&picture)).await, (held, "?0"));
        assert_eq!(phone.go_on(&server, hash(&picture), held, picture[held..].to_vec().into()).await.status, 201);
    }
    assert_eq!(server.partials(), []);
}

#[tokio::test]
async fn of_what_never_came_nothing_is_held_and_of_what_is_stored_everything() {
    let (server, [phone]) = Server::with_phones().await;
    let picture = drawing(1);
    let nothing = phone.head(&server, hash(&picture)).await;
    assert_eq!(nothing.status, 204);
    assert_eq!((nothing.header("upload-offset"), nothing.header("upload-complete")), ("0", "?0"));
    assert_eq!(nothing.header("upload-limit"), format!("max-size={MAX_MEDIUM_BYTES}, max-age=86400"));
    assert_eq!((nothing.header("upload-length"), nothing.header("cache-control")), ("", "no-store"));
    phone.send(&server, &picture).await;
    let length = picture.len().to_string();
    for _ in 0..2 {
        let whole = phone.head(&server, hash(&picture)).await;
        assert_eq!((whole.header("upload-offset"), whole.header("upload-complete")), (length.as_str(), "?1"));
        assert_eq!(whole.header("upload-length"), length);
        server.settle().await;
    }
}

#[tokio::test]
async fn going_on_elsewhere_than_where_it_broke_off_is_refused_and_changes_nothing() {
    let (server, [phone]) = Server::with_phones().await;
    let picture = drawing_of(1, 300, 200);
    let sha256 = hash(&picture);
    let early = phone.go_on(&server, sha256, 10, picture[10..].to_vec().into()).await;
    assert_eq!((early.code(), early.header("upload-offset")), (ErrorCode::UploadOffset, "0"));
    assert_eq!(server.partials(), []);
    phone.upload(&server, sha256, Method::PUT, &[], broken_off(&picture[..400])).await;
    for offset in [0, 399, 401, picture.len(), usize::MAX >> 1] {
        let elsewhere = phone.go_on(&server, sha256, offset, Body::empty()).await;
        let expected = if offset > MAX_MEDIUM_BYTES { ErrorCode::MediumTooLarge } else { ErrorCode::UploadOffset };
        assert_eq!(elsewhere.code(), expected, "{offset}");
        if expected == ErrorCode::UploadOffset {
            assert_eq!(elsewhere.header("upload-offset"), "400");
        }
    }
    assert_eq!(phone.go_on(&server, sha256, 400, picture[400..].to_vec().into()).await.status, 201);
}

#[tokio::test]
async fn a_part_that_is_not_the_last_is_kept_and_the_rest_completes_it() {
    let (server, [phone]) = Server::with_phones().await;
    let picture = drawing_of(1, 300, 200);
    let sha256 = hash(&picture);
    let mut held = 0;
    for part in picture.chunks(1000) {
        let offset = held.to_string();
        let headers = [("content-type", PARTIAL), ("upload-offset", &offset), ("upload-complete", "?0")];
        let answer = phone.upload(&server, sha256, Method::PATCH, &headers, part.to_vec().into()).await;
        held += part.len();
        assert_eq!((answer.status.as_u16(), answer.header("upload-complete")), (204, "?0"));
        assert_eq!(answer.header("upload-offset"), held.to_string());
    }
    assert_eq!(server.files(), Vec::<String>::new());
    let done = phone.go_on(&server, sha256, held, Body::empty()).await;
    assert_eq!(done.status, 201);
    assert_eq!(std::fs::read(server.large(&phone, sha256)).unwrap(), picture);
}

#[tokio::test]
async fn what_is_whole_and_wrong_is_not_kept() {
    let (server, [phone]) = Server::with_phones().await;
    let picture = drawing_of(1, 300, 200);
    let other = hash(b"other");
    phone.upload(&server, other, Method::PUT, &[], broken_off(&picture[..400])).await;
    let wrong = phone.go_on(&server, other, 400, picture[400..].to_vec().into()).await;
    assert_eq!(wrong.code(), ErrorCode::HashMismatch);
    assert_eq!(phone.held(&server, other).await, (0, "?0"));

    let talkative = with_segment(&picture, 0xfe, b"a comment");
    phone.upload(&server, hash(&talkative), Method::PUT, &[], broken_off(&talkative[..400])).await;
    let refused = phone.go_on(&server, hash(&talkative), 400, talkative[400..].to_vec().into()).await;
    assert_eq!(refused.code(), ErrorCode::CarriesMetadata);
    assert_eq!((server.partials(), server.files()), (vec![], vec![]));
}

#[tokio::test]
async fn what_this_member_sent_is_answered_before_it_is_read_again() {
    let (server, [phone, other]) = Server::with_phones().await;
    let picture = drawing(1);
    let sha256 = hash(&picture);
    phone.send(&server, &picture).await;
    let (_never_sent, body) = pieces();
    let put = phone.upload(&server, sha256, Method::PUT, &[], body).await;
    let (_never_sent, body) = pieces();
    let patch = phone.go_on(&server, sha256, 3, body).await;
    for answer in [put, patch] {
        let reply: MediaReply = answer.json();
        assert_eq!((answer.status.as_u16(), reply.bytes), (200, picture.len() as u64));
    }
    assert_eq!(other.held(&server, sha256).await, (0, "?0"), "what another member sent is not told");
}

#[tokio::test]
async fn a_picture_whose_file_is_lost_is_taken_again() {
    let (server, [phone]) = Server::with_phones().await;
    let picture = drawing(1);
    phone.send(&server, &picture).await;
    std::fs::remove_file(server.large(&phone, hash(&picture))).unwrap();
    assert_eq!(phone.held(&server, hash(&picture)).await, (0, "?0"));
    assert!(phone.send(&server, &picture).await.status.is_success());
    assert_eq!(phone.held(&server, hash(&picture)).await, (picture.len(), "?1"));
}

#[tokio::test]
async fn a_later_request_ends_one_whose_connection_broke_unnoticed() {
    let (server, [phone]) = Server::with_phones().await;
    let server = Arc::new(server);
    let picture = drawing_of(1, 300, 200);
    let sha256 = hash(&picture);
    let silent = |method: Method, from: usize, until: usize| {
        let (server, phone, bytes) = (Arc::clone(&server), phone.clone(), picture[from..until].to_vec());
        async move {
            let (sender, body) = pieces();
            sender.send(Ok(bytes)).unwrap();
            let upload = tokio::spawn({
                let server = Arc::clone(&server);
                async move {
                    if method == Method::PUT {
                        phone.upload(&server, sha256, method, &[], body).await
                    } else {
                        phone.go_on(&server, sha256, from, body).await
                    }
                }
            });
            while !server.partials().contains(&(sha256, until as u64)) {
                tokio::task::yield_now().await;
            }
            (sender, upload)
        }
    };
    let (_silence, put) = silent(Method::PUT, 0, 300).await;
    assert_eq!(phone.held(&server, sha256).await, (300, "?0"));
    assert_eq!(put.await.unwrap().code(), ErrorCode::BadRequest);
    let (_silence, patch) = silent(Method::PATCH, 300, 600).await;
    let (late, last) = silent(Method::PATCH, 600, 900).await;
    assert_eq!(patch.await.unwrap().code(), ErrorCode::BadRequest);
    let done = phone.go_on(&server, sha256, 900, picture[900..].to_vec().into()).await;
    assert_eq!(done.status, 201);
    assert_eq!(last.await.unwrap().code(), ErrorCode::BadRequest);
    assert!(late.send(Ok(vec![0])).is_err(), "nobody reads on");
    assert_eq!(std::fs::read(server.large(&phone, sha256)).unwrap(), picture);
}

#[tokio::test]
async fn what_comes_whole_takes_the_place_of_what_broke_off_and_so_does_a_refusal() {
    let (server, [phone]) = Server::with_phones().await;
    let picture = drawing_of(1, 300, 200);
    let sha256 = hash(&picture);
    phone.upload(&server, sha256, Method::PUT, &[], broken_off(&picture[..400])).await;
    assert_eq!(
        phone.upload(&server, sha256, Method::PUT, &[], drawing(2).into()).await.code(),
        ErrorCode::HashMismatch
    );
    assert_eq!((server.partials(), server.files()), (vec![], vec![]));
    phone.upload(&server, sha256, Method::PUT, &[], broken_off(&picture[..400])).await;
    assert_eq!(phone.send(&server, &picture).await.status, 201);
    assert_eq!(server.partials(), []);
    assert_eq!(std::fs::read(server.large(&phone, sha256)).unwrap(), picture);
}

#[tokio::test]
async fn a_connection_that_is_cut_at_once_leaves_what_came_over_it() {
    let (server, [phone]) = Server::with_phones().await;
    let picture = drawing_of(1, 300, 200);
    drop(phone.send_half(&server, &picture).await);
    goes_on_after_half(&server, &phone, &picture, None).await;
}

#[tokio::test]
async fn a_connection_that_is_cut_leaves_what_came_over_it() {
    let (server, [phone]) = Server::with_phones().await;
    let picture = drawing_of(1, 300, 200);
    let connection = phone.send_half(&server, &picture).await;
    goes_on_after_half(&server, &phone, &picture, Some(connection)).await;
}

/// Waits for the half that was sent to be kept, cuts the connection if it still stands, and sends the rest.
async fn goes_on_after_half(server: &Server, phone: &Phone, picture: &[u8], connection: Option<TcpStream>) {
    let (sha256, half) = (hash(picture), picture.len() / 2);
    while server.partials() != [(sha256, half as u64)] {
        tokio::task::yield_now().await;
    }
    drop(connection);
    assert_eq!(phone.held(server, sha256).await, (half, "?0"));
    assert_eq!(phone.go_on(server, sha256, half, picture[half..].to_vec().into()).await.status, 201);
}

const PARTIAL: &str = "application/partial-upload";

impl Phone {
    /// Sends the first half of a picture over a connection that stands as long as what is returned.
    async fn send_half(&self, server: &Server, picture: &[u8]) -> TcpStream {
        let mut connection = TcpStream::connect(server.listen().await).await.unwrap();
        connection.write_all(self.head_of_put(picture).as_bytes()).await.unwrap();
        connection.write_all(&picture[..picture.len() / 2]).await.unwrap();
        connection
    }

    pub(super) async fn upload(
        &self,
        server: &Server,
        sha256: MediaHash,
        method: Method,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Answer {
        let mut request = self.request(method, &media_path(self.project, sha256, MediaSize::Large));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        server.send(request.body(body).unwrap()).await
    }

    /// Returns what a phone says on a connection before the bytes of a picture.
    fn head_of_put(&self, picture: &[u8]) -> String {
        let path = media_path(self.project, hash(picture), MediaSize::Large);
        let (length, token) = (picture.len(), &self.token);
        format!("PUT {path} HTTP/1.1\r\nhost: server\r\ncookie: wijkbeeld={token}\r\ncontent-length: {length}\r\n\r\n")
    }

    pub(super) async fn go_on(&self, server: &Server, sha256: MediaHash, offset: usize, body: Body) -> Answer {
        let offset = offset.to_string();
        let headers = [("content-type", PARTIAL), ("upload-offset", &offset), ("upload-complete", "?1")];
        self.upload(server, sha256, Method::PATCH, &headers, body).await
    }

    pub(super) async fn head(&self, server: &Server, sha256: MediaHash) -> Answer {
        self.upload(server, sha256, Method::HEAD, &[], Body::empty()).await
    }

    pub(super) async fn held(&self, server: &Server, sha256: MediaHash) -> (usize, &'static str) {
        let answer = self.head(server, sha256).await;
        assert_eq!(answer.status, 204);
        let complete = if answer.header("upload-complete") == "?1" { "?1" } else { "?0" };
        (answer.header("upload-offset").parse().unwrap(), complete)
    }
}
