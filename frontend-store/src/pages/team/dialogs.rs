//! What is asked before the team changes.

use leptos::prelude::*;
use orion_app::{Loader, Read, Reader, Refused, Submission, use_client, use_submission};
use orion_client::{Options, SessionClient};
use orion_types::Page;
use orion_types::role::TeamRole;
use orion_types::status::MemberRole;
use orion_types::team::{CreateInvitation, Invitation, TeamMember, UpdateTeamMember};
use orion_ui::*;

use super::{chosen_role, role_options};

/// Invites somebody by e-mail.
#[component]
pub fn InviteDialog(open: RwSignal<bool>, invitations: Loader<Page<Invitation>>, roles: Loader<Page<TeamRole>>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let (email, role) = (RwSignal::new(String::new()), RwSignal::new(MemberRole::Editor.as_str().to_owned()));
    let send = move |_| {
        let (role, role_id) = chosen_role(&role.get_untracked());
        let body = CreateInvitation {
            email: email.get_untracked(),
            role,
            role_id,
        };
        let call = async move { client.post::<Invitation>("/invitations", &body).await };
        submission.send(call, move |made| {
            toasts.success(format!("An invitation is on its way to {}", made.email));
            email.try_set(String::new());
            open.try_set(false);
            invitations.reload();
        });
    };
    view! {
        <Dialog open title="Invite somebody" description="They get a link that works once and for seven days." footer=move || view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary icon=icons::SEND busy=submission.busy() on_click=send>"Send invitation"</Button>
        }>
            <div class="ui-stack">
                <Refused submission title="Not invited"/>
                <Field label="E-mail" error=submission.field("/email")>
                    <TextInput value=email kind=InputKind::Email autocomplete="off" name="email"/>
                </Field>
                <Field label="Role" error=submission.field("/role_id")><Select value=role options=role_options(roles)/></Field>
            </div>
        </Dialog>
    }
    .into_any()
}

/// A member as the page shows them, and the way to change them.
#[derive(Clone, Copy)]
struct Change {
    client: SessionClient,
    submission: Submission,
    member: StoredValue<TeamMember>,
    members: Loader<Page<TeamMember>>,
    open: RwSignal<bool>,
}

impl Change {
    fn new(open: RwSignal<bool>, member: StoredValue<TeamMember>, members: Loader<Page<TeamMember>>) -> Self {
        Self {
            client: use_client(),
            submission: use_submission(),
            member,
            members,
            open,
        }
    }

    /// Under the version that the page shows.
    fn send(self, read: Read<UpdateTeamMember>, said: &'static str) {
        let Self { client, submission, .. } = self;
        let (id, version) = self.member.with_value(|member| (member.id, member.version));
        let call = move |body| async move {
            let path = format!("/team/{id}");
            client.patch::<TeamMember>(&path, &body, Options::if_match(version)).await
        };
        submission.send_read(read, call, move |_| self.done(said));
    }

    fn done(self, said: &'static str) {
        use_toasts().success(said);
        self.open.try_set(false);
        self.members.reload();
        keep_focus();
    }

    fn name(self) -> String {
        self.member.with_value(|member| member.name.clone())
    }
}

/// Gives a member another role.
#[component]
pub fn RoleDialog(
    open: RwSignal<bool>,
    member: StoredValue<TeamMember>,
    members: Loader<Page<TeamMember>>,
    roles: Loader<Page<TeamRole>>,
) -> impl IntoView {
    let change = Change::new(open, member, members);
    let submission = change.submission;
    let present = |member: &TeamMember| member.role_id.map_or_else(|| member.role.as_str().to_owned(), |id| id.to_string());
    let role = RwSignal::new(member.with_value(present));
    let save = move |_| {
        let (role, role_id) = chosen_role(&role.get_untracked());
        let body = UpdateTeamMember {
            role: Some(role),
            role_id,
            ..UpdateTeamMember::default()
        };
        change.send(Reader::new().finish(body), "Role changed");
    };
    let title = format!("Role of {}", change.name());
    view! {
        <Dialog open title description="It counts with their next click." footer=move || view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=save>"Change role"</Button>
        }>
            <div class="ui-stack">
                <Refused submission title="Not changed"/>
                <Field label="Role" error=submission.field("/role_id")><Select value=role options=role_options(roles)/></Field>
            </div>
        </Dialog>
    }
    .into_any()
}

/// Shuts a member out until further notice, or lets them in again.
#[component]
pub fn SuspendDialog(open: RwSignal<bool>, member: StoredValue<TeamMember>, members: Loader<Page<TeamMember>>) -> impl IntoView {
    let change = Change::new(open, member, members);
    let active = member.with_value(|member| member.active);
    let (title, message, confirm_label, said) = if active {
        (
            format!("Suspend {}?", change.name()),
            "They cannot enter this store from their next click on. Their place in the team stays.",
            "Suspend",
            "Suspended",
        )
    } else {
        (
            format!("Let {} in again?", change.name()),
            "They may do what their role allows, as before.",
            "Let in again",
            "Let in again",
        )
    };
    let confirm = move |()| {
        let body = UpdateTeamMember {
            active: Some(!active),
            ..UpdateTeamMember::default()
        };
        change.send(Reader::new().finish(body), said);
    };
    view! { <ConfirmDialog open title message confirm_label busy=change.submission.busy() on_confirm=confirm/> }.into_any()
}

/// Removes a member.
#[component]
pub fn RemoveDialog(open: RwSignal<bool>, member: StoredValue<TeamMember>, members: Loader<Page<TeamMember>>) -> impl IntoView {
    let change = Change::new(open, member, members);
    let Change { client, submission, .. } = change;
    let remove = move |()| {
        let id = member.with_value(|member| member.id);
        let call = async move { client.delete::<()>(&format!("/team/{id}")).await };
        submission.send(call, move |()| change.done("Removed from the team"));
    };
    let title = format!("Remove {}?", change.name());
    view! {
        <ConfirmDialog
            open title message="They cannot enter this store from their next click on. Their account and their other stores stay."
            confirm_label="Remove" tone=Tone::Critical busy=submission.busy() on_confirm=remove
        />
    }
    .into_any()
}

/// Leaves the team oneself.
#[component]
pub fn LeaveDialog(open: RwSignal<bool>) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let go = use_go();
    let leave = move |()| {
        let go = go.clone();
        submission.send(async move { client.delete::<()>("/me/membership").await }, move |()| {
            open.try_set(false);
            go("/stores");
        });
    };
    view! {
        <ConfirmDialog
            open title="Leave this team?" message="You cannot enter this store any more until somebody invites you again. Your account stays."
            confirm_label="Leave" tone=Tone::Critical busy=submission.busy() on_confirm=leave
        />
    }
    .into_any()
}
