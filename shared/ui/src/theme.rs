//! Light, dark, and whether a store's own colours can be read.

use leptos::prelude::*;

use crate::dom;

const STORAGE_KEY: &str = "orion.theme";

/// Which scheme the reader wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeMode {
    /// What the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl ThemeMode {
    fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The scheme this browser remembers.
pub fn theme_mode() -> ThemeMode {
    match dom::stored(STORAGE_KEY).as_deref() {
        Some("light") => ThemeMode::Light,
        Some("dark") => ThemeMode::Dark,
        _ => ThemeMode::System,
    }
}

/// Shows the remembered scheme; call it before the app mounts, so that nothing is painted twice.
pub fn restore_theme_mode() {
    apply(theme_mode());
}

/// Shows a scheme and remembers it in this browser.
pub fn set_theme_mode(mode: ThemeMode) {
    dom::store(STORAGE_KEY, mode.as_str());
    apply(mode);
}

fn apply(mode: ThemeMode) {
    let Some(root) = document().document_element() else {
        return;
    };
    // Setting an attribute with a fixed, valid name cannot fail.
    match mode {
        ThemeMode::System => root.remove_attribute("data-theme").ok(),
        chosen => root.set_attribute("data-theme", chosen.as_str()).ok(),
    };
}

/// The WCAG contrast of two colours written `#rrggbb` or `#rgb`: 1 to 21, text needs 4.5. `None` when one is no such colour.
pub fn contrast_ratio(first: &str, second: &str) -> Option<f64> {
    let (a, b) = (luminance(first)?, luminance(second)?);
    Some((a.max(b) + 0.05) / (a.min(b) + 0.05))
}

fn luminance(colour: &str) -> Option<f64> {
    let hex = colour.trim().strip_prefix('#')?;
    let wide: String = match hex.len() {
        3 => hex.chars().flat_map(|digit| [digit, digit]).collect(),
        6 => hex.to_owned(),
        _ => return None,
    };
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(wide.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

#[cfg(test)]
mod tests {
    use super::contrast_ratio;

    const TOKENS: &str = include_str!("../styles/tokens.css");
    /// What stands on what; the derived `color-mix` roles are looked at in the browser.
    const PAIRS: [(&str, &str); 13] = [
        ("--text", "--surface"),
        ("--text", "--raised"),
        ("--text", "--sunken"),
        ("--muted", "--surface"),
        ("--muted", "--raised"),
        ("--muted", "--sunken"),
        ("--on-accent", "--accent"),
        ("--on-critical", "--critical-fill"),
        ("--positive", "--surface"),
        ("--warning", "--surface"),
        ("--critical", "--surface"),
        ("--on-inverse", "--inverse"),
        ("--on-inverse-muted", "--inverse"),
    ];

    fn block(from: &str) -> &'static str {
        let start = TOKENS.find(from).expect("the block is there");
        let end = TOKENS[start..].find('}').expect("the block ends");
        &TOKENS[start..start + end]
    }

    fn role<'a>(blocks: &[&'a str], name: &str) -> &'a str {
        let found = blocks
            .iter()
            .find_map(|block| block.split(&format!("{name}: ")).nth(1)?.split(';').next());
        found.unwrap_or_else(|| panic!("{name} has no value"))
    }

    #[test]
    fn every_text_role_can_be_read_in_both_schemes() {
        let light = block(":where(:root) {");
        let dark = block(":where(:root[data-theme=\"dark\"])");
        for blocks in [vec![light], vec![dark, light]] {
            for (text, ground) in PAIRS {
                let (text_value, ground_value) = (role(&blocks, text), role(&blocks, ground));
                let ratio = contrast_ratio(text_value, ground_value).expect("roles are hexadecimal");
                assert!(ratio >= 4.5, "{text} {text_value} on {ground} {ground_value} is {ratio:.2}");
            }
        }
    }

    #[test]
    fn the_dark_values_are_the_same_by_system_and_by_choice() {
        let lines = |block: &'static str| block.lines().skip(1).map(str::trim).collect::<Vec<_>>();
        let system = block(":where(:root:not([data-theme=\"light\"]))");
        let choice = block(":where(:root[data-theme=\"dark\"])");
        let tidy = |lines: Vec<&'static str>| lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>();
        assert_eq!(tidy(lines(system)), tidy(lines(choice)));
    }

    #[test]
    fn contrast_is_measured_as_wcag_does() {
        let black_on_white = contrast_ratio("#000", "#ffffff").expect("both are colours");
        assert!((black_on_white - 21.0).abs() < 0.01);
        assert_eq!(contrast_ratio("red", "#fff"), None);
    }
}
