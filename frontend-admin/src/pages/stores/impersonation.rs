//! Going into a store's dashboard, with a reason and for a while, and who has been there.

use leptos::prelude::*;
use orion_app::{Loader, Read, Reader, Refused, use_client, use_load, use_submission};
use orion_client::{Options, idempotency_key};
use orion_types::Page;
use orion_types::admin::AdminStore;
use orion_types::impersonation::{
    CreateImpersonation, DEFAULT_IMPERSONATION_MINUTES, Impersonation, ImpersonationLink, ImpersonationQuery, MAX_IMPERSONATION_MINUTES,
    MIN_IMPERSONATION_MINUTES,
};
use orion_types::status::ImpersonationStatus;
use orion_ui::*;

/// How many of the newest the page shows; all of them are in the audit log.
const SHOWN: u32 = 5;

/// The way in, and who has been there last.
#[component]
pub fn ImpersonationCard(store: AdminStore) -> impl IntoView {
    let client = use_client();
    let id = store.id;
    let newest = use_load(move || {
        let query = ImpersonationQuery {
            limit: Some(SHOWN),
            ..ImpersonationQuery::default()
        };
        let path = format!("/stores/{id}/impersonations");
        async move { client.get_query::<Page<Impersonation>>(&path, &query).await }
    });
    let asking = RwSignal::new(false);
    view! {
        <Card title="Impersonation">
            <div class="ui-stack">
                <p class="text-sm text-muted">
                    "Opens the store's dashboard for a while. The owner gets a mail with your reason, sees all that you change in their audit log, and can end it."
                </p>
                <Loaded state=newest.state() skeleton=|| view! { <TextSkeleton lines=2/> } on_retry=move |()| newest.reload() let:value>
                    <ul class="ui-stack">{value.data.into_iter().map(line).collect_view()}</ul>
                </Loaded>
                <div><Button icon=icons::EXTERNAL_LINK on_click=move |_| asking.set(true)>"Impersonate"</Button></div>
            </div>
        </Card>
        <ImpersonateDialog open=asking store newest/>
    }
    .into_any()
}

fn line(row: Impersonation) -> AnyView {
    let state = match row.status {
        ImpersonationStatus::Waiting => "about to begin",
        ImpersonationStatus::Running => "in the dashboard now",
        ImpersonationStatus::Ended => "ended",
        ImpersonationStatus::Unused => "never begun",
    };
    view! {
        <li class="text-sm min-w-0">
            <span class="block font-medium break-words">{row.reason}</span>
            <span class="block text-muted break-words">{row.email} ", " <RelativeTime at=Moment::from(row.created_at.0)/> ", " {state}</span>
        </li>
    }
    .into_any()
}

fn read(reason: RwSignal<String>, minutes: &NumberField, may_change: RwSignal<bool>) -> Read<CreateImpersonation> {
    let mut reader = Reader::new();
    let minutes: u16 = reader.required("/minutes", minutes);
    reader.finish(CreateImpersonation {
        reason: reason.get(),
        minutes: Some(minutes),
        may_change: Some(may_change.get()),
    })
}

/// Asks why and for how long, and shows the link that comes of it.
#[component]
fn ImpersonateDialog(open: RwSignal<bool>, store: AdminStore, newest: Loader<Page<Impersonation>>) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let (least, most) = (i64::from(MIN_IMPERSONATION_MINUTES), i64::from(MAX_IMPERSONATION_MINUTES));
    let usual = i64::from(DEFAULT_IMPERSONATION_MINUTES);
    let minutes = StoredValue::new(NumberField::whole(least, most, Some(usual)));
    let (reason, may_change) = (RwSignal::new(String::new()), RwSignal::new(false));
    let made = RwSignal::new(None::<ImpersonationLink>);
    // One for all attempts, until there is an answer.
    let key = StoredValue::new(idempotency_key());
    let path = format!("/stores/{}/impersonations", store.id);
    let begin = move |_| {
        let (path, once) = (path.clone(), Options::idempotent(key.get_value()));
        submission.send_read(
            untrack(|| read(reason, &minutes.get_value(), may_change)),
            move |body| async move { client.post_with::<ImpersonationLink>(&path, &body, once).await },
            move |link| {
                key.set_value(idempotency_key());
                made.try_set(Some(link));
                newest.reload();
            },
        );
    };
    let begin = StoredValue::new(begin);
    // What was made is for once: who comes back begins another one.
    let close = move || {
        open.set(false);
        made.set(None);
        reason.set(String::new());
        may_change.set(false);
        key.set_value(idempotency_key());
    };
    orion_ui::watch(move || {
        if !open.get() && made.with_untracked(Option::is_some) {
            close();
        }
    });
    let footer = move || {
        if let Some(link) = made.get() {
            return view! {
                <Button on_click=move |_| close()>"Close"</Button>
                <LinkButton href=link.link variant=ButtonVariant::Primary icon=icons::EXTERNAL_LINK external=true>"Enter the dashboard"</LinkButton>
            }
            .into_any();
        }
        view! {
            <Button on_click=move |_| close()>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=move |event| begin.with_value(|begin| begin(event))>"Begin"</Button>
        }
        .into_any()
    };
    let form = move || {
        view! {
            <div class="ui-stack">
                <Refused submission title="Not begun"/>
                <Field label="Reason" hint="The merchant reads it" error=submission.field("/reason")>
                    <TextArea value=reason rows=3 maxlength=500/>
                </Field>
                <Field label="Minutes" hint=format!("{least} to {most}") error=submission.field("/minutes")><NumberInput value=minutes.get_value()/></Field>
                <Checkbox checked=may_change label="Change things" hint="Without it you look and change nothing. Passwords, keys, the team, bank details and files stay closed either way."/>
            </div>
        }
    };
    view! {
        <Dialog open title=format!("Impersonate in {}", store.name) footer>
            {move || match made.get() {
                Some(_) => view! {
                    <Callout tone=Tone::Accent title="The way in is open for a minute">"The link works once. It opens the store's dashboard in another tab."</Callout>
                }.into_any(),
                None => form().into_any(),
            }}
        </Dialog>
    }
    .into_any()
}
