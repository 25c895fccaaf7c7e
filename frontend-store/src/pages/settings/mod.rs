//! The settings of the store, a part at a time; the address names the part.

mod bank;
mod general;
mod legal;
mod look;
mod preview;
mod shipping;
mod tax;
mod websites;

use crate::pages::forbidden::page_for;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_app::{Loader, Read, Submission, use_client, use_load};
use orion_client::Options;
use orion_types::permission::Permission;
use orion_types::store::{StoreSettings, UpdateStoreSettings};
use orion_ui::*;

use crate::impersonation::running;
use crate::store::{currency, may, module_on};
use bank::Bank;
use general::General;
use legal::Legal;
use look::Look;
use shipping::Shipping;
use tax::Tax;
use websites::Websites;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/settings") view=page_for(Permission::SettingsRead, SettingsPage)/>
    }
    .into_inner()
}

/// A part of the settings: its name in the address, and its words.
type Part = (&'static str, &'static str);

const GENERAL: Part = ("", "General");
const LOOK: Part = ("look", "Look");
const SHIPPING: Part = ("shipping", "Shipping & tax");
const LEGAL: Part = ("legal", "Legal");
const PAYMENTS: Part = ("payments", "Payments");
const WEBSITES: Part = ("websites", "Other websites");

/// The settings of the store; shipping and tax belong to the orders module, the bank account to payments.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let client = use_client();
    let tab = use_query_param("tab");
    let settings = use_load(move || async move { client.get::<StoreSettings>("/settings").await });
    let parts = Memo::new(move |_| parts_of(module_on("orders"), module_on("payments"), running().is_some()));
    let shown = Memo::new(move |_| {
        let wanted = tab.get();
        parts.with(|parts| parts.iter().copied().find(|(name, _)| *name == wanted).unwrap_or(GENERAL))
    });
    let readonly = move || !may(Permission::SettingsWrite);
    view! {
        <div class="ui-page ui-page--form">
            <PageHeader title="Settings"/>
            // Links and not tabs: a part has an address, and whoever leaves one unsaved is asked.
            <nav class="ui-tabs" aria-label="Parts of the settings">
                {move || parts.get().into_iter().map(|part| part_link(part, shown)).collect_view()}
            </nav>
            {move || readonly().then(|| view! { <Callout tone=Tone::Neutral title="Only the owner changes settings">"You can read them."</Callout> })}
            {move || match shown.get() {
                SHIPPING => view! { <Shipping/> <Tax/> }.into_any(),
                PAYMENTS => view! { <Bank/> }.into_any(),
                part => view! { <OfStore part settings/> }.into_any(),
            }}
        </div>
    }
}

/// The parts that there are for the reader; bank details are closed to whoever impersonates.
fn parts_of(orders: bool, payments: bool, visits: bool) -> Vec<Part> {
    let mut parts = vec![GENERAL, LOOK];
    parts.extend(orders.then_some(SHIPPING));
    parts.extend((payments && !visits).then_some(PAYMENTS));
    parts.extend([LEGAL, WEBSITES]);
    parts
}

fn part_link(part: Part, shown: Memo<Part>) -> impl IntoView {
    let (name, words) = part;
    let href = if name.is_empty() {
        "/settings".to_owned()
    } else {
        format!("/settings?tab={name}")
    };
    view! { <a class="ui-tab" href=app_href(&href) aria-current=move || (shown.get() == part).then_some("page")>{words}</a> }
}

/// The parts that are kept together on the server.
#[component]
fn OfStore(part: Part, settings: Loader<StoreSettings>) -> impl IntoView {
    view! {
        <Loaded state=settings.state() skeleton=|| view! { <FormSkeleton/> } on_retry=move |()| settings.reload() let:value>
            {match part {
                LOOK => view! { <Look settings=value loader=settings/> }.into_any(),
                LEGAL => view! { <Legal settings=value loader=settings/> }.into_any(),
                WEBSITES => view! { <Websites settings=value loader=settings/> }.into_any(),
                _ => view! { <General settings=value loader=settings/> }.into_any(),
            }}
        </Loaded>
    }
}

/// Saves a change of the store's settings when its bar is pressed.
#[component]
fn SettingsBar(
    /// The change as it stands; tracked, to know whether there is one.
    change: StoredValue<Box<dyn Fn() -> Read<UpdateStoreSettings> + Send + Sync>>,
    submission: Submission,
    version: i32,
    loader: Loader<StoreSettings>,
) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let saved = untrack(|| change.with_value(|change| change()));
    let dirty = Memo::new(move |_| change.with_value(|change| change()) != saved);
    let save = move |()| {
        let options = Options::if_match(version);
        submission.send_read(
            untrack(|| change.with_value(|change| change())),
            move |body| async move { client.patch::<StoreSettings>("/settings", &body, options).await },
            move |settings| {
                // Every page writes amounts in the currency that the dashboard was loaded with.
                if settings.currency.code() != currency() && window().location().reload().is_ok() {
                    return;
                }
                toasts.success("Settings saved");
                loader.set(settings);
            },
        );
    };
    view! { <SaveBar dirty=Signal::from(dirty) busy=submission.busy() on_save=save on_discard=move |()| loader.reload()/> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bank_details_are_no_part_for_who_impersonates() {
        assert_eq!(parts_of(true, true, false), [GENERAL, LOOK, SHIPPING, PAYMENTS, LEGAL, WEBSITES]);
        assert_eq!(parts_of(true, true, true), [GENERAL, LOOK, SHIPPING, LEGAL, WEBSITES]);
        assert_eq!(parts_of(false, false, false), [GENERAL, LOOK, LEGAL, WEBSITES]);
    }
}
