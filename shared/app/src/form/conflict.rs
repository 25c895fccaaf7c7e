//! Somebody else was faster: said once, with the way on.

use leptos::prelude::*;
use orion_ui::{Button, ButtonSize, Callout, Tone};

use super::Submission;

/// Says that somebody else has changed what is edited, in the place of what [`Refused`](super::Refused) would say of it, and loads the present state.
#[component]
pub fn Conflict(
    /// The form's way to the server.
    submission: Submission,
    /// What somebody else has changed.
    #[prop(into)]
    title: String,
    /// What becomes of what was typed here.
    #[prop(into)]
    text: String,
    /// Loads the present state.
    #[prop(into)]
    on_load: Callback<()>,
) -> impl IntoView {
    submission.says_conflicts();
    move || {
        let text = text.clone();
        submission.is_stale().then(|| {
            view! {
                <div data-refused="here">
                    <Callout tone=Tone::Warning title=title.clone()>
                        {text} " "
                        <Button size=ButtonSize::Small on_click=move |_| on_load.run(())>"Load the present state"</Button>
                    </Callout>
                </div>
            }
        })
    }
}
