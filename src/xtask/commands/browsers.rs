//! The browsers that the tests drive: found where they are, installed where Debian and root allow it.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::process;

/// Chromium and the driver that wasm-bindgen's tests want.
pub(crate) struct Chromium {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds Chromium with its driver, or installs them.
pub(crate) fn chromium() -> anyhow::Result<Chromium> {
    let find = || {
        Some(Chromium {
            browser: program("CHROMIUM", &["/usr/bin/chromium", "/usr/bin/google-chrome"])?,
            driver: program("CHROMEDRIVER", &["/usr/bin/chromedriver"])?,
        })
    };
    found_or_installed("Chromium with chromedriver", &["chromium", "chromium-driver"], find)
        .context("CHROMIUM and CHROMEDRIVER may say where they are")
}

/// Finds Firefox, or installs it.
pub(crate) fn firefox() -> anyhow::Result<PathBuf> {
    // By the extended support release alone: the driver speaks its protocol, and that of others a little differently.
    found_or_installed("Firefox ESR", &["firefox-esr"], || program("FIREFOX", &["/usr/bin/firefox-esr"]))
        .context("FIREFOX may say where it is")
}

/// Makes sure of WebKitGTK with its driver, of a screen for it that nobody sees, and of what its window is made with.
pub(crate) fn webkit() -> anyhow::Result<()> {
    let packages = ["webkit2gtk-driver", "xvfb", "python3-gi", "gir1.2-webkit2-4.1"];
    found_or_installed("WebKitGTK 4.1 with WebKitWebDriver, Xvfb and PyGObject", &packages, || {
        let are_here = ["/usr/bin/WebKitWebDriver", "/usr/bin/Xvfb"].iter().all(|path| Path::new(path).is_file());
        let has_webkit = || process::read(process::command(PYTHON).args(["-c", HAS_WEBKIT])).is_ok();
        (are_here && has_webkit()).then_some(())
    })
}

/// Finds a Python that can make an environment of its own, or installs it.
pub(crate) fn python() -> anyhow::Result<&'static str> {
    let can = |python: &&str| process::read(process::command(python).args(["-c", "import ensurepip, venv"])).is_ok();
    found_or_installed("Python 3 with venv", &["python3", "python3-venv"], || ["python3", PYTHON].into_iter().find(can))
}

/// Debian's own, which sees Debian's packages.
const PYTHON: &str = "/usr/bin/python3";
const HAS_WEBKIT: &str = "import gi; gi.require_version('Gtk', '3.0'); gi.require_version('WebKit2', '4.1')";

fn found_or_installed<T>(what: &str, packages: &[&str], find: impl Fn() -> Option<T>) -> anyhow::Result<T> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let is_root = process::read(process::command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !is_root || !Path::new("/usr/bin/apt-get").exists() {
        bail!("these tests need {what}: install it (Debian: `apt-get install {}`)", packages.join(" "));
    }
    process::step(&format!("Installing {what}"), || {
        let apt = |args: &[&str]| {
            process::run(process::command("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive"))
        };
        let install = [&["install", "-y", "-qq", "--no-install-recommends"], packages].concat();
        // The lists of a fresh machine are empty or old.
        apt(&["update", "-qq"]).and_then(|()| apt(&install))
    })?;
    find().with_context(|| format!("apt-get installed {}, and yet {what} is not there", packages.join(" ")))
}

fn program(variable: &str, usual: &[&str]) -> Option<PathBuf> {
    let given = std::env::var_os(variable).map(PathBuf::from);
    given.into_iter().chain(usual.iter().map(PathBuf::from)).find(|path| path.is_file())
}
