use leptos::prelude::*;

use crate::{
    form::{InputKind, TextInput},
    query::QueryParam,
};

/// The first or last day of what a list shows, kept in the address.
#[component]
pub fn DayFilter(
    /// Which of the two.
    label: &'static str,
    /// The parameter that it is kept in.
    param: QueryParam,
) -> impl IntoView {
    let value = RwSignal::new(param.get());
    // Taken away elsewhere, or changed by going back.
    crate::watch(move || value.set(param.signal().get()));
    view! {
        <label class="flex items-center gap-2 text-sm text-muted">
            {label}
            <TextInput value kind=InputKind::Date label on_change=move |day: String| param.set(day)/>
        </label>
    }
}
