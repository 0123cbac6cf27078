//! `wijkbeeld serve`.

use std::fmt::Write as _;
use std::io::{ErrorKind, Write};
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use axum::serve::ListenerExt;
use clap::builder::FalseyValueParser;
use domain::JoinCode;
use tokio::net::TcpListener;

use super::invite::{add_qr, join_link};
use super::{Data, cause};
use crate::clock::WallClock;
use crate::config::{Config, PublicUrl};
use crate::services::{check, events, expiry};
use crate::state::App;
use crate::{demo, routes};

/// Options of `wijkbeeld serve`.
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(super) struct Args {
    #[command(flatten)]
    data: Data,

    /// Where to listen; port 0 takes a free one
    #[arg(long, env = "WIJKBEELD_LISTEN", value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    listen: String,

    /// Scheme and host by which phones find this server
    #[arg(long, env = "WIJKBEELD_PUBLIC_URL", value_name = "URL", help = PUBLIC_URL_HELP)]
    public_url: Option<PublicUrl>,

    /// Add an invented neighbourhood with six entries; its join code is BUURT2
    #[arg(long, env = "WIJKBEELD_DEMO", value_parser = FalseyValueParser::new())]
    demo: bool,

    /// Let the demo be reached from other machines too: everybody knows its codes
    #[arg(long, env = "WIJKBEELD_DEMO_PUBLIC", value_parser = FalseyValueParser::new(), requires = "demo")]
    demo_public: bool,

    /// Serve the app from this folder instead of the one inside this program (for development); several together hold one app
    #[arg(long, env = "WIJKBEELD_CLIENT", value_name = "DIR")]
    client: Vec<PathBuf>,
}

const PUBLIC_URL_HELP: &str =
    "Where phones find this server, such as https://wijk.example.nl; with https, cookies are sent over https alone";

const HELP: &str = "\
When it is ready it prints one line on stdout, `listening on http://ADDR:PORT`; everything else goes to stderr.
SIGTERM and Ctrl-C end it gracefully. It may be killed at any moment: what it had confirmed is on disk.

Examples:
  wijkbeeld serve --demo
  wijkbeeld serve --data /var/lib/wijkbeeld --listen 127.0.0.1:8080 --public-url https://wijk.example.nl
A phone offers camera and offline use only over https (or on localhost): put a proxy that does https in front.";

/// How long running requests may take to finish after the end was asked for.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until it is asked to end.
pub(super) async fn run(args: Args) -> anyhow::Result<()> {
    let listen = resolve(&args.listen)?;
    if args.demo && !args.demo_public && !listen.ip().is_loopback() {
        bail!(
            "the demo's codes are public, so --demo listens on this machine only; add --demo-public if you mean {listen}"
        );
    }
    let listener = bind(listen).await?;
    let address = listener.local_addr()?;
    let path = std::env::var_os("PATH").unwrap_or_default();
    let config = Config { data: args.data.data, public_url: args.public_url, client: args.client, path };
    let app = open(config).await?;
    if app.converter.is_none() {
        tracing::info!(
            "ffmpeg is not installed: voice notes are handed out as they were sent, and not every browser plays them"
        );
    }
    if !app.client.is_there() {
        tracing::warn!("this program was built without the app: only the API answers");
    }
    if args.demo {
        demo::seed(&app).await.context("the demo neighbourhood could not be made")?;
    }

    let jobs = [
        tokio::spawn(check::run(Arc::clone(&app))),
        tokio::spawn(events::run(Arc::clone(&app))),
        tokio::spawn(expiry::run(Arc::clone(&app))),
    ];
    writeln!(std::io::stdout(), "listening on http://{address}").context("stdout is closed")?;
    if args.demo {
        welcome(&app, address)?;
    }
    let asked = Arc::clone(&app);
    tokio::spawn(async move {
        asked_to_end().await;
        tracing::info!("ending");
        asked.ending.send_replace(true);
    });
    serve(&app, listener).await?;
    // What they were doing is in the database, and the next start goes on with it.
    jobs.iter().for_each(tokio::task::JoinHandle::abort);
    app.db.close().await;
    Ok(())
}

async fn serve(app: &Arc<App>, listener: TcpListener) -> anyhow::Result<()> {
    let listener = listener.tap_io(|stream| {
        // Small replies must not wait for more; where it fails they merely do.
        let _ = stream.set_nodelay(true);
    });
    let service = routes::router(Arc::clone(app)).into_make_service_with_connect_info::<SocketAddr>();
    let (mut until, mut ending) = (app.ending.subscribe(), app.ending.subscribe());
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        // The sender lives as long as the server's parts.
        let _ = until.wait_for(|is_ending| *is_ending).await;
    });
    let out_of_patience = async {
        let _ = ending.wait_for(|is_ending| *is_ending).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = server.into_future() => served.context("the server failed"),
        () = out_of_patience => {
            tracing::warn!("some requests did not finish in time");
            Ok(())
        }
    }
}

fn resolve(listen: &str) -> anyhow::Result<SocketAddr> {
    let addresses = listen.to_socket_addrs();
    let mut addresses =
        addresses.with_context(|| format!("`{listen}` is no address; give one such as 127.0.0.1:8080"))?;
    addresses.next().with_context(|| format!("`{listen}` has no address"))
}

async fn bind(listen: SocketAddr) -> anyhow::Result<TcpListener> {
    match TcpListener::bind(listen).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            bail!("something else is listening on {listen} already; end it, or choose another address with --listen")
        }
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            bail!("this user may not listen on {listen}; choose a port above 1023 with --listen")
        }
        Err(error) => Err(error).with_context(|| format!("cannot listen on {listen}")),
    }
}

async fn open(config: Config) -> anyhow::Result<Arc<App>> {
    let data = config.data.clone();
    App::open(config, WallClock::of_the_machine())
        .await
        .map_err(cause)
        .with_context(|| format!("cannot keep data in {}", data.display()))
}

/// Tells whoever started the demo how to get in.
fn welcome(app: &App, address: SocketAddr) -> anyhow::Result<()> {
    let base = app.public_url.as_ref().map_or_else(|| format!("http://{address}"), ToString::to_string);
    let resident = demo::code(demo::RESIDENT_CODE);
    let mut text = String::new();
    writeln!(text, "\n  {base}\n")?;
    writeln!(text, "  {}", code_line(resident, &base))?;
    writeln!(text, "  worker's code  {}", demo::WORKER_CODE)?;
    add_qr(&mut text, &join_link(&base, resident));
    Ok(std::io::stderr().write_all(text.as_bytes())?)
}

/// Returns the line that tells the residents' code, with the link that stands on the poster.
pub(super) fn code_line(code: JoinCode, base: &str) -> String {
    format!("join code      {code}   {}", join_link(base, code))
}

/// Waits for SIGTERM or Ctrl-C.
async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    // Without signals there is no asking: it runs until it is killed.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
