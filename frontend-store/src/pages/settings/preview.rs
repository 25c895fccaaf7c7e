use leptos::prelude::*;
use orion_types::store::Theme;
use orion_ui::theme::contrast_ratio;
use orion_ui::*;

use crate::store::currency;

/// What everybody can read (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;

/// Something of the shop in its colours, and a warning where some people could not read it.
#[component]
pub fn Preview(theme: Signal<Theme>) -> impl IntoView {
    let pick = move |part: fn(&Theme) -> &str| move || theme.with(|theme| part(theme).to_owned());
    let radius = move || theme.with(|theme| format!("{}px", theme.radius));
    let price = format_money(2900, &currency(), None);
    view! {
        <div
            class="flex flex-wrap items-center gap-x-6 gap-y-3 p-4 border border-border"
            role="img"
            aria-label="A button, a link and a price in the colours of the shop"
            style:background-color=pick(|theme| &theme.surface)
            style:border-radius=radius
        >
            <span
                class="inline-flex items-center px-4 h-control text-sm font-medium"
                style:background-color=pick(|theme| &theme.accent)
                style:color=pick(|theme| &theme.on_accent)
                style:border-radius=radius
            >
                "Add to cart"
            </span>
            <span class="text-sm underline" style:color=pick(|theme| &theme.accent)>"Read more"</span>
            <span class="text-sm font-medium tabular-nums" style:color=pick(|theme| &theme.text)>{price}</span>
        </div>
        {move || warning(&theme.get())}
    }
}

fn warning(theme: &Theme) -> Option<AnyView> {
    let pairs = [
        ("The words on buttons", &theme.on_accent, &theme.accent),
        ("Links on the page", &theme.accent, &theme.surface),
        ("Text on the page", &theme.text, &theme.surface),
    ];
    let weak: Vec<String> = pairs
        .into_iter()
        .filter_map(|(what, text, ground)| contrast_ratio(text, ground).map(|ratio| (what, ratio)))
        .filter(|(_, ratio)| *ratio < READABLE)
        // Rounded down: 4.46 must not read as the 4.5 that it misses.
        .map(|(what, ratio)| format!("{what}: {} to 1", tenths(ratio)))
        .collect();
    let lines = (!weak.is_empty()).then(|| weak.join(". "))?;
    let view = view! {
        <Callout tone=Tone::Warning title="Not everybody can read this">
            {lines} ". A contrast of 4.5 to 1 is needed; with less than 3 on buttons the shop cannot be saved."
        </Callout>
    };
    Some(view.into_any())
}

fn tenths(ratio: f64) -> String {
    let tenths = (ratio * 10.0).floor() as i64;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::tenths;

    #[test]
    fn a_ratio_is_never_said_to_be_better_than_it_is() {
        assert_eq!(tenths(4.46), "4.4");
        assert_eq!(tenths(3.0), "3.0");
    }
}
