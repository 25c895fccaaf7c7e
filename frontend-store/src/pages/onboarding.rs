use leptos::prelude::*;
use orion_client::{ApiError, SessionClient};
use orion_types::Page;
use orion_types::catalog::{ProductQuery, ProductSummary};
use orion_types::order::SalesOverview;
use orion_types::permission::Permission;
use orion_types::status::ProductStatus;
use orion_types::store::{BankTransfer, ShippingMethod, StoreSettings, TaxRate, Theme};
use orion_ui::*;

use crate::store::may;

/// How far a new store has come on its way to the first order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// There is a product, whatever its status.
    products: bool,
    /// The shop has colours or words of its own.
    look: bool,
    /// What a parcel costs and what is taxed was looked at and saved.
    shipping_and_tax: bool,
    /// Customers are told where to transfer their money to; absent where the shop takes none.
    bank: Option<bool>,
    /// Something can be bought.
    on_sale: bool,
}

impl Progress {
    fn is_complete(self) -> bool {
        self.products && self.look && self.shipping_and_tax && self.bank != Some(false) && self.on_sale
    }

    /// What is left to do; nothing for a shop that sells, and for members who could not do it. Asks only where no order is known.
    pub async fn of(client: SessionClient, sales: &SalesOverview, permitted: bool) -> Option<Self> {
        let sold = sales.days.iter().any(|day| day.orders > 0);
        if sold || !permitted {
            return None;
        }
        // A list that helps is no reason for an error: without an answer it stays away.
        let progress = Self::ask(client).await.ok()?;
        (!progress.is_complete()).then_some(progress)
    }

    async fn ask(client: SessionClient) -> Result<Self, ApiError> {
        let on_sale = any_product(client, Some(ProductStatus::Active)).await?;
        let products = on_sale || any_product(client, None).await?;
        let methods: Page<ShippingMethod> = client.get("/settings/shipping-methods").await?;
        let tax: TaxRate = client.get("/settings/tax-rate").await?;
        // Each store is born with both in their first version, so that it can sell at all; what was saved since was decided.
        let shipping = methods.data.iter().any(|method| method.active && method.version > 1) || methods.data.len() > 1;
        let settings: StoreSettings = client.get("/settings").await?;
        // There is no such page where the module is off.
        let bank: Option<BankTransfer> = client.get("/settings/bank-transfer").await.ok();
        Ok(Self {
            products,
            look: settings.theme != Theme::default() || !settings.hero_title.is_empty(),
            bank: bank.map(|account| !account.account_number.is_empty()),
            shipping_and_tax: shipping && tax.version > 1,
            on_sale,
        })
    }
}

/// Whether the member may do all that the list asks for; to be tracked.
pub fn may_set_up() -> bool {
    may(Permission::ProductsWrite) && may(Permission::SettingsWrite)
}

async fn any_product(client: SessionClient, status: Option<ProductStatus>) -> Result<bool, ApiError> {
    let query = ProductQuery {
        status: status.map(|status| status.as_str().to_owned()),
        limit: Some(1),
        ..ProductQuery::default()
    };
    let page = client.get_query::<Page<ProductSummary>>("/products", &query).await?;
    Ok(!page.data.is_empty())
}

/// A step: what, why, whether it is done, and where to do it.
struct Step {
    title: &'static str,
    text: &'static str,
    done: bool,
    links: Vec<(&'static str, &'static str)>,
}

fn steps(progress: Progress) -> Vec<Step> {
    let step = |title, text, done, links| Step { title, text, done, links };
    // Without a product there is none to publish.
    let publish = if progress.products { "/products?status=draft" } else { "/products" };
    let products = vec![("Import", "/imports"), ("Add product", "/products/new")];
    let mut steps = vec![
        step(
            "Add your products",
            "One by one, or all of them from a file.",
            progress.products,
            products,
        ),
        step(
            "Give it your look",
            "Colours, fonts, and the first words on the home page.",
            progress.look,
            vec![("Choose the look", "/settings?tab=look")],
        ),
        step(
            "Set shipping and tax",
            "What a parcel costs, and the rate that your prices include.",
            progress.shipping_and_tax,
            vec![("Set shipping and tax", "/settings?tab=shipping")],
        ),
    ];
    if let Some(bank) = progress.bank {
        steps.push(step(
            "Say where the money goes",
            "The bank account that customers transfer to.",
            bank,
            vec![("Add bank details", "/settings?tab=payments")],
        ));
    }
    steps.push(step(
        "Open the shop",
        "Make a product active: the shop shows it, as soon as it is open.",
        progress.on_sale,
        vec![("See products", publish)],
    ));
    steps
}

/// The steps to a shop that sells, each ticked once it is done.
#[component]
pub fn Onboarding(progress: Progress) -> impl IntoView {
    let steps = steps(progress);
    let (done, all) = (steps.iter().filter(|step| step.done).count(), steps.len());
    let rows = steps
        .into_iter()
        .zip(1_u32..)
        .map(|(step, number)| view! { <Row step number/> })
        .collect_view();
    view! {
        <Card title="Get your shop going" description=format!("{done} of {all} done") flush=true>
            <ol class="divide-y divide-border">{rows}</ol>
        </Card>
    }
}

#[component]
fn Row(step: Step, number: u32) -> impl IntoView {
    let Step { title, text, done, links } = step;
    let mark = if done {
        view! { <Icon icon=icons::CIRCLE_CHECK size=IconSize::Medium/> }.into_any()
    } else {
        number.to_string().into_any()
    };
    let actions = if done {
        view! { <Badge tone=Tone::Positive>"Done"</Badge> }.into_any()
    } else {
        links
            .into_iter()
            .map(|(label, href)| view! { <LinkButton href size=ButtonSize::Small>{label}</LinkButton> })
            .collect_view()
            .into_any()
    };
    // On a phone below the words, and not wherever there is a gap.
    let actions_class = if done {
        "flex-none"
    } else {
        "flex flex-wrap gap-2 basis-full pl-9 sm:basis-auto sm:pl-0"
    };
    view! {
        <li class="flex flex-wrap items-center gap-3 px-4 md:px-5 py-3">
            <span class="flex-none inline-grid place-items-center w-6 h-6 rounded-full text-sm tabular-nums" class=("text-positive", done) class=("bg-sunken", !done) aria-hidden="true">{mark}</span>
            <span class="flex-1 min-w-48">
                <span class="block font-medium">{title}</span>
                <span class="block text-sm text-muted">{text}</span>
            </span>
            <span class=actions_class>{actions}</span>
        </li>
    }
}
