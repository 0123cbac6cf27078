//! The icons, the typeface, and what decodes HEIC, taken from their npm packages into `target/client-assets` before Trunk runs.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context;

use super::typeface;
use crate::fingerprint::files_under;
use crate::workspace;

/// What the sprite holds.
pub(crate) enum Symbols {
    /// Only what a component names and the page does not hold itself.
    Named,
    /// All, so that one named a minute from now is there.
    All,
}

/// Writes the icon sprites, the typeface, and the library that decodes HEIC.
pub(crate) fn generate(packages: &Path, symbols: Symbols) -> anyhow::Result<()> {
    let assets = workspace::at("target/client-assets");
    let fonts = assets.join("fonts");
    fs::create_dir_all(&fonts)?;
    for (name, crates) in SPRITES {
        write_if_changed(&assets.join(name), sprite(packages, &symbols, crates)?.as_bytes())?;
    }
    for (name, path) in LIBRARY {
        let path = packages.join("libheif-js/libheif-wasm").join(path);
        let bytes = fs::read(&path).with_context(|| format!("no {}", path.display()))?;
        write_if_changed(&assets.join(name), &bytes)?;
    }
    typeface::generate(packages, &fonts)
}

/// libheif (docs/decisions/0008), as the part of the app names its files, and where they lie in their package.
const LIBRARY: &[(&str, &str)] =
    &[("heif-lib.js", "libheif.js"), ("heif-lib.wasm", "libheif.wasm"), ("heif-licence.txt", "LICENSE")];

/// The sprite of each part of the app, and the crates whose components name what stands in it.
const SPRITES: &[(&str, [&str; 2])] = &[
    ("icons.svg", ["src/ui", "src/app"]),
    ("desk-icons.svg", ["src/ui", "src/desk"]),
    ("making-icons.svg", ["src/ui", "src/making"]),
];

/// The symbols that components may name, and the Phosphor icon that each is.
const ICONS: &[(&str, &str)] = &[
    ("t-bewegen", "duotone/bicycle"),
    ("t-ov", "duotone/bus"),
    ("t-verkeer", "duotone/car-profile"),
    ("t-straat", "duotone/road-horizon"),
    ("t-groen", "duotone/tree"),
    ("t-spelen", "duotone/soccer-ball"),
    ("t-voorzieningen", "duotone/storefront"),
    ("t-eten", "duotone/carrot"),
    ("t-wonen", "duotone/house-line"),
    ("t-ontmoeten", "duotone/coffee"),
    ("t-trots", "duotone/heart"),
    ("t-veilig", "duotone/shield-check"),
    ("t-schoon", "duotone/broom"),
    ("t-milieu", "duotone/wind"),
    ("t-meedoen", "duotone/megaphone"),
    ("t-werk", "duotone/hammer"),
    ("t-anders", "duotone/question"),
    ("home", "bold/house"),
    ("images", "bold/images"),
    ("map", "bold/map-trifold"),
    ("talk", "bold/chats-circle"),
    ("more", "bold/dots-three-outline"),
    ("camera", "bold/camera"),
    ("folder", "bold/image-square"),
    ("back", "bold/arrow-left"),
    ("next", "bold/arrow-right"),
    ("say", "bold/speaker-high"),
    ("turn", "bold/arrow-clockwise"),
    ("crop", "bold/crop"),
    ("cover", "bold/eye-slash"),
    ("plus", "bold/plus"),
    ("minus", "bold/minus"),
    ("sun", "bold/sun"),
    ("up", "bold/arrow-fat-up"),
    ("check", "bold/check"),
    ("phone", "bold/device-mobile"),
    ("send", "bold/paper-plane-tilt"),
    ("cloud", "bold/wifi-slash"),
    ("mic", "bold/microphone"),
    ("stop", "bold/stop"),
    ("play", "bold/play"),
    ("pause", "bold/pause"),
    ("type", "bold/text-aa"),
    ("here", "bold/crosshair-simple"),
    ("point", "bold/hand-pointing"),
    ("skip", "bold/eye-closed"),
    ("lock", "bold/lock-simple"),
    ("group", "bold/users-three"),
    ("world", "bold/globe-hemisphere-west"),
    ("usercheck", "bold/user-check"),
    ("nobody", "bold/image"),
    ("edit", "bold/pencil-simple"),
    ("trash", "bold/trash"),
    ("undo", "bold/arrow-counter-clockwise"),
    ("warn", "bold/warning"),
    ("eye", "bold/eye"),
    ("flag", "bold/clipboard-text"),
    ("done", "bold/check-circle"),
    ("calendar", "bold/calendar-blank"),
    ("hands", "bold/handshake"),
    ("town", "bold/buildings"),
    ("self", "bold/hand-waving"),
    ("ear", "bold/ear"),
    ("qr", "bold/qr-code"),
    ("sliders", "bold/sliders-horizontal"),
    ("download", "bold/download-simple"),
    ("bulb", "bold/lightbulb"),
    ("clock", "bold/clock"),
    ("earlier", "bold/arrow-up"),
    ("later", "bold/arrow-down"),
    ("whole", "bold/corners-out"),
];

