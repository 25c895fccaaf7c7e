use leptos::prelude::*;

use crate::{
    dom::focus_id,
    icon::{Icon, IconSize, icons},
    settings::ui_text,
};

/// One thing wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormError {
    /// The control to jump to, the `id` of its [`Field`](super::Field).
    pub field_id: Option<String>,
    /// What is wrong, as a sentence.
    pub message: String,
}

/// The errors of a form above it, each a way to its field; nothing while there are none.
#[component]
pub fn FormErrors(
    /// What is wrong.
    #[prop(into)]
    errors: Signal<Vec<FormError>>,
) -> impl IntoView {
    let one = |error: FormError| match error.field_id {
        Some(id) => {
            let target = format!("#{id}");
            let jump = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                focus_id(&id);
            };
            view! { <li><a class="ui-link" href=target on:click=jump>{error.message}</a></li> }.into_any()
        }
        None => view! { <li>{error.message}</li> }.into_any(),
    };
    move || {
        let errors = errors.get();
        (!errors.is_empty()).then(|| {
            view! {
                <div class="ui-callout ui-callout--critical" role="alert">
                    <Icon icon=icons::CIRCLE_ALERT size=IconSize::Medium/>
                    <div class="ui-callout__body">
                        <p class="ui-callout__title">{ui_text(|text| &text.form_errors)}</p>
                        <ul class="ui-callout__list">{errors.into_iter().map(one).collect_view()}</ul>
                    </div>
                </div>
            }
            .into_any()
        })
    }
}
