//! Bodies that arrive as a test says.

use std::io;

use axum::body::Body;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// What comes of a body, piece by piece; dropped, it ends.
pub(in crate::tests) type Pieces = UnboundedSender<io::Result<Vec<u8>>>;

/// Makes a body that arrives as the test says.
pub(in crate::tests) fn pieces() -> (Pieces, Body) {
    let (sender, receiver) = unbounded_channel();
    let stream = futures_util::stream::unfold(receiver, |mut receiver| async move {
        receiver.recv().await.map(|piece| (piece, receiver))
    });
    (sender, Body::from_stream(stream))
}

/// Makes a body whose connection breaks behind these bytes.
pub(in crate::tests) fn broken_off(bytes: &[u8]) -> Body {
    let (sender, body) = pieces();
    sender.send(Ok(bytes.to_vec())).unwrap();
    sender.send(Err(io::ErrorKind::ConnectionReset.into())).unwrap();
    body
}
