//! Renders every picture of the demo shops and one contact sheet per store.
//!
//! `cargo run -p orion-demo --release --example contact_sheet -- [store …]`

use image::RgbaImage;
use image::imageops::{overlay, thumbnail};
use std::path::Path;
use std::time::{Duration, Instant};

const CELL: (u32, u32) = (300, 375);
const COLUMNS: usize = 8;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let folder = std::env::temp_dir().join("orion-contact-sheets");
    std::fs::create_dir_all(&folder)?;
    for store in orion_demo::stores() {
        if !wanted.is_empty() && !wanted.iter().any(|code| code == store.code) {
            continue;
        }
        let (pictures, all, slowest) = store_sheet(store, &folder)?;
        println!(
            "{}: {pictures} pictures, {:?} each, slowest {slowest:?}",
            store.code,
            all / pictures
        );
    }
    println!("written to {}", folder.display());
    Ok(())
}

fn store_sheet(store: &orion_demo::DemoStore, folder: &Path) -> Result<(u32, Duration, Duration), Box<dyn std::error::Error>> {
    let count = store.products.len() * 2;
    let rows = count.div_ceil(COLUMNS) as u32;
    let mut sheet = RgbaImage::new(CELL.0 * COLUMNS as u32, CELL.1 * rows);
    let (mut all, mut slowest) = (Duration::ZERO, Duration::ZERO);
    for (k, (product, n)) in store.products.iter().flat_map(|p| (0..2).map(move |n| (p, n))).enumerate() {
        let start = Instant::now();
        let picture = orion_demo::product_image(store.code, product.slug, n).ok_or(product.slug)?;
        let took = start.elapsed();
        all += took;
        slowest = slowest.max(took);
        picture.save(folder.join(format!("{}-{}-{n}.png", store.code, product.slug)))?;
        let (x, y) = ((k % COLUMNS) as u32 * CELL.0, (k / COLUMNS) as u32 * CELL.1);
        overlay(&mut sheet, &thumbnail(&picture, CELL.0 - 6, CELL.1 - 7), x.into(), y.into());
    }
    sheet.save(folder.join(format!("{}.png", store.code)))?;
    orion_demo::hero(store.code)
        .ok_or("no hero")?
        .save(folder.join(format!("{}-hero.png", store.code)))?;
    orion_demo::logo(store.code)
        .ok_or("no logo")?
        .save(folder.join(format!("{}-logo.png", store.code)))?;
    Ok((count as u32, all, slowest))
}
