//! Placing the order: once, whatever happens on the way.

use leptos::prelude::*;
use orion_client::{ApiError, Options, idempotency_key};
use orion_types::Money;
use orion_types::checkout::{CheckoutOutcome, CheckoutResult, ConfirmPayment, OpenCheckout, PlaceOrder};
use orion_ui::*;
use wasm_bindgen::JsCast;

use super::draft::Draft;
use crate::account::{Account, use_account};
use crate::basket::{Basket, use_basket};
use crate::pages::order::remember_order;
use crate::shop::{money, shop};
use crate::text::{Text, field_error, t, tf};

/// An attempt: what was sent and the key that makes it the same when it is sent again.
#[derive(Clone, PartialEq)]
struct Attempt {
    order: PlaceOrder,
    key: String,
}

/// The way from the button to the order.
#[derive(Clone, Copy)]
pub struct Payment {
    draft: Draft,
    account: Account,
    basket: Basket,
    go: Callback<String>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
    /// The fields of the form that need another look.
    wrong: RwSignal<Vec<FormError>>,
    attempt: StoredValue<Option<Attempt>>,
    /// The order whose payment waits for the customer's word.
    question: RwSignal<Option<OpenCheckout>>,
    /// The question is one from before the page was loaded: there is no form to come back to.
    recalled: RwSignal<bool>,
    asked: RwSignal<bool>,
}

impl Payment {
    /// Nothing sent yet.
    pub fn new(draft: Draft) -> Self {
        let go = use_go();
        Self {
            draft,
            account: use_account(),
            basket: use_basket(),
            go: Callback::new(move |path: String| go(&path)),
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
            wrong: RwSignal::new(Vec::new()),
            attempt: StoredValue::new(None),
            question: RwSignal::new(None),
            recalled: RwSignal::new(false),
            asked: RwSignal::new(false),
        }
    }

    /// Whether the order is on its way.
    pub fn busy(&self) -> Signal<bool> {
        self.busy.into()
    }

    /// Whether an order of this form is being placed or waits for the customer's word.
    pub fn under_way(&self) -> bool {
        !self.recalled.get() && (self.busy.get() || self.question.with(Option::is_some))
    }

    /// Asks again what was asked before the page was loaded.
    pub fn recall(&self, question: OpenCheckout) {
        if !self.under_way() {
            self.recalled.set(true);
            self.question.set(Some(question));
            self.asked.set(true);
        }
    }

    /// What the last attempt has come to, as long as it is shown.
    pub fn failed(&self) -> bool {
        self.error.with(Option::is_some)
    }

    /// What is wrong with a field.
    pub fn error_at(&self, pointer: &'static str) -> Signal<Option<String>> {
        let error = self.error;
        Signal::derive(move || error.with(|error| error.as_ref().and_then(|error| field_error(error, pointer))))
    }

    /// What is wrong with a field of an address.
    pub fn address_error(&self, prefix: &'static str, field: &'static str) -> Signal<Option<String>> {
        let error = self.error;
        Signal::derive(move || error.with(|error| error.as_ref().and_then(|error| field_error(error, &format!("{prefix}/{field}")))))
    }

    /// What is wrong as a whole, above the button.
    pub fn problem(&self) -> Option<AnyView> {
        let error = self.error.get()?;
        let message = match error.code() {
            Some("orders.payment_declined") => t(Text::Declined).to_owned(),
            Some("orders.total_changed") => t(Text::TotalChanged).to_owned(),
            Some("orders.not_enough_stock" | "orders.item_unavailable" | "inventory.insufficient") => t(Text::StockChanged).to_owned(),
            _ if error.problem().is_some_and(|problem| !problem.errors.is_empty()) => {
                return Some(view! { <div class="mb-4"><FormErrors errors=self.wrong/></div> }.into_any());
            }
            _ => error.message(),
        };
        let cart = matches!(
            error.code(),
            Some("orders.not_enough_stock" | "orders.item_unavailable" | "orders.cart_empty")
        );
        let way_back = cart.then(|| view! { " " <a class="ui-link" href=app_href("/cart")>{t(Text::BackToCart)}</a> });
        Some(view! { <div class="mb-4" id=PROBLEM tabindex="-1"><Callout tone=Tone::Critical title=t(Text::CheckoutFailed).to_owned()>{message}{way_back}</Callout></div> }.into_any())
    }

