use leptos::prelude::*;
use orion_ui::*;

fn now_minus(minutes: i64) -> Moment {
    Moment::from_ms(Moment::now().as_ms() - minutes * 60_000)
}

#[derive(Clone)]
struct Order {
    number: u32,
    minutes: i64,
    customer: &'static str,
    total: i64,
    payment: (Tone, &'static str, bool),
    fulfilment: (Tone, &'static str, bool),
}

fn orders() -> Vec<Order> {
    let paid = (Tone::Positive, "Paid", false);
    let open = (Tone::Warning, "Unfulfilled", true);
    let sent = (Tone::Neutral, "Fulfilled", false);
    [
        (1042, 4, "Grace Hopper", 8_450, paid, open),
        (1041, 55, "Jan Müller", 2_400, (Tone::Warning, "Pending", true), open),
        (1040, 190, "Ana Lucía Fernández de la Vega", 131_980, paid, open),
        (1039, 1_500, "Ken Thompson", 5_900, paid, sent),
        (
            1038,
            4_400,
            "Barbara Liskov",
            3_400,
            (Tone::Neutral, "Refunded", false),
            (Tone::Neutral, "Cancelled", false),
        ),
        (1037, 30_000, "Edsger Dijkstra", 9_990, (Tone::Critical, "Failed", false), open),
    ]
    .into_iter()
    .map(|(number, minutes, customer, total, payment, fulfilment)| Order {
        number,
        minutes,
        customer,
        total,
        payment,
        fulfilment,
    })
    .collect()
}

fn badge((tone, word, hollow): (Tone, &'static str, bool)) -> AnyView {
    view! { <Badge tone hollow>{word}</Badge> }.into_any()
}

#[component]
pub fn OrderList() -> impl IntoView {
    let columns = vec![
        Column::new("number", "Order", |order: &Order| format!("#{}", order.number).into_any())
            .sortable()
            .primary(),
        Column::new("placed", "Date", |order: &Order| {
            view! { <RelativeTime at=now_minus(order.minutes)/> }.into_any()
        })
        .sortable(),
        Column::new("customer", "Customer", |order: &Order| order.customer.into_any()),
        Column::new("payment", "Payment", |order: &Order| badge(order.payment)),
        Column::new("fulfilment", "Fulfilment", |order: &Order| badge(order.fulfilment)),
        Column::new("total", "Total", |order: &Order| format_money(order.total, "EUR", None).into_any())
            .sortable()
            .end()
            .phone(Phone::Corner),
    ];
    view! {
        <div class="ui-page">
            <PageHeader title="Orders"><Button icon=icons::DOWNLOAD>"Export"</Button></PageHeader>
            <Card flush=true>
                <DataTable
                    caption="Orders"
                    rows=orders()
                    columns
                    key=|order: &Order| order.number.to_string()
                    href=|_: &Order| "/orders/1042".to_owned()
                    sort=Sort::parse("-placed")
                    on_sort=|_| {}
                />
            </Card>
            <Pager paging=use_paging() next=Some("x".to_owned())/>
        </div>
    }
}

fn timeline() -> Vec<TimelineItem> {
    vec![
        TimelineItem::upcoming("Delivered"),
        TimelineItem::new("Payment received", now_minus(3))
            .description("€84.50 by card ending in 4242")
            .tone(Tone::Positive)
            .icon(icons::CREDIT_CARD),
        TimelineItem::new("Confirmation sent", now_minus(4))
            .description("grace@example.test")
            .icon(icons::MAIL),
        TimelineItem::new("Order placed", now_minus(4))
            .actor("Grace Hopper")
            .tone(Tone::Accent),
    ]
}

#[component]
pub fn OrderDetail() -> impl IntoView {
    let cancel = RwSignal::new(false);
    let line = |title: &'static str, detail: &'static str, quantity: u32, price: i64| {
        view! {
            <div class="flex items-center gap-3 px-5 py-3 border-t border-border text-sm">
                <Thumbnail src=crate::drawing("d9d2c5", "8a7f70", 80, 80) size=44/>
                <div class="flex-1 min-w-0"><p class="font-medium">{title}</p><p class="text-muted">{detail}</p></div>
                <span class="text-muted ui-num">{quantity} " × " {format_money(price, "EUR", None)}</span>
                <span class="ui-num font-medium w-20">{format_money(price * i64::from(quantity), "EUR", None)}</span>
            </div>
        }
    };
    view! {
        <div class="ui-page">
            <PageHeader
                title="#1042"
                subtitle="23 November 2026 at 09:41, from the online shop"
                back_href="/orders"
                back_label="Orders"
                badges=|| view! { <Badge tone=Tone::Positive>"Paid"</Badge> <Badge tone=Tone::Warning hollow=true>"Unfulfilled"</Badge> }
                previous_href=Some("/orders".to_owned())
                next_href=Some("/orders".to_owned())
            >
                <Menu label="More actions" items=vec![MenuItem::action("Print", || {}).icon(icons::PRINTER), MenuItem::action("Cancel order", move || cancel.set(true)).icon(icons::CIRCLE_X).critical()]/>
                <Button variant=ButtonVariant::Primary icon=icons::TRUCK>"Fulfil"</Button>
            </PageHeader>
            <div class="ui-columns">
                <div class="ui-columns__main">
                    <Card title="Items" flush=true>
                        {line("Stoneware mug, ash", "MUG-ASH-01", 2, 2_400)} {line("Breakfast bowl", "BOWL-02", 1, 3_160)}
                    </Card>
                    <Card title="Payment">
                        <DefinitionList numbers=true items=vec![
                            Definition::new("Subtotal", "€79.60"),
                            Definition::new("Shipping (standard)", "€4.90"),
                            Definition::new("VAT included (19 %)", "€13.49"),
                            Definition::new("Total", view! { <strong>"€84.50"</strong> }),
                        ]/>
                    </Card>
                    <Card title="Timeline"><Timeline items=timeline()/></Card>
                </div>
                <div class="ui-columns__side">
                    <Card title="Customer">
                        <div class="ui-stack">
                            <div class="flex items-center gap-3"><Avatar name="Grace Hopper"/><a class="ui-link text-sm" href="/customers">"Grace Hopper"</a></div>
                            <CopyText value="grace@example.test"/>
                        </div>
                    </Card>
                    <Card title="Shipping address"><address class="not-italic text-sm">"Grace Hopper" <br/> "Kanalstraße 7" <br/> "10117 Berlin" <br/> "Germany"</address></Card>
                </div>
            </div>
            <ConfirmDialog
                open=cancel
                title="Cancel order #1042?"
                message="The items go back into stock and Grace Hopper gets €84.50 back."
                confirm_label="Cancel order"
                cancel_label="Keep order"
                tone=Tone::Critical
                on_confirm=move |()| cancel.set(false)
            />
        </div>
    }
}
