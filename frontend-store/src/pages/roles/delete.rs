use leptos::prelude::*;
use orion_app::{Loader, Refused, Submission, use_client, use_load, use_submission};
use orion_types::Page;
use orion_types::role::TeamRole;
use orion_ui::*;

use super::holders;
use crate::pages::team::given_roles;

/// Asks before a role goes, and which one those get who have it.
#[component]
pub fn DeleteDialog(open: RwSignal<bool>, role: TeamRole) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let submission = use_submission();
    let others = use_load(move || async move { client.get::<Page<TeamRole>>("/roles").await });
    let replacement = RwSignal::new(String::new());
    let id = role.id;
    let delete = move |_| {
        let go = go.clone();
        let path = match replacement.get_untracked() {
            instead if instead.is_empty() => format!("/roles/{id}"),
            instead => format!("/roles/{id}?replacement={instead}"),
        };
        submission.send(async move { client.delete::<()>(&path).await }, move |()| {
            toasts.success("Role deleted");
            open.try_set(false);
            go("/roles");
        });
    };
    let delete = Callback::new(delete);
    let title = format!("Delete {}?", role.name);
    let footer = move || {
        view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Critical busy=submission.busy() on_click=move |_| delete.run(())>"Delete"</Button>
        }
    };
    let role = StoredValue::new(role);
    view! {
        <Dialog open title description="This cannot be taken back." footer>
            {role.with_value(|role| body(role, others, replacement, submission))}
        </Dialog>
    }
    .into_any()
}

fn body(role: &TeamRole, others: Loader<Page<TeamRole>>, replacement: RwSignal<String>, submission: Submission) -> AnyView {
    let id = role.id;
    let options = Signal::derive(move || {
        let mut own = others.get().map(|page| page.data).unwrap_or_default();
        own.retain(|other| other.id != id);
        given_roles(&own)
    });
    let used = role.members + role.invitations > 0;
    let hint = format!("{}, in the same moment", holders(role.members, role.invitations));
    view! {
        <div class="ui-stack">
            <Refused submission title="Not deleted"/>
            {if used {
                view! {
                    <Field label="Role they get instead" hint>
                        <Select value=replacement options placeholder="Choose a role"/>
                    </Field>
                }
                .into_any()
            } else {
                view! { <p>"Nobody has this role."</p> }.into_any()
            }}
        </div>
    }
    .into_any()
}
