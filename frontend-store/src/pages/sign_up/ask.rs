//! The first page: a shop is asked for by somebody new, or opened at once by somebody who is signed in.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_app::{Refused, use_load, use_session, use_submission};
use orion_client::SessionState;
use orion_types::people::{CreateOwnStore, CreateSignUp, OpenedStore, SignUpOffer};
use orion_ui::*;

use super::fields::{ShopFields, ShopForm};
use super::use_way_in;

/// What the platform offers, and the form.
#[component]
pub fn SignUpPage() -> impl IntoView {
    let session = use_session();
    let offer = use_load(move || async move { session.public().get::<SignUpOffer>("/sign-up").await });
    let subtitle = Signal::derive(move || match offer.state().get() {
        Load::Ready(offer) if offer.open => format!("On {}, with an address of its own", offer.platform),
        _ => String::new(),
    });
    let footer = move || {
        let signed_in = session.state().get() == SessionState::SignedIn;
        let (href, label) = if signed_in {
            (app_href("/stores"), "Your shops")
        } else {
            (app_href("/login?next=%2Fsign-up"), "You have an account? Sign in")
        };
        view! { <a class="ui-link" href=href>{label}</a> }
    };
    let form = |offer: SignUpOffer| {
        if offer.open { view! { <Shop offer/> }.into_any() } else { closed() }
    };
    view! {
        <AuthLayout title="Open a shop" subtitle footer>
            <Loaded state=offer.state() skeleton=|| view! { <TextSkeleton lines=6/> } on_retry=move |()| offer.reload() children=form/>
        </AuthLayout>
    }
    .into_any()
}

/// The form for whoever is there. What is typed about the shop stays when a session turns out to be over.
#[component]
fn Shop(offer: SignUpOffer) -> impl IntoView {
    let session = use_session();
    let fields = ShopFields::new(offer);
    move || match session.state().get() {
        SessionState::Restoring => view! { <TextSkeleton lines=6/> }.into_any(),
        SessionState::SignedIn => view! { <OwnShop fields/> }.into_any(),
        SessionState::SignedOut => view! { <NewShop fields/> }.into_any(),
    }
}

fn closed() -> AnyView {
    view! {
        <Callout tone=Tone::Neutral title="Nobody opens a shop here by themselves">
            "Ask whoever runs the platform for one."
        </Callout>
    }
    .into_any()
}

/// Somebody new: a mail confirms the address first.
#[component]
fn NewShop(fields: ShopFields) -> impl IntoView {
    let session = use_session();
    let submission = use_submission();
    let email = RwSignal::new(String::new());
    let sent = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let body = CreateSignUp {
            email: email.get_untracked(),
            name: fields.name.get_untracked(),
            code: fields.code.get_untracked(),
            currency: fields.currency.get_untracked(),
            locale: fields.locale.get_untracked(),
            terms_version: fields.terms_version(),
        };
        focus_next_frame();
        let call = async move { session.public().post::<()>("/sign-up", &body).await };
        submission.send(call, move |()| {
            sent.try_set(true);
        });
    };
    let form = move || {
        view! {
            <form class="ui-stack" on:submit=submit novalidate=true>
                <Refused submission title="Not sent"/>
                <ShopForm fields submission/>
                <Field label="Your e-mail" hint="A link goes there, by which you open the shop" error=submission.field("/email")>
                    <TextInput value=email kind=InputKind::Email autocomplete="email" name="email"/>
                </Field>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy() full_width=true>"Open a shop"</Button>
            </form>
        }
        .into_any()
    };
    view! { {move || if sent.get() { told(email, sent) } else { form() }} }.into_any()
}

/// The same words whether the address has an account or not, and the way back to the form as it was, for an address that was mistyped.
fn told(email: RwSignal<String>, sent: RwSignal<bool>) -> AnyView {
    view! {
        <div class="ui-stack">
            <Callout tone=Tone::Positive title="Look into your mailbox">
                {format!("A mail is on its way to {}. It says how to go on, within a day.", email.get_untracked().trim())}
            </Callout>
            <Button on_click=move |_| sent.set(false)>"Change something"</Button>
        </div>
    }
    .into_any()
}

/// Somebody who is signed in opens the shop at once.
#[component]
fn OwnShop(fields: ShopFields) -> impl IntoView {
    let session = use_session();
    let submission = use_submission();
    let go_in = use_way_in();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let body = CreateOwnStore {
            name: fields.name.get_untracked(),
            code: fields.code.get_untracked(),
            currency: fields.currency.get_untracked(),
            locale: fields.locale.get_untracked(),
            terms_version: fields.terms_version(),
        };
        let call = async move { session.optional().post::<OpenedStore>("/me/stores", &body).await };
        submission.send(call, go_in);
    };
    view! {
        <form class="ui-stack" on:submit=submit novalidate=true>
            <p class="text-sm text-muted">"The account that is signed in will own it."</p>
            <Refused submission title="Not opened"/>
            <ShopForm fields submission/>
            <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy() full_width=true>"Open the shop"</Button>
        </form>
    }
    .into_any()
}
