//! The pictures exist, are opaque, show something and are the same every time.

use image::RgbaImage;
use orion_demo::{colour_image_sized, hero_sized, logo, product_image_sized, stores};

/// Small, because the tests run unoptimised; the scene is the same at every size.
const SMALL: (u32, u32) = (96, 120);

/// Variance of the brightness, 0 for a grey box.
fn variance(picture: &RgbaImage) -> f64 {
    let light: Vec<f64> = picture
        .pixels()
        .map(|p| (f64::from(p[0]) + f64::from(p[1]) + f64::from(p[2])) / 3.0)
        .collect();
    let mean = light.iter().sum::<f64>() / light.len() as f64;
    light.iter().map(|l| (l - mean).powi(2)).sum::<f64>() / light.len() as f64
}

#[test]
fn every_product_has_two_different_opaque_pictures_that_show_something() {
    for store in stores() {
        for product in store.products {
            let pictures = [0, 1].map(|n| {
                product_image_sized(store.code, product.slug, n, SMALL).unwrap_or_else(|| panic!("{} has no picture {n}", product.slug))
            });
            for picture in &pictures {
                assert_eq!(picture.dimensions(), SMALL);
                assert!(picture.pixels().all(|p| p[3] == 255), "{} is transparent", product.slug);
                let contrast = variance(picture);
                assert!(contrast > 60.0, "{} is nearly blank: {contrast:.0}", product.slug);
            }
            assert_ne!(pictures[0], pictures[1], "{} shows the same twice", product.slug);
        }
    }
}

#[test]
fn a_glaze_has_its_picture_and_the_first_is_the_product_s_own() {
    let acme = orion_demo::store("acme").expect("acme exists");
    let mut glazed = 0;
    for product in acme.products {
        let draw = |colour: &str| {
            colour_image_sized("acme", product.slug, colour, SMALL).unwrap_or_else(|| panic!("{} in {colour}", product.slug))
        };
        let pictures: Vec<RgbaImage> = product.colours().map(|(colour, _)| draw(colour)).collect();
        if let Some(first) = pictures.first() {
            assert_eq!(
                Some(first),
                product_image_sized("acme", product.slug, 0, SMALL).as_ref(),
                "{}",
                product.slug
            );
            assert!(
                pictures[1..].iter().all(|other| other != first),
                "{} looks the same in two glazes",
                product.slug
            );
            glazed += 1;
        }
    }
    assert!(glazed >= 15, "{glazed} products");
}

#[test]
fn a_picture_is_the_same_every_time() {
    for (store, slug) in [("acme", "moon-vase"), ("globex", "brass-bell"), ("tokyo", "uji-sencha")] {
        let draw = || product_image_sized(store, slug, 0, SMALL).expect("drawn");
        assert_eq!(draw(), draw(), "{slug}");
    }
}

#[test]
fn every_store_has_a_hero_and_a_logo() {
    for store in stores() {
        let hero = hero_sized(store.code, (192, 108)).expect("hero");
        assert!(hero.pixels().all(|p| p[3] == 255));
        assert!(variance(&hero) > 60.0, "{}", store.code);
        let logo = logo(store.code).expect("logo");
        assert_eq!(logo.dimensions(), orion_demo::LOGO_SIZE);
        let inked = logo.pixels().filter(|p| p[3] > 128).count();
        let share = inked as f64 / (512.0 * 512.0);
        assert!((0.08..0.8).contains(&share), "{}: {share:.2} of the logo is inked", store.code);
    }
}

#[test]
fn unknown_shops_and_products_have_no_picture() {
    assert!(product_image_sized("acme", "no-such-thing", 0, SMALL).is_none());
    assert!(product_image_sized("nobody", "moon-vase", 0, SMALL).is_none());
    assert!(hero_sized("nobody", (192, 108)).is_none());
    assert!(logo("nobody").is_none());
}
