//! The pictures exist, can be read, show something and do not make the program too large.

use std::collections::BTreeSet;
use std::path::Path;

use image::RgbImage;
use orion_demo::{colour_picture, hero, product_picture, stores};

/// All of them together, in bytes: they are in every clone, and in every program that can write the demo.
const MOST_BYTES: u64 = 6_000_000;

fn read(bytes: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(bytes, image::ImageFormat::WebP)
        .expect("a WebP file")
        .into_rgb8()
}

/// Variance of the brightness of some of the pixels, 0 for a grey box.
fn variance(picture: &RgbImage) -> f64 {
    let light: Vec<f64> = picture
        .pixels()
        .step_by(97)
        .map(|p| (f64::from(p[0]) + f64::from(p[1]) + f64::from(p[2])) / 3.0)
        .collect();
    let mean = light.iter().sum::<f64>() / light.len() as f64;
    light.iter().map(|l| (l - mean).powi(2)).sum::<f64>() / light.len() as f64
}

#[test]
fn every_product_has_two_different_pictures_that_show_something() {
    for store in stores() {
        for product in store.products {
            let files = [0, 1].map(|n| product_picture(store.code, product.slug, n).unwrap_or_else(|| panic!("{} {n}", product.slug)));
            assert_ne!(files[0], files[1], "{} shows the same twice", product.slug);
            for picture in files.map(|file| read(&file)) {
                assert_eq!(picture.dimensions(), (1_280, 1_600), "{}", product.slug);
                assert!(variance(&picture) > 60.0, "{} is nearly blank", product.slug);
            }
        }
    }
}

#[test]
fn a_glaze_has_its_picture() {
    let acme = orion_demo::store("acme").expect("acme exists");
    let mut glazed = 0;
    for product in acme.products {
        let mut seen = BTreeSet::from([product_picture("acme", product.slug, 0).expect("its own picture").into_owned()]);
        for (colour, _) in product.colours().skip(1) {
            let file = colour_picture("acme", product.slug, colour).unwrap_or_else(|| panic!("{} in {colour}", product.slug));
            assert!(seen.insert(file.into_owned()), "{} looks the same in two glazes", product.slug);
            glazed += 1;
        }
    }
    assert!(glazed >= 25, "{glazed} pictures of glazes");
}

#[test]
fn every_store_has_a_hero() {
    for store in stores() {
        let hero = read(&hero(store.code).expect("a hero"));
        assert_eq!(hero.dimensions(), (1_600, 900));
        assert!(variance(&hero) > 60.0, "{}", store.code);
    }
}

#[test]
fn unknown_shops_and_products_have_no_picture() {
    assert!(product_picture("acme", "no-such-thing", 0).is_none());
    assert!(product_picture("nobody", "moon-vase", 0).is_none());
    assert!(colour_picture("acme", "moon-vase", "no such colour").is_none());
    assert!(hero("nobody").is_none());
}

#[test]
fn no_picture_is_left_over_and_all_are_small() {
    let (mut known, mut bytes) = (BTreeSet::new(), 0);
    for store in stores() {
        known.insert(format!("{}/hero.webp", store.code));
        for product in store.products {
            let colours = product.colours().skip(1).map(|(colour, _)| colour.to_lowercase().replace(' ', "-"));
            for name in ["1".to_owned(), "2".to_owned()].into_iter().chain(colours) {
                known.insert(format!("{}/{}-{name}.webp", store.code, product.slug));
            }
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pictures");
    for store in std::fs::read_dir(&folder).expect("the pictures") {
        let store = store.expect("a folder");
        for file in std::fs::read_dir(store.path()).expect("a folder") {
            let file = file.expect("a file");
            let path = format!("{}/{}", store.file_name().display(), file.file_name().display());
            assert!(known.contains(&path), "nothing shows {path}");
            bytes += file.metadata().expect("its size").len();
        }
    }
    assert!((1..=MOST_BYTES).contains(&bytes), "{bytes} bytes");
}
