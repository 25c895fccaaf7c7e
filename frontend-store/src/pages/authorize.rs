//! Somebody is asked whether a program may act for them (OAuth 2.1): who asks, where the answer leads, and a box for each right.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use orion_app::{Refused, use_client, use_load, use_submission};
use orion_types::RightSet;
use orion_types::oauth::{AskConnection, AskedConnection, AskedRight, ConfirmConnection, ConnectionAnswer, ConnectionRefusal};
use orion_types::permission::Permission;
use orion_ui::*;
use web_sys::UrlSearchParams;

use crate::rights::capitalised;
use crate::store::page_store;

/// What a program asks for, as it stands in the address that it has sent somebody to.
fn asked_in(search: &str) -> AskConnection {
    let fields = UrlSearchParams::new_with_str(search).ok();
    let text = |name: &str| fields.as_ref().and_then(|fields| fields.get(name)).unwrap_or_default();
    AskConnection {
        client_id: text("client_id"),
        redirect_uri: text("redirect_uri"),
        response_type: text("response_type"),
        scope: text("scope"),
        state: text("state"),
        code_challenge: text("code_challenge"),
        code_challenge_method: text("code_challenge_method"),
        resource: text("resource"),
    }
}

/// The consent page.
#[component]
pub fn AuthorizePage() -> impl IntoView {
    let client = use_client();
    let asked = StoredValue::new(asked_in(&use_location().search.get_untracked()));
    let shown = use_load(move || {
        let body = asked.get_value();
        async move { client.post::<AskedConnection>("/connections/look-up", &body).await }
    });
    let title = Signal::derive(move || match shown.state().get() {
        Load::Ready(shown) => format!("{} asks to act for you", shown.program),
        _ => "A program asks to act for you".to_owned(),
    });
    let subtitle = page_store().map_or_else(String::new, |store| format!("In the dashboard of {}", store.name));
    view! {
        <AuthLayout title subtitle>
            <Loaded state=shown.state() skeleton=|| view! { <TextSkeleton lines=5/> } on_retry=move |()| shown.reload() let:value>
                {match value.refusal.clone() {
                    Some(refusal) => refused(&value, refusal),
                    None => view! { <Consent shown=value asked/> }.into_any(),
                }}
            </Loaded>
        </AuthLayout>
    }
    .into_any()
}

/// Who it is, and where the answer goes to: what somebody can hold against what they have begun.
fn who(shown: &AskedConnection) -> AnyView {
    let says = match &shown.document_host {
        Some(host) => format!("{host}, by its own word"),
        None => "Registered by this store".to_owned(),
    };
    let leads = if shown.redirect_is_local {
        format!("This device ({})", shown.redirect_host)
    } else {
        shown.redirect_host.clone()
    };
    let facts = vec![
        Definition::new("Program", shown.program.clone()),
        Definition::new("Who says so", says),
        Definition::new("The answer goes to", leads),
    ];
    view! { <DefinitionList items=facts/> }.into_any()
}

fn refused(shown: &AskedConnection, refusal: ConnectionRefusal) -> AnyView {
    view! {
        <div class="ui-stack">
            {who(shown)}
            <Callout tone=Tone::Critical title="It has asked in a way that cannot be answered">{refusal.told}</Callout>
            <a class="ui-link" href=refusal.redirect_to rel="external">{format!("Back to {}", shown.redirect_host)}</a>
        </div>
    }
    .into_any()
}

#[component]
fn Consent(shown: AskedConnection, asked: StoredValue<AskConnection>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let can_give: RightSet = shown.rights.iter().filter(|right| right.held).map(|right| right.right).collect();
    let chosen = RwSignal::new(can_give);
    let decide = move |allow: bool| {
        let rights = chosen.get_untracked().with_implied().within(can_give);
        let body = ConfirmConnection {
            asked: asked.get_value(),
            allow,
            rights: rights.iter().collect(),
        };
        let call = async move { client.post::<ConnectionAnswer>("/connections/confirm", &body).await };
        submission.send(call, move |answer| {
            if window().location().set_href(&answer.redirect_to).is_err() {
                toasts.error("The browser does not go back to the program.");
            }
        });
    };
    let wrong = submission.fields_below("/rights");
    let choices = shown.rights.iter().map(|right| choice(right, chosen)).collect_view();
    let nothing = can_give.is_empty().then(|| {
        view! { <Callout tone=Tone::Warning title="You hold none of what it asks for">"There is nothing that you could allow."</Callout> }
    });
    view! {
        <div class="ui-stack">
            {who(&shown)}
            <Refused submission title="Not answered"/>
            <fieldset class="ui-stack-tight min-w-0">
                <legend class="ui-field__label pb-1">"What it may do"</legend>
                {choices}
            </fieldset>
            {move || wrong.get().map(|wrong| view! { <Callout tone=Tone::Critical title=wrong/> })}
            {nothing}
            <p class="text-sm text-muted">
                "It never may do more than you. It ends when you revoke it, when it was not used for 30 days, and after half a year. Allow it only if you have begun this yourself."
            </p>
            <div class="ui-row">
                <Button variant=ButtonVariant::Primary busy=submission.busy() disabled=Signal::derive(move || chosen.get().is_empty()) on_click=move |_| decide(true)>
                    "Allow"
                </Button>
                <Button busy=submission.busy() on_click=move |_| decide(false)>"Deny"</Button>
            </div>
        </div>
    }
    .into_any()
}

fn choice(asked: &AskedRight, chosen: RwSignal<RightSet>) -> AnyView {
    let (right, held) = (asked.right, asked.held);
    let ticked = RwSignal::new(held);
    let comes_along = Memo::new(move |_| brings(chosen.get(), right));
    orion_ui::watch(move || ticked.set(held && (chosen.get().holds(right) || comes_along.get())));
    let tick = move |now: bool| {
        chosen.update(|chosen| *chosen = if now { chosen.with(right) } else { chosen.without(right) });
    };
    let hint = if held {
        right.key().to_owned()
    } else {
        format!("{}: you do not hold it", right.key())
    };
    let fixed = Signal::derive(move || !held || comes_along.get());
    view! { <Checkbox checked=ticked label=capitalised(&asked.words) hint=hint disabled=fixed on_change=tick/> }.into_any()
}

/// Whether a right comes along with another that is chosen.
fn brings(chosen: RightSet, right: Permission) -> bool {
    chosen.iter().any(|other| other.implied() == Some(right))
}
