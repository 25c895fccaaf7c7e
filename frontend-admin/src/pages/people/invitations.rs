use leptos::prelude::*;
use orion_app::{Loader, use_client, use_load, use_submission};
use orion_types::Page;
use orion_types::admin::Platform;
use orion_types::people::AdminInvitation;
use orion_ui::*;

use super::invite::InviteDialog;
use super::words::platform_name;

/// Who is invited to the administration and has not come yet.
#[component]
pub fn InvitationsPage() -> impl IntoView {
    let client = use_client();
    let invitations = use_load(move || async move { client.get::<Page<AdminInvitation>>("/invitations").await });
    let platforms = use_load(move || async move { client.get::<Page<Platform>>("/platforms").await.map(|page| page.data) });
    let inviting = RwSignal::new(false);
    let action = move || {
        platforms
            .get()
            .map(|_| view! { <Button variant=ButtonVariant::Primary icon=icons::PLUS on_click=move |_| inviting.set(true)>"Invite an administrator"</Button> })
    };
    let dialog = move || {
        platforms
            .get()
            .map(|platforms| view! { <InviteDialog open=inviting platforms invitations/> })
    };
    view! {
        <div class="ui-page">
            <PageHeader title="Administrators' invitations" subtitle="Who is invited and has not come yet" back_href="/people" back_label="People">{action}</PageHeader>
            <Card flush=true>
                <Loaded state=invitations.state() skeleton=|| view! { <TableSkeleton rows=2 columns=3/> } on_retry=move |()| invitations.reload() let:value>
                    {if value.data.is_empty() {
                        view! {
                            <EmptyState icon=icons::MAIL title="Nobody is invited" description="Whom you invite makes an account of their own by a link in a mail, and administers what you choose."/>
                        }.into_any()
                    } else {
                        let known = platforms.get().unwrap_or_default();
                        let rows = value.data.into_iter().map(|row| view! { <Row row platforms=known.clone() invitations/> }).collect_view();
                        view! { <ul class="divide-y divide-border">{rows}</ul> }.into_any()
                    }}
                </Loaded>
            </Card>
            {dialog}
        </div>
    }
    .into_any()
}

fn offered(row: &AdminInvitation, platforms: &[Platform]) -> String {
    if row.super_admin {
        return "Super admin".to_owned();
    }
    let names: Vec<String> = row.platform_ids.iter().map(|id| platform_name(platforms, *id)).collect();
    names.join(", ")
}

#[component]
fn Row(row: AdminInvitation, platforms: Vec<Platform>, invitations: Loader<Page<AdminInvitation>>) -> impl IntoView {
    let offered = offered(&row, &platforms);
    view! {
        <li class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 sm:px-5 py-3">
            <span class="min-w-0">
                <span class="block font-medium break-all">{row.email.clone()}</span>
                <span class="block text-sm text-muted">
                    {offered} ", by " {row.invited_by} ", sent " <RelativeTime at=Moment::from(row.sent_at.0)/> ", good until " <DateTime at=Moment::from(row.expires_at.0)/>
                </span>
            </span>
            <Actions id=row.id.to_string() email=row.email invitations/>
        </li>
    }
    .into_any()
}

#[component]
fn Actions(id: String, email: String, invitations: Loader<Page<AdminInvitation>>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let [sending, revoking] = [(); 2].map(|()| use_submission());
    let path = StoredValue::new(format!("/invitations/{id}"));
    let (again, back) = (email.clone(), email);
    let resend = move |_| {
        let path = format!("{}/resend", path.get_value());
        sending.send(async move { client.post::<AdminInvitation>(&path, &()).await }, move |_| {
            toasts.success("Sent again; the link before is worth nothing now");
            invitations.reload();
        });
    };
    let revoke = move |_| {
        revoking.send(async move { client.delete::<()>(&path.get_value()).await }, move |()| {
            toasts.success("Invitation taken back");
            invitations.reload();
            keep_focus();
        });
    };
    view! {
        <span class="flex gap-2">
            <Button size=ButtonSize::Small busy=sending.busy() on_click=resend>"Send again" <span class="ui-sr-only">{again}</span></Button>
            <Button size=ButtonSize::Small busy=revoking.busy() on_click=revoke>"Take back" <span class="ui-sr-only">{back}</span></Button>
        </span>
    }
    .into_any()
}
