use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_app::{Loader, sentences, use_client, use_load, use_submission};
use orion_types::Page;
use orion_types::admin::Platform;
use orion_types::module::{ModuleState, SwitchModule};
use orion_types::status::ModuleTier;
use orion_ui::*;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/modules") view=ModulesPage/>
    }
    .into_inner()
}

/// The modules of a platform in their three tiers, with a switch for the optional ones.
#[component]
pub fn ModulesPage() -> impl IntoView {
    let client = use_client();
    let platforms = use_load(move || async move { client.get::<Page<Platform>>("/platforms").await.map(|page| page.data) });
    view! {
        <div class="ui-page">
            <PageHeader title="Modules" subtitle="A switch takes effect on all servers within seconds; data of a module that is off is kept"/>
            <Loaded state=platforms.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| platforms.reload() let:value>
                <PlatformModules platforms=value/>
            </Loaded>
        </div>
    }
}

#[component]
fn PlatformModules(platforms: Vec<Platform>) -> impl IntoView {
    let client = use_client();
    let wanted = use_query_param("platform");
    let first = platforms.first().map(|platform| platform.id.to_string()).unwrap_or_default();
    let active = Signal::derive(move || wanted.get_opt().unwrap_or_else(|| first.clone()));
    let items: Vec<TabItem> = platforms
        .iter()
        .map(|platform| TabItem::new(platform.id.to_string(), platform.name.clone()))
        .collect();
    let modules = use_load(move || {
        let path = format!("/platforms/{}/modules", active.get());
        async move { client.get::<Page<ModuleState>>(&path).await.map(|page| page.data) }
    });
    view! {
        <Tabs label="Platforms" items active on_select=move |id: String| wanted.set(&id)/>
        <Loaded state=modules.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| modules.reload() let:value>
            <Tier title="Optional" description="Switched per platform" tier=ModuleTier::Optional states=value.clone() platform=active.get_untracked() loader=modules/>
            <Tier title="Core" description="Always on" tier=ModuleTier::Core states=value.clone() platform=active.get_untracked() loader=modules/>
            <Tier title="Internal" description="For administrators only" tier=ModuleTier::Internal states=value platform=active.get_untracked() loader=modules/>
        </Loaded>
    }
}

#[component]
fn Tier(
    title: &'static str,
    description: &'static str,
    tier: ModuleTier,
    states: Vec<ModuleState>,
    platform: String,
    loader: Loader<Vec<ModuleState>>,
) -> impl IntoView {
    let row = |module: &ModuleState| {
        let along = along(module, &states);
        view! { <ModuleRow module=module.clone() along platform=platform.clone() loader/> }
    };
    let own = states.iter().filter(|module| module.tier == tier);
    let rows = own.map(row).collect_view();
    view! { <Card title description flush=true><ul class="divide-y divide-border">{rows}</ul></Card> }
}

/// Whatever a module requires, by itself or by what it requires.
fn required<'a>(module: &'a ModuleState, all: &'a [ModuleState]) -> Vec<&'a ModuleState> {
    let mut found: Vec<&ModuleState> = Vec::new();
    let mut open = vec![module];
    while let Some(next) = open.pop() {
        for one in all.iter().filter(|one| next.requires.contains(&one.id)) {
            if !found.iter().any(|known| known.id == one.id) {
                found.push(one);
                open.push(one);
            }
        }
    }
    found
}

/// The names of the modules that have to be switched along with one: those that need it where it is on, else those that it needs.
fn along(module: &ModuleState, all: &[ModuleState]) -> Vec<String> {
    let moves = |other: &&ModuleState| {
        if module.enabled {
            other.enabled && required(other, all).iter().any(|one| one.id == module.id)
        } else {
            !other.enabled && required(module, all).iter().any(|one| one.id == other.id)
        }
    };
    all.iter().filter(moves).map(|other| other.name.clone()).collect()
}

/// What a switch needs beyond itself, for the dialog.
#[derive(Clone, Default)]
struct Consequence {
    title: String,
    message: String,
    confirm: String,
}

