use leptos::prelude::*;
use orion_app::{Loader, use_client, use_load, use_submission};
use orion_client::Options;
use orion_types::permission::Permission;
use orion_types::store::{SaveTaxRate, TaxRate};
use orion_ui::*;

use crate::store::may;

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
    let (name, percent) = (RwSignal::new(rate.name.clone()), RwSignal::new(percent_text(rate.rate_bp)));
    let unreadable = RwSignal::new(false);
    // Each store is born with a rate in its first version.
    let (version, untouched) = (rate.version, rate.version == 1);
    let saved = (rate.name.clone(), percent_text(rate.rate_bp));
    let before = StoredValue::new(saved.clone());
    let dirty = Memo::new(move |_| (name.get(), percent.get()) != saved);
    let discard = move |()| {
        let (named, rated) = before.get_value();
        name.set(named);
        percent.set(rated);
        unreadable.set(false);
        submission.clear();
    };
    let save = move |()| {
        let rate_bp = percent.with_untracked(|text| basis_points(text));
        unreadable.set(rate_bp.is_none());
        let Some(rate_bp) = rate_bp else { return };
        let body = SaveTaxRate {
            name: name.get_untracked(),
            rate_bp,
        };
        submission.send(
            async move { client.put::<TaxRate>("/settings/tax-rate", &body, Options::if_match(version)).await },
            move |rate| {
                toasts.success("Tax saved");
                loader.set(rate);
            },
        );
    };
    let refused = submission.field("/rate_bp");
    let error = Signal::derive(move || {
        unreadable
            .get()
            .then(|| "A percentage with at most two decimals, such as 17 or 8.1".to_owned())
            .or_else(|| refused.get())
    });
    let readonly = !may(Permission::SettingsWrite);
    view! {
        {move || submission.message().get().map(|message| view! { <Callout tone=Tone::Critical title="Not saved">{message}</Callout> })}
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
                <Field label="Rate" error><TextInput value=percent inputmode="decimal" suffix="%" maxlength=6 disabled=readonly/></Field>
            </div>
            </div>
        </Card>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() on_save=save on_discard=discard/>
    }
}

/// 1750 as `17.5`.
fn percent_text(basis_points: u32) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `17.5`, or `17,5`, as 1750.
fn basis_points(text: &str) -> Option<u32> {
    let text = text.trim().replace(',', ".");
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || decimals.len() > 2 || !is_number(whole) || !is_number(decimals) {
        return None;
    }
    format!("{whole}{decimals:0<2}").parse().ok()
}
