use leptos::prelude::*;

use super::dialog::{Dialog, DialogSize};
use crate::{
    button::{Button, ButtonVariant},
    settings::ui_text,
    tone::Tone,
};

/// Asks before something that cannot be undone. The page closes it when the action is done.
#[component]
pub fn ConfirmDialog(
    /// Shown or not, both ways.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What will happen.
    #[prop(into)]
    message: Signal<String>,
    /// The action as a verb.
    #[prop(into)]
    confirm_label: Signal<String>,
    /// In place of "Cancel".
    #[prop(optional, into)]
    cancel_label: Option<Signal<String>>,
    /// Critical when something is destroyed.
    #[prop(optional)]
    tone: Tone,
    /// The action is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Does it.
    #[prop(into)]
    on_confirm: Callback<()>,
) -> impl IntoView {
    let variant = if tone == Tone::Critical {
        ButtonVariant::Critical
    } else {
        ButtonVariant::Primary
    };
    let cancel = move || cancel_label.map_or_else(|| ui_text(|text| &text.cancel).into_owned(), |label| label.get());
    let footer = move || {
        view! {
            <Button on_click=move |_| open.set(false) disabled=busy>
                {cancel}
            </Button>
            <Button variant busy on_click=move |_| on_confirm.run(())>
                {confirm_label}
            </Button>
        }
    };
    view! {
        <Dialog open title size=DialogSize::Small footer>
            <p class="ui-dialog__message">{message}</p>
        </Dialog>
    }
}
