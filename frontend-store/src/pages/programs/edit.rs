use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{Loader, use_client, use_load, use_submission};
use orion_client::Options;
use orion_types::oauth::{CreateProgram, Program, UpdateProgram};
use orion_types::permission::Permission;
use orion_ui::*;

use super::form::{Draft, ProgramForm};
use crate::store::may;

/// A registered program: what it names itself by, what can be changed of it, and the way to take it away.
#[component]
pub fn ProgramPage() -> impl IntoView {
    let client = use_client();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let program = use_load(move || {
        let path = format!("/programs/{}", id.get());
        async move { client.get::<Program>(&path).await }
    });
    view! {
        <div class="ui-page">
            <Loaded state=program.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| program.reload() let:value>
                <Detail program=value loader=program/>
            </Loaded>
        </div>
    }
}

#[component]
fn Detail(program: Program, loader: Loader<Program>) -> impl IntoView {
    let writes = may(Permission::ProgramsWrite);
    let main = if writes {
        view! { <EditProgram program=program.clone() loader/> }.into_any()
    } else {
        let addresses = program
            .redirect_uris
            .iter()
            .cloned()
            .map(|uri| view! { <li class="break-words">{uri}</li> })
            .collect_view();
        view! { <Card title="Where answers may go to"><ul>{addresses}</ul></Card> }.into_any()
    };
    let facts = vec![
        Definition::new("Registered by", program.created_by.clone()),
        Definition::new("Registered", view! { <DateTime at=Moment::from(program.created_at.0.clone())/> }),
    ];
    let remove = writes.then(|| view! { <Remove program=program.clone()/> });
    view! {
        <PageHeader title=program.name.clone() back_href="/programs" back_label="Programs">{remove}</PageHeader>
        <div class="ui-columns">
            <div class="ui-columns__main">
                <Card title="client_id" description="What the program names itself by. It is no secret.">
                    <CopyText value=program.client_id.clone() whole=true/>
                </Card>
                {main}
            </div>
            <div class="ui-columns__side"><Card title="Program"><DefinitionList items=facts/></Card></div>
        </div>
    }
    .into_any()
}

#[component]
fn EditProgram(program: Program, loader: Loader<Program>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let draft = Draft::of(&program);
    let saved = untrack(|| draft.read());
    let dirty = Memo::new(move |_| draft.read() != saved);
    let (id, version) = (program.id, program.version);
    let save = move |()| {
        let call = move |typed: CreateProgram| async move {
            let body = UpdateProgram {
                name: Some(typed.name),
                redirect_uris: Some(typed.redirect_uris),
            };
            client
                .patch::<Program>(&format!("/programs/{id}"), &body, Options::if_match(version))
                .await
        };
        submission.send_read(untrack(|| draft.read()), call, move |program| {
            toasts.success("Program saved");
            loader.set(program);
        });
    };
    view! {
        <ProgramForm draft submission/>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() on_save=save on_discard=move |()| loader.reload()/>
    }
    .into_any()
}

#[component]
fn Remove(program: Program) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let submission = use_submission();
    let open = RwSignal::new(false);
    let id = program.id;
    let remove = move |()| {
        let go = go.clone();
        submission.send(async move { client.delete::<()>(&format!("/programs/{id}")).await }, move |()| {
            toasts.success("Program removed");
            open.try_set(false);
            go("/programs");
        });
    };
    let message = format!("All that people let {} do ends with it. This cannot be taken back.", program.name);
    view! {
        <Button variant=ButtonVariant::QuietCritical icon=icons::TRASH on_click=move |_| open.set(true)>"Remove"</Button>
        <ConfirmDialog open title="Remove this program?" message confirm_label="Remove" tone=Tone::Critical busy=submission.busy() on_confirm=remove/>
    }
    .into_any()
}
