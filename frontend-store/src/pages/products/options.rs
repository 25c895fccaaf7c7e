use leptos::prelude::*;
use orion_app::Submission;
use orion_types::permission::Permission;
use orion_ui::*;

use super::draft::{OptionDraft, ProductDraft};
use crate::store::may;

/// Most options of a product.
const MAX_OPTIONS: usize = 3;
/// So many combinations that are not offered are shown one by one.
const SHOWN: usize = 12;

/// Options such as size and colour; variants follow what happens to them.
#[component]
pub fn OptionsCard(draft: ProductDraft, submission: Submission) -> impl IntoView {
    let trouble = RwSignal::new(None::<String>);
    let writes = may(Permission::ProductsWrite);
    let refused = submission.field("/options");
    let problem = Signal::derive(move || trouble.get().or_else(|| refused.get()));
    let more = move || writes && draft.options.with(Vec::len) < MAX_OPTIONS;
    view! {
        <Card title="Options" description="Such as size or colour, at most three. What gets another name stays the same variant.">
            <div class="ui-stack">
                {move || problem.get().map(|message| view! { <Callout tone=Tone::Critical title="These options do not work">{message}</Callout> })}
                <For each=move || draft.options.get().into_iter().enumerate() key=|(place, option)| (*place, option.key) let((place, option))>
                    <OptionRow draft place option submission trouble writes/>
                </For>
                {move || more().then(|| view! { <div><Button icon=icons::PLUS on_click=move |_| draft.add_option()>"Add option"</Button></div> })}
                {writes.then(|| view! { <NotOffered draft/> })}
            </div>
        </Card>
    }
}

#[component]
fn OptionRow(
    draft: ProductDraft,
    place: usize,
    option: OptionDraft,
    submission: Submission,
    trouble: RwSignal<Option<String>>,
    writes: bool,
) -> impl IntoView {
    let key = option.key;
    let added = move |value: u32| trouble.set(draft.value_added(key, value).err());
    let removed = move |value: u32| {
        trouble.set(None);
        draft.value_removed(key, value);
    };
    let remove = move |_| {
        trouble.set(None);
        draft.remove_option(key);
    };
    view! {
        <div class="flex flex-wrap items-start gap-3" role="group" aria-label=format!("Option {}", place + 1) data-option=place>
            <div class="w-full sm:w-40">
                <Field label="Name" error=submission.field(format!("/options/{place}/name"))><TextInput value=RwSignal::from(option.name.clone()) placeholder="Size"/></Field>
            </div>
            <div class="flex-1 min-w-48">
                <Field label="Values" hint="Enter after each; press one to change it" error=submission.fields_below(format!("/options/{place}/values"))>
                    <ChipInput
                        chips=RwSignal::from(option.values.clone()) new_key=move |()| draft.new_key() placeholder="Add a value" disabled=!writes
                        on_added=added on_removed=removed on_moved=move |()| draft.order_variants()
                    />
                </Field>
            </div>
            {writes.then(|| view! { <span class="pt-6"><IconButton icon=icons::TRASH label="Remove option" on_click=remove/></span> })}
        </div>
    }
}

/// Combinations that no variant has, on purpose or not, and a way to have them.
#[component]
fn NotOffered(draft: ProductDraft) -> impl IntoView {
    let missing = Memo::new(move |_| draft.missing().unwrap_or_default());
    let one = move |values: Vec<u32>| {
        let words = draft.words_of(&values).join(" / ");
        let label = format!("Offer {words}");
        view! {
            <li class="ui-chip">
                <span class="ui-chip__label">{words}</span>
                <button type="button" class="ui-chip__remove" aria-label=label on:click=move |_| draft.offer(vec![values.clone()])><Icon icon=icons::PLUS/></button>
            </li>
        }
    };
    let all = move |_| draft.offer(missing.get_untracked());
    move || {
        let missing = missing.get();
        (!missing.is_empty()).then(|| {
            let title = count_of(
                i64::try_from(missing.len()).unwrap_or(i64::MAX),
                "combination is",
                "combinations are",
            ) + " not offered";
            let few = (missing.len() <= SHOWN).then(|| view! { <ul class="ui-chips">{missing.into_iter().map(one).collect_view()}</ul> });
            view! {
                <div class="ui-stack-tight">
                    <p class="text-sm text-muted">{title}</p>
                    {few}
                    <div><Button size=ButtonSize::Small on_click=all>"Offer all"</Button></div>
                </div>
            }
        })
    }
}
