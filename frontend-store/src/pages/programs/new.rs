use leptos::prelude::*;
use orion_app::{use_client, use_submission};
use orion_client::{Options, idempotency_key};
use orion_types::oauth::{CreateProgram, Program};
use orion_ui::*;

use super::form::{Draft, ProgramForm};

/// A new program.
#[component]
pub fn NewProgramPage() -> impl IntoView {
    // Throwing everything away is starting anew.
    let starts = RwSignal::new(0_u32);
    let body = move || {
        starts.track();
        view! { <NewProgram on_discard=move |()| starts.update(|starts| *starts += 1)/> }
    };
    view! {
        <div class="ui-page ui-page--form">
            <PageHeader title="Register program" back_href="/programs" back_label="Programs"/>
            {body}
        </div>
    }
}

#[component]
fn NewProgram(#[prop(into)] on_discard: Callback<()>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let submission = use_submission();
    let draft = Draft::empty();
    let blank = untrack(|| draft.read());
    let saved = RwSignal::new(false);
    let dirty = Memo::new(move |_| !saved.get() && draft.read() != blank);
    // One for the program, however often it is sent until there is an answer.
    let once = StoredValue::new(idempotency_key());
    let save = move |()| {
        let go = go.clone();
        let options = Options::idempotent(once.get_value());
        let call = move |body: CreateProgram| async move { client.post_with::<Program>("/programs", &body, options).await };
        submission.send_read(untrack(|| draft.read()), call, move |program| {
            toasts.success("Program registered");
            saved.try_set(true);
            go(&format!("/programs/{}", program.id));
        });
    };
    view! {
        <ProgramForm draft submission/>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() save_label="Register program" on_save=save on_discard/>
    }
    .into_any()
}
