//! Icons: outlines that take the colour of the text around them.

pub mod icons;

use leptos::prelude::*;

/// One outline on a 24 × 24 grid, as SVG path data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IconData(pub(crate) &'static str);

/// The edge of an icon in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IconSize {
    /// 16 px, beside text.
    #[default]
    Small,
    /// 20 px, alone in a button or a list.
    Medium,
    /// 24 px, in an empty state.
    Large,
}

impl IconSize {
    fn pixels(self) -> &'static str {
        match self {
            Self::Small => "16",
            Self::Medium => "20",
            Self::Large => "24",
        }
    }
}

/// Draws an icon; hidden from assistive technology unless it has a label.
#[component]
pub fn Icon(
    /// The outline, one of [`icons`].
    icon: IconData,
    /// 16 px unless said otherwise.
    #[prop(optional)]
    size: IconSize,
    /// What it means, when no text beside it says so.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let hidden = label.is_none().then_some("true");
    let role = label.is_some().then_some("img");
    view! {
        <svg
            class="ui-icon"
            width=size.pixels()
            height=size.pixels()
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="1.75"
            stroke-linecap="round"
            stroke-linejoin="round"
            focusable="false"
            aria-hidden=hidden
            role=role
            aria-label=label
        >
            <path d=icon.0></path>
        </svg>
    }
    .into_any()
}
