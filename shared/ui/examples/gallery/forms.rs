use leptos::prelude::*;
use orion_ui::*;

#[component]
pub fn Login() -> impl IntoView {
    let email = RwSignal::new("owner@acme.test".to_owned());
    let password = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        error.set(Some("That password is not right.".to_owned()));
    };
    view! {
        <AuthLayout title="Sign in to Orion" subtitle="Your shops are waiting." footer=|| view! { <a class="ui-link" href="/">"Forgot your password?"</a> }>
            <form class="ui-stack" on:submit=submit novalidate>
                <Field label="E-mail"><TextInput value=email kind=InputKind::Email autocomplete="username" autofocus=true/></Field>
                <Field label="Password" error=error><TextInput value=password kind=InputKind::Password autocomplete="current-password"/></Field>
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit size=ButtonSize::Large full_width=true>"Sign in"</Button>
            </form>
        </AuthLayout>
    }
}

#[component]
pub fn Forms() -> impl IntoView {
    let text = RwSignal::new(String::new());
    let yen = NumberField::money(orion_types::Currency::JPY, Some(1_200));
    let shipping = RwSignal::new("standard".to_owned());
    let country = RwSignal::new(String::new());
    let (mail, news, on, working) = (RwSignal::new(true), RwSignal::new(false), RwSignal::new(true), RwSignal::new(true));
    let quantity = RwSignal::new(2);
    let errors = vec![
        FormError {
            field_id: Some("postcode".into()),
            message: "Enter a postcode.".into(),
        },
        FormError {
            field_id: None,
            message: "The shop does not ship to this country.".into(),
        },
    ];
    let shipping_options = vec![
        RadioCard::new("standard", "Standard")
            .description("2–4 working days")
            .trailing("€4.90")
            .icon(icons::TRUCK),
        RadioCard::new("express", "Express")
            .description("Tomorrow before noon")
            .trailing("€12.90")
            .icon(icons::SEND),
        RadioCard::new("pickup", "Pick up in the studio")
            .trailing("Free")
            .icon(icons::MAP_PIN)
            .disabled(true),
    ];
    view! {
        <div class="ui-page ui-page--form">
            <PageHeader title="Forms" subtitle="Every control, alone and in trouble."/>
            <FormErrors errors/>
            <Card title="Address" description="Where the parcel goes.">
                <div class="ui-form-grid">
                    <Field label="Name" required=true><TextInput value=RwSignal::new("Grace Hopper".into()) autocomplete="name"/></Field>
                    <Field label="Phone" optional_mark=true hint="For the courier only."><TextInput value=text kind=InputKind::Tel placeholder="+49 30 123456"/></Field>
                    <Field label="Postcode" id="postcode" error=Some("Enter a postcode.".to_owned())><TextInput value=text inputmode="numeric"/></Field>
                    <Field label="Country"><Select value=country placeholder="Choose a country" options=vec![SelectOption::new("DE", "Germany"), SelectOption::new("FR", "France")]/></Field>
                    <Field label="Web address"><TextInput value=text prefix="https://" suffix=".orion.shop"/></Field>
                    <Field label="Price in yen"><NumberInput value=yen/></Field>
                    <Field label="Locked"><TextInput value=RwSignal::new("Cannot be changed".into()) disabled=true/></Field>
                    <Field label="Quantity"><QuantityStepper value=quantity label="Quantity" max=5/></Field>
                </div>
            </Card>
            <Card title="Shipping"><RadioCards value=shipping legend="Shipping" hide_legend=true options=shipping_options/></Card>
            <Card title="Notifications">
                <div class="ui-stack">
                    <Checkbox checked=mail label="Order confirmations" hint="Goes to the address above."/>
                    <Checkbox checked=news label="News about the studio"/>
                    <Checkbox checked=news label="Some of them" indeterminate=true/>
                    <Checkbox checked=mail label="Not now" disabled=true/>
                    <Switch checked=on label="Payments" hint="Orders need it."/>
                    <Switch checked=working label="Inventory" busy=true/>
                    <Switch checked=news label="Marketplace"/>
                </div>
            </Card>
        </div>
    }
}
