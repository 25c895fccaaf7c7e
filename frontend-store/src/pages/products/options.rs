use leptos::prelude::*;
use orion_types::permission::Permission;
use orion_ui::*;

use super::draft::{OptionDraft, ProductDraft};
use crate::store::may;

/// Options such as size and colour; a change makes the variants anew.
#[component]
pub fn OptionsCard(draft: ProductDraft, error: Signal<Option<String>>) -> impl IntoView {
    let trouble = RwSignal::new(None::<String>);
    let apply = move || trouble.set(draft.match_variants().err());
    let add = move |_| draft.options.update(|options| options.push(OptionDraft::new("", &[])));
    let writes = may(Permission::ProductsWrite);
    let problem = Signal::derive(move || trouble.get().or_else(|| error.get()));
    view! {
        <Card title="Options" description="Such as size or colour, at most three. Every combination becomes a variant.">
            <div class="ui-stack">
                {move || problem.get().map(|message| view! { <Callout tone=Tone::Critical title="These options do not work">{message}</Callout> })}
                <For each=move || draft.options.get().into_iter().enumerate() key=|(place, option)| (*place, option.name.clone()) let((place, option))>
                    <div class="flex flex-wrap items-end gap-3">
                        <div class="w-full sm:w-40"><Field label="Name"><TextInput value=RwSignal::from(option.name.clone()) placeholder="Size" on_change=move |_| apply()/></Field></div>
                        <div class="flex-1"><Field label="Values, separated by commas"><TextInput value=RwSignal::from(option.values.clone()) placeholder="S, M, L" on_change=move |_| apply()/></Field></div>
                        {writes.then(|| view! {
                            <IconButton icon=icons::TRASH label="Remove option" on_click=move |_| {
                                draft.options.update(|options| { options.remove(place); });
                                apply();
                            }/>
                        })}
                    </div>
                </For>
                {move || (writes && draft.options.get().len() < 3).then(|| view! { <div><Button icon=icons::PLUS on_click=add>"Add option"</Button></div> })}
            </div>
        </Card>
    }
}