fn sprite(packages: &Path, symbols: &Symbols, crates: &[&str]) -> anyhow::Result<String> {
    let page = fs::read_to_string(workspace::at("src/app/index.html"))?;
    let components = match symbols {
        Symbols::Named => Some(read_components(crates)?),
        Symbols::All => None,
    };
    let is_wanted = |id: &str| {
        components.as_ref().is_none_or(|text| names_symbol(text, id)) && !page.contains(&format!("<symbol id=\"{id}\""))
    };
    let mut sprite = String::from(r#"<svg xmlns="http://www.w3.org/2000/svg">"#);
    for (id, icon) in ICONS.iter().filter(|(id, _)| is_wanted(id)) {
        let (weight, name) = icon.split_once('/').unwrap_or(("bold", icon));
        let path = packages.join(format!("@phosphor-icons/core/assets/{weight}/{name}-{weight}.svg"));
        let drawing = fs::read_to_string(&path).with_context(|| format!("no icon {icon} for `{id}`"))?;
        write!(sprite, r#"<symbol id="{id}" viewBox="0 0 256 256">{}</symbol>"#, inside(&drawing)?)?;
    }
    if is_wanted("logo") {
        let logo = fs::read_to_string(workspace::at("public/icons/logo.svg"))?;
        write!(sprite, r#"<symbol id="logo" viewBox="0 0 36 36">{}</symbol>"#, inside(&logo)?)?;
    }
    sprite.push_str("</svg>");
    Ok(sprite)
}

/// Says whether a component names a symbol; a class, an attribute or a role of that name is something else.
fn names_symbol(components: &str, id: &str) -> bool {
    let name = format!("\"{id}\"");
    let elsewhere = ["class(", "attr(", "\"role\", "];
    components.match_indices(&name).any(|(at, _)| !elsewhere.iter().any(|start| components[..at].ends_with(start)))
}

fn read_components(crates: &[&str]) -> anyhow::Result<String> {
    let files = crates.iter().map(|part| files_under(&workspace::at(part)));
    let files = files.collect::<Result<Vec<_>, _>>()?.concat();
    let components = files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    Ok(components.map(fs::read_to_string).collect::<Result<_, _>>()?)
}

/// Returns what stands inside the root element of a drawing.
fn inside(drawing: &str) -> anyhow::Result<&str> {
    let opening = drawing.find("<svg").context("not a drawing")?;
    let start = opening + drawing[opening..].find('>').context("the root element never ends")? + 1;
    let end = drawing.rfind("</svg>").context("the root element is not closed")?;
    Ok(drawing[start..end].trim())
}

/// Leaves an unchanged file alone, so that a watcher does not see it change.
fn write_if_changed(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_is_what_stands_inside_the_drawing() {
        assert_eq!(inside("<?xml?><svg viewBox=\"0 0 1 1\">\n<path d=\"M0\"/>\n</svg>\n").unwrap(), "<path d=\"M0\"/>");
        assert!(inside("<p>no drawing</p>").is_err());
    }

    #[test]
    fn a_class_or_an_attribute_is_no_symbol() {
        assert!(names_symbol(r#"a().class("skip").child(icon("skip"))"#, "skip"));
        assert!(!names_symbol(r#"a().attr("skip", "now")"#, "skip"));
        assert!(!names_symbol(r#"a().class("skip").attr("role", "skip").child(icon("skipper"))"#, "skip"));
    }

    #[test]
    fn no_symbol_stands_twice() {
        let mut ids: Vec<_> = ICONS.iter().map(|(id, _)| id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), ICONS.len());
    }
}
