//! Draws the demo's pictures as JPEGs, and makes sure that there is a client folder to embed, if only an empty one.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};
use resvg::{tiny_skia, usvg};

/// Pixels across, as a phone would send them.
const WIDTH: u32 = 1600;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=demo");
    println!("cargo::rerun-if-changed=migrations");
    // The client is built by other means. An empty folder embeds as "no client", which the server says in plain words.
    println!("cargo::rerun-if-changed=../../dist");
    fs::create_dir_all("../../dist")?;

    let out = PathBuf::from(env::var("OUT_DIR")?);
    for number in 1..=6 {
        let drawing = format!("demo/{number}.svg");
        fs::write(out.join(format!("{number}.jpg")), draw(Path::new(&drawing))?)?;
    }
    Ok(())
}

fn draw(drawing: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let tree = usvg::Tree::from_data(&fs::read(drawing)?, &usvg::Options::default())?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = WIDTH as f32 / width;
    let mut canvas = tiny_skia::Pixmap::new(WIDTH, (height * scale).round() as u32).ok_or("a drawing without size")?;
    canvas.fill(tiny_skia::Color::WHITE);
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut canvas.as_mut());
    let rgb: Vec<u8> = canvas.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 85).write_image(
        &rgb,
        canvas.width(),
        canvas.height(),
        ExtendedColorType::Rgb8,
    )?;
    Ok(jpeg)
}
