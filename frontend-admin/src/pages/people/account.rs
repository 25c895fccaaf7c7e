use leptos::prelude::*;
use orion_app::{Loader, Refused, use_client, use_submission};
use orion_types::people::PersonDetail;
use orion_ui::*;

use super::dialogs::{DisableDialog, ResetDialog};
use crate::profile::use_is_oneself;

/// Switches an account off and on, and takes a lost second factor away. One's own account has a page of its own for that.
#[component]
pub fn AccountCard(detail: PersonDetail, loader: Loader<PersonDetail>) -> impl IntoView {
    let own = use_is_oneself(detail.person.id);
    let detail = StoredValue::new(detail);
    move || {
        if own.get() {
            view! {
                <Card title="This is you">
                    <div class="ui-stack">
                        <p class="text-sm text-muted">"Nobody switches off their own account or changes their own part in the administration."</p>
                        <LinkButton href="/account">"Your account"</LinkButton>
                    </div>
                </Card>
            }
            .into_any()
        } else {
            view! { <Others detail=detail.get_value() loader/> }.into_any()
        }
    }
}

#[component]
fn Others(detail: PersonDetail, loader: Loader<PersonDetail>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let [disabling, resetting] = [(); 2].map(|()| RwSignal::new(false));
    let person = detail.person;
    let (id, active) = (person.id, person.active);
    let has_factor = person.second_factor || person.passkey_count > 0;
    let enable = move |_| {
        let call = async move { client.post::<PersonDetail>(&format!("/users/{id}/enable"), &()).await };
        submission.send(call, move |detail| {
            toasts.success("The account is on again");
            loader.set(detail);
        });
    };
    let action = if active {
        view! { <Button variant=ButtonVariant::QuietCritical on_click=move |_| disabling.set(true)>"Switch account off"</Button> }
            .into_any()
    } else {
        view! { <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=enable>"Switch account on"</Button> }.into_any()
    };
    let said = if active {
        "Switched off, they sign in nowhere from their next click on. Their places in teams stay, and so do their stores."
    } else {
        "They sign in nowhere. Switched on again, they do so with the password that they had."
    };
    view! {
        <Card title=if active { "Danger zone" } else { "Status" }>
            <div class="ui-stack">
                <p class="text-sm text-muted">{said}</p>
                <Refused submission title="That did not work"/>
                <span class="ui-row">
                    {action}
                    {(has_factor && active).then(|| view! { <Button variant=ButtonVariant::QuietCritical on_click=move |_| resetting.set(true)>"Reset second factor"</Button> })}
                </span>
            </div>
        </Card>
        <DisableDialog open=disabling person=person.clone() loader/>
        <ResetDialog open=resetting person loader/>
    }
    .into_any()
}
