//! The tokens of a theme: only colours and a radius get in, and text stays readable.

use orion_framework::problem::FieldErrors;
use orion_types::store::Theme;

/// Below this contrast (WCAG 2.2, 1.4.11) even large text cannot be read; such a theme is refused.
/// Between this and 4.5 the theme editor warns, because a brand colour is the merchant's decision.
const LEAST_CONTRAST: f64 = 3.0;
/// The largest corner radius, in pixels.
const MAX_RADIUS: u8 = 24;

/// Checks a theme and returns it with colours in lower case; findings go to `errors` below `/theme`.
pub(crate) fn check(theme: &Theme, errors: &mut FieldErrors) -> Theme {
    let mut color = |name: &str, value: &str| match parse(value) {
        Some(_) => value.trim().to_ascii_lowercase(),
        None => {
            errors.add(format!("/theme/{name}"), "invalid_color", "must be a colour such as #1f3a5f");
            String::new()
        }
    };
    let checked = Theme {
        accent: color("accent", &theme.accent),
        on_accent: color("on_accent", &theme.on_accent),
        surface: color("surface", &theme.surface),
        raised: color("raised", &theme.raised),
        sunken: color("sunken", &theme.sunken),
        text: color("text", &theme.text),
        muted: color("muted", &theme.muted),
        border: color("border", &theme.border),
        radius: theme.radius,
        fonts: theme.fonts,
    };
    if theme.radius > MAX_RADIUS {
        errors.add("/theme/radius", "out_of_range", format!("must be between 0 and {MAX_RADIUS}"));
    }
    readable(errors, "text", &checked.text, &checked.surface);
    readable(errors, "on_accent", &checked.on_accent, &checked.accent);
    checked
}

fn readable(errors: &mut FieldErrors, name: &str, text: &str, ground: &str) {
    let (Some(text), Some(ground)) = (parse(text), parse(ground)) else {
        return;
    };
    let contrast = contrast(text, ground);
    if contrast < LEAST_CONTRAST {
        let detail = format!("has a contrast of {contrast:.1} to 1 with its background; at least {LEAST_CONTRAST} is needed, 4.5 is good");
        errors.add(format!("/theme/{name}"), "low_contrast", detail);
    }
}

fn parse(color: &str) -> Option<[u8; 3]> {
    let digits = color.trim().strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = value.to_be_bytes();
    Some([red, green, blue])
}

/// The contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio).
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(color: [u8; 3]) -> f64 {
    let [red, green, blue] = color.map(|channel| {
        let channel = f64::from(channel) / 255.0;
        if channel <= 0.04045 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(theme: &Theme) -> Vec<(String, String)> {
        let mut errors = FieldErrors::default();
        check(theme, &mut errors);
        let errors = errors.into_result().err().map(|draft| draft.errors).unwrap_or_default();
        errors.into_iter().map(|error| (error.pointer, error.code)).collect()
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let ratio = |one: &str, other: &str| contrast(parse(one).unwrap(), parse(other).unwrap());
        assert!((ratio("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        assert!((ratio("#767676", "#ffffff") - 4.54).abs() < 0.01);
        assert!((ratio("#ff0000", "#ffffff") - 3.998).abs() < 0.01);
        assert!((ratio("#123456", "#123456") - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_default_theme_is_fine() {
        assert_eq!(findings(&Theme::default()), []);
    }

    #[test]
    fn what_is_no_colour_never_reaches_a_style_sheet() {
        for hostile in ["red;}body{", "#fff", "#12345g", "url(x)", "", "#1234567", "#+12345"] {
            let theme = Theme {
                border: hostile.to_owned(),
                ..Theme::default()
            };
            assert_eq!(
                findings(&theme),
                [("/theme/border".to_owned(), "invalid_color".to_owned())],
                "{hostile}"
            );
        }
    }

    #[test]
    fn unreadable_text_is_refused() {
        let theme = Theme {
            text: "#dddddd".to_owned(),
            on_accent: "#1f3a60".to_owned(),
            ..Theme::default()
        };
        let low = |name: &str| (format!("/theme/{name}"), "low_contrast".to_owned());
        assert_eq!(findings(&theme), [low("text"), low("on_accent")]);
    }

    #[test]
    fn colours_are_kept_in_lower_case_and_the_radius_is_bounded() {
        let mut errors = FieldErrors::default();
        let theme = Theme {
            accent: " #1F3A5F ".to_owned(),
            ..Theme::default()
        };
        assert_eq!(check(&theme, &mut errors).accent, "#1f3a5f");
        assert_eq!(
            findings(&Theme {
                radius: 25,
                ..Theme::default()
            }),
            [("/theme/radius".to_owned(), "out_of_range".to_owned())]
        );
    }
}
