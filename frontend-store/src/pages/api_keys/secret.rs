use leptos::prelude::*;
use orion_ui::*;

/// A secret that was just made, to be copied now. It is a part of the page and no dialog, so that a press beside it does not take it away.
#[component]
pub fn SecretCard(
    /// `orion_sk_…`
    secret: String,
    /// What else there is to say about it.
    #[prop(optional_no_strip, into)]
    note: Option<String>,
    /// On the way on.
    children: ChildrenFn,
) -> impl IntoView {
    view! {
        <Card title="The key's secret" description="The program sends it along: Authorization: Bearer …">
            <div class="ui-stack">
                <CopyText value=secret whole=true/>
                <Callout tone=Tone::Warning title="Copy it now: it is not shown again">
                    "Keep it where the program reads its other secrets, and in no source text or page that others can read. Whoever has it may do what the key may."
                </Callout>
                {note.map(|note| view! { <p class="text-sm text-muted">{note}</p> })}
                <div class="ui-row">{children()}</div>
            </div>
        </Card>
    }
    .into_any()
}
