use leptos::prelude::*;
use orion_app::{Loader, Reader, Refused, use_submission};
use orion_types::permission::Permission;
use orion_types::store::{StoreSettings, UpdateStoreSettings};
use orion_ui::*;

use super::SettingsBar;
use crate::store::may;

/// The websites whose pages may call the shop's API.
#[component]
pub fn Websites(settings: StoreSettings, loader: Loader<StoreSettings>) -> impl IntoView {
    let submission = use_submission();
    let origins = RwSignal::new(settings.allowed_origins.join("\n"));
    let version = settings.version;
    let change = move || {
        Reader::new().finish(UpdateStoreSettings {
            allowed_origins: Some(lines(&origins.get())),
            ..UpdateStoreSettings::default()
        })
    };
    let readonly = !may(Permission::SettingsWrite);
    view! {
        <Refused submission title="Not saved"/>
        <Card title="Other websites">
            <div class="ui-stack">
                <p class="text-sm text-muted">"Pages of these websites may read the shop's products, fill carts and place orders through the API, for instance a shop of your own on another domain. Your shop's pages need no entry, and neither do programs that are no pages. Nobody's cookies go along."</p>
                <Field label="Websites" optional_mark=true hint="One address a line, without a path: https://www.example.com" error=submission.fields_below("/allowed_origins")>
                    <TextArea value=origins rows=6 disabled=readonly/>
                </Field>
            </div>
        </Card>
        <SettingsBar change=StoredValue::new(Box::new(change)) submission version loader/>
    }
}

/// What stands in the lines that are not empty.
fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}
