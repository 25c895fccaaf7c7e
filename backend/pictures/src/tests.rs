use image::{ExtendedColorType, ImageEncoder, Rgba, RgbaImage};

use super::*;

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut file = Vec::new();
    picture.write_to(&mut Cursor::new(&mut file), ImageFormat::Png).unwrap();
    file
}

fn plain(width: u32, height: u32, colour: [u8; 3]) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb(colour)))
}

/// A PNG header that promises a size and has no pixels behind it.
fn promise(width: u32, height: u32) -> Vec<u8> {
    let mut file = png(&plain(1, 1, [0; 3]));
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = crc32(&file[12..29]);
    file[29..33].copy_from_slice(&crc.to_be_bytes());
    file
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }
        })
    })
}

#[test]
fn a_picture_becomes_four_files_of_known_widths() {
    let processed = process(&png(&plain(2000, 1000, [200, 100, 50]))).unwrap();
    assert_eq!((processed.width, processed.height), (2000, 1000));
    let sizes: Vec<(u32, u32, u32)> = processed
        .files
        .iter()
        .map(|(nominal, file)| {
            let picture = image::load_from_memory_with_format(file, ImageFormat::Jpeg).unwrap();
            (*nominal, picture.width(), picture.height())
        })
        .collect();
    assert_eq!(sizes, [(1280, 1280, 640), (640, 640, 320), (320, 320, 160), (160, 160, 80)]);
    assert_eq!(processed.placeholder, "#c86432");
}

#[test]
fn each_file_is_there_as_webp_too_and_smaller() {
    let noise = RgbImage::from_fn(1280, 1600, |x, y| {
        let wave = ((f64::from(x) / 37.0).sin() + (f64::from(y) / 23.0).cos()) * 60.0 + 128.0;
        Rgb([wave as u8, (wave / 2.0) as u8, 200])
    });
    let processed = process(&png(&DynamicImage::ImageRgb8(noise))).unwrap();
    for ((width, jpeg), (nominal, webp)) in processed.files.iter().zip(&processed.webp) {
        let picture = image::load_from_memory_with_format(webp, ImageFormat::WebP).unwrap();
        assert_eq!((width, *nominal), (nominal, picture.width()));
        assert!(webp.len() < jpeg.len(), "{width}: {} and {} bytes", webp.len(), jpeg.len());
    }
}

#[cfg(feature = "avif")]
#[test]
fn avif_files_are_smaller_than_webp_where_there_is_something_to_see() {
    let cloth = RgbImage::from_fn(160, 200, |x, y| {
        let (x, y) = (f64::from(x), f64::from(y));
        let thread = (x * 0.9 + y * 0.3).sin() * (y * 0.8 - x * 0.2).cos() * 14.0;
        let light = 90.0 + y * 0.4 + (x / 23.0).sin() * 12.0 + thread;
        Rgb([light, light * 0.9, light * 0.7].map(|channel| channel as u8))
    });
    let processed = process(&png(&DynamicImage::ImageRgb8(cloth))).unwrap();
    let files = avif(&processed.files[0].1).unwrap();
    for ((_, avif), (width, webp)) in files.iter().zip(&processed.webp) {
        assert!(avif.len() < webp.len(), "{width}: {} and {} bytes", avif.len(), webp.len());
    }
}

#[cfg(feature = "avif")]
#[test]
fn the_largest_jpeg_becomes_avif_files_of_the_same_widths() {
    let waves = RgbImage::from_fn(400, 500, |x, y| Rgb([(x % 251) as u8, (y % 241) as u8, 200]));
    let processed = process(&png(&DynamicImage::ImageRgb8(waves))).unwrap();
    let files = avif(&processed.files[0].1).unwrap();
    assert_eq!(files.iter().map(|(nominal, _)| *nominal).collect::<Vec<_>>(), [1280, 640, 320, 160]);
    assert!(files.iter().all(|(_, file)| file[4..12] == *b"ftypavif"));
    assert!(
        files[0].1 == files[1].1 && files[1].1.len() > files[2].1.len(),
        "400 pixels are not blown up"
    );
    assert!(matches!(avif(b"no picture"), Err(PictureError::Unsupported(_))));
}

#[test]
fn a_small_picture_is_not_blown_up() {
    let processed = process(&png(&plain(200, 300, [0; 3]))).unwrap();
    let widest = image::load_from_memory(&processed.files[0].1).unwrap();
    assert_eq!((processed.files[0].0, widest.width(), widest.height()), (1280, 200, 300));
}

#[test]
fn what_is_transparent_becomes_white() {
    let glass = RgbaImage::from_pixel(10, 10, Rgba([0, 0, 0, 0]));
    assert_eq!(process(&png(&DynamicImage::ImageRgba8(glass))).unwrap().placeholder, "#ffffff");
}

#[test]
fn a_camera_that_was_held_sideways_does_not_show() {
    // Exif with one entry: orientation 6, a quarter turn clockwise.
    let exif = [
        b"II*\0".as_slice(),
        &[8, 0, 0, 0],
        &[1, 0],
        &[0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0],
        &[0, 0, 0, 0],
    ]
    .concat();
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new(&mut file);
    encoder.set_exif_metadata(exif).unwrap();
    encoder.write_image(&[128; 40 * 20 * 3], 40, 20, ExtendedColorType::Rgb8).unwrap();
    let processed = process(&file).unwrap();
    assert_eq!((processed.width, processed.height), (20, 40));
}

#[test]
fn nothing_of_the_original_but_its_pixels_survives() {
    let mut file = png(&plain(20, 20, [9; 3]));
    file.extend_from_slice(b"<script>alert(1)</script>");
    let processed = process(&file).unwrap();
    assert!(
        processed
            .files
            .iter()
            .all(|(_, file)| !file.windows(8).any(|bytes| bytes == b"<script>"))
    );
}

#[test]
fn a_small_file_that_promises_gigabytes_is_turned_away() {
    assert!(matches!(process(&promise(11_000, 11_000)), Err(PictureError::TooLarge(_))));
    assert!(matches!(process(&promise(100_000, 10)), Err(PictureError::TooLarge(_))));
}

#[test]
fn what_is_no_picture_is_refused() {
    for bytes in [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>".as_slice(),
        b"",
        b"GIF89a",
        b"%PDF-1.7",
        &[0xff, 0xd8, 0xff, 0xe0, 0, 0],
    ] {
        assert!(matches!(process(bytes), Err(PictureError::Unsupported(_))), "{bytes:?}");
    }
    assert!(matches!(process(&vec![0; MAX_BYTES + 1]), Err(PictureError::TooLarge(_))));
}
