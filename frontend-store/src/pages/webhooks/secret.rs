use leptos::prelude::*;
use orion_ui::*;

/// A secret that was just made, to be copied now. It is a part of the page and no dialog, so that a press beside it does not take it away.
#[component]
pub fn SecretCard(
    /// `whsec_…`
    secret: String,
    /// What else there is to say about it.
    #[prop(optional_no_strip, into)]
    note: Option<String>,
    /// On the way on.
    children: ChildrenFn,
) -> impl IntoView {
    view! {
        <Card title="The endpoint's secret" description="With it the receiver sees that a message comes from this store.">
            <div class="ui-stack">
                <CopyText value=secret whole=true/>
                <Callout tone=Tone::Warning title="Copy it now: it is not shown again">
                    "Keep it where the receiver reads its other secrets, and in no source text. Every library for Standard Webhooks takes it as it is."
                </Callout>
                {note.map(|note| view! { <p class="text-sm text-muted">{note}</p> })}
                <div class="ui-row">{children()}</div>
            </div>
        </Card>
    }
    .into_any()
}
