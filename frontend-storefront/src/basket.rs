//! The cart of this browser, shown in the header, the drawer, the cart page and the checkout.

use leptos::prelude::*;
use orion_client::{ApiError, Session};
use orion_types::cart::{AddCartItem, Cart, CartItem, UpdateCartItem};
use orion_types::{CartItemId, VariantId};
use orion_ui::use_toasts;

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

    /// Units in the cart.
    pub fn count(&self) -> i32 {
        self.cart.with(|cart| cart.as_ref().map_or(0, |cart| cart.item_count))
    }

    /// The lines, in the order the server keeps.
    pub fn items(&self) -> Vec<CartItem> {
        self.cart
            .with(|cart| cart.as_ref().map(|cart| cart.items.clone()).unwrap_or_default())
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
        let Self { cart, busy, .. } = *self;
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = call.await;
            busy.set(false);
            match answer {
                Ok(answer) => {
                    cart.set(Some(answer));
                    done(None);
                }
                Err(error) => done(Some(error)),
            }
        });
    }
}
