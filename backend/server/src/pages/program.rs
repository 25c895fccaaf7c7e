//! How a document starts its program. Trunk lets it start at once and be fetched before everything else; a page that can be read without it
//! has its pictures first, and every page says so when the program does not come.

/// Where Trunk begins what starts the program.
const SCRIPT: &str = "<script type=\"module\" nonce=\"{{__TRUNK NONCE__}}\">";
const SCRIPT_END: &str = "</script>";
/// What Trunk has the browser fetch before it is needed.
const AHEAD: [&str; 2] = ["<link rel=\"modulepreload\"", "<link rel=\"preload\""];
/// Runs what Trunk wrote, now or later.
const STARTER: &str = include_str!("program.js");

/// When the program of a page is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// At once: the page is empty without it.
    Now,
    /// When everything that the page shows first is there, or somebody touches it.
    Loaded,
}

/// The head of a document with the start of its program put off.
pub fn put_off(head: &str, when: When) -> String {
    let Some((before, rest)) = head.split_once(SCRIPT) else {
        return head.to_owned();
    };
    let Some((start, after)) = rest.split_once(SCRIPT_END) else {
        return head.to_owned();
    };
    let (word, after) = match when {
        When::Now => ("now", after.to_owned()),
        When::Loaded => ("loaded", without_links(after)),
    };
    format!(
        "{before}<script type=\"text/plain\" id=\"orion-start\" data-when=\"{word}\" nonce=\"{{{{__TRUNK NONCE__}}}}\">{start}</script>{SCRIPT}{STARTER}</script>{after}"
    )
}

fn without_links(head: &str) -> String {
    let mut left = head.to_owned();
    for link in AHEAD {
        while let Some(start) = left.find(link) {
            let end = left[start..].find('>').map_or(left.len(), |end| start + end + 1);
            left.replace_range(start..end, "");
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<meta charset=\"utf-8\"><script type=\"module\" nonce=\"{{__TRUNK NONCE__}}\">import init from '/a.js';</script> \
         <link rel=\"modulepreload\" href=\"/a.js\"><link rel=\"preload\" href=\"/a.wasm\" as=\"fetch\"><link rel=\"icon\" href=\"/i\">";

    #[test]
    fn a_page_that_can_be_read_fetches_nothing_ahead() {
        let head = put_off(HEAD, When::Loaded);
        assert!(head.starts_with("<meta charset=\"utf-8\"><script type=\"text/plain\""));
        assert!(head.contains("data-when=\"loaded\"") && head.contains("import init from '/a.js';"));
        assert!(!head.contains("rel=\"modulepreload\"") && !head.contains("rel=\"preload\"") && head.contains("rel=\"icon\""));
        assert_eq!(head.matches(SCRIPT).count(), 1);
    }

    #[test]
    fn an_empty_page_starts_at_once() {
        let head = put_off(HEAD, When::Now);
        assert!(head.contains("data-when=\"now\"") && head.contains("rel=\"modulepreload\"") && head.contains("rel=\"preload\""));
    }
}
