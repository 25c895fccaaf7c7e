use std::collections::BTreeSet;

use leptos::prelude::*;
use orion_types::Currency;
use orion_ui::*;

use crate::drawing;

#[derive(Clone)]
struct Product {
    id: u32,
    title: &'static str,
    status: (Tone, &'static str),
    stock: u32,
    kind: &'static str,
    price: i64,
    picture: Option<String>,
}

fn products() -> Vec<Product> {
    let active = (Tone::Positive, "Active");
    let draft = (Tone::Neutral, "Draft");
    let rows = [
        ("Stoneware mug, ash", active, 42, "Mugs", 2_400, Some(("d9d2c5", "8a7f70"))),
        ("Stoneware mug, deep sea", active, 3, "Mugs", 2_400, Some(("cdd8dc", "34566b"))),
        ("Breakfast bowl", active, 118, "Bowls", 3_400, Some(("e6dccb", "b98b5a"))),
        (
            "Serving plate 32 cm with a long name that has to break somewhere",
            draft,
            0,
            "Plates",
            5_900,
            None,
        ),
        (
            "<script>alert(1)</script> & Söhne 🚀",
            active,
            1,
            "Curiosities",
            123_456,
            Some(("e9d5d0", "a4503c")),
        ),
        (
            "Tea bowl, celadon",
            (Tone::Neutral, "Archived"),
            0,
            "Bowls",
            4_800,
            Some(("d5e0d2", "6d8f77")),
        ),
        ("Vase, tall", active, 9, "Vases", 12_900, Some(("dcd5e3", "6b5a86"))),
    ];
    let build = |(index, (title, status, stock, kind, price, colours)): (usize, _)| Product {
        id: index as u32 + 1,
        title,
        status,
        stock,
        kind,
        price,
        picture: Option::map(colours, |(ground, ink)| drawing(ground, ink, 80, 80)),
    };
    rows.into_iter().enumerate().map(build).collect()
}

fn columns() -> Vec<Column<Product>> {
    vec![
        Column::new("title", "Product", |product: &Product| {
            view! { <span class="flex items-center gap-3"><Thumbnail src=product.picture.clone()/> <span class="line-clamp-2">{product.title}</span></span> }.into_any()
        })
        .sortable()
        .primary(),
        Column::new("status", "Status", |product: &Product| {
            let (tone, word) = product.status;
            view! { <Badge tone>{word}</Badge> }.into_any()
        }),
        Column::new("stock", "Available", |product: &Product| match product.stock {
            0 => view! { <span class="text-critical">"Sold out"</span> }.into_any(),
            low @ 1..5 => view! { <span class="text-warning">{low} " left"</span> }.into_any(),
            many => many.into_any(),
        })
        .sortable()
        .end()
        .phone(Phone::Labelled),
        Column::new("kind", "Type", |product: &Product| product.kind.into_any()).wide_only(),
        Column::new("price", "Price", |product: &Product| format_money(product.price, "EUR", None).into_any())
            .sortable()
            .end()
            .phone(Phone::Corner),
    ]
}

#[component]
pub fn ProductList() -> impl IntoView {
    let (q, view_param, status, sort) = (
        use_query_param("q"),
        use_query_param("view"),
        use_query_param("status"),
        use_query_param("sort"),
    );
    let search = RwSignal::new(q.get());
    let selected = RwSignal::new(BTreeSet::new());
    let toasts = use_toasts();
    let archive = move |_| {
        selected.update(BTreeSet::clear);
        toasts.show(Toast::success("3 products archived").action("Undo", move || toasts.info("Back again")));
    };
    let chips = move || {
        let status = status.get();
        (!status.is_empty())
            .then(|| FilterChip::new("status", format!("Status: {status}")))
            .into_iter()
            .collect::<Vec<_>>()
    };
    let chosen = move || {
        Some(status.get())
            .filter(|status| !status.is_empty())
            .into_iter()
            .collect::<Vec<_>>()
    };
    let choose = move |values: Vec<String>| status.set(values.into_iter().next().unwrap_or_default());
    let statuses = vec![
        SelectOption::new("active", "Active"),
        SelectOption::new("draft", "Draft"),
        SelectOption::new("archived", "Archived"),
    ];
    view! {
        <div class="ui-page">
            <PageHeader title="Products">
                <Button>"Import"</Button>
                <LinkButton href="/products/new" variant=ButtonVariant::Primary icon=icons::PLUS>"Add product"</LinkButton>
            </PageHeader>
            <Card flush=true>
                <div class="ui-list-head">
                    <Tabs
                        label="Views"
                        items=vec![TabItem::new("all", "All").count(1204), TabItem::new("active", "Active").count(1180), TabItem::new("draft", "Draft"), TabItem::new("archived", "Archived")]
                        active=view_param.signal()
                        on_select=move |key: String| view_param.set(key)
                    />
                    <div class="ui-toolbar">
                        <SearchInput value=search label="Search products" on_search=move |text: String| q.set(text)/>
                        <FilterMenu
                            label="Status"
                            options=statuses
                            selected=chosen
                            on_change=choose
                            single=true
                        />
                    </div>
                    <FilterChips chips on_remove=move |_| status.clear() on_clear=move |()| status.clear()/>
                </div>
                <DataTable
                    caption="Products"
                    rows=products()
                    columns=columns()
                    key=|product: &Product| product.id.to_string()
                    href=|product: &Product| format!("/products/new?id={}", product.id)
                    row_label=|product: &Product| product.title.to_owned()
                    sort=move || Sort::parse(&sort.get())
                    on_sort=move |wanted: Sort| sort.set(wanted.to_string())
                    selected
                    bulk=move || view! {
                        <Button size=ButtonSize::Small icon=icons::ARCHIVE on_click=archive>"Archive"</Button>
                        <Button size=ButtonSize::Small on_click=archive>"Publish"</Button>
                    }
                />
            </Card>
            <Pager paging=use_paging() next=Some("abc".to_owned()) summary="1–7 of 1,204"/>
        </div>
    }
}

#[component]
pub fn ProductForm() -> impl IntoView {
    let title = RwSignal::new("Stoneware mug, ash".to_owned());
    let description = RwSignal::new("Thrown by hand, glazed with ash from our own kiln.".to_owned());
    let price = NumberField::money(Currency::EUR, Some(2_400));
    let compare = NumberField::money(Currency::EUR, None);
    let stock = NumberField::whole(0, 1_000_000, Some(42));
    let status = RwSignal::new("active".to_owned());
    let sku = RwSignal::new("MUG-ASH-01".to_owned());
    let saved = RwSignal::new("Stoneware mug, ash".to_owned());
    let busy = RwSignal::new(false);
    let dirty = Signal::derive(move || title.get() != saved.get());
    let save = move |()| {
        busy.set(true);
        set_timeout(
            move || {
                busy.set(false);
                saved.set(title.get_untracked());
                use_toasts().success("Product saved");
            },
            std::time::Duration::from_millis(700),
        );
    };
    let title_error = move || title.with(String::is_empty).then(|| "A product needs a title.".to_owned());
    let more = vec![
        MenuItem::link("View in shop", "/shop").icon(icons::EXTERNAL_LINK),
        MenuItem::action("Duplicate", || {}).icon(icons::COPY),
        MenuItem::separator(),
        MenuItem::action("Delete", || {}).icon(icons::TRASH).critical(),
    ];
    view! {
        <div class="ui-page">
            <PageHeader
                title=title
                back_href="/products"
                back_label="Products"
                badges=|| view! { <Badge tone=Tone::Positive>"Active"</Badge> }
                next_href=Some("/products/new?id=2".to_owned())
                unsaved=dirty
            >
                <Menu label="More actions" items=more/>
            </PageHeader>
            <div class="ui-columns">
                <div class="ui-columns__main">
                    <Card>
                        <div class="ui-stack">
                            <Field label="Title" error=title_error required=true><TextInput value=title maxlength=255/></Field>
                            <Field label="Description" hint="Shown on the product page."><TextArea value=description maxlength=500/></Field>
                        </div>
                    </Card>
                    <Card title="Pricing">
                        <div class="ui-form-grid">
                            <Field label="Price" required=true><NumberInput value=price/></Field>
                            <Field label="Compare-at price" hint="Shown struck through." optional_mark=true><NumberInput value=compare/></Field>
                        </div>
                    </Card>
                    <Card title="Images">
                        <FileDrop label="Add pictures" hint="JPEG, PNG, WebP up to 20 MB" accept="image/*" multiple=true on_files=|_| {}/>
                    </Card>
                </div>
                <div class="ui-columns__side">
                    <Card title="Status">
                        <Field label="Status" hide_label=true>
                            <Select value=status options=vec![SelectOption::new("active", "Active"), SelectOption::new("draft", "Draft")]/>
                        </Field>
                    </Card>
                    <Card title="Inventory">
                        <div class="ui-stack">
                            <Field label="SKU"><TextInput value=sku mono=true/></Field>
                            <Field label="On hand"><NumberInput value=stock suffix="pieces"/></Field>
                        </div>
                    </Card>
                </div>
            </div>
            <SaveBar dirty busy on_save=save on_discard=move |()| title.set(saved.get_untracked())/>
        </div>
    }
}
