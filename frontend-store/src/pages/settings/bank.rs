use leptos::prelude::*;
use orion_app::{Loader, Refused, use_client, use_load, use_submission};
use orion_client::Options;
use orion_types::permission::Permission;
use orion_types::store::{BankTransfer, SaveBankTransfer};
use orion_ui::*;

use crate::store::may;

/// Where customers transfer their money to.
#[component]
pub fn Bank() -> impl IntoView {
    let client = use_client();
    let account = use_load(move || async move { client.get::<BankTransfer>("/settings/bank-transfer").await });
    view! {
        <Loaded state=account.state() skeleton=|| view! { <FormSkeleton/> } on_retry=move |()| account.reload() let:value>
            <Account account=value loader=account/>
        </Loaded>
    }
}

#[component]
fn Account(account: BankTransfer, loader: Loader<BankTransfer>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let text = |value: &str| RwSignal::new(value.to_owned());
    let (holder, number) = (text(&account.account_holder), text(&account.account_number));
    let (bank, code) = (text(&account.bank_name), text(&account.bank_code));
    let instructions = text(&account.instructions);
    let (version, unknown) = (account.version, account.account_number.is_empty());
    let typed = move || SaveBankTransfer {
        account_holder: holder.get(),
        account_number: number.get(),
        bank_name: bank.get(),
        bank_code: code.get(),
        instructions: instructions.get(),
    };
    let saved = untrack(typed);
    let dirty = Memo::new(move |_| typed() != saved);
    let save = move |()| {
        let body = untrack(typed);
        submission.send(
            async move {
                client
                    .put::<BankTransfer>("/settings/bank-transfer", &body, Options::if_match(version))
                    .await
            },
            move |account| {
                toasts.success("Bank details saved");
                loader.set(account);
            },
        );
    };
    let readonly = !may(Permission::SettingsWrite);
    view! {
        <Card
            title="Bank transfer"
            description="Customers who pay by transfer read this on their confirmation and in their mail, with their order's number as the reference."
        >
            <div class="ui-stack">
                {unknown.then(|| view! { <Callout tone=Tone::Warning title="No account yet">"Until there is one, customers are told to ask for it."</Callout> })}
                <Refused submission title="Not saved"/>
                <div class="ui-form-grid">
                    <Field label="Account holder" error=submission.field("/account_holder")><TextInput value=holder maxlength=100 disabled=readonly/></Field>
                    <Field label="IBAN or account number" error=submission.field("/account_number")><TextInput value=number maxlength=42 mono=true disabled=readonly/></Field>
                    <Field label="Bank" optional_mark=true error=submission.field("/bank_name")><TextInput value=bank maxlength=100 disabled=readonly/></Field>
                    <Field label="BIC or bank code" optional_mark=true error=submission.field("/bank_code")><TextInput value=code maxlength=20 mono=true disabled=readonly/></Field>
                </div>
                <Field label="Anything else customers should know" optional_mark=true error=submission.field("/instructions")><TextArea value=instructions rows=2 maxlength=500 disabled=readonly/></Field>
            </div>
        </Card>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() on_save=save on_discard=move |()| loader.reload()/>
    }
}
