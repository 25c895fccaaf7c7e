use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_app::{Loader, use_load, use_submission};
use orion_client::Options;
use orion_types::AddressId;
use orion_types::Page;
use orion_types::customer::{SaveAddress, SavedAddress};
use orion_types::validation::COUNTRY_CODES;
use orion_ui::*;

use super::AccountFrame;
use crate::account::use_account;
use crate::pages::checkout::{AddressFields, AddressForm};
use crate::parts::address_text;
use crate::text::{Text, field_error, t};

/// The customer's address book.
#[component]
pub fn AddressesPage() -> impl IntoView {
    view! { <AccountFrame title=Text::Addresses><Book/></AccountFrame> }.into_any()
}

/// What the form is open for.
#[derive(Clone, Copy, PartialEq)]
enum Editing {
    New,
    Known(AddressId),
}

#[component]
fn Book() -> impl IntoView {
    let session = use_account().session;
    let addresses = use_load(move || async move {
        session
            .optional()
            .get::<Page<SavedAddress>>("/account/addresses")
            .await
            .map(|page| page.data)
    });
    let editing = RwSignal::new(Editing::New);
    let (open, fields, default) = (RwSignal::new(false), AddressFields::new(&[]), RwSignal::new(false));
    let add = move |_| {
        editing.set(Editing::New);
        default.set(false);
        open.set(true);
    };
    let edit = Callback::new(move |saved: SavedAddress| {
        fields.fill(&saved.address);
        editing.set(Editing::Known(saved.id));
        default.set(saved.is_default);
        open.set(true);
    });
    let list = move |all: Vec<SavedAddress>| {
        if all.is_empty() {
            return view! { <EmptyState compact=true icon=icons::MAP_PIN title=t(Text::NoAddresses).to_owned() description=t(Text::NoAddressesText).to_owned()/> }.into_any();
        }
        view! { <div class="shop-address-cards">{all.into_iter().map(|saved| card(saved, addresses, edit)).collect_view()}</div> }
            .into_any()
    };
    view! {
        <Loaded state=addresses.state() skeleton=|| view! { <TextSkeleton lines=4/> } on_retry=move |()| addresses.reload() children=list/>
        <div><Button icon=icons::PLUS on_click=add>{t(Text::AddAddress)}</Button></div>
        <EditDialog open editing fields default addresses/>
    }
    .into_any()
}

fn card(saved: SavedAddress, addresses: Loader<Vec<SavedAddress>>, edit: Callback<SavedAddress>) -> AnyView {
    let session = use_account().session;
    let id = saved.id;
    let remove = move |_| {
        leptos::task::spawn_local(async move {
            match session.optional().delete::<()>(&format!("/account/addresses/{id}")).await {
                Ok(()) => addresses.reload(),
                Err(error) => use_toasts().error(error.message()),
            }
        });
    };
    let copy = saved.clone();
    view! {
        <div class="shop-address-card">
            <address class="shop-address">{address_text(&saved.address)}</address>
            {saved.is_default.then(|| view! { <Badge tone=Tone::Accent>{t(Text::DefaultAddress)}</Badge> })}
            <div class="ui-row">
                <Button size=ButtonSize::Small icon=icons::PENCIL on_click=move |_| edit.run(copy.clone())>{t(Text::Edit)}</Button>
                <Button size=ButtonSize::Small variant=ButtonVariant::Ghost icon=icons::TRASH on_click=remove>{t(Text::Delete)}</Button>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn EditDialog(
    open: RwSignal<bool>,
    editing: RwSignal<Editing>,
    fields: AddressFields,
    default: RwSignal<bool>,
    addresses: Loader<Vec<SavedAddress>>,
) -> impl IntoView {
    let session = use_account().session;
    let submission = use_submission();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let body = SaveAddress {
            address: fields.read(),
            is_default: default.get_untracked(),
        };
        let target = editing.get_untracked();
        let call = async move {
            let client = session.optional();
            match target {
                Editing::New => client.post::<SavedAddress>("/account/addresses", &body).await,
                Editing::Known(id) => client.put(&format!("/account/addresses/{id}"), &body, Options::default()).await,
            }
        };
        submission.send(call, move |_| {
            open.set(false);
            use_toasts().success(t(Text::Saved));
            addresses.reload();
        });
    };
    let error_at = move |field: &'static str| {
        Signal::derive(move || {
            submission
                .error()
                .and_then(|error| field_error(&error, &format!("/address/{field}")))
        })
    };
    let title = move || {
        t(if editing.get() == Editing::New {
            Text::AddAddress
        } else {
            Text::EditAddress
        })
        .to_owned()
    };
    let countries = || COUNTRY_CODES.iter().map(|code| (*code).to_owned()).collect::<Vec<String>>();
    view! {
        <Dialog open title=Signal::derive(title)>
            <form class="ui-stack" on:submit=save novalidate=true>
                {move || submission.message().get().map(|message| view! { <Callout tone=Tone::Critical>{message}</Callout> })}
                <AddressForm fields section="" countries=countries() error_at/>
                <Checkbox checked=default label=t(Text::MakeDefault).to_owned()/>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary full_width=true busy=submission.busy()>{t(Text::Save)}</Button>
            </form>
        </Dialog>
    }
    .into_any()
}
