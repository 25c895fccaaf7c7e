//! The cart of this browser, shown in the header, the drawer, the cart page and the checkout.

use leptos::prelude::*;
use orion_client::{ApiError, Session};
use orion_types::cart::{AddCartItem, Cart, CartItem, UpdateCartItem};
use orion_types::{CartItemId, VariantId};
use orion_ui::use_toasts;

use crate::browser::browser_memory;
use crate::shop::shop;

/// The cart, which the root component has put into the context.
#[derive(Clone, Copy)]
pub struct Basket {
    session: Session,
    /// The cart as the server knows it; absent until it has answered.
    pub cart: RwSignal<Option<Cart>>,
    /// Whether the drawer is open.
    pub open: RwSignal<bool>,
    /// Whether a change is on its way.
    pub busy: RwSignal<bool>,
}

/// Where tabs tell one another that the cart has changed.
fn changes() -> String {
    format!("orion.cart{}", shop().base)
}

/// The cart of this browser.
pub fn use_basket() -> Basket {
    expect_context::<Basket>()
}

impl Basket {
    /// A cart that was not asked for yet.
    pub fn new(session: Session) -> Self {
        Self {
            session,
            cart: RwSignal::new(None),
            open: RwSignal::new(false),
            busy: RwSignal::new(false),
        }
    }

    /// Asks for the cart.
    pub fn load(&self) {
        let Self { session, cart, .. } = *self;
        leptos::task::spawn_local(async move {
            if let Ok(answer) = session.optional().get::<Cart>("/cart").await {
                cart.try_set(Some(answer));
            }
        });
    }

    /// Asks again when another tab has changed the cart.
    pub fn follow_other_tabs(&self) {
        let basket = *self;
        window_event_listener(leptos::ev::storage, move |event| {
            if event.key().as_deref() == Some(&changes()) {
                basket.load();
            }
        });
    }

    /// Tells the other tabs that the cart is another one now.
    pub fn tell_other_tabs(&self) {
        if let Some(memory) = browser_memory() {
            // Another value each time, or nobody would hear of it.
            memory.set_item(&changes(), &(js_sys::Date::now() as u64).to_string()).ok();
        }
    }

    /// Units in the cart.
    pub fn count(&self) -> i32 {
        self.cart.with(|cart| cart.as_ref().map_or(0, |cart| cart.item_count))
    }

    /// The lines, in the order the server keeps.
    pub fn items(&self) -> Vec<CartItem> {
        self.cart
            .with(|cart| cart.as_ref().map(|cart| cart.items.clone()).unwrap_or_default())
    }

    /// Whether something in it cannot be ordered as it is.
    pub fn blocked(&self) -> bool {
        let blocked = |cart: &Cart| !cart.items.is_empty() && !cart.can_checkout;
        self.cart.with(|cart| cart.as_ref().is_some_and(blocked))
    }

    /// Puts units into the cart and opens the drawer; `done` gets what went wrong.
    pub fn add(&self, variant_id: VariantId, quantity: i32, done: impl FnOnce(Option<ApiError>) + 'static) {
        let basket = *self;
        self.change(
            async move {
                basket
                    .session
                    .optional()
                    .post("/cart/items", &AddCartItem { variant_id, quantity })
                    .await
            },
            move |error| {
                if error.is_none() {
                    basket.open.set(true);
                }
                done(error);
            },
        );
    }

    /// Sets the quantity of a line.
    pub fn set_quantity(&self, item: CartItemId, quantity: i32) {
        let (session, failed) = (self.session, self.complain());
        let call = async move {
            session
                .optional()
                .patch(&format!("/cart/items/{item}"), &UpdateCartItem { quantity }, Default::default())
                .await
        };
        self.change(call, failed);
    }

    /// Takes a line out.
    pub fn remove(&self, item: CartItemId) {
        let (session, failed) = (self.session, self.complain());
        self.change(
            async move { session.optional().delete(&format!("/cart/items/{item}")).await },
            failed,
        );
    }

    /// Tells about a change that was refused, and shows what the server has.
    fn complain(&self) -> impl FnOnce(Option<ApiError>) + 'static {
        let (basket, toasts) = (*self, use_toasts());
        move |error| {
            if let Some(error) = error {
                toasts.error(error.message());
                basket.load();
            }
        }
    }

    fn change(&self, call: impl Future<Output = Result<Cart, ApiError>> + 'static, done: impl FnOnce(Option<ApiError>) + 'static) {
        let (basket, Self { cart, busy, .. }) = (*self, *self);
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = call.await;
            busy.set(false);
            match answer {
                Ok(answer) => {
                    cart.set(Some(answer));
                    basket.tell_other_tabs();
                    done(None);
                }
                Err(error) => done(Some(error)),
            }
        });
    }
}