    /// Sends the order. The same form sent again after a broken connection is the same order, a changed one is another.
    pub fn place(self, total: Money, changed: impl Fn() + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        let Some(order) = self.draft.order(total) else { return };
        let known = self.attempt.get_value().filter(|attempt| attempt.order == order);
        let attempt = known.unwrap_or_else(|| Attempt {
            order,
            key: idempotency_key(),
        });
        self.attempt.set_value(Some(attempt.clone()));
        self.busy.set(true);
        self.error.set(None);
        leptos::task::spawn_local(async move {
            let client = self.account.session.optional();
            let answer = client
                .post_with::<CheckoutResult>("/checkouts", &attempt.order, Options::idempotent(attempt.key))
                .await;
            match answer {
                Ok(result) => self.placed(result, total),
                Err(error) => self.refused(error, changed),
            }
        });
    }

    fn placed(self, result: CheckoutResult, total: Money) {
        self.attempt.set_value(None);
        // The cart is an order now, whatever comes of it.
        self.basket.tell_other_tabs();
        if result.outcome == CheckoutOutcome::RequiresConfirmation {
            self.busy.try_set(false);
            self.recalled.try_set(false);
            self.question.try_set(Some(OpenCheckout {
                order_id: result.order_id,
                outcome: result.outcome,
                access_token: result.access_token,
                total,
            }));
            self.asked.try_set(true);
            return;
        }
        let id = result.order_id.to_string();
        remember_order(&id, &result.access_token);
        self.go.run(format!("/orders/{id}"));
    }

    /// Looks anew at which fields still need another look.
    pub fn look_again(&self) {
        if self.failed() {
            look_for_errors(self.wrong, false);
        }
    }

    fn refused(self, error: ApiError, changed: impl Fn()) {
        self.busy.try_set(false);
        // The server has decided: the next press is a new attempt. Only a lost answer keeps its key.
        if error.problem().is_some_and(|problem| problem.status < 500) {
            self.attempt.set_value(None);
        }
        let look_again = matches!(error.status(), Some(402 | 409));
        self.error.try_set(Some(error));
        if look_again {
            self.basket.load();
            self.basket.tell_other_tabs();
            changed();
        }
        look_for_errors(self.wrong, true);
    }

    fn answer(self, accept: bool) {
        let Some(question) = self.question.get_untracked().filter(|_| !self.busy.get_untracked()) else {
            return;
        };
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            let body = ConfirmPayment {
                access_token: question.access_token.clone(),
                accept,
            };
            let path = format!("/checkouts/{}/confirm", question.order_id);
            let answer = self.account.session.optional().post::<CheckoutResult>(&path, &body).await;
            self.asked.try_set(false);
            match answer {
                Ok(done) => self.placed(done, question.total),
                Err(error) => {
                    self.question.try_set(None);
                    self.recalled.try_set(false);
                    self.refused(error, || {});
                }
            }
        });
    }
}

/// Where it says why the order was not placed.
const PROBLEM: &str = "checkout-problem";

/// Lists the fields that need another look, as the page shows them; `lead` goes to the first, or to what is wrong as a whole.
fn look_for_errors(wrong: RwSignal<Vec<FormError>>, lead: bool) {
    request_animation_frame(move || {
        let Ok(found) = document().query_selector_all(".ui-field:has([aria-invalid=true]) > label") else {
            return;
        };
        let labels = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<web_sys::HtmlLabelElement>().ok());
        let errors: Vec<FormError> = labels
            .map(|label| FormError {
                field_id: Some(label.html_for()),
                // Behind the name stands whether the field is optional.
                message: label.first_child().and_then(|name| name.text_content()).unwrap_or_default(),
            })
            .collect();
        let first = errors
            .first()
            .map_or(Some(PROBLEM), |error| error.field_id.as_deref())
            .filter(|_| lead)
            .and_then(|id| document().get_element_by_id(id));
        if let Some(field) = first.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
            field.focus().ok();
        }
        wrong.try_set(errors);
    });
}

/// The provider's question whether the customer really wants to pay.
#[component]
pub fn PaymentQuestion(payment: Payment) -> impl IntoView {
    let text = move || {
        let price = payment
            .question
            .with(|question| question.as_ref().map(|question| money(question.total)));
        tf(
            Text::ConfirmText,
            &[("price", &price.unwrap_or_default()), ("name", &shop().info.name)],
        )
    };
    let footer = move || {
        view! {
            <Button on_click=move |_| payment.answer(false) disabled=payment.busy()>{t(Text::ConfirmNo)}</Button>
            <Button variant=ButtonVariant::Primary busy=payment.busy() on_click=move |_| payment.answer(true)>{t(Text::ConfirmYes)}</Button>
        }
        .into_any()
    };
    // Closing the question is an answer too: without one the units stay promised.
    let closed = move |()| {
        if payment.question.with_untracked(Option::is_some) && !payment.busy.get_untracked() {
            payment.answer(false);
        }
    };
    view! { <Dialog open=payment.asked title=t(Text::ConfirmTitle).to_owned() size=DialogSize::Small footer on_close=closed><p>{text}</p></Dialog> }.into_any()
}
