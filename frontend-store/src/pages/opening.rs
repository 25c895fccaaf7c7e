//! The way to the day on which the shop opens: what is missing, who may look inside before, and the opening itself.

use leptos::prelude::*;
use orion_app::{Loader, Refused, sentences, use_client, use_load, use_submission};
use orion_client::Options;
use orion_types::opening::{OpenShop, Opening, OpeningCheck, PreviewLink, SetGuestPassword};
use orion_types::permission::Permission;
use orion_ui::*;

use crate::store::{may, page_store};

/// Whether there is anything to say: the shop was closed to the world when this page was made, and the member may read why. To be tracked.
pub fn shows_opening() -> bool {
    page_store().is_some_and(|store| !store.opened) && may(Permission::SettingsRead)
}

/// The checklist of a shop that is closed to the world.
#[component]
pub fn OpeningSection() -> impl IntoView {
    let client = use_client();
    let opening = use_load(move || async move { client.get::<Opening>("/opening").await });
    view! {
        <Loaded state=opening.state() skeleton=|| view! { <Card><TextSkeleton lines=6/></Card> } on_retry=move |()| opening.reload() let:value>
            {if value.opened_at.is_some() {
                view! { <Callout tone=Tone::Positive title="Your shop is open">"Everybody can see it now."</Callout> }.into_any()
            } else {
                view! { <Closed opening=value loader=opening/> }.into_any()
            }}
        </Loaded>
    }
}

#[component]
fn Closed(opening: Opening, loader: Loader<Opening>) -> impl IntoView {
    let owner = may(Permission::SettingsWrite);
    let asking = RwSignal::new(false);
    let (done, all) = (opening.checks.iter().filter(|check| check.done).count(), opening.checks.len());
    let rows = opening.checks.iter().cloned().map(|check| view! { <Check check/> }).collect_view();
    let actions = move || {
        view! {
            <Preview/>
            {owner.then(|| view! { <Button variant=ButtonVariant::Primary size=ButtonSize::Small on_click=move |_| asking.set(true)>"Open to everybody"</Button> })}
        }
    };
    let password = owner.then(|| view! { <GuestPassword has_password=opening.has_password loader/> });
    view! {
        <Card title="Closed to the world" description=format!("Visitors see “opening soon”. {done} of {all} ready.") flush=true actions>
            <ul class="divide-y divide-border">{rows}</ul>
            {password}
        </Card>
        <OpenDialog checks=opening.checks open=asking loader/>
    }
}

#[component]
fn Check(check: OpeningCheck) -> impl IntoView {
    let OpeningCheck {
        title, text, done, link, ..
    } = check;
    let (mark, said) = if done {
        (icons::CIRCLE_CHECK, "Done: ")
    } else {
        (icons::CIRCLE_ALERT, "Missing: ")
    };
    view! {
        <li class="flex flex-wrap items-center gap-3 px-4 md:px-5 py-3">
            <span class="flex-none" class=("text-positive", done) class=("text-muted", !done) aria-hidden="true"><Icon icon=mark size=IconSize::Medium/></span>
            <span class="flex-1 min-w-48">
                <span class="block font-medium"><span class="sr-only">{said}</span>{title.clone()}</span>
                <span class="block text-sm text-muted">{text}</span>
            </span>
            {(!done).then(|| view! { <LinkButton href=link size=ButtonSize::Small>"Set up"<span class="sr-only">": "{title}</span></LinkButton> })}
        </li>
    }
}

/// Leads into the shop as a guest of the house.
#[component]
fn Preview() -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let look = move |_| {
        submission.send(
            async move { client.post::<PreviewLink>("/opening/preview", &()).await },
            move |link: PreviewLink| {
                if window().location().set_href(&link.url).is_err() {
                    toasts.error("The shop could not be shown.");
                }
            },
        );
    };
    orion_ui::watch(move || {
        if let Some(error) = submission.error() {
            toasts.error(sentences(&error));
        }
    });
    view! { <Button size=ButtonSize::Small busy=submission.busy() on_click=look>"Look at the shop"</Button> }
}

/// The password for the merchant's friends.
#[component]
fn GuestPassword(has_password: bool, loader: Loader<Opening>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let password = RwSignal::new(String::new());
    let send = move |password: Option<String>, told: &'static str| {
        let body = SetGuestPassword { password };
        submission.send(
            async move { client.put::<Opening>("/opening/password", &body, Options::default()).await },
            move |opening| {
                toasts.success(told);
                loader.set(opening);
            },
        );
    };
    let hint = if has_password {
        "There is one. A new one ends the visits of those who have the old one."
    } else {
        "Whoever knows it can look inside before the shop opens."
    };
    let remove = has_password.then(|| {
        view! { <Button size=ButtonSize::Medium busy=submission.busy() on_click=move |_| send(None, "Password removed")>"Remove password"</Button> }
    });
    view! {
        <div class="ui-stack px-4 md:px-5 py-4 border-t border-border">
            <Refused submission title="Not saved"/>
            <Field label="Password for friends" hint error=submission.field("/password")>
                <TextInput value=password maxlength=128 autocomplete="off"/>
            </Field>
            <div class="flex flex-wrap gap-2">
                <Button busy=submission.busy() on_click=move |_| send(Some(password.get_untracked()), "Password saved")>"Save password"</Button>
                {remove}
            </div>
        </div>
    }
}

#[component]
fn OpenDialog(checks: Vec<OpeningCheck>, open: RwSignal<bool>, loader: Loader<Opening>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let missing: Vec<OpeningCheck> = checks.into_iter().filter(|check| !check.done).collect();
    let without: Vec<String> = missing.iter().map(|check| check.key.clone()).collect();
    let titles: Vec<String> = missing.iter().map(|check| check.title.clone()).collect();
    let message = if titles.is_empty() {
        "Everybody can see the shop and buy in it from that moment.".to_owned()
    } else {
        format!("Everybody can see the shop from that moment. Not done yet: {}.", titles.join("; "))
    };
    let (title, label) = if titles.is_empty() {
        ("Open the shop to everybody?", "Open the shop")
    } else {
        ("Open although something is missing?", "Open all the same")
    };
    let confirm = move |()| {
        let body = OpenShop { without: without.clone() };
        submission.send(
            async move { client.post::<Opening>("/opening/open", &body).await },
            move |opening| {
                open.set(false);
                toasts.success("The shop is open");
                loader.set(opening);
            },
        );
    };
    orion_ui::watch(move || {
        if let Some(error) = submission.error() {
            // Something else is missing by now: the list is asked for again.
            open.set(false);
            toasts.error(sentences(&error));
            loader.reload();
        }
    });
    view! { <ConfirmDialog open title message confirm_label=label busy=submission.busy() on_confirm=confirm/> }
}
