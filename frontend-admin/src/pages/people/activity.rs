use leptos::prelude::*;
use orion_app::{action_words, changes_words, use_client, use_load};
use orion_types::Page;
use orion_types::admin::AuditQuery;
use orion_types::audit::AuditEntry;
use orion_ui::*;

/// What somebody did last, as the audit log has it under their address; all of it is a link away.
#[component]
pub fn Activity(
    /// Their address.
    email: String,
) -> impl IntoView {
    let client = use_client();
    let all = format!("/audit?actor={}", String::from(js_sys::encode_uri_component(&email)));
    let entries = use_load(move || {
        let query = AuditQuery {
            actor: Some(email.clone()),
            limit: Some(10),
            ..AuditQuery::default()
        };
        async move { client.get_query::<Page<AuditEntry>>("/audit", &query).await }
    });
    let actions = move || {
        let all = all.clone();
        view! { <LinkButton href=all variant=ButtonVariant::Ghost size=ButtonSize::Small>"All of it"</LinkButton> }
    };
    view! {
        <Card title="Activity" actions>
            <Loaded state=entries.state() skeleton=|| view! { <TextSkeleton lines=3/> } on_retry=move |()| entries.reload() let:value>
                {if value.data.is_empty() {
                    view! { <p class="text-sm text-muted">"Nothing that is shown to you."</p> }.into_any()
                } else {
                    view! { <Timeline items=Signal::stored(value.data.iter().map(line).collect::<Vec<_>>())/> }.into_any()
                }}
            </Loaded>
        </Card>
    }
    .into_any()
}

fn line(entry: &AuditEntry) -> TimelineItem {
    let place = entry.store.clone().map(|store| format!("in {store}"));
    let told: Vec<String> = place.into_iter().chain(changes_words(entry)).collect();
    TimelineItem::new(action_words(&entry.action), Moment::from(entry.created_at.0.clone())).description(told.join(" · "))
}
