//! Paths, cleaned once before anybody looks at them.

use std::borrow::Cow;

/// The path without doubled slashes, dot segments and a trailing slash; `None` for one that hides a slash, a backslash or a NUL behind
/// percent-encoding, since two layers would read it differently.
pub fn normalise_path(path: &str) -> Option<Cow<'_, str>> {
    if is_clean(path) {
        return Some(Cow::Borrowed(path));
    }
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match plain_dots(segment)? {
            Dots::None => segments.push(segment),
            Dots::Here => {}
            Dots::Up => {
                segments.pop();
            }
        }
    }
    Some(Cow::Owned(format!("/{}", segments.join("/"))))
}

fn is_clean(path: &str) -> bool {
    path == "/" || (path.starts_with('/') && !path.ends_with('/') && !path.contains('%') && !path.contains("//") && !path.contains("/."))
}

enum Dots {
    None,
    Here,
    Up,
}

/// Whether a segment is empty, `.` or `..` once its percent-encoding is read; `None` when it hides something.
fn plain_dots(segment: &str) -> Option<Dots> {
    let mut decoded = Vec::with_capacity(segment.len());
    let mut bytes = segment.bytes();
    while let Some(byte) = bytes.next() {
        let byte = if byte == b'%' {
            let hex = [bytes.next()?, bytes.next()?];
            u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?
        } else {
            byte
        };
        decoded.push(byte);
    }
    if decoded.iter().any(|byte| matches!(byte, b'/' | b'\\' | 0)) {
        return None;
    }
    Some(match decoded.as_slice() {
        b"" | b"." => Dots::Here,
        b".." => Dots::Up,
        _ => Dots::None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_one_spelling() {
        let table = [
            ("/", "/"),
            ("/products", "/products"),
            ("/products/", "/products"),
            ("//admin", "/admin"),
            ("/storefront/acme//products", "/storefront/acme/products"),
            ("/a/./b/../c", "/a/c"),
            ("/%2e%2e/admin", "/admin"),
            ("/a/%2E%2E/b", "/b"),
            ("/products/m%C3%BCg", "/products/m%C3%BCg"),
            ("/../../etc/passwd", "/etc/passwd"),
        ];
        for (raw, clean) in table {
            assert_eq!(normalise_path(raw).as_deref(), Some(clean), "{raw}");
        }
    }

    #[test]
    fn hidden_separators_are_refused() {
        for raw in ["/assets/..%2fsecret", "/a%5cb", "/a%00", "/a%zz", "/a%2"] {
            assert_eq!(normalise_path(raw), None, "{raw}");
        }
    }
}
