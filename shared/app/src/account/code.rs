use leptos::prelude::*;
use orion_ui::{Field, TextInput};

use crate::Submission;

/// Where the problem of a code is told.
const POINTER: &str = "/one_time_code";

/// The field for a code, which is there once the server has asked for one: it alone knows whether the account has a second factor.
#[component]
pub fn CodeField(
    /// The form that is sent.
    submission: Submission,
    /// The code.
    value: RwSignal<String>,
) -> impl IntoView {
    let asked = submission.asks_for(POINTER);
    let there = RwSignal::new(false);
    orion_ui::watch(move || {
        if asked.get() {
            there.set(true);
        }
    });
    move || {
        there.get().then(|| {
            view! {
                <Field label="Code" hint="Six digits from your authenticator app, or one of your recovery codes" error=submission.field(POINTER)>
                    <TextInput value autocomplete="one-time-code" name="one_time_code"/>
                </Field>
            }
        })
    }
}
