//! Plain numbers.

use super::intl::{Setting, numbers};

/// Writes a number with at most two decimals: `1,234.5`.
pub fn format_number(value: f64, locale: Option<&str>) -> String {
    numbers("number", locale, &[Setting::Digits("maximumFractionDigits", 2)]).map_or_else(unwritten, |formatter| formatter.format(value))
}

/// Writes a whole number in groups of digits: `12,345`.
pub fn format_count(count: i64) -> String {
    format_number(count as f64, None)
}

/// Writes how many there are of something: `1 order`, `1,234 orders`.
pub fn count_of(count: i64, one: &str, many: &str) -> String {
    let word = if count == 1 { one } else { many };
    format_count(count) + " " + word
}

/// Writes how many rows a list has: `1,234 orders`, and where it has stopped counting `10,000+ orders`.
pub fn total_of(count: i64, capped: bool, one: &str, many: &str) -> String {
    if capped {
        format!("{}+ {many}", format_count(count))
    } else {
        count_of(count, one, many)
    }
}

/// Writes a ratio as a percentage with at most one decimal: `0.123` is `12.3%`.
pub fn format_percent(ratio: f64, locale: Option<&str>) -> String {
    let settings = [Setting::Text("style", "percent"), Setting::Digits("maximumFractionDigits", 1)];
    numbers("percent", locale, &settings).map_or_else(unwritten, |formatter| formatter.format(ratio))
}

/// Writes a size in bytes, kB, MB or GB (steps of 1000).
pub fn format_bytes(bytes: u64, locale: Option<&str>) -> String {
    let (value, unit) = scale_bytes(bytes);
    let settings = [
        Setting::Text("style", "unit"),
        Setting::Text("unit", unit),
        Setting::Text("unitDisplay", "short"),
        Setting::Digits("maximumFractionDigits", 1),
    ];
    numbers(unit, locale, &settings).map_or_else(unwritten, |formatter| formatter.format(value))
}

// No browser that runs this refuses these settings; writing floats ourselves would add 10 kB to every app for nothing.
fn unwritten() -> String {
    "—".to_owned()
}

fn scale_bytes(bytes: u64) -> (f64, &'static str) {
    let value = bytes as f64;
    match bytes {
        0..1_000 => (value, "byte"),
        1_000..1_000_000 => (value / 1e3, "kilobyte"),
        1_000_000..1_000_000_000 => (value / 1e6, "megabyte"),
        _ => (value / 1e9, "gigabyte"),
    }
}
