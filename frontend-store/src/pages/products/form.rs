use leptos::prelude::*;
use orion_app::{Refused, Submission, use_client, use_load};
use orion_types::catalog::CategorySummary;
use orion_types::permission::Permission;
use orion_types::{CategoryId, Page};
use orion_ui::*;

use super::draft::ProductDraft;
use super::options::OptionsCard;
use super::variants::VariantsCard;
use crate::store::may;

/// From this width on, in pixels, all of the form is unfolded.
const WIDE: f64 = 768.0;

/// The form of a product: main cards, and `side` for what stands beside them.
#[component]
pub fn ProductForm(
    draft: ProductDraft,
    submission: Submission,
    #[prop(optional, into)] pictures: Option<ViewFn>,
    #[prop(optional, into)] side: Option<ViewFn>,
) -> impl IntoView {
    let readonly = !may(Permission::ProductsWrite);
    view! {
        {readonly.then(|| view! { <Callout tone=Tone::Neutral title="You can read this product">"Changing it takes another role in this store's team."</Callout> })}
        <Refused submission title="Not saved"/>
        // A fieldset disables every control inside, those of the kit included.
        <fieldset class="contents" disabled=readonly>
        <div class="ui-columns ui-columns--lead">
            <div class="ui-columns__main">
                <Card title="Product">
                    <div class="ui-stack">
                        <Field label="Title" required=true error=submission.field("/title")><TextInput value=draft.title maxlength=200 name="title"/></Field>
                        <Field label="Description" error=submission.field("/description_html")><RichText value=draft.description disabled=readonly/></Field>
                    </div>
                </Card>
                {pictures.map(|pictures| pictures.run())}
                <OptionsCard draft submission/>
                <VariantsCard draft submission/>
                <SearchEngines draft submission/>
            </div>
            <div class="ui-columns__side">
                {side.map(|side| view! { <div class="ui-columns__lead">{side.run()}</div> })}
                <Card title="Organisation">
                    <div class="ui-stack">
                        <Categories chosen=draft.categories/>
                        <Field label="Vendor" error=submission.field("/vendor")><TextInput value=draft.vendor maxlength=100/></Field>
                        <Field label="Type" error=submission.field("/product_type")><TextInput value=draft.product_type maxlength=100/></Field>
                        <Field label="Tags" hint="Enter after each" error=submission.fields_below("/tags")>
                            <ChipInput chips=draft.tags new_key=move |()| draft.new_key() placeholder="Add a tag" disabled=readonly/>
                        </Field>
                        <Switch checked=draft.featured label="Featured on the home page" disabled=readonly/>
                    </div>
                </Card>
            </div>
        </div>
        </fieldset>
    }
}

/// What few need, folded on phones; it opens when something in it is wrong.
#[component]
fn SearchEngines(draft: ProductDraft, submission: Submission) -> impl IntoView {
    let errors = ["/slug", "/seo_title", "/seo_description"].map(|pointer| submission.field(pointer));
    let [slug, title, description] = errors;
    let wide = window()
        .inner_width()
        .ok()
        .and_then(|width| width.as_f64())
        .is_some_and(|width| width >= WIDE);
    let open = Memo::new(move |_| wide || errors.iter().any(|error| error.get().is_some()));
    view! {
        <details class="ui-card ui-fold" prop:open=open>
            <summary class="ui-card__head">
                <span class="ui-card__titles">
                    <h2 class="ui-card__title">"Search engines"</h2>
                    <span class="ui-card__description">"Title and description of the product itself are used where these are empty"</span>
                </span>
                <Icon icon=icons::CHEVRON_DOWN size=IconSize::Medium/>
            </summary>
            <div class="ui-card__body ui-stack">
                <Field label="Address" hint="The last part of the product's address; an old one redirects" error=slug><TextInput value=draft.slug mono=true maxlength=120/></Field>
                <Field label="Page title" error=title><TextInput value=draft.seo_title maxlength=200/></Field>
                <Field label="Page description" error=description><TextArea value=draft.seo_description rows=2 maxlength=320/></Field>
            </div>
        </details>
    }
}

#[component]
fn Categories(chosen: RwSignal<Vec<CategoryId>>) -> impl IntoView {
    let client = use_client();
    let categories = use_load(move || async move { client.get::<Page<CategorySummary>>("/categories").await });
    view! {
        <fieldset class="ui-stack">
            <legend class="text-sm font-medium mb-2">"Categories"</legend>
            <Loaded state=categories.state() skeleton=|| view! { <TextSkeleton lines=3/> } on_retry=move |()| categories.reload() let:value>
                {value.data.into_iter().map(|category| view! { <Choice category chosen/> }).collect_view()}
            </Loaded>
        </fieldset>
    }
}

#[component]
fn Choice(category: CategorySummary, chosen: RwSignal<Vec<CategoryId>>) -> impl IntoView {
    let id = category.id;
    let checked = RwSignal::new(chosen.with_untracked(|chosen| chosen.contains(&id)));
    let change = move |on: bool| {
        chosen.update(|chosen| {
            chosen.retain(|other| *other != id);
            if on {
                chosen.push(id);
            }
        });
    };
    view! { <Checkbox checked label=category.name on_change=change/> }
}
