//! Points in time: relative in lists, exact on hover.

use std::cell::OnceCell;

use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*, reactive::owner::Owner};
use std::time::Duration;

use super::intl::{Setting, dates, relative};
use crate::settings::ui_text;

/// A point in time in milliseconds since 1970 (UTC).
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Moment(f64);

impl Moment {
    /// From milliseconds since 1970, as `chrono`'s `timestamp_millis()` gives them.
    pub fn from_ms(milliseconds: i64) -> Self {
        Self(milliseconds as f64)
    }

    /// The reader's clock, which may be wrong; what counts is the server's.
    pub fn now() -> Self {
        Self(js_sys::Date::now())
    }

    /// Milliseconds since 1970; 0 for a text that was no time.
    pub fn as_ms(self) -> i64 {
        self.0 as i64
    }
}

impl From<&str> for Moment {
    /// Reads RFC 3339; a text that is no time becomes a moment written as `—`.
    fn from(text: &str) -> Self {
        Self(js_sys::Date::parse(text))
    }
}

impl From<String> for Moment {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

fn format_with(moment: Moment, name: &str, locale: Option<&str>, settings: &[Setting<'_>]) -> String {
    dates(name, locale, settings)
        .and_then(|formatter| formatter.format(moment.0).ok())
        .unwrap_or_else(|| "—".to_owned())
}

/// Writes the day: `23 Nov 2026`.
pub fn format_date(moment: Moment, locale: Option<&str>) -> String {
    format_with(moment, "date", locale, &[Setting::Text("dateStyle", "medium")])
}

/// Writes a day of a calendar, `2026-11-28`: the same day wherever it is read.
pub fn format_day(day: &str, locale: Option<&str>) -> String {
    let settings = [Setting::Text("dateStyle", "medium"), Setting::Text("timeZone", "UTC")];
    format_with(Moment::from(format!("{day}T00:00:00Z")), "day", locale, &settings)
}

/// Writes day and minute: `23 Nov 2026, 10:05`.
pub fn format_date_time(moment: Moment, locale: Option<&str>) -> String {
    let settings = [Setting::Text("dateStyle", "medium"), Setting::Text("timeStyle", "short")];
    format_with(moment, "date-time", locale, &settings)
}

/// Writes the distance from now: `3 hours ago`, `yesterday`; beyond a week the day itself.
pub fn format_relative(moment: Moment, locale: Option<&str>) -> String {
    match relative_step((moment.0 - Moment::now().0) / 1000.0) {
        // "now" is what `Intl` says, and reads like a promise of something to come.
        Some((_, "second")) => ui_text(|text| &text.just_now).into_owned(),
        Some((value, unit)) => relative(locale).map_or_else(String::new, |formatter| formatter.format(value, unit)),
        None => format_date(moment, locale),
    }
}

fn relative_step(seconds: f64) -> Option<(f64, &'static str)> {
    let distance = seconds.abs();
    match distance {
        d if d < 45.0 => Some((0.0, "second")),
        d if d < 3_600.0 => Some(((seconds / 60.0).round(), "minute")),
        d if d < 86_400.0 => Some(((seconds / 3_600.0).round(), "hour")),
        d if d < 7.0 * 86_400.0 => Some(((seconds / 86_400.0).round(), "day")),
        _ => None,
    }
}

// One clock for all relative times of the page; a timer for each row of a list would be a hundred timers.
thread_local! {
    static MINUTE: OnceCell<ArcRwSignal<u32>> = const { OnceCell::new() };
}

fn minute() -> ArcRwSignal<u32> {
    MINUTE.with(|cell| {
        cell.get_or_init(|| {
            let count = ArcRwSignal::new(0);
            let ticking = count.clone();
            // Outside any owner: the first page that shows a time must not take the clock with it when it goes.
            Owner::new().with(|| set_interval_with_handle(move || ticking.update(|count| *count += 1), Duration::from_secs(60)).ok());
            count
        })
        .clone()
    })
}

/// A time in words that keep up with the clock; the exact one is the tooltip.
#[component]
pub fn RelativeTime(
    /// The moment to tell.
    #[prop(into)]
    at: Signal<Moment>,
) -> impl IntoView {
    let minute = minute();
    let words = move || {
        minute.track();
        format_relative(at.get(), None)
    };
    view! { <time class="ui-time" datetime=move || iso(at.get()) title=move || format_date_time(at.get(), None)>{words}</time> }
}

/// A time written out to the minute.
#[component]
pub fn DateTime(
    /// The moment to tell.
    #[prop(into)]
    at: Signal<Moment>,
) -> impl IntoView {
    view! { <time class="ui-time" datetime=move || iso(at.get())>{move || format_date_time(at.get(), None)}</time> }
}

fn iso(moment: Moment) -> Option<String> {
    moment
        .0
        .is_finite()
        .then(|| js_sys::Date::new(&moment.0.into()).to_iso_string().into())
}

#[cfg(test)]
mod tests {
    use super::relative_step;

    #[test]
    fn distances_are_told_in_the_largest_unit_that_fits() {
        assert_eq!(relative_step(-10.0), Some((0.0, "second")));
        assert_eq!(relative_step(-120.0), Some((-2.0, "minute")));
        assert_eq!(relative_step(-3.0 * 3_600.0), Some((-3.0, "hour")));
        assert_eq!(relative_step(2.0 * 86_400.0), Some((2.0, "day")));
        assert_eq!(relative_step(-8.0 * 86_400.0), None);
    }
}
