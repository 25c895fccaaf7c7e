//! How a document starts its program. Trunk lets it start at once and be fetched before everything else; a page that can be read without it
//! has its pictures first, and every page says so when the program does not come.

/// Where Trunk begins what starts the program.
const SCRIPT: &str = "<script type=\"module\" nonce=\"{{__TRUNK NONCE__}}\">";
const SCRIPT_END: &str = "</script>";
/// Before the path of the script, in what Trunk wrote.
const FROM: &str = " from '";
/// Before the path of the module.
const MODULE: &str = "module_or_path: '";
/// What Trunk has the browser fetch before it is needed.
const AHEAD: [&str; 2] = ["<link rel=\"modulepreload\"", "<link rel=\"preload\""];
/// Runs what Trunk wrote, now or later.
const STARTER: &str = include_str!("program.js");

/// When the program of a page is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// At once: the page is empty without it.
    Now,
    /// When somebody touches the page; it is fetched when everything that the page shows first is there.
    Touched,
}

/// The head of a document with the start of its program put off.
pub fn put_off(head: &str, when: When) -> String {
    let Some((before, rest)) = head.split_once(SCRIPT) else {
        return head.to_owned();
    };
    let Some((start, after)) = rest.split_once(SCRIPT_END) else {
        return head.to_owned();
    };
    let (word, start, after) = match when {
        When::Now => ("now\"".to_owned(), start.to_owned(), after.to_owned()),
        When::Touched => {
            let (files, start) = fetched_before(start);
            (format!("touched\"{files}"), start, without_links(after))
        }
    };
    format!(
        "{before}<script type=\"text/plain\" id=\"orion-start\" data-when=\"{word} nonce=\"{{{{__TRUNK NONCE__}}}}\">{start}</script>{SCRIPT}{STARTER}</script>{after}"
    )
}

/// The two files of the program as attributes, and the start that takes what was compiled before.
fn fetched_before(start: &str) -> (String, String) {
    let script = start
        .split_once(FROM)
        .and_then(|(_, rest)| rest.split_once('\''))
        .map(|(path, _)| path);
    let module = start
        .split_once(MODULE)
        .and_then(|(_, rest)| rest.split_once('\''))
        .map(|(path, _)| path);
    match (script, module) {
        (Some(script), Some(module)) => (
            format!(" data-script=\"{script}\" data-module=\"{module}\""),
            start.replacen(MODULE, &format!("{}window.orionProgram ?? '", MODULE.trim_end_matches('\'')), 1),
        ),
        _ => (String::new(), start.to_owned()),
    }
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

    const HEAD: &str = "<meta charset=\"utf-8\"><script type=\"module\" nonce=\"{{__TRUNK NONCE__}}\">import init from '/a.js'; await init({ module_or_path: '/a.wasm' });</script> \
         <link rel=\"modulepreload\" href=\"/a.js\"><link rel=\"preload\" href=\"/a.wasm\" as=\"fetch\"><link rel=\"icon\" href=\"/i\">";

    #[test]
    fn a_page_that_can_be_read_fetches_nothing_ahead() {
        let head = put_off(HEAD, When::Touched);
        assert!(head.starts_with("<meta charset=\"utf-8\"><script type=\"text/plain\""));
        assert!(head.contains("data-when=\"touched\" data-script=\"/a.js\" data-module=\"/a.wasm\" nonce="));
        assert!(head.contains("import init from '/a.js'; await init({ module_or_path: window.orionProgram ?? '/a.wasm' });"));
        assert!(!head.contains("rel=\"modulepreload\"") && !head.contains("rel=\"preload\"") && head.contains("rel=\"icon\""));
        assert_eq!(head.matches(SCRIPT).count(), 1);
    }

    #[test]
    fn an_empty_page_starts_at_once() {
        let head = put_off(HEAD, When::Now);
        assert!(head.contains("data-when=\"now\" nonce=") && head.contains("module_or_path: '/a.wasm'"));
        assert!(head.contains("rel=\"modulepreload\"") && head.contains("rel=\"preload\""));
    }
}
