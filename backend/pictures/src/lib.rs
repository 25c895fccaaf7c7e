//! Pictures: untrusted bytes become a few JPEG and WebP files of known sizes, and nothing of the original reaches a browser.
//!
//! A crate of its own because decoding and scaling are generic code that is compiled here: a debug build optimises this crate
//! and nothing around it. Everything in it blocks.

#[cfg(feature = "avif")]
mod avif;

use std::io::Cursor;

#[cfg(feature = "avif")]
pub use avif::{avif, give_way};
use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use fast_image_resize::{ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

/// The widths of the files of each picture, in pixels; a smaller picture is not blown up.
pub const WIDTHS: [u32; 4] = [160, 320, 640, 1280];
/// The largest file that is taken, in bytes.
pub const MAX_BYTES: usize = 20 << 20;
/// Whether this build can make AVIF files.
pub const MAKES_AVIF: bool = cfg!(feature = "avif");

/// Longest side, in pixels.
const MAX_SIDE: u32 = 12_000;
/// Most pixels: 40 megapixels, more than a telephone makes.
const MAX_PIXELS: u64 = 40_000_000;
/// Most memory a decoder may take, in bytes.
const MAX_MEMORY: u64 = 400 << 20;
/// The quality of the files, 1–100.
const QUALITY: u8 = 82;
/// That of the WebP files, which look alike at a smaller number.
const WEBP_QUALITY: f32 = 78.0;

/// Why bytes did not become a picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// No picture, or one of a kind that is not taken.
    #[error("{0}")]
    Unsupported(String),
    /// Too many bytes or pixels.
    #[error("{0}")]
    TooLarge(String),
}

/// A picture as it will be stored.
#[derive(Debug)]
pub struct Processed {
    /// Pixels, of the original as it is to be seen.
    pub width: i32,
    /// Pixels, of the original as it is to be seen.
    pub height: i32,
    /// The average colour as `#rrggbb`.
    pub placeholder: String,
    /// JPEG files by their nominal width.
    pub files: Vec<(u32, Vec<u8>)>,
    /// WebP files by their nominal width: about two thirds as large, for browsers that say they read them.
    pub webp: Vec<(u32, Vec<u8>)>,
}

/// Decodes, turns upright, flattens and scales. The content decides what it is, not a name or a header.
///
/// # Errors
/// [`PictureError`] for bytes that are no picture, or one that is too large.
pub fn process(bytes: &[u8]) -> Result<Processed, PictureError> {
    if bytes.len() > MAX_BYTES {
        return Err(PictureError::TooLarge(format!("A picture may have {} MB.", MAX_BYTES >> 20)));
    }
    let mut picture = flatten(decode(bytes)?);
    let (width, height) = picture.dimensions();
    let mut files = Vec::with_capacity(WIDTHS.len());
    let mut webp = Vec::with_capacity(WIDTHS.len());
    for nominal in WIDTHS.iter().rev() {
        // Each step starts from the one before, which is as sharp and much cheaper than starting over.
        picture = scale(picture, *nominal)?;
        files.push((*nominal, encode(&picture)?));
        webp.push((*nominal, encode_webp(&picture)?));
    }
    let side = |pixels| i32::try_from(pixels).unwrap_or(i32::MAX);
    Ok(Processed {
        width: side(width),
        height: side(height),
        placeholder: average(&picture),
        files,
        webp,
    })
}

fn decode(bytes: &[u8]) -> Result<DynamicImage, PictureError> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| unreadable(&error))?;
    if !matches!(
        reader.format(),
        Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif)
    ) {
        return Err(PictureError::Unsupported(
            "Only JPEG, PNG, WebP and GIF pictures are taken.".to_owned(),
        ));
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    // The header tells the size: a small file that unfolds to gigabytes is turned away before it does.
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(too_many_pixels());
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(refused)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn refused(error: ImageError) -> PictureError {
    match error {
        ImageError::Limits(_) => too_many_pixels(),
        other => unreadable(&other),
    }
}

fn too_many_pixels() -> PictureError {
    PictureError::TooLarge(format!(
        "A picture may have {} megapixels and {MAX_SIDE} pixels on a side.",
        MAX_PIXELS / 1_000_000
    ))
}

fn unreadable(error: &dyn std::fmt::Display) -> PictureError {
    tracing::debug!(%error, "a picture could not be decoded");
    PictureError::Unsupported("The picture is damaged or none at all.".to_owned())
}

/// JPEG knows no transparency; what was transparent becomes white, as on paper.
fn flatten(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0;
        let over_white = |channel: u8| {
            let (channel, alpha) = (u32::from(channel), u32::from(alpha));
            u8::try_from((channel * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
        };
        Rgb([over_white(red), over_white(green), over_white(blue)])
    })
}

fn scale(picture: RgbImage, width: u32) -> Result<RgbImage, PictureError> {
    if picture.width() <= width {
        return Ok(picture);
    }
    let height = u64::from(picture.height()) * u64::from(width) / u64::from(picture.width());
    let height = u32::try_from(height).unwrap_or(1).max(1);
    let mut scaled = RgbImage::new(width, height);
    // With the kind of pixel named, its code alone is compiled; `resize` brings that of twelve kinds, at two minutes a build.
    let source = TypedImageRef::<U8x3>::from_buffer(picture.width(), picture.height(), &picture).map_err(|error| unreadable(&error))?;
    let mut target = TypedImage::<U8x3>::from_buffer(width, height, &mut scaled).map_err(|error| unreadable(&error))?;
    Resizer::new()
        .resize_typed(&source, &mut target, &ResizeOptions::new())
        .map_err(|error| unreadable(&error))?;
    Ok(scaled)
}

fn encode(picture: &RgbImage) -> Result<Vec<u8>, PictureError> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, QUALITY)
        .encode_image(picture)
        .map_err(|error| unreadable(&error))?;
    Ok(file)
}

fn encode_webp(picture: &RgbImage) -> Result<Vec<u8>, PictureError> {
    let encoder = webp::Encoder::from_rgb(picture.as_raw(), picture.width(), picture.height());
    let file = encoder.encode_simple(false, WEBP_QUALITY);
    // The one error that is left is a lack of memory: the size was checked when the picture was decoded.
    let file = file.map_err(|error| PictureError::Unsupported(format!("The picture could not be written as WebP: {error:?}.")))?;
    Ok(file.to_vec())
}

fn average(picture: &RgbImage) -> String {
    let count = (u64::from(picture.width()) * u64::from(picture.height())).max(1);
    let sums = picture.pixels().fold([0_u64; 3], |[red, green, blue], Rgb([r, g, b])| {
        [red + u64::from(*r), green + u64::from(*g), blue + u64::from(*b)]
    });
    format!("#{:02x}{:02x}{:02x}", sums[0] / count, sums[1] / count, sums[2] / count)
}

#[cfg(test)]
mod tests;
