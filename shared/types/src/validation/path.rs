//! Where a person is sent after signing in.

use super::FieldError;

/// Longest local path with its query, in bytes. What a program asks somebody for before they have signed in stands in one, with its own state.
pub const MAX_LOCAL_PATH_BYTES: usize = 4096;

/// A path on this host, safe to redirect to: `/account?tab=orders`.
///
/// Browsers drop tabs and line breaks from an address and read `\` as `/`, so both would turn `/\t/evil.test` into
/// another host. A double slash in the path is refused everywhere, since dot segments can move it to the front.
pub fn local_path(next: &str) -> Result<&str, FieldError> {
    if next.len() > MAX_LOCAL_PATH_BYTES {
        return Err(FieldError::TooLong { max: MAX_LOCAL_PATH_BYTES });
    }
    let path = next.split(['?', '#']).next().unwrap_or(next);
    let foreign = next.chars().any(|character| character.is_control() || character == '\\');
    if !path.starts_with('/') || path.contains("//") || foreign {
        return Err(FieldError::InvalidPath);
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_path_is_kept_as_it_is() {
        for next in [
            "/",
            "/account",
            "/storefront/acme/cart?x=1#top",
            "/search?q=a//b",
            "/s%C3%B6hne",
            "/a/../b",
        ] {
            assert_eq!(local_path(next), Ok(next));
        }
    }

    #[test]
    fn a_redirect_never_leaves_the_host() {
        for next in [
            "",
            "account",
            "//evil.test",
            "///evil.test",
            "/\\evil.test",
            "\\/evil.test",
            "/\t/evil.test",
            "/\n/evil.test",
            "\t//evil.test",
            " //evil.test",
            "/.//evil.test",
            "/a/..//evil.test",
            "/a\\..\\\\evil.test",
            "https://evil.test",
            "https:evil.test",
            "javascript:alert(1)",
            "?next=/",
            "/ok\0",
            "/ok\u{85}",
        ] {
            assert_eq!(local_path(next), Err(FieldError::InvalidPath), "{next:?}");
        }
    }

    #[test]
    fn a_path_is_bounded() {
        let longest = format!("/{}", "a".repeat(MAX_LOCAL_PATH_BYTES - 1));
        assert!(local_path(&longest).is_ok());
        let too_long = Err(FieldError::TooLong { max: MAX_LOCAL_PATH_BYTES });
        assert_eq!(local_path(&format!("{longest}a")), too_long);
    }
}
