//! The websites whose pages may call a shop's API.

use orion_framework::problem::FieldErrors;
use url::Url;

/// As many as PostgreSQL's check on the column allows.
const MOST: usize = 20;
/// A host has at most 253 characters.
const LONGEST: usize = 300;

/// The list as browsers write origins, each once; every entry that is none is named.
pub(crate) fn check(list: &[String], errors: &mut FieldErrors) -> Vec<String> {
    let mut origins = Vec::new();
    for (place, text) in list.iter().enumerate() {
        match origin(text) {
            Some(origin) if origins.contains(&origin) => {}
            Some(origin) => origins.push(origin),
            None => errors.add(
                format!("/allowed_origins/{place}"),
                "invalid_origin",
                format!(
                    "“{}” is not the address of a website without a path, such as https://www.example.com",
                    text.chars().take(80).collect::<String>()
                ),
            ),
        }
    }
    if origins.len() > MOST {
        errors.add("/allowed_origins", "too_many", format!("has more than {MOST} websites"));
    }
    origins
}

/// Scheme, host and port, with the port left out where it is the scheme's own. A star is none, and neither is `null`, which every file and
/// sandbox calls itself.
fn origin(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    let web = matches!(url.scheme(), "http" | "https");
    let bare =
        url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    let origin = url.origin().ascii_serialization();
    (web && bare && !origin.contains('*') && origin.len() <= LONGEST).then_some(origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_kept_as_browsers_send_it() {
        for (typed, kept) in [
            ("https://www.example.com", "https://www.example.com"),
            (" HTTPS://Www.Example.com/ ", "https://www.example.com"),
            ("https://example.com:443", "https://example.com"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("https://müsli.example", "https://xn--msli-0ra.example"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(origin(typed).as_deref(), Some(kept), "{typed}");
        }
    }

    #[test]
    fn what_is_no_origin_is_named_by_its_place() {
        let list = [
            "https://one.example",
            "*",
            "null",
            "",
            "www.example.com",
            "https://*.example.com",
            "https://example.com/shop",
            "https://example.com?a",
            "https://me@example.com",
            "ftp://example.com",
            "https://one.example/",
        ];
        let mut errors = FieldErrors::default();
        assert_eq!(check(&list.map(str::to_owned), &mut errors), ["https://one.example"]);
        let refused = errors.into_result().unwrap_err().errors;
        let places: Vec<&str> = refused.iter().map(|error| error.pointer.as_str()).collect();
        let expected: Vec<String> = (1..10).map(|place| format!("/allowed_origins/{place}")).collect();
        assert_eq!(places, expected);
        assert!(refused.iter().all(|error| error.code == "invalid_origin"));
    }

    #[test]
    fn there_are_twenty_at_most() {
        let list = |most: usize| (0..most).map(|number| format!("https://{number}.example")).collect::<Vec<_>>();
        for (most, fine) in [(20, true), (21, false)] {
            let mut errors = FieldErrors::default();
            assert_eq!(check(&list(most), &mut errors).len(), most);
            assert_eq!(errors.into_result().is_ok(), fine);
        }
    }
}
