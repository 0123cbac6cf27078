//! The typeface, of which each file holds what the style sheet says of it: the letters of its `unicode-range`, in the
//! weights of its `font-weight`.

use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::{process, workspace};

/// Writes the files that `style/tokens.css` names, and the licence, into `folder`.
pub(crate) fn generate(packages: &Path, folder: &Path) -> anyhow::Result<()> {
    let typeface = packages.join("@fontsource-variable/atkinson-hyperlegible-next");
    for face in faces(&fs::read_to_string(workspace::at(STYLE))?)? {
        let (_, part) = SOURCES.iter().find(|(name, _)| *name == face.name).context(face.name.clone())?;
        let from = typeface.join(format!("files/atkinson-hyperlegible-next-{part}-wght-normal.woff2"));
        let [lightest, boldest] = face.weights.map(|weight| weight.to_string());
        let mut subset = process::command("node");
        subset.arg(workspace::at("src/xtask/client/subset.mjs")).arg(packages).arg(from);
        process::run(subset.arg(folder.join(&face.name)).arg(face.characters).arg(lightest).arg(boldest))?;
    }
    fs::copy(typeface.join("LICENSE"), folder.join("OFL.txt")).context("the typeface has no licence")?;
    Ok(())
}

const STYLE: &str = "style/tokens.css";

/// The file of the package that each of ours is taken from.
const SOURCES: &[(&str, &str)] =
    &[("ahn-basic.woff2", "latin"), ("ahn-latin.woff2", "latin"), ("ahn-latin-ext.woff2", "latin-ext")];

/// A file of the typeface, as an `@font-face` describes it.
struct Face {
    name: String,
    characters: String,
    weights: [u16; 2],
}

fn faces(sheet: &str) -> anyhow::Result<Vec<Face>> {
    sheet.split("@font-face").skip(1).map(face).collect()
}

fn face(rule: &str) -> anyhow::Result<Face> {
    let value = |name: &str| {
        let after = rule.split_once(name).with_context(|| format!("a font face without `{name}`"))?.1;
        anyhow::Ok(after.split_once(';').context("a declaration ends with `;`")?.0.trim())
    };
    let path = value("src:")?.split('"').nth(1).context("`src` names one file")?;
    let weights = value("font-weight:")?.split_whitespace().map(str::parse).collect::<Result<Vec<_>, _>>()?;
    let ranges = value("unicode-range:")?.split(',').map(characters);
    Ok(Face {
        name: path.rsplit('/').next().unwrap_or(path).to_owned(),
        characters: ranges.collect::<anyhow::Result<_>>()?,
        weights: weights.try_into().ok().context("`font-weight` says from where to where")?,
    })
}

/// Returns what `U+41` or `U+41-5A` stands for.
fn characters(range: &str) -> anyhow::Result<String> {
    let range = range.trim().strip_prefix("U+").context("a range starts with U+")?;
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let number = |digits| u32::from_str_radix(digits, 16);
    Ok((number(first)?..=number(last)?).filter_map(char::from_u32).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style() -> (String, Vec<Face>) {
        let sheet = fs::read_to_string(workspace::at(STYLE)).unwrap();
        let faces = faces(&sheet).unwrap();
        (sheet, faces)
    }

    #[test]
    fn a_face_is_read_as_a_browser_reads_it() {
        let rule = r#"{ src: url("/fonts/a.woff2"); font-weight: 400 700; unicode-range: U+41-43, U+E9; }"#;
        let face = face(rule).unwrap();
        assert_eq!((face.name.as_str(), face.characters.as_str(), face.weights), ("a.woff2", "ABCé", [400, 700]));
        assert!(faces("@font-face { src: url(\"/a\"); }").is_err());
    }

    #[test]
    fn no_letter_is_in_two_files() {
        let mut all: Vec<char> = style().1.iter().flat_map(|face| face.characters.chars()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn every_weight_in_use_is_in_every_file() {
        let (sheet, faces) = style();
        let weights: Vec<u16> = sheet
            .split("--weight-")
            .filter_map(|text| text.split_once(": ")?.1.split_once(';')?.0.parse().ok())
            .collect();
        assert!(weights.len() >= 3, "{weights:?}");
        for face in faces {
            let [lightest, boldest] = face.weights;
            assert!(weights.iter().all(|weight| (lightest..=boldest).contains(weight)), "{}", face.name);
        }
    }

    #[test]
    fn the_words_of_the_screens_need_the_first_file_alone() {
        let basic = &style().1[0];
        for file in ["ui", "app", "desk", "making"]
            .iter()
            .flat_map(|part| ["nl", "en"].map(|tag| format!("{part}/locales/{tag}")))
        {
            let words = words(&fs::read_to_string(workspace::at(&format!("src/{file}.rs"))).unwrap());
            assert!(words.len() > 500, "{file}: {words}");
            let elsewhere: String = words.chars().filter(|c| !basic.characters.contains(*c)).collect();
            assert_eq!(elsewhere, "", "{file}: letters that would fetch another file");
        }
    }

    /// Returns what stands between quotes, without the places that a name or a number takes.
    fn words(table: &str) -> String {
        let code = table.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<String>();
        let quoted = code.split('"').skip(1).step_by(2);
        quoted
            .flat_map(|text| text.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest)))
            .collect()
    }
}
