//! The customer's own pages.

mod addresses;
mod orders;
mod passkeys;
mod profile;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use orion_ui::*;

use crate::account::use_account;
use crate::browser::name_page;
use crate::bundle::use_go;
use crate::pages::email::UnconfirmedEmail;
use crate::shop::shop;
use crate::text::{Text, t, tf};

pub use addresses::AddressesPage;
pub use orders::{OrdersPage, SavedOrderPage};
pub use profile::ProfilePage;

/// The start of the account: the orders, or the profile where nothing is sold.
#[component]
pub fn AccountPage() -> impl IntoView {
    if shop().sells() {
        view! { <OrdersPage/> }.into_any()
    } else {
        view! { <ProfilePage/> }.into_any()
    }
}

/// A page of the account: for customers who are signed in, everybody else signs in first.
#[component]
fn AccountFrame(
    /// What the page is.
    title: Text,
    /// The page.
    children: ChildrenFn,
) -> impl IntoView {
    name_page(move || t(title).to_owned());
    let account = use_account();
    let go = use_go();
    let path = use_location().pathname;
    orion_ui::watch(move || {
        if account.must_sign_in() {
            go(&format!("/login?next={}", app_path(&path.get_untracked())));
        }
    });
    let hello = move || {
        account.profile.get().map_or_else(
            || t(Text::YourAccount).to_owned(),
            |profile| tf(Text::Hello, &[("name", &profile.name)]),
        )
    };
    let unconfirmed = move || {
        let profile = account.profile.get().filter(|profile| !profile.email_verified);
        profile.map(|profile| view! { <UnconfirmedEmail profile/> })
    };
    let children = StoredValue::new(children);
    move || match account.signed_in() {
        Some(true) => view! {
            <div class="shop-page">
                <p class="shop-hello">{hello}</p>
                <h1 class="shop-title">{t(title)}</h1>
                <div class="shop-account">
                    <Navigation/>
                    // The page loads beside the profile but waits for it to be seen: what the profile has to say stands above and would push it down.
                    {move || (!account.profile_settled()).then(|| view! { <section><DetailSkeleton/></section> })}
                    <section class="grid gap-6 min-w-0" hidden=move || !account.profile_settled()>
                        {unconfirmed}{children.with_value(|children| children())}
                    </section>
                </div>
            </div>
        }
        .into_any(),
        _ => view! { <div class="shop-page"><DetailSkeleton/></div> }.into_any(),
    }
}

#[component]
fn Navigation() -> impl IntoView {
    let account = use_account();
    let path = use_location().pathname;
    let go = use_go();
    let link = move |href: &'static str, icon: IconData, text: Text| {
        let current = move || {
            let here = app_path(&path.get());
            (here.starts_with(href) || (here == "/account" && href == "/account/orders")).then_some("page")
        };
        view! { <a class="shop-account__link" href=app_href(href) aria-current=current><Icon icon/>{t(text)}</a> }
    };
    let leave = move |_| {
        let go = go.clone();
        account.sign_out(move || go("/"));
    };
    view! {
        <nav class="shop-account__nav" aria-label=t(Text::YourAccount)>
            {shop().sells().then(|| link("/account/orders", icons::PACKAGE, Text::Orders))}
            {link("/account/addresses", icons::MAP_PIN, Text::Addresses)}
            {link("/account/profile", icons::USER, Text::Profile)}
            <button type="button" class="shop-account__link" on:click=leave><Icon icon=icons::LOG_OUT/>{t(Text::SignOut)}</button>
        </nav>
    }
    .into_any()
}
