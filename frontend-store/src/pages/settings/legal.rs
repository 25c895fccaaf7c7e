use leptos::prelude::*;
use orion_app::{Loader, Reader, Refused, use_submission};
use orion_types::permission::Permission;
use orion_types::store::{StoreSettings, UpdateStoreSettings};
use orion_ui::*;

use super::SettingsBar;
use crate::store::may;

/// What the law asks a shop to say; each has a page of its own, linked below every page of the shop.
#[component]
pub fn Legal(settings: StoreSettings, loader: Loader<StoreSettings>) -> impl IntoView {
    let submission = use_submission();
    let (imprint, terms) = (RwSignal::new(settings.imprint.clone()), RwSignal::new(settings.terms.clone()));
    let version = settings.version;
    let change = move || {
        Reader::new().finish(UpdateStoreSettings {
            imprint: Some(imprint.get()),
            terms: Some(terms.get()),
            ..UpdateStoreSettings::default()
        })
    };
    let readonly = !may(Permission::SettingsWrite);
    view! {
        <Refused submission title="Not saved"/>
        <Card title="Legal texts">
            <div class="ui-stack">
                <Field label="Imprint" hint="Who runs the shop: name, address, how to reach you. Shown at /imprint." error=submission.field("/imprint")><TextArea value=imprint rows=8 disabled=readonly/></Field>
                <Field label="Terms of sale" hint="An empty line begins a new paragraph. Shown at /terms." error=submission.field("/terms")><TextArea value=terms rows=14 disabled=readonly/></Field>
            </div>
        </Card>
        <SettingsBar change=StoredValue::new(Box::new(change)) submission version loader/>
    }
}
