//! Text that is compressed once and sent after a start that differs every time: a page's nonce is new for each answer, the rest is not.

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// The header of a gzip stream: deflate, no name, no time, an unknown system.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// The end of a page, plain and compressed.
#[derive(Debug)]
pub struct Packed {
    plain: String,
    /// Absent where compressing has failed: the text is sent as it is.
    deflated: Option<Vec<u8>>,
    crc: Crc,
}

impl Packed {
    /// Compresses a text.
    pub fn new(plain: String) -> Self {
        let mut crc = Crc::new();
        crc.update(plain.as_bytes());
        Self {
            deflated: deflate(&plain),
            plain,
            crc,
        }
    }

    /// Bytes that this takes in memory.
    pub fn weight(&self) -> usize {
        self.plain.len() + self.deflated.as_ref().map_or(0, Vec::len)
    }

    /// `start` and this text.
    pub fn after(&self, start: &str) -> String {
        format!("{start}{}", self.plain)
    }

    /// `start` and this text as one gzip stream; only `start` is compressed now.
    pub fn gzip_after(&self, start: &str) -> Option<Vec<u8>> {
        let deflated = self.deflated.as_ref()?;
        let mut encoder = DeflateEncoder::new(HEADER.to_vec(), Compression::fast());
        encoder.write_all(start.as_bytes()).ok()?;
        // Ends at a whole byte without ending the stream: what follows was compressed without looking back beyond its own start.
        encoder.flush().ok()?;
        let mut stream = encoder.get_ref().clone();
        let mut crc = Crc::new();
        crc.update(start.as_bytes());
        crc.combine(&self.crc);
        stream.extend_from_slice(deflated);
        stream.extend_from_slice(&crc.sum().to_le_bytes());
        stream.extend_from_slice(&crc.amount().to_le_bytes());
        Some(stream)
    }
}

fn deflate(text: &str) -> Option<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).ok()?;
    encoder.finish().ok()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn start_and_rest_are_one_stream() {
        let rest = "and the rest of the page, and the rest of the page ".repeat(3_000);
        let packed = Packed::new(rest.clone());
        for start in ["", "<html> with a nonce, and the rest of the page"] {
            let stream = packed.gzip_after(start).unwrap();
            assert!(stream.len() < 2_000, "{} bytes", stream.len());
            let mut read = String::new();
            // Not the decoder of several members: browsers stop after the first.
            let mut decoder = flate2::read::GzDecoder::new(stream.as_slice());
            decoder.read_to_string(&mut read).unwrap();
            assert_eq!(read, format!("{start}{rest}"));
            assert_eq!(packed.after(start), read);
        }
    }
}
