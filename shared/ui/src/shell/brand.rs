use leptos::prelude::*;

/// Orion's mark: the three stars of the belt.
#[component]
pub fn BrandMark(
    /// Edge in pixels.
    #[prop(default = 28)]
    size: u32,
) -> impl IntoView {
    view! {
        <svg class="ui-brand-mark" width=size.to_string() height=size.to_string() viewBox="0 0 28 28" aria-hidden="true">
            <rect class="ui-brand-mark__ground" width="28" height="28" rx="8"></rect>
            <path
                class="ui-brand-mark__stars"
                d="M7.2 17.4l1 2.4 2.4 1-2.4 1-1 2.4-1-2.4-2.4-1 2.4-1zM14 10.2l1.2 2.6 2.6 1.2-2.6 1.2-1.2 2.6-1.2-2.6-2.6-1.2 2.6-1.2zM20.8 3.8l1 2.4 2.4 1-2.4 1-1 2.4-1-2.4-2.4-1 2.4-1z"
            ></path>
        </svg>
    }
}
