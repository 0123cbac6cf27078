//! Where things lie.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Returns the folder with the root manifest.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        // Cargo says it when it runs us; what it said when it built us is another clone's where two share a target folder.
        let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let here = PathBuf::from(here);
        here.ancestors().nth(2).expect("this crate lies in src/ of the workspace").to_owned()
    });
    &ROOT
}

/// Returns `path` inside the workspace.
pub(crate) fn at(path: &str) -> PathBuf {
    root().join(path)
}

/// Returns the folder cargo builds into.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| at("target"), |dir| root().join(dir))
}

/// Returns the one file that `build` leaves.
pub(crate) fn server_binary() -> PathBuf {
    target().join("release/wijkbeeld")
}

/// Returns a path inside the folder of installed tools.
pub(crate) fn tool(path: &str) -> PathBuf {
    at("target/tools").join(path)
}

/// Returns the version of `package` in Cargo.lock.
pub(crate) fn locked_version(package: &str) -> anyhow::Result<String> {
    let lock = std::fs::read_to_string(at("Cargo.lock"))?;
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name);
    lines
        .next()
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| anyhow::anyhow!("Cargo.lock holds no package {package}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glue_generator_is_pinned_by_cargo_lock() {
        assert_eq!(locked_version("wasm-bindgen").unwrap(), "0.2.130");
        assert!(locked_version("no-such-package").is_err());
    }
}
