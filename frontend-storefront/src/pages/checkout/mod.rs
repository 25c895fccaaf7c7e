//! The checkout: contact, delivery, payment on one page; the summary beside it; one button.

mod address;
mod blocked;
mod draft;
mod open;
mod pay;
mod payment;
mod region;
mod summary;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_app::use_load;
use orion_types::Page;
use orion_types::checkout::{CheckoutOptions, Quote, QuoteRequest};
use orion_types::customer::SavedAddress;
use orion_ui::*;

use crate::account::use_account;
use crate::basket::use_basket;
use crate::browser::{keep_email, name_page};
use crate::parts::PageFailed;
use crate::shop::{money, shop};
use crate::text::{Text, t, tf};

pub use address::AddressForm;
use blocked::Blocked;
pub use draft::AddressFields;
use draft::Draft;
use open::OpenPayments;
use pay::{Payment, PaymentQuestion};
use payment::PaymentStep;
use summary::Summary;

/// The checkout; an empty cart has none.
#[component]
pub fn CheckoutPage() -> impl IntoView {
    name_page(|| t(Text::Checkout).to_owned());
    let account = use_account();
    let options = use_load(move || async move { account.session.optional().get::<CheckoutOptions>("/checkout/options").await });
    let content = move || match options.state().get() {
        Load::Loading => {
            view! { <div class="shop-checkout shop-checkout--waiting"><FormSkeleton/><TextSkeleton lines=6/></div> }.into_any()
        }
        Load::Failed(error) => view! { <PageFailed error on_retry=move |()| options.reload()/> }.into_any(),
        Load::Ready(options) => view! { <Filled options/> }.into_any(),
    };
    view! { <div class="shop-page"><h1 class="shop-title">{t(Text::Checkout)}</h1>{content}</div> }.into_any()
}

fn skeleton() -> AnyView {
    view! { <div class="shop-checkout"><FormSkeleton/><TextSkeleton lines=6/></div> }.into_any()
}

#[component]
fn Filled(options: CheckoutOptions) -> impl IntoView {
    let basket = use_basket();
    let draft = Draft::new(&options);
    let payment = Payment::new(draft);
    let empty = Memo::new(move |_| basket.cart.with(|cart| cart.as_ref().is_some_and(|cart| cart.items.is_empty())));
    let options = StoredValue::new(options);
    // While an order is on its way the cart may already be empty on the server.
    let nothing = Memo::new(move |_| empty.get() && !payment.under_way());
    // Without the cart nobody knows whether there is anything to price.
    let known = Memo::new(move |_| basket.cart.with(Option::is_some));
    let content = move || {
        if !known.get() {
            skeleton()
        } else if nothing.get() {
            view! {
                <EmptyState icon=icons::SHOPPING_BAG title=t(Text::CartEmpty).to_owned()>
                    <LinkButton href="/products" variant=ButtonVariant::Primary>{t(Text::StartShopping)}</LinkButton>
                </EmptyState>
            }
            .into_any()
        } else if options.with_value(|options| options.shipping_methods.is_empty()) {
            view! { <Callout tone=Tone::Warning>{t(Text::NoShipping)}</Callout> }.into_any()
        } else {
            view! { <Form options=options.get_value() draft payment/> }.into_any()
        }
    };
    view! { <OpenPayments payment/>{content}<PaymentQuestion payment/> }.into_any()
}

#[component]
fn Form(options: CheckoutOptions, draft: Draft, payment: Payment) -> impl IntoView {
    let account = use_account();
    let basket = use_basket();
    let quote = use_load(move || {
        // A change of the cart or of the shipping method is another price.
        basket.cart.track();
        let request = QuoteRequest {
            shipping_method_id: draft.shipping_id(),
        };
        async move { account.session.optional().post::<Quote>("/checkouts/quote", &request).await }
    });
    let total = Signal::derive(move || quote.get().map(|quote| quote.total));
    let refreshing = quote.refreshing();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        // A price that is on its way is not one the customer has seen.
        if let Some(total) = total.get_untracked().filter(|_| !refreshing.get_untracked()) {
            payment.place(total, move || quote.reload());
        }
    };
    let pay_label = move || match (total.get().map(money), draft.is_card()) {
        (Some(price), true) => tf(Text::PayNow, &[("price", &price)]),
        (Some(price), false) => tf(Text::PlaceOrder, &[("price", &price)]),
        (None, true) => t(Text::PayButton).to_owned(),
        (None, false) => t(Text::OrderButton).to_owned(),
    };
    let waiting = Signal::derive(move || total.get().is_none() || refreshing.get() || basket.blocked());
    let CheckoutOptions {
        shipping_methods,
        payment_methods,
        countries,
    } = options;
    let names = payment::names(&payment_methods);
    view! {
        <form class="shop-checkout" on:submit=submit on:input=move |_| payment.look_again() novalidate=true>
            <div>
                <Blocked/>
                <ContactStep draft payment/>
                <DeliveryStep draft payment countries methods=shipping_methods/>
                <PaymentStep draft payment methods=payment_methods/>
                {move || payment.problem()}
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary size=ButtonSize::Large full_width=true icon=icons::LOCK busy=payment.busy() disabled=waiting>{pay_label}</Button>
                <p class="shop-safe"><Icon icon=icons::SHIELD_CHECK/>{t(Text::PaySafely)}</p>
                <p class="shop-legal">{tf(Text::SoldBy, &[("name", &shop().info.name)])} " " {t(Text::PaymentStep)} ": " {names}</p>
            </div>
            <Summary quote has_shipping=Signal::derive(move || draft.shipping_id().is_some())/>
        </form>
    }
    .into_any()
}

