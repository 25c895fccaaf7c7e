use leptos::prelude::*;
use orion_ui::*;

#[component]
pub fn Parts() -> impl IntoView {
    let dialog = RwSignal::new(false);
    let sheet = RwSignal::new(false);
    let bottom = RwSignal::new(false);
    let busy = RwSignal::new(true);
    let toasts = use_toasts();
    view! {
        <div class="ui-page">
            <PageHeader title="Parts" subtitle="The small pieces, side by side."/>
            <Card title="Buttons">
                <div class="ui-stack">
                    <div class="ui-row">
                        <Button variant=ButtonVariant::Primary icon=icons::PLUS>"Add product"</Button>
                        <Button>"Secondary"</Button>
                        <Button variant=ButtonVariant::Ghost>"Ghost"</Button>
                        <Button variant=ButtonVariant::Critical icon=icons::TRASH>"Delete"</Button>
                        <Button variant=ButtonVariant::Primary busy>"Add product"</Button>
                        <Button busy>"Saving"</Button>
                        <Button disabled=true>"Disabled"</Button>
                        <Button variant=ButtonVariant::Primary disabled=true>"Disabled"</Button>
                    </div>
                    <div class="ui-row">
                        <Button size=ButtonSize::Small>"Small"</Button>
                        <Button>"Medium"</Button>
                        <Button size=ButtonSize::Large variant=ButtonVariant::Primary>"Large"</Button>
                        <IconButton icon=icons::PENCIL label="Edit"/>
                        <IconButton icon=icons::X label="Close" size=ButtonSize::Small/>
                        <IconButton icon=icons::REFRESH_CW label="Reload" variant=ButtonVariant::Secondary/>
                        <LinkButton href="/orders" icon_end=icons::ARROW_RIGHT>"To the orders"</LinkButton>
                        <Menu label="Actions" text="Actions" items=vec![MenuItem::action("Archive", || {}).icon(icons::ARCHIVE), MenuItem::action("Not now", || {}).disabled(true)]/>
                    </div>
                </div>
            </Card>
            <Card title="Status">
                <div class="ui-row">
                    <Badge>"Draft"</Badge> <Badge tone=Tone::Accent>"Scheduled"</Badge> <Badge tone=Tone::Positive>"Paid"</Badge>
                    <Badge tone=Tone::Warning hollow=true>"Unfulfilled"</Badge> <Badge tone=Tone::Critical>"Failed"</Badge>
                    <Badge tone=Tone::Positive icon=icons::CHECK>"Verified"</Badge> <Badge plain=true>"12"</Badge> <Kbd>"⌘K"</Kbd>
                    <Avatar name="Ada Lovelace" size=AvatarSize::Small/> <Avatar name="Grace Hopper"/> <Avatar name="Jan"/> <Avatar name="Kiln & Clay" square=true/>
                    <Avatar name="Barbara Liskov" size=AvatarSize::Large/> <Thumbnail/>
                </div>
            </Card>
            <div class="ui-form-grid">
                <Callout tone=Tone::Accent title="A new version of your theme">"It was published a moment ago."</Callout>
                <Callout tone=Tone::Warning title="4 products are low on stock"><a class="ui-link" href="/products">"Show them"</a></Callout>
                <Callout tone=Tone::Critical title="The payment failed">"The card was declined. Nothing was charged."</Callout>
                <Callout tone=Tone::Positive title="Import finished">"1,204 products, 3 rows with errors."</Callout>
            </div>
            <div class="ui-form-grid">
                <Card title="Import"><div class="ui-stack">
                    <ProgressBar value=340 max=Some(1200) label="Importing products" caption="340 of 1,200"/>
                    <ProgressBar value=0 max=None label="Preparing images"/>
                    <ProgressBar value=1 max=Some(1) label="Done" tone=Tone::Positive/>
                </div></Card>
                <Card title="Prices and times"><div class="ui-stack">
                    <Breadcrumbs items=vec![Crumb::link("Home", "/"), Crumb::link("Mugs", "/products"), Crumb::here("Stoneware mug, ash")]/>
                    <Price amount=1990 currency="EUR" compare_at=Some(2490) size=PriceSize::Large/>
                    <Price amount=1990 currency="JPY" from=true size=PriceSize::Medium/>
                    <DateTime at=Moment::from("2026-11-23T10:05:00Z")/>
                    <CopyText value="whsec_8f3a…"/>
                </div></Card>
            </div>
            <Card title="Overlays">
                <div class="ui-row">
                    <Button on_click=move |_| dialog.set(true)>"Dialog"</Button>
                    <Button on_click=move |_| sheet.set(true)>"Sheet"</Button>
                    <Button on_click=move |_| bottom.set(true)>"Bottom sheet"</Button>
                    <Button on_click=move |_| toasts.success("Product saved")>"Toast"</Button>
                    <Button on_click=move |_| toasts.error("The product could not be saved. Try again.")>"Error toast"</Button>
                    <Button on_click=move |_| toasts.show(Toast::success("3 products archived").action("Undo", || {}))>"Toast with undo"</Button>
                </div>
            </Card>
            <AdjustDialog open=dialog/>
            <Sheet open=sheet title="Your cart" footer=|| view! { <Button variant=ButtonVariant::Primary size=ButtonSize::Large full_width=true>"Checkout"</Button> }>
                <p>"Two mugs and a bowl."</p>
            </Sheet>
            <Sheet open=bottom side=SheetSide::Bottom title="Filters"><p>"Facets go here."</p></Sheet>
        </div>
    }
}

#[component]
fn AdjustDialog(open: RwSignal<bool>) -> impl IntoView {
    let amount = StoredValue::new(NumberField::whole(-1000, 1000, Some(5)));
    let reason = RwSignal::new("count".to_owned());
    let footer = move || {
        view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary on_click=move |_| open.set(false)>"Adjust"</Button>
        }
    };
    view! {
        <Dialog open title="Adjust stock" description="Stoneware mug, ash" footer>
            <div class="ui-form-grid">
                <Field label="Change"><NumberInput value=amount.get_value() suffix="pieces"/></Field>
                <Field label="Reason"><Select value=reason options=vec![SelectOption::new("count", "Stock count"), SelectOption::new("damage", "Damaged")]/></Field>
            </div>
        </Dialog>
    }
}
