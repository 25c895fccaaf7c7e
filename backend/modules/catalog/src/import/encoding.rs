//! Which encoding and separator a file has, and how many rows: found out in one pass that keeps nothing.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::report::FileError;

/// How much of the first line is looked at for its separator, in bytes.
const HEADER: u64 = 64 << 10;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shape {
    pub encoding: &'static Encoding,
    pub separator: u8,
}

/// Text as UTF-8, without a byte order mark, while it is read.
pub(crate) fn decoded<R: Read>(source: R, encoding: &'static Encoding) -> DecodeReaderBytes<R, Vec<u8>> {
    DecodeReaderBytesBuilder::new()
        .encoding(Some(encoding))
        .bom_override(true)
        .strip_bom(true)
        .build(source)
}

/// Finds out how a file is written; `open` is called once per pass.
pub(crate) fn survey<R: Read>(mut open: impl FnMut() -> R) -> Result<Shape, FileError> {
    let encoding = find_encoding(open()).map_err(|error| unreadable(&error))?;
    let mut first = String::new();
    let mut lines = BufReader::new(decoded(open(), encoding)).take(HEADER);
    while first.trim().is_empty() {
        first.clear();
        // A header that ends in the middle of a letter is still a header.
        let mut line = Vec::new();
        if lines.read_until(b'\n', &mut line).map_err(|error| unreadable(&error))? == 0 {
            return Err(FileError("The file is empty.".to_owned()));
        }
        first = String::from_utf8_lossy(&line).into_owned();
    }
    Ok(Shape {
        encoding,
        separator: find_separator(&first),
    })
}

fn unreadable(error: &io::Error) -> FileError {
    FileError(format!("The file cannot be read: {error}."))
}

/// UTF-8 when every byte of it is; what a byte order mark says; else Windows-1252, which Latin-1 is a part of.
fn find_encoding<R: Read>(mut source: R) -> io::Result<&'static Encoding> {
    let mut buffer = vec![0; 64 << 10];
    let mut scratch = vec![0; 192 << 10];
    let mut decoder = UTF_8.new_decoder_without_bom_handling();
    let mut start = true;
    loop {
        let length = source.read(&mut buffer)?;
        let bytes = &buffer[..length];
        if start {
            match Encoding::for_bom(bytes) {
                Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => return Ok(encoding),
                _ => start = false,
            }
        }
        let last = length == 0;
        let (result, _, _) = decoder.decode_to_utf8_without_replacement(bytes, &mut scratch, last);
        if matches!(result, encoding_rs::DecoderResult::Malformed(..)) {
            return Ok(WINDOWS_1252);
        }
        if last {
            return Ok(UTF_8);
        }
    }
}

/// The one that a line `sep=;` names; else the most frequent of comma, semicolon, tab and bar outside quotes; the comma when none is there.
fn find_separator(header: &str) -> u8 {
    let said = header.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
    if let Some(rest) = said.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).and(said.get(4..))
        && let [separator @ (b',' | b';' | b'\t' | b'|'), ..] = rest.as_bytes()
    {
        return *separator;
    }
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in header.bytes() {
        if byte == b'"' {
            quoted = !quoted;
        } else if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| !quoted && *separator == byte) {
            *count += 1;
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts
        .iter()
        .find(|(_, count)| *count == most)
        .map_or(b',', |(separator, _)| *separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(file: &[u8]) -> Shape {
        survey(|| file).unwrap()
    }

    fn text(file: &[u8]) -> String {
        let mut text = String::new();
        decoded(file, shape(file).encoding).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn encodings_are_found_out() {
        assert_eq!(text("Handle,Title\nä,ö".as_bytes()), "Handle,Title\nä,ö");
        assert_eq!(text("\u{feff}Handle,Title\nä".as_bytes()), "Handle,Title\nä");
        assert_eq!(text(b"Handle,Title\nS\xf6hne"), "Handle,Title\nSöhne");
        let utf16: Vec<u8> = "\u{feff}Handle;ö".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&utf16), "Handle;ö");
    }

    #[test]
    fn a_letter_on_the_border_of_two_reads_is_still_utf_8() {
        let file = format!("{}ö", "x".repeat((64 << 10) - 1));
        assert_eq!(shape(file.as_bytes()).encoding, UTF_8);
    }

    #[test]
    fn separators_are_found_out() {
        assert_eq!(shape(b"Handle,Title,\"a;b;c;d\"\n").separator, b',');
        assert_eq!(shape(b"Handle;Title;Body, or not\n").separator, b';');
        assert_eq!(shape(b"\n\nHandle\tTitle\n").separator, b'\t');
        assert_eq!(shape(b"Handle").separator, b',');
    }

    #[test]
    fn files_that_say_nothing_are_refused() {
        assert_eq!(survey(|| b"".as_slice()).unwrap_err().0, "The file is empty.");
        assert_eq!(survey(|| b"\n \n".as_slice()).unwrap_err().0, "The file is empty.");
    }
}
