use leptos::prelude::*;
use orion_app::{action_words, changes_words, use_client, use_load};
use orion_types::Page;
use orion_types::admin::AuditQuery;
use orion_types::audit::AuditEntry;
use orion_ui::*;

/// What was done to the store itself; everything that happens in it is a link away.
#[component]
pub fn History(
    /// The store's id.
    store: String,
) -> impl IntoView {
    let client = use_client();
    let all = format!("/audit?store={store}");
    let entries = use_load(move || {
        let query = AuditQuery {
            store: Some(store.clone()),
            action: Some("store".to_owned()),
            limit: Some(10),
            ..AuditQuery::default()
        };
        async move { client.get_query::<Page<AuditEntry>>("/audit", &query).await }
    });
    let actions = move || {
        let all = all.clone();
        view! { <LinkButton href=all variant=ButtonVariant::Ghost size=ButtonSize::Small>"Everything in this store"</LinkButton> }
    };
    view! {
        <Card title="History" actions>
            <Loaded state=entries.state() skeleton=|| view! { <TextSkeleton lines=3/> } on_retry=move |()| entries.reload() let:value>
                {if value.data.is_empty() {
                    view! { <p class="text-sm text-muted">"Nothing was changed since the store was made."</p> }.into_any()
                } else {
                    view! { <Timeline items=Signal::stored(value.data.iter().map(line).collect::<Vec<_>>())/> }.into_any()
                }}
            </Loaded>
        </Card>
    }
}

fn line(entry: &AuditEntry) -> TimelineItem {
    let tone = match entry.action.as_str() {
        "store.suspended" => Tone::Critical,
        "store.created" | "store.reactivated" => Tone::Positive,
        _ => Tone::Neutral,
    };
    TimelineItem::new(action_words(&entry.action), Moment::from(entry.created_at.0.clone()))
        .description(changes_words(entry).join(" · "))
        .actor(entry.actor.clone())
        .tone(tone)
}
