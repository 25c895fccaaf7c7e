use leptos::prelude::*;
use orion_types::Page;
use orion_types::inventory::InventoryLevel;
use orion_types::order::SalesOverview;
use orion_ui::*;

use crate::store::media_src;

/// More rows are a list of their own, and one is a link away.
const ROWS: usize = 5;

/// What waits for somebody: orders first, then what runs out.
#[component]
pub fn NeedsDoing(
    /// Absent where orders are off or not to be seen.
    sales: Option<SalesOverview>,
    /// Absent where stock is not kept or not to be seen.
    low: Option<Page<InventoryLevel>>,
    /// The store is being set up: then there is a list for that, and no card that says there is nothing.
    is_new: bool,
) -> impl IntoView {
    let mut rows: Vec<AnyView> = sales.iter().flat_map(tasks).collect();
    let more_low = low.as_ref().is_some_and(|low| !low.data.is_empty());
    let left = ROWS.saturating_sub(rows.len());
    rows.extend(low.into_iter().flat_map(|low| low.data).take(left).map(low_row));
    if rows.is_empty() {
        return (!is_new)
            .then(|| view! { <Card title="Needs doing"><p class="text-sm text-muted">"Nothing waits for you: every order is on its way, and the shelves are full."</p></Card> })
            .into_any();
    }
    let all = move || {
        more_low.then(|| view! { <LinkButton href="/inventory?stock=low" variant=ButtonVariant::Ghost size=ButtonSize::Small>"All low stock"</LinkButton> })
    };
    view! {
        <Card title="Needs doing" flush=true actions=all>
            <ul class="divide-y divide-border">{rows}</ul>
        </Card>
    }
    .into_any()
}

fn tasks(sales: &SalesOverview) -> Vec<AnyView> {
    let rows = [
        (
            icons::TRUCK,
            count_of(sales.to_fulfil, "order to fulfil", "orders to fulfil"),
            "Confirmed, not yet sent",
            "/orders?status=confirmed",
            sales.to_fulfil,
        ),
        (
            icons::WALLET,
            count_of(sales.awaiting_payment, "order awaits its payment", "orders await their payment"),
            "Mark as paid when the money is there",
            "/orders?payment_status=pending",
            sales.awaiting_payment,
        ),
        (
            icons::CIRCLE_ALERT,
            count_of(sales.failed_payments, "payment failed", "payments failed"),
            "At checkout, in the last 7 days",
            "/orders?payment_status=failed",
            sales.failed_payments,
        ),
    ];
    let waiting = rows.into_iter().filter(|(.., count)| *count > 0);
    waiting
        .map(|(icon, title, text, href, _)| task_row(icon, title, text, href))
        .collect()
}

fn task_row(icon: IconData, title: String, text: &'static str, href: &'static str) -> AnyView {
    let mark = view! { <span class="flex-none inline-grid place-items-center w-10 h-10 rounded-md bg-sunken" aria-hidden="true"><Icon icon size=IconSize::Medium/></span> };
    row(mark.into_any(), app_href(href), title, text.to_owned(), ().into_any())
}

fn low_row(level: InventoryLevel) -> AnyView {
    let src = level.image.as_ref().and_then(|image| media_src(image, 160));
    let badge = if level.available <= 0 {
        view! { <Badge tone=Tone::Critical>"sold out"</Badge> }.into_any()
    } else {
        view! { <Badge tone=Tone::Warning>{format_count(level.available.into())} " left"</Badge> }.into_any()
    };
    let mark = view! { <Thumbnail src alt="" size=40/> }.into_any();
    row(
        mark,
        app_href(&format!("/products/{}", level.product_id)),
        level.product_title,
        level.variant_title,
        badge,
    )
}

fn row(mark: AnyView, href: String, title: String, text: String, end: AnyView) -> AnyView {
    view! {
        <li class="flex items-center gap-3 px-4 sm:px-5 py-3">
            {mark}
            <span class="flex-1 min-w-0">
                <a class="block text-sm font-medium hover:underline truncate" href=href>{title}</a>
                <span class="block text-sm text-muted truncate">{text}</span>
            </span>
            {end}
        </li>
    }
    .into_any()
}
