//! Handing the store over: the question to the owner, and the offer as both see it.

use leptos::prelude::*;
use orion_app::{CodeField, Loader, Refused, use_client, use_load, use_submission};
use orion_client::{ApiError, SessionClient};
use orion_types::team::{AcceptOwnership, OfferOwnership, OwnershipOffer, OwnershipState, TeamMember};
use orion_ui::*;

use crate::store::{page_store, use_profile};

/// The offer of this store, as one of its members sees it.
pub fn use_offer() -> Loader<OwnershipState> {
    let client = use_client();
    use_load(move || async move { client.get::<OwnershipState>("/ownership-offer").await })
}

/// Asks the owner whether a member is to have the store.
#[component]
pub fn OfferDialog(open: RwSignal<bool>, member: StoredValue<TeamMember>, offer: Loader<OwnershipState>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let [password, code] = [(); 2].map(|()| RwSignal::new(String::new()));
    let (id, name) = member.with_value(|member| (member.id, member.name.clone()));
    let title = format!("Hand the store over to {name}?");
    let send = move |_| {
        let body = OfferOwnership {
            member_id: id,
            current_password: password.get_untracked(),
            one_time_code: code.get_untracked(),
        };
        let call = async move { client.post::<OwnershipOffer>("/ownership-offer", &body).await };
        submission.send(call, move |made| {
            toasts.success(format!("The store is offered to {}", made.to_name));
            password.try_set(String::new());
            code.try_set(String::new());
            open.try_set(false);
            offer.reload();
        });
    };
    view! {
        <Dialog
            open title description="They get a mail. Once they have accepted the store is theirs, and you go on as a manager."
            footer=move || view! {
                <Button on_click=move |_| open.set(false)>"Cancel"</Button>
                <Button variant=ButtonVariant::Critical busy=submission.busy() on_click=send>"Offer the store"</Button>
            }
        >
            <div class="ui-stack">
                <Refused submission title="Not offered"/>
                <Field label="Your password" error=submission.field("/current_password")>
                    <TextInput value=password kind=InputKind::Password autocomplete="current-password" name="current_password"/>
                </Field>
                <CodeField submission value=code/>
            </div>
        </Dialog>
    }
    .into_any()
}

/// The offer, where there is one for who looks: the owner takes it back, whom it was made to accepts or declines it.
#[component]
pub fn OfferCard(
    offer: Loader<OwnershipState>,
    /// Runs when the store has changed hands.
    #[prop(into)]
    on_accepted: Callback<()>,
) -> impl IntoView {
    let failed = move || match offer.state().get() {
        // Who may not see offers has none; what could not be loaded may be one that ends in a few days.
        Load::Failed(error) if !error.missing && !error.forbidden => {
            let (message, request_id) = (error.message, error.request_id);
            Some(
                view! { <ErrorState title="Whether a store is offered to you could not be loaded" message request_id=Signal::stored(request_id) on_retry=move |()| offer.reload()/> },
            )
        }
        _ => None,
    };
    let shown = move || {
        let shown = offer.get()?.offer?;
        Some(if shown.for_you {
            view! { <Offered shown offer on_accepted/> }.into_any()
        } else {
            view! { <Waiting shown offer/> }.into_any()
        })
    };
    view! {
        {failed}
        {shown}
    }
}

/// The offer on the page of whoever is signed in, which every member reaches.
#[component]
pub fn OwnOffer() -> impl IntoView {
    page_store()
        .is_some()
        .then(|| view! { <OfferCard offer=use_offer() on_accepted=|()| ()/> })
}

async fn withdraw(client: SessionClient) -> Result<(), ApiError> {
    client.delete::<()>("/ownership-offer").await
}

#[component]
fn Waiting(shown: OwnershipOffer, offer: Loader<OwnershipState>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let cancel = move |_| {
        submission.send(withdraw(client), move |()| {
            toasts.success("The offer is taken back");
            offer.reload();
            keep_focus();
        });
    };
    let title = format!("The store is offered to {}", shown.to_name);
    view! {
        <Callout tone=Tone::Accent title>
            <div class="ui-stack">
                <span>"It stays yours until they have accepted, by " <DateTime at=Moment::from(shown.expires_at.0)/> " at the latest."</span>
                <Refused submission title="Not taken back"/>
                <div><Button busy=submission.busy() on_click=cancel>"Take the offer back"</Button></div>
            </div>
        </Callout>
    }
    .into_any()
}

#[component]
fn Offered(shown: OwnershipOffer, offer: Loader<OwnershipState>, on_accepted: Callback<()>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let profile = use_profile();
    let [accepting, declining] = [(); 2].map(|()| use_submission());
    let [password, code] = [(); 2].map(|()| RwSignal::new(String::new()));
    let accept = move |_| {
        let body = AcceptOwnership {
            current_password: password.get_untracked(),
            one_time_code: code.get_untracked(),
        };
        let call = async move { client.post::<()>("/ownership-offer/accept", &body).await };
        accepting.send(call, move |()| {
            toasts.success("The store is yours");
            // With it come rights, and the pages behind them.
            profile.reload();
            offer.reload();
            on_accepted.run(());
        });
    };
    let decline = move |_| {
        declining.send(withdraw(client), move |()| {
            toasts.success("The offer is declined");
            offer.reload();
            keep_focus();
        });
    };
    let title = format!("{} offers you this store", shown.from_name);
    view! {
        <Callout tone=Tone::Accent title>
            <div class="ui-stack">
                <span>
                    "If you accept, it is yours, and they go on as a manager. The offer is good until "
                    <DateTime at=Moment::from(shown.expires_at.0)/> "."
                </span>
                <Refused submission=accepting title="Not accepted"/>
                <Refused submission=declining title="Not declined"/>
                <Field label="Your password" error=accepting.field("/current_password")>
                    <TextInput value=password kind=InputKind::Password autocomplete="current-password" name="current_password"/>
                </Field>
                <CodeField submission=accepting value=code/>
                <div class="ui-row">
                    <Button variant=ButtonVariant::Primary busy=accepting.busy() on_click=accept>"Accept the store"</Button>
                    <Button busy=declining.busy() on_click=decline>"Decline"</Button>
                </div>
            </div>
        </Callout>
    }
    .into_any()
}