#[component]
fn ModuleRow(module: ModuleState, along: Vec<String>, platform: String, loader: Loader<Vec<ModuleState>>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let checked = RwSignal::new(module.enabled);
    let asking = RwSignal::new(false);
    let consequence = RwSignal::new(Consequence::default());
    let (id, name) = (module.id.clone(), module.name.clone());
    let enabled = module.enabled;
    let switch = Callback::new(move |cascade: bool| {
        let verb = if enabled { "disable" } else { "enable" };
        let path = format!("/platforms/{platform}/modules/{id}/{verb}");
        let name = name.clone();
        submission.send(
            async move { client.post::<Page<ModuleState>>(&path, &SwitchModule { cascade }).await },
            move |states| {
                asking.set(false);
                toasts.success(format!("{name} is switched {}", if enabled { "off" } else { "on" }));
                loader.set(states.data);
            },
        );
    });
    // The server knows what else must change; it is asked first and its answer becomes the question.
    orion_ui::watch(move || {
        let Some(error) = submission.error() else {
            return;
        };
        checked.set(enabled);
        match error.problem().filter(|problem| !problem.modules.is_empty()) {
            Some(problem) => {
                let names = problem.modules.join(", ");
                let confirm = confirm_words(enabled, problem.modules.len());
                let (title, message) = if enabled {
                    (
                        "Switch off what depends on it?",
                        format!("These modules need it and would be switched off too: {names}. Their data is kept."),
                    )
                } else {
                    (
                        "Switch on what it requires?",
                        format!("It requires these modules, which would be switched on too: {names}."),
                    )
                };
                consequence.set(Consequence {
                    title: title.to_owned(),
                    message,
                    confirm,
                });
                asking.set(true);
            }
            None => toasts.error(sentences(&error)),
        }
    });
    let requires = (!module.requires.is_empty()).then(|| format!("Requires {}", module.requires.join(", ")));
    let hint = (module.tier == ModuleTier::Optional && !along.is_empty()).then(|| {
        let way = if enabled { "off" } else { "on" };
        format!("Switching it {way} takes along: {}", along.join(", "))
    });
    let control = match module.tier {
        ModuleTier::Optional => view! {
            <Switch checked label=format!("{} on", module.name) hide_label=true busy=submission.busy() on_change=move |_| switch.run(false)/>
        }
        .into_any(),
        _ => view! { <Badge tone=Tone::Positive>"On"</Badge> }.into_any(),
    };
    view! {
        <li class="flex items-center gap-4 px-4 sm:px-5 py-4" data-module=module.id.clone()>
            <div class="flex-1 min-w-0">
                <div class="font-medium">{module.name.clone()}</div>
                <div class="text-sm text-muted">{module.summary.clone()}</div>
                {requires.map(|text| view! { <div class="text-xs text-muted mt-1">{text}</div> })}
                {hint.map(|text| view! { <div class="text-xs text-muted mt-1">{text}</div> })}
            </div>
            {control}
            <ConfirmDialog
                open=asking
                title=Signal::derive(move || consequence.get().title)
                message=Signal::derive(move || consequence.get().message)
                confirm_label=Signal::derive(move || consequence.get().confirm)
                busy=submission.busy()
                on_confirm=move |()| switch.run(true)
            />
        </li>
    }
}

/// The module and the `others` that go with it.
fn confirm_words(enabled: bool, others: usize) -> String {
    let way = if enabled { "off" } else { "on" };
    match others {
        1 => format!("Switch {way} both"),
        _ => format!("Switch {way} all {}", others + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(id: &str, enabled: bool, requires: &[&str]) -> ModuleState {
        ModuleState {
            id: id.to_owned(),
            name: id.to_uppercase(),
            summary: String::new(),
            tier: ModuleTier::Optional,
            enabled,
            requires: requires.iter().map(|id| (*id).to_owned()).collect(),
            dependants: Vec::new(),
        }
    }

    #[test]
    fn what_goes_along_is_told_over_several_steps() {
        let all = |on: bool| {
            [
                module("catalog", true, &[]),
                module("stock", on, &["catalog"]),
                module("orders", on, &["stock"]),
                module("returns", on, &["orders"]),
            ]
        };
        let (on, off) = (all(true), all(false));
        assert_eq!(along(&on[1], &on), ["ORDERS", "RETURNS"]);
        assert_eq!(along(&off[3], &off), ["STOCK", "ORDERS"], "what is on stays as it is");
        assert_eq!(along(&on[3], &on), [""; 0]);
    }
}
