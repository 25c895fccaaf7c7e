use leptos::prelude::*;
use orion_app::{Loader, Read, Reader, Refused, use_client, use_load, use_submission};
use orion_client::Options;
use orion_types::Page;
use orion_types::permission::Permission;
use orion_types::store::{SaveShippingMethod, ShippingMethod};
use orion_ui::*;

use crate::store::{may, money_field};

type Methods = Loader<Page<ShippingMethod>>;

/// The ways of shipping: a list, and a dialog for each and for a new one.
#[component]
pub fn Shipping() -> impl IntoView {
    let client = use_client();
    let methods: Methods = use_load(move || async move { client.get::<Page<ShippingMethod>>("/settings/shipping-methods").await });
    let adding = RwSignal::new(false);
    let add = move || {
        may(Permission::SettingsWrite)
            .then(|| view! { <Button size=ButtonSize::Small icon=icons::PLUS on_click=move |_| adding.set(true)>"Add method"</Button> })
    };
    view! {
        <Card title="Shipping" description="Flat prices; customers choose one at the checkout." actions=add flush=true>
            <Loaded state=methods.state() skeleton=|| view! { <FormSkeleton/> } on_retry=move |()| methods.reload() let:value>
                {value.data.iter().all(|method| !method.active).then(nothing_offered)}
                <ul class="divide-y divide-border border-t border-border">
                    {value.data.into_iter().map(|method| view! { <Method method methods/> }).collect_view()}
                </ul>
            </Loaded>
        </Card>
        <MethodDialog open=adding methods/>
    }
}

fn nothing_offered() -> impl IntoView {
    view! {
        <div class="px-4 sm:px-5 pb-4">
            <Callout tone=Tone::Warning title="Nothing is offered">"Customers cannot order what has to be shipped."</Callout>
        </div>
    }
}

#[component]
fn Method(method: ShippingMethod, methods: Methods) -> impl IntoView {
    let editing = RwSignal::new(false);
    let money = |money: orion_types::Money| format_money(money.amount_minor, money.currency.code(), None);
    let price = if method.price.amount_minor == 0 {
        "Free".to_owned()
    } else {
        money(method.price)
    };
    let terms = match method.free_from {
        Some(free_from) => format!("{price}, free from {}", money(free_from)),
        None => price,
    };
    let (name, active) = (method.name.clone(), method.active);
    let label = format!("Edit {name}");
    view! {
        <li class="flex items-center justify-between gap-4 px-4 sm:px-5 py-3">
            <span class="min-w-0">
                <span class="font-medium">{name}</span>
                <span class="block text-sm text-muted">{terms}</span>
            </span>
            <span class="flex items-center gap-3 shrink-0">
                {if active {
                    view! { <Badge tone=Tone::Positive>"Offered"</Badge> }
                } else {
                    view! { <Badge hollow=true>"Off"</Badge> }
                }}
                {move || {
                    let label = label.clone();
                    may(Permission::SettingsWrite).then(|| view! { <IconButton icon=icons::PENCIL label on_click=move |_| editing.set(true)/> })
                }}
            </span>
            <MethodDialog open=editing methods method/>
        </li>
    }
}

/// What is typed into the dialog.
#[derive(Clone)]
struct Draft {
    name: RwSignal<String>,
    price: NumberField,
    free_from: NumberField,
    active: RwSignal<bool>,
}

impl Draft {
    fn of(method: Option<&ShippingMethod>) -> Self {
        let draft = Self {
            name: RwSignal::default(),
            price: money_field(None),
            free_from: money_field(None),
            active: RwSignal::default(),
        };
        draft.reset(method);
        draft
    }

    fn reset(&self, method: Option<&ShippingMethod>) {
        self.name.set(method.map(|method| method.name.clone()).unwrap_or_default());
        self.price.set(method.map(|method| method.price.amount_minor));
        self.free_from
            .set(method.and_then(|method| method.free_from).map(|money| money.amount_minor));
        self.active.set(method.is_none_or(|method| method.active));
    }

    fn read(&self) -> Read<SaveShippingMethod> {
        let mut reader = Reader::new();
        let body = SaveShippingMethod {
            name: self.name.get(),
            price_minor: reader.required("/price_minor", &self.price),
            free_from_minor: reader.optional("/free_from_minor", &self.free_from),
            active: self.active.get(),
        };
        reader.finish(body)
    }
}

/// Changes or removes a way of shipping; without one it adds one.
#[component]
fn MethodDialog(open: RwSignal<bool>, methods: Methods, #[prop(optional)] method: Option<ShippingMethod>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let removing = RwSignal::new(false);
    let draft = StoredValue::new(Draft::of(method.as_ref()));
    let known = method.as_ref().map(|method| (method.id, method.version));
    let title = if known.is_some() { "Edit shipping" } else { "Add shipping" };
    orion_ui::watch(move || {
        if open.get() {
            untrack(|| draft.get_value().reset(method.as_ref()));
            submission.clear();
        }
    });
    let done = move |_: ShippingMethod| {
        toasts.success("Shipping saved");
        open.set(false);
        methods.reload();
    };
    let save = move |_| {
        let call = move |body: SaveShippingMethod| async move {
            match known {
                Some((id, version)) => {
                    let path = format!("/settings/shipping-methods/{id}");
                    client.put(&path, &body, Options::if_match(version)).await
                }
                None => client.post("/settings/shipping-methods", &body).await,
            }
        };
        submission.send_read(untrack(|| draft.get_value().read()), call, done);
    };
    view! {
        <Dialog open title footer=move || view! {
            {known.map(|_| view! { <span class="mr-auto"><Button variant=ButtonVariant::Ghost on_click=move |_| removing.set(true)>"Remove"</Button></span> })}
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=save>"Save"</Button>
        }>
            <div class="ui-stack">
                <Refused submission title="Not saved"/>
                <Field label="Name" error=submission.field("/name")><TextInput value=draft.get_value().name maxlength=100/></Field>
                <div class="ui-form-grid">
                    <Field label="Price" hint="0 when it costs nothing" error=submission.field("/price_minor")><NumberInput value=draft.get_value().price/></Field>
                    <Field label="Free from" optional_mark=true error=submission.field("/free_from_minor")><NumberInput value=draft.get_value().free_from/></Field>
                </div>
                <Switch checked=draft.get_value().active label="Offered at the checkout"/>
            </div>
        </Dialog>
        {known.map(|(id, _)| view! { <RemoveDialog id=id.to_string() open=removing editing=open methods/> })}
    }
}

#[component]
fn RemoveDialog(id: String, open: RwSignal<bool>, editing: RwSignal<bool>, methods: Methods) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let remove = move |()| {
        let path = format!("/settings/shipping-methods/{id}");
        submission.send(async move { client.delete::<()>(&path).await }, move |()| {
            toasts.success("Shipping removed");
            open.set(false);
            editing.set(false);
            methods.reload();
        });
    };
    view! {
        <ConfirmDialog
            open title="Remove this way of shipping?" message="Customers can no longer choose it. Orders that were placed with it keep its name."
            confirm_label="Remove" tone=Tone::Critical busy=submission.busy() on_confirm=remove
        />
    }
}
