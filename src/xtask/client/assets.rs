//! The icons and the typeface, taken from their npm packages into `target/client-assets` before Trunk runs.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::workspace;

/// Writes the icon sprite and the typeface.
pub(crate) fn generate(packages: &Path) -> anyhow::Result<()> {
    let assets = workspace::at("target/client-assets");
    let fonts = assets.join("fonts");
    fs::create_dir_all(&fonts)?;
    write_if_changed(&assets.join("icons.svg"), sprite(packages)?.as_bytes())?;
    let typeface = packages.join("@fontsource-variable/atkinson-hyperlegible-next");
    for (from, to) in TYPEFACE {
        let from = typeface.join(from);
        let bytes = fs::read(&from).with_context(|| format!("no {}", from.display()))?;
        write_if_changed(&fonts.join(to), &bytes)?;
    }
    Ok(())
}

const TYPEFACE: &[(&str, &str)] = &[
    ("files/atkinson-hyperlegible-next-latin-wght-normal.woff2", "ahn-latin.woff2"),
    ("files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2", "ahn-latin-ext.woff2"),
    ("LICENSE", "OFL.txt"),
];

/// Every symbol of the sprite: its id, and the Phosphor icon it is. Only what the app shows stands here.
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
    ("turn", "bold/arrow-clockwise"),
    ("plus", "bold/plus"),
    ("sun", "bold/sun"),
    ("up", "bold/arrow-fat-up"),
    ("check", "bold/check"),
    ("phone", "bold/device-mobile"),
    ("send", "bold/paper-plane-tilt"),
    ("cloud", "bold/wifi-slash"),
    ("type", "bold/text-aa"),
    ("lock", "bold/lock-simple"),
    ("group", "bold/users-three"),
    ("world", "bold/globe-hemisphere-west"),
    ("nobody", "bold/image"),
    ("edit", "bold/pencil-simple"),
    ("trash", "bold/trash"),
    ("undo", "bold/arrow-counter-clockwise"),
    ("warn", "bold/warning"),
    ("eye", "bold/eye"),
    ("flag", "bold/clipboard-text"),
    ("done", "bold/check-circle"),
    ("hands", "bold/handshake"),
    ("town", "bold/buildings"),
    ("self", "bold/hand-waving"),
    ("qr", "bold/qr-code"),
    ("bulb", "bold/lightbulb"),
    ("clock", "bold/clock"),
];

fn sprite(packages: &Path) -> anyhow::Result<String> {
    let mut sprite = String::from(r#"<svg xmlns="http://www.w3.org/2000/svg">"#);
    for (id, icon) in ICONS {
        let (weight, name) = icon.split_once('/').unwrap_or(("bold", icon));
        let suffix = if weight == "regular" { String::new() } else { format!("-{weight}") };
        let path = packages.join(format!("@phosphor-icons/core/assets/{weight}/{name}{suffix}.svg"));
        let drawing = fs::read_to_string(&path).with_context(|| format!("no icon {icon} for `{id}`"))?;
        write!(sprite, r#"<symbol id="{id}" viewBox="0 0 256 256">{}</symbol>"#, inside(&drawing)?)?;
    }
    let logo = fs::read_to_string(workspace::at("public/icons/logo.svg"))?;
    write!(sprite, r#"<symbol id="logo" viewBox="0 0 36 36">{}</symbol></svg>"#, inside(&logo)?)?;
    Ok(sprite)
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
    fn no_symbol_stands_twice() {
        let mut ids: Vec<_> = ICONS.iter().map(|(id, _)| id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), ICONS.len());
    }
}
