//! AVIF: smaller than WebP at the same likeness, and many times as much work.

use image::RgbImage;
use ravif::{BitDepth, Encoder, Img};
use rgb::{RGB8, RGBA8};

use super::{PictureError, WIDTHS, decode, flatten, scale};

/// Looks as much like the original as [`super::WEBP_QUALITY`].
const QUALITY: f32 = 77.0;
/// From 1, slow and small, to 10.
const SPEED: u8 = 6;

/// AVIF files of a picture by their nominal width, from its largest JPEG.
///
/// # Errors
/// [`PictureError`] for bytes that are no picture, or one that cannot be coded.
pub fn avif(largest: &[u8]) -> Result<Vec<(u32, Vec<u8>)>, PictureError> {
    let mut picture = flatten(decode(largest)?);
    let mut files: Vec<(u32, Vec<u8>)> = Vec::with_capacity(WIDTHS.len());
    for nominal in WIDTHS.iter().rev() {
        let before = picture.width();
        picture = scale(picture, *nominal)?;
        let file = match files.last() {
            // A small picture is the same in several widths, and a second or more of work in each.
            Some((_, same)) if before == picture.width() => same.clone(),
            _ => encode(&picture)?,
        };
        files.push((*nominal, file));
    }
    Ok(files)
}

fn encode(picture: &RgbImage) -> Result<Vec<u8>, PictureError> {
    // Nothing is transparent, and the file says so. `encode_rgb` is inlined: it would compile the whole encoder once more, in this crate.
    let pixels: Vec<RGBA8> = picture.pixels().map(|pixel| RGB8::from(pixel.0).with_alpha(u8::MAX)).collect();
    let side = |pixels| usize::try_from(pixels).unwrap_or_default();
    let encoder = Encoder::new()
        .with_quality(QUALITY)
        .with_speed(SPEED)
        .with_num_threads(Some(1))
        .with_bit_depth(BitDepth::Eight);
    let file = encoder.encode_rgba(Img::new(&pixels, side(picture.width()), side(picture.height())));
    let file = file.map_err(|error| PictureError::Unsupported(format!("The picture could not be written as AVIF: {error}.")))?;
    Ok(file.avif_file)
}

/// Lets every other thread of the machine go first. For a thread that does nothing else: there is no way back.
pub fn give_way() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, 19) {
        tracing::debug!(%error, "a thread goes on with its priority");
    }
}
