use leptos::prelude::*;
use orion_app::{Read, Reader, Refused, use_client, use_load, use_submission};
use orion_types::Page;
use orion_types::admin::{AdminStore, CreateStore, NewOwner, Platform};
use orion_types::validation::slugify;
use orion_ui::*;

/// A new store with its owner.
#[component]
pub fn NewStorePage() -> impl IntoView {
    let client = use_client();
    let platforms = use_load(move || async move { client.get::<Page<Platform>>("/platforms").await.map(|page| page.data) });
    view! {
        <div class="ui-page ui-page--form">
            <PageHeader title="New store" back_href="/stores" back_label="Stores"/>
            <Loaded state=platforms.state() skeleton=|| view! { <FormSkeleton/> } on_retry=move |()| platforms.reload() let:value>
                <StoreForm platforms=value/>
            </Loaded>
        </div>
    }
}

#[derive(Clone, Copy)]
struct Fields {
    platform: RwSignal<String>,
    name: RwSignal<String>,
    code: RwSignal<String>,
    currency: RwSignal<String>,
    locale: RwSignal<String>,
    tax: RwSignal<bool>,
    owner_email: RwSignal<String>,
    owner_name: RwSignal<String>,
    owner_password: RwSignal<String>,
}

impl Fields {
    fn new(platforms: &[Platform]) -> Self {
        let text = |value: &str| RwSignal::new(value.to_owned());
        // Where there are several they differ in what their stores can do, and a store stays on its own.
        let only = if let [only] = platforms { Some(only) } else { None };
        Self {
            platform: RwSignal::new(only.map(|platform| platform.id.to_string()).unwrap_or_default()),
            name: text(""),
            code: text(""),
            currency: text("EUR"),
            locale: text("en"),
            tax: RwSignal::new(true),
            owner_email: text(""),
            owner_name: text(""),
            owner_password: text(""),
        }
    }

    fn read(self) -> Read<CreateStore> {
        let given = |signal: RwSignal<String>| Some(signal.get_untracked()).filter(|text| !text.is_empty());
        let mut reader = Reader::new();
        let platform_id = reader.chosen("/platform_id", &self.platform.get_untracked());
        let body = platform_id.map(|platform_id| CreateStore {
            platform_id,
            name: self.name.get_untracked(),
            code: self.code.get_untracked(),
            currency: self.currency.get_untracked(),
            locale: given(self.locale),
            timezone: None,
            prices_include_tax: self.tax.get_untracked(),
            open: false,
            owner: NewOwner {
                email: self.owner_email.get_untracked(),
                name: given(self.owner_name),
                password: given(self.owner_password),
            },
        });
        reader.finish(body)
    }
}

#[component]
fn StoreForm(platforms: Vec<Platform>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let submission = use_submission();
    let fields = Fields::new(&platforms);
    let options: Vec<SelectOption> = platforms
        .iter()
        .map(|platform| SelectOption::new(platform.id.to_string(), platform.name.clone()))
        .collect();
    let suggest_code = move |name: String| {
        if fields.code.get_untracked().is_empty() {
            fields.code.set(slugify(&name));
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let go = go.clone();
        let call = move |request| async move { client.post::<AdminStore>("/stores", &request).await };
        submission.send_read(fields.read(), call, move |store| {
            toasts.success(format!("{} was created", store.name));
            go(&format!("/stores/{}", store.id));
        });
    };
    view! {
        <form class="ui-stack" on:submit=submit>
            <Refused submission title="The store was not created"/>
            <Card title="Store">
                <div class="ui-stack">
                    <Field label="Platform" hint="Decides what the store can do, and stays" error=submission.field("/platform_id")>
                        <Select value=fields.platform options=Signal::stored(options) placeholder="Choose a platform"/>
                    </Field>
                    <Field label="Name" error=submission.field("/name")><TextInput value=fields.name maxlength=100 name="name" on_change=suggest_code/></Field>
                    <Field label="Code" hint="Its address below the platform's domain; letters a–z, digits and hyphens" error=submission.field("/code")>
                        <TextInput value=fields.code maxlength=63 mono=true name="code"/>
                    </Field>
                    <div class="ui-form-grid">
                        <Field label="Currency" hint="Fixed once there are orders" error=submission.field("/currency")>
                            <TextInput value=fields.currency maxlength=3 mono=true name="currency"/>
                        </Field>
                        <Field label="Language" error=submission.field("/locale")>
                            <Select value=fields.locale options=Signal::stored(orion_i18n::Locale::ALL.iter().map(|locale| SelectOption::new(locale.code(), locale.name())).collect::<Vec<_>>())/>
                        </Field>
                    </div>
                    <Switch checked=fields.tax label="Prices include tax"/>
                </div>
            </Card>
            <OwnerCard fields submission/>
            <div class="ui-row justify-end">
                <LinkButton href="/stores">"Cancel"</LinkButton>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy()>"Create store"</Button>
            </div>
        </form>
    }
}

#[component]
fn OwnerCard(fields: Fields, submission: orion_app::Submission) -> impl IntoView {
    view! {
        <Card title="Owner" description="An account that exists becomes the owner as it is; otherwise it is made with this name and password.">
            <div class="ui-stack">
                <Field label="E-mail" error=submission.field("/owner/email")><TextInput value=fields.owner_email kind=InputKind::Email name="owner_email"/></Field>
                <div class="ui-form-grid">
                    <Field label="Name" hint="Of a new account" error=submission.field("/owner/name")><TextInput value=fields.owner_name name="owner_name"/></Field>
                    <Field label="Password" hint="Of a new account" error=submission.field("/owner/password")>
                        <TextInput value=fields.owner_password kind=InputKind::Password autocomplete="new-password" name="owner_password"/>
                    </Field>
                </div>
            </div>
        </Card>
    }
}
