//! Opening a shop of one's own, at the host of a platform: asking for it, following the link of the mail, and going into the new dashboard.

mod ask;
mod confirm;
mod enter;
mod fields;

pub use ask::SignUpPage;
pub use confirm::ConfirmSignUpPage;
pub use enter::EnterShopPage;

use leptos::prelude::*;
use orion_app::Submission;
use orion_types::people::OpenedStore;
use orion_ui::{Callout, Tone, use_toasts};

/// Goes into the dashboard of a store that has just been opened, at its own host.
fn use_way_in() -> impl Fn(OpenedStore) + Copy + 'static {
    let toasts = use_toasts();
    move |opened: OpenedStore| {
        if window().location().set_href(&opened.link).is_err() {
            toasts.error("The shop is there, but the browser does not go to it: sign in at its address.");
        }
    }
}

/// What stands below a field that has no control of the kit around it.
fn complaint(submission: Submission, pointer: &'static str) -> AnyView {
    let wrong = submission.field(pointer);
    view! { {move || wrong.get().map(|wrong| view! { <Callout tone=Tone::Critical title=wrong/> })} }.into_any()
}
