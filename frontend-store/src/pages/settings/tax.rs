use leptos::prelude::*;
use orion_app::{Loader, Reader, Refused, use_client, use_load, use_submission};
use orion_client::Options;
use orion_types::permission::Permission;
use orion_types::store::{SaveTaxRate, TaxRate};
use orion_ui::*;

use crate::store::may;

/// Decimals of a rate in percent: the server counts parts per million.
const DECIMALS: u32 = 4;

/// The one tax rate of the store.
#[component]
pub fn Tax() -> impl IntoView {
    let client = use_client();
    let rate = use_load(move || async move { client.get::<TaxRate>("/settings/tax-rate").await });
    view! {
        <Loaded state=rate.state() skeleton=|| view! { <FormSkeleton/> } on_retry=move |()| rate.reload() let:value>
            <Rate rate=value loader=rate/>
        </Loaded>
    }
}

#[component]
fn Rate(rate: TaxRate, loader: Loader<TaxRate>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let (name, percent) = (
        RwSignal::new(rate.name.clone()),
        NumberField::percent(DECIMALS, Some(rate.rate_ppm.into())),
    );
    // Each store is born with a rate in its first version.
    let (version, untouched) = (rate.version, rate.version == 1);
    let typed = percent.clone();
    let read = move || {
        let mut reader = Reader::new();
        let body = SaveTaxRate {
            name: name.get(),
            rate_ppm: Some(reader.required("/rate_ppm", &typed)),
            rate_bp: None,
        };
        reader.finish(body)
    };
    let read = StoredValue::new(read);
    let now = move || read.with_value(|read| read());
    let saved = untrack(now);
    let dirty = Memo::new(move |_| now() != saved);
    let written = percent.clone();
    let discard = move |()| {
        name.set(rate.name.clone());
        written.set(Some(rate.rate_ppm.into()));
        submission.clear();
    };
    let save = move |()| {
        submission.send_read(
            untrack(now),
            move |body| async move { client.put::<TaxRate>("/settings/tax-rate", &body, Options::if_match(version)).await },
            move |rate| {
                toasts.success("Tax saved");
                loader.set(rate);
            },
        );
    };
    let readonly = !may(Permission::SettingsWrite);
    view! {
        <Refused submission title="Not saved"/>
        <Card title="Tax">
            <div class="ui-stack">
            // What nobody has decided counts as undecided in the list of a new store, even where it is right as it is.
            {(untouched && !readonly).then(|| view! {
                <Callout tone=Tone::Neutral title="Nobody has looked at this rate yet">
                    <div class="ui-stack-tight items-start">
                        <span>"Change it, or keep it as it is."</span>
                        <Button size=ButtonSize::Small busy=submission.busy() on_click=move |_| save(())>"Keep this rate"</Button>
                    </div>
                </Callout>
            })}
            <div class="ui-form-grid">
                <Field label="Name" error=submission.field("/name")><TextInput value=name maxlength=100 disabled=readonly/></Field>
                <Field label="Rate" error=submission.field("/rate_ppm")><NumberInput value=percent disabled=readonly/></Field>
            </div>
            </div>
        </Card>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() on_save=save on_discard=discard/>
    }
}
