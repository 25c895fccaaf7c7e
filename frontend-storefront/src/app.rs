use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;
use orion_client::{Session, page_context};
use orion_types::store::StorefrontInfo;
use orion_ui::{ErrorState, ErrorsUntilEdited, Load, LoadError, ToastHost, UiSettings, provide_ui};

use crate::account::Account;
use crate::basket::Basket;
use crate::frame::{self, Frame, Surroundings};
use crate::pages::account::{AccountPage, AddressesPage, OrdersPage, ProfilePage, SavedOrderPage};
use crate::pages::cart::CartPage;
use crate::pages::checkout::CheckoutPage;
use crate::pages::email::ConfirmEmailPage;
use crate::pages::home::HomePage;
use crate::pages::listing::{CategoryPage, ProductsPage, SearchPage};
use crate::pages::missing::MissingPage;
use crate::pages::order::OrderPage;
use crate::pages::password::{AskPasswordPage, ResetPasswordPage};
use crate::pages::product::ProductPage;
use crate::pages::sign_in::{LoginPage, RegisterPage};
use crate::pages::track::TrackPage;
use crate::shop::{Shop, open, shop};
use crate::{bundle, prepare, scroll, text};

/// What one bundle has and the other has not.
#[derive(Clone, Copy)]
pub struct Parts {
    /// The routes.
    pub pages: fn() -> AnyView,
    /// What surrounds them.
    pub surroundings: Surroundings,
}

/// The app: settings first, then the shop, or why it cannot be shown.
#[component]
pub fn App(
    /// The shop, or why it did not come.
    info: Load<StorefrontInfo>,
    /// What the bundle shows.
    parts: Parts,
) -> impl IntoView {
    let page = page_context();
    provide_ui(UiSettings {
        base_path: page.base.clone(),
        locale: Some(text::locale().code().to_owned()).into(),
        text: Signal::stored(text::kit_words()),
    });
    provide_context(ErrorsUntilEdited);
    match info {
        Load::Ready(info) => {
            open(Shop {
                info,
                base: page.base,
                api: page.api,
            });
            view! { <OpenShop parts/> }.into_any()
        }
        Load::Failed(LoadError { message, request_id, .. }) => {
            let again = move |()| drop(window().location().reload());
            view! { <main class="shop-page"><ErrorState message request_id=Signal::stored(request_id) on_retry=again/></main> }.into_any()
        }
        Load::Loading => ().into_any(),
    }
}

#[component]
fn OpenShop(parts: Parts) -> impl IntoView {
    let session = Session::new(shop().api.as_str());
    provide_context(session);
    let account = Account::start(session);
    provide_context(account);
    let basket = Basket::new(session);
    provide_context(basket);
    let refresh = move || {
        if shop().sells() {
            basket.load();
        }
    };
    refresh();
    window_event_listener(leptos::ev::pageshow, move |event| {
        // Brought back as it was left: what the other bundle has done since is not known here.
        if event.persisted() {
            account.check_again();
            refresh();
        }
    });
    basket.follow_other_tabs();
    scroll::remember_places();
    bundle::let_links_leave();
    view! {
        <Router base=shop().base.clone()>
            <Frame around=parts.surroundings page=parts.pages/>
            <ToastHost/>
        </Router>
    }
}

/// The bundle for looking around.
pub const BROWSE: Parts = Parts {
    pages: browse_pages,
    surroundings: frame::SHOP,
};

/// The bundle for customers; search and cart lead out of it.
pub const CHECKOUT: Parts = Parts {
    pages: checkout_pages,
    surroundings: frame::CUSTOMERS,
};

/// The pages for looking around.
fn browse_pages() -> AnyView {
    prepare::prepare_links();
    bundle::fetch_ahead_of_checkout();
    view! {
        <FlatRoutes fallback=|| view! { <MissingPage/> }>
            <Route path=path!("/") view=HomePage/>
            <Route path=path!("/products") view=ProductsPage/>
            <Route path=path!("/products/:slug") view=ProductPage/>
            <Route path=path!("/categories/:slug") view=CategoryPage/>
            <Route path=path!("/search") view=SearchPage/>
            <Route path=path!("/cart") view=selling(CartPage)/>
        </FlatRoutes>
    }
    .into_any()
}

/// The pages of a customer; their addresses are in [`orion_types::StorefrontBundle`] too.
fn checkout_pages() -> AnyView {
    view! {
        <FlatRoutes fallback=|| view! { <MissingPage/> }>
            <Route path=path!("/checkout") view=selling(CheckoutPage)/>
            <Route path=path!("/orders/:id") view=selling(OrderPage)/>
            <Route path=path!("/track") view=selling(TrackPage)/>
            <Route path=path!("/login") view=LoginPage/>
            <Route path=path!("/register") view=RegisterPage/>
            <Route path=path!("/password") view=AskPasswordPage/>
            <Route path=path!("/password/new") view=ResetPasswordPage/>
            <Route path=path!("/email") view=ConfirmEmailPage/>
            <Route path=path!("/account") view=AccountPage/>
            <Route path=path!("/account/orders") view=selling(OrdersPage)/>
            <Route path=path!("/account/orders/:id") view=selling(SavedOrderPage)/>
            <Route path=path!("/account/addresses") view=AddressesPage/>
            <Route path=path!("/account/profile") view=ProfilePage/>
        </FlatRoutes>
    }
    .into_any()
}

/// A page that is there only where things can be bought.
fn selling<V: IntoView + 'static>(page: fn() -> V) -> impl Fn() -> AnyView + Clone + Send + 'static {
    move || {
        if shop().sells() {
            page().into_any()
        } else {
            view! { <MissingPage/> }.into_any()
        }
    }
}
