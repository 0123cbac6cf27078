//! Sends photos to a server from several connections at once and prints how many per second it took:
//! `uploads ADDRESS PATH CLIENTS COUNT JPEG [TOKEN]`, where PATH is what the photo's hash is put behind.

#![expect(clippy::print_stdout, reason = "the figure is what it is for")]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Instant;

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

/// Where JFIF says how dense the pixels are: other bytes there make another file of the same picture.
const DENSITY_AT: usize = 14;

struct Plan {
    address: String,
    path: String,
    clients: usize,
    count: usize,
    jpeg: Vec<u8>,
    token: Option<String>,
}

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let mut next = |what: &'static str| args.next().context(what);
    let plan = Plan {
        address: next("which address?")?,
        path: next("which path?")?,
        clients: next("how many clients?")?.parse()?,
        count: next("how many photos?")?.parse()?,
        jpeg: std::fs::read(next("which photo?")?)?,
        token: args.next(),
    };
    // Hashed before: what the clients do beside sending is taken from the server.
    let photos = (0..plan.count).map(|number| variant(&plan.jpeg, number)).collect::<anyhow::Result<Vec<_>>>()?;
    let began = Instant::now();
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..plan.clients)
            .map(|client| {
                let (plan, photos) = (&plan, &photos);
                scope.spawn(move || send(plan, photos.iter().skip(client).step_by(plan.clients)))
            })
            .collect();
        clients.into_iter().try_for_each(|client| client.join().map_err(|_| anyhow::anyhow!("a client panicked"))?)
    })?;
    let seconds = began.elapsed().as_secs_f64();
    println!("{:.1}", f64::from(u32::try_from(plan.count)?) / seconds);
    Ok(())
}

/// The hash of a variant of the photo, and the four bytes that make it one.
type Variant = (String, [u8; 4]);

fn variant(jpeg: &[u8], number: usize) -> anyhow::Result<Variant> {
    let mark = (u32::try_from(number)? + 1).to_be_bytes();
    let mut hasher = Sha256::new();
    hasher.update(&jpeg[..DENSITY_AT]);
    hasher.update(mark);
    hasher.update(&jpeg[DENSITY_AT + mark.len()..]);
    Ok((hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect(), mark))
}

/// Sends photos one after the other on one connection.
fn send<'a>(plan: &Plan, photos: impl Iterator<Item = &'a Variant>) -> anyhow::Result<()> {
    let mut stream = TcpStream::connect(&plan.address)?;
    stream.set_nodelay(true)?;
    let mut answers = BufReader::new(stream.try_clone()?);
    let mut jpeg = plan.jpeg.clone();
    let authorization =
        plan.token.as_ref().map(|token| format!("authorization: Bearer {token}\r\n")).unwrap_or_default();
    for (sha256, mark) in photos {
        jpeg[DENSITY_AT..DENSITY_AT + mark.len()].copy_from_slice(mark);
        let (path, address, length) = (&plan.path, &plan.address, jpeg.len());
        write!(
            stream,
            "PUT {path}{sha256} HTTP/1.1\r\nhost: {address}\r\n{authorization}content-type: image/jpeg\r\ncontent-length: {length}\r\n\r\n"
        )?;
        stream.write_all(&jpeg)?;
        read_answer(&mut answers)?;
    }
    Ok(())
}

/// Reads an answer to its end; one that is no success ends everything.
fn read_answer(answers: &mut impl BufRead) -> anyhow::Result<()> {
    let mut status = String::new();
    answers.read_line(&mut status)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        answers.read_line(&mut line)?;
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
    }
    let mut body = vec![0; length];
    answers.read_exact(&mut body)?;
    if !status.starts_with("HTTP/1.1 201") {
        bail!("{}: {}", status.trim(), String::from_utf8_lossy(&body));
    }
    Ok(())
}
