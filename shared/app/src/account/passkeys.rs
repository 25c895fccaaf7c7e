use leptos::prelude::*;
use orion_types::Page;
use orion_types::passkey::{MAX_PASSKEYS, Passkey};
use orion_ui::*;

use super::new_passkey::NewPasskey;
use super::passkey_dialogs::{RemoveDialog, RenameDialog};
use crate::passkey::has_passkeys;
use crate::{use_client, use_load};

/// The passkeys of the account, and the way to another one where the browser has them.
#[component]
pub(super) fn PasskeysCard(
    /// Runs when one was added or removed.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let passkeys = use_load(move || async move { client.get::<Page<Passkey>>("/me/passkeys").await.map(|page| page.data) });
    let adding = RwSignal::new(false);
    let done = Callback::new(move |()| {
        adding.set(false);
        passkeys.reload();
        on_changed.run(());
    });
    view! {
        <Card title="Passkeys" description="Keys of your devices: you sign in with a PIN, a finger or a face, and type neither password nor code.">
            <div class="ui-stack">
                <Loaded state=passkeys.state() skeleton=|| view! { <TextSkeleton lines=2/> } on_retry=move |()| passkeys.reload() let:value>
                    <Shown passkeys=value adding done/>
                </Loaded>
                {move || adding.get().then(|| view! { <NewPasskey adding done/> })}
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn Shown(passkeys: Vec<Passkey>, adding: RwSignal<bool>, done: Callback<()>) -> impl IntoView {
    let full = passkeys.len() >= MAX_PASSKEYS;
    let none = passkeys.is_empty();
    let way = if full {
        view! { <p class="text-sm text-muted">"These are as many as an account can have."</p> }.into_any()
    } else if has_passkeys() {
        let add = move || (!adding.get()).then(|| view! { <div><Button on_click=move |_| adding.set(true)>"Add a passkey"</Button></div> });
        add.into_any()
    } else {
        view! { <p class="text-sm text-muted">"This browser has none at this address."</p> }.into_any()
    };
    view! {
        {none.then(|| view! { <p>"There is none."</p> })}
        {(!none).then(|| view! {
            <ul class="divide-y divide-border">{passkeys.into_iter().map(|row| view! { <Row row done/> }).collect_view()}</ul>
        })}
        {way}
    }
    .into_any()
}

#[component]
fn Row(row: Passkey, done: Callback<()>) -> impl IntoView {
    let [renaming, removing] = [(); 2].map(|()| RwSignal::new(false));
    let used = match row.last_used_at {
        Some(at) => view! { ", used " <RelativeTime at=Moment::from(at.0)/> }.into_any(),
        None => view! { ", not used yet" }.into_any(),
    };
    let id = row.id;
    let [first, second, old, name] = [(); 4].map(|()| row.name.clone());
    view! {
        <li class="flex flex-wrap items-center justify-between gap-4 py-3">
            <span>
                <span class="block font-medium">{row.name}</span>
                <span class="block text-sm text-muted">"For " {row.host} ", added " <DateTime at=Moment::from(row.created_at.0)/> {used}</span>
            </span>
            <span class="ui-row">
                <Button size=ButtonSize::Small on_click=move |_| renaming.set(true)>"Rename" <span class="ui-sr-only">{first}</span></Button>
                <Button size=ButtonSize::Small on_click=move |_| removing.set(true)>"Remove" <span class="ui-sr-only">{second}</span></Button>
            </span>
            <RenameDialog open=renaming id name=old done/>
            <RemoveDialog open=removing id name done/>
        </li>
    }
    .into_any()
}
