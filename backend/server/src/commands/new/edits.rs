//! The lines that a module or a page needs outside of its own files.

/// The text with a line before the first one that begins so.
fn before_line(text: &str, start: &str, line: &str) -> Option<String> {
    let at = if text.starts_with(start) {
        0
    } else {
        text.find(&format!("\n{start}"))? + 1
    };
    Some(format!("{}{line}\n{}", &text[..at], &text[at..]))
}

/// The text with a line behind the last one that begins so.
fn behind_last_line(text: &str, start: &str, line: &str) -> Option<String> {
    let at = text.rfind(&format!("\n{start}"))? + 1;
    let end = at + text[at..].find('\n')? + 1;
    Some(format!("{}{line}\n{}", &text[..end], &text[end..]))
}

/// The server's manifest with a feature, on unless told, and a dependency that it turns on.
pub fn server_manifest(text: &str, module: &str) -> Option<String> {
    let start = text.find("\ndefault = [")?;
    let end = start + text[start..].find(']')?;
    let text = format!("{}, \"{module}\"{}", &text[..end], &text[end..]);
    let features = text.find("\n[features]\n")? + 1;
    let behind = features + text[features..].find("\n\n")? + 1;
    let feature = format!("{module} = [\"dep:orion-{module}\"]\n");
    let text = format!("{}{feature}{}", &text[..behind], &text[behind..]);
    let need = format!("orion-{module} = {{ path = \"../modules/{module}\", optional = true }}");
    behind_last_line(&text, "orion-", &need)
}

/// The server's list of modules with one more.
pub fn list_of_modules(text: &str, module: &str) -> Option<String> {
    before_line(
        text,
        "];",
        &format!("    #[cfg(feature = \"{module}\")]\n    &orion_{module}::MODULE,"),
    )
}

/// An app's list of pages with one more; formatting sorts it.
pub fn list_of_pages(text: &str, page: &str) -> Option<String> {
    behind_last_line(text, "pub mod ", &format!("pub mod {page};"))
}

/// The tests' list of modules with one more.
pub fn list_of_cases(text: &str, module: &str) -> Option<String> {
    let text = before_line(text, "mod ", &format!("mod {module};"))?;
    let start = "pub const CASES: &[&ModuleCase] = &[";
    let at = text.find(start)? + start.len();
    Some(format!("{}&{module}::CASE, {}", &text[..at], &text[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_gets_a_feature_and_what_it_turns_on() {
        let before = "[features]\ndefault = [\"orders\"]\norders = [\"dep:orion-orders\"]\n\n[dependencies]\norion-orders.workspace = true\nclap = \"4\"\n";
        let after = "[features]\ndefault = [\"orders\", \"notes\"]\norders = [\"dep:orion-orders\"]\nnotes = [\"dep:orion-notes\"]\n\n\
            [dependencies]\norion-orders.workspace = true\norion-notes = { path = \"../modules/notes\", optional = true }\nclap = \"4\"\n";
        assert_eq!(server_manifest(&format!("\n{before}"), "notes"), Some(format!("\n{after}")));
        assert_eq!(server_manifest("[package]\n", "notes"), None);
    }

    #[test]
    fn lists_get_one_more() {
        assert_eq!(
            list_of_pages("//! Pages.\n\npub mod a;\nmod b;\n", "notes").as_deref(),
            Some("//! Pages.\n\npub mod a;\npub mod notes;\nmod b;\n")
        );
        assert_eq!(
            list_of_modules("static ALL: &[&Module] = &[\n    &orion_core::MODULE,\n];\n", "notes").as_deref(),
            Some("static ALL: &[&Module] = &[\n    &orion_core::MODULE,\n    #[cfg(feature = \"notes\")]\n    &orion_notes::MODULE,\n];\n")
        );
        assert_eq!(
            list_of_cases("mod webhooks;\n\npub const CASES: &[&ModuleCase] = &[&webhooks::CASE];\n", "notes").as_deref(),
            Some("mod notes;\nmod webhooks;\n\npub const CASES: &[&ModuleCase] = &[&notes::CASE, &webhooks::CASE];\n")
        );
        assert_eq!(list_of_pages("", "notes"), None);
    }
}