#[component]
fn StepHead(number: u8, title: Text, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div class="shop-step__head">
            <h2 class="shop-step__title"><span class="shop-step__number" aria-hidden="true">{number}</span>{t(title)}</h2>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}

#[component]
fn ContactStep(draft: Draft, payment: Payment) -> impl IntoView {
    let account = use_account();
    orion_ui::watch(move || {
        if let Some(profile) = account.profile.get() {
            draft.email.set(profile.email);
            if draft.shipping.name.with_untracked(String::is_empty) {
                draft.shipping.name.set(profile.name);
            }
        }
    });
    Effect::new(move |before: Option<()>| {
        let email = draft.email.get();
        if before.is_some() {
            keep_email(&email);
        }
    });
    let who = move || {
        match account.profile.get() {
        Some(profile) => view! { <span class="text-sm text-muted">{tf(Text::SignedInAs, &[("email", &profile.email)])}</span> }.into_any(),
        None => view! { <span class="text-sm text-muted">{t(Text::HaveAccount)} " " <a class="ui-link" href=app_href("/login?next=/checkout")>{t(Text::SignIn)}</a></span> }.into_any(),
    }
    };
    view! {
        <section class="shop-step">
            <StepHead number=1 title=Text::ContactStep>{who}</StepHead>
            <Field label=t(Text::Email).to_owned() hint=t(Text::EmailHint).to_owned() error=payment.error_at("/email")>
                <TextInput value=draft.email kind=InputKind::Email autocomplete="email" inputmode="email" name="email"/>
            </Field>
        </section>
    }
    .into_any()
}

#[component]
fn DeliveryStep(draft: Draft, payment: Payment, countries: Vec<String>, methods: Vec<orion_types::store::ShippingMethod>) -> impl IntoView {
    let account = use_account();
    let saved = RwSignal::new(Vec::<SavedAddress>::new());
    orion_ui::watch(move || {
        if account.signed_in() == Some(true) {
            leptos::task::spawn_local(async move {
                let answer = account
                    .session
                    .optional()
                    .get::<Page<SavedAddress>>("/account/addresses")
                    .await
                    .map(|page| page.data);
                let Ok(addresses) = answer else { return };
                if let Some(first) = addresses.iter().find(|one| one.is_default).or(addresses.first()) {
                    draft.shipping.fill(&first.address);
                }
                saved.try_set(addresses);
            });
        }
    });
    let chosen = RwSignal::new(String::new());
    let choose = move |id: String| {
        let found = saved.with_untracked(|all| all.iter().find(|one| one.id.to_string() == id).map(|one| one.address.clone()));
        if let Some(address) = found {
            draft.shipping.fill(&address);
        }
    };
    let book = move || {
        let options: Vec<SelectOption> = saved
            .get()
            .into_iter()
            .map(|one| SelectOption::new(one.id.to_string(), format!("{}, {}", one.address.line1, one.address.city)))
            .collect();
        (options.len() > 1).then(|| view! { <Field label=t(Text::SavedAddress).to_owned()><Select value=chosen options placeholder=t(Text::NewAddress).to_owned() on_change=choose/></Field> })
    };
    let countries = StoredValue::new(countries);
    let cards = draft::shipping_cards(&methods);
    view! {
        <section class="shop-step">
            <StepHead number=2 title=Text::DeliveryStep/>
            {book}
            <AddressForm fields=draft.shipping section="shipping" countries=countries.get_value() error_at=move |field: &'static str| payment.address_error("/shipping_address", field)/>
            <Checkbox checked=draft.billing_same label=t(Text::BillingSame).to_owned()/>
            <Show when=move || !draft.billing_same.get()>
                <h3 class="text-lg">{t(Text::BillingAddress)}</h3>
                <AddressForm fields=draft.billing section="billing" countries=countries.get_value() error_at=move |field: &'static str| payment.address_error("/billing_address", field)/>
            </Show>
            <RadioCards value=draft.shipping_method legend=t(Text::ShippingMethod).to_owned() options=cards error=payment.error_at("/shipping_method_id")/>
            <Field label=t(Text::OrderNote).to_owned() optional_mark=true error=payment.error_at("/note")><TextArea value=draft.note rows=2 maxlength=1000/></Field>
        </section>
    }
    .into_any()
}
