use leptos::prelude::*;

use crate::{
    dom::{focus_id, html_element, unique_id},
    icon::{Icon, icons},
    settings::ui_text,
};

/// What a [`Field`] gives the control inside it.
#[derive(Clone)]
pub(super) struct FieldContext {
    pub id: String,
    pub described_by: Signal<Option<String>>,
    pub invalid: Signal<bool>,
    pub required: bool,
    /// What the control itself has to say about what is typed.
    pub complaint: RwSignal<Option<String>>,
}

/// The control's half: the surrounding field's wiring, or its own when it stands alone.
pub(super) fn use_field(id: Option<String>) -> FieldContext {
    let around = use_context::<FieldContext>();
    match (around, id) {
        (Some(field), None) => field,
        (Some(field), Some(id)) => FieldContext { id, ..field },
        (None, id) => FieldContext {
            id: id.unwrap_or_else(|| unique_id("input")),
            described_by: Signal::default(),
            invalid: Signal::default(),
            required: false,
            complaint: RwSignal::new(None),
        },
    }
}

/// In the context of an app whose errors come from answers alone: what is wrong with a field is no longer said once it was edited.
#[derive(Clone, Copy)]
pub struct ErrorsUntilEdited;

/// The error to show, and what to do when the control was edited.
fn until_edited(error: Signal<Option<String>>) -> (Signal<Option<String>>, impl Fn() + 'static) {
    let edited = RwSignal::new(false);
    let fades = use_context::<ErrorsUntilEdited>().is_some();
    if fades {
        crate::watch(move || {
            error.track();
            edited.set(false);
        });
    }
    let shown = Signal::derive(move || error.get().filter(|_| !edited.get()));
    (shown, move || edited.set(fades))
}

/// A label, a control, and below it the hint or the error.
#[component]
pub fn Field(
    /// What to enter.
    #[prop(into)]
    label: Signal<String>,
    /// How to enter it, or what it is for.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// What is wrong with the value; takes the hint's place.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The form cannot be sent without it.
    #[prop(optional)]
    required: bool,
    /// Writes "optional" behind the label.
    #[prop(optional)]
    optional_mark: bool,
    /// Leaves the label to assistive technology.
    #[prop(optional)]
    hide_label: bool,
    /// Id of the control, for links from an error summary.
    #[prop(optional, into)]
    id: Option<String>,
    /// The control.
    children: Children,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| unique_id("field"));
    let (error, edit) = until_edited(error);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    // What the control says is about what stands there now, and an error about what was sent.
    let complaint = RwSignal::new(None::<String>);
    let error = Signal::derive(move || complaint.get().or_else(|| error.get()));
    let described_by = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        Signal::derive(move || match (error.get(), hint) {
            (Some(_), _) => Some(error_id.clone()),
            (None, Some(_)) => Some(hint_id.clone()),
            (None, None) => None,
        })
    };
    let invalid = Signal::derive(move || error.get().is_some());
    let context = FieldContext {
        id: id.clone(),
        described_by,
        invalid,
        required,
        complaint,
    };
    let below = move || match (error.get(), hint) {
        (Some(error), _) => Some(view! { <ErrorLine id=error_id.clone() text=error/> }.into_any()),
        (None, Some(hint)) => Some(view! { <p class="ui-field__hint" id=hint_id.clone()>{hint}</p> }.into_any()),
        (None, None) => None,
    };
    view! {
        <div class="ui-field" class:ui-field--invalid=invalid on:input=move |_| edit()>
            <label class="ui-field__label" class:ui-sr-only=hide_label id=format!("{id}-label") for=id.clone() on:click=move |_| focus_text(&id)>
                {label}
                {optional_mark.then(|| view! { <span class="ui-field__mark">{move || ui_text(|text| &text.optional)}</span> })}
                {required.then(|| view! { <span class="ui-field__mark ui-field__mark--required" aria-hidden="true">"*"</span> })}
            </label>
            <leptos::context::Provider value=context>{children()}</leptos::context::Provider>
            {below}
        </div>
    }
    .into_any()
}

/// A label leads to inputs by itself, but not to an element that is edited in place.
fn focus_text(id: &str) {
    if html_element(id).is_some_and(|element| element.is_content_editable()) {
        focus_id(id);
    }
}

/// The error below a control; announced when it appears.
#[component]
pub(super) fn ErrorLine(#[prop(into)] id: String, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <p class="ui-field__error" id=id role="alert">
            <Icon icon=icons::CIRCLE_ALERT/>
            <span>{text}</span>
        </p>
    }
}
