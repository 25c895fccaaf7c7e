use leptos::prelude::*;
use orion_app::{Loader, Reader, Refused, Submission, use_submission};
use orion_types::permission::Permission;
use orion_types::status::FontPair;
use orion_types::store::{StoreSettings, Theme, UpdateStoreSettings};
use orion_ui::*;

use super::SettingsBar;
use super::preview::Preview;
use crate::store::may;

/// The largest corner radius that the server takes, in pixels.
const MAX_RADIUS: i64 = 24;

/// What of a theme is edited here; the rest stays as it is.
#[derive(Clone)]
struct ThemeDraft {
    accent: RwSignal<String>,
    on_accent: RwSignal<String>,
    fonts: RwSignal<String>,
    radius: NumberField,
    rest: StoredValue<Theme>,
}

impl ThemeDraft {
    fn of(theme: &Theme) -> Self {
        Self {
            accent: RwSignal::new(theme.accent.clone()),
            on_accent: RwSignal::new(theme.on_accent.clone()),
            fonts: RwSignal::new(theme.fonts.as_str().to_owned()),
            radius: NumberField::whole(0, MAX_RADIUS, Some(i64::from(theme.radius))),
            rest: StoredValue::new(theme.clone()),
        }
    }

    /// The theme as it stands.
    fn read(&self, reader: &mut Reader) -> Theme {
        let fonts = reader.chosen("/theme/fonts", &self.fonts.get()).unwrap_or_default();
        Theme {
            accent: self.accent.get(),
            on_accent: self.on_accent.get(),
            fonts,
            radius: reader.required("/theme/radius", &self.radius),
            ..self.rest.get_value()
        }
    }
}

/// Colours, fonts and corners of the shop, and the words of its home page.
#[component]
pub fn Look(settings: StoreSettings, loader: Loader<StoreSettings>) -> impl IntoView {
    let submission = use_submission();
    let text = |value: &str| RwSignal::new(value.to_owned());
    let (hero_title, hero_text) = (text(&settings.hero_title), text(&settings.hero_text));
    let (story_title, story_text) = (text(&settings.brand_title), text(&settings.brand_text));
    let draft = ThemeDraft::of(&settings.theme);
    let version = settings.version;
    let theme = draft.clone();
    let change = move || {
        let mut reader = Reader::new();
        let body = UpdateStoreSettings {
            hero_title: Some(hero_title.get()),
            hero_text: Some(hero_text.get()),
            brand_title: Some(story_title.get()),
            brand_text: Some(story_text.get()),
            theme: Some(theme.read(&mut reader)),
            ..UpdateStoreSettings::default()
        };
        reader.finish(body)
    };
    let readonly = !may(Permission::SettingsWrite);
    view! {
        <Refused submission title="Not saved"/>
        <ThemeCard draft submission readonly/>
        <Card title="Home page">
            <div class="ui-stack">
                <Field label="Headline" error=submission.field("/hero_title")><TextInput value=hero_title maxlength=200 disabled=readonly/></Field>
                <Field label="Text below it" error=submission.field("/hero_text")><TextArea value=hero_text rows=3 disabled=readonly/></Field>
                <Field label="Title of your story" optional_mark=true error=submission.field("/brand_title")><TextInput value=story_title maxlength=200 disabled=readonly/></Field>
                <Field label="Your story" optional_mark=true error=submission.field("/brand_text")><TextArea value=story_text rows=5 disabled=readonly/></Field>
            </div>
        </Card>
        <SettingsBar change=StoredValue::new(Box::new(change)) submission version loader/>
    }
}

#[component]
fn ThemeCard(draft: ThemeDraft, submission: Submission, readonly: bool) -> impl IntoView {
    let shown = draft.clone();
    view! {
        <Card title="Colours and shapes">
            <div class="ui-stack">
                <div class="ui-form-grid">
                    <Field label="Accent colour" hint="Of buttons and links" error=submission.field("/theme/accent")><ColourInput value=draft.accent picker_label="Pick the accent colour" disabled=readonly/></Field>
                    <Field label="Text on it" hint="The words on buttons" error=submission.field("/theme/on_accent")><ColourInput value=draft.on_accent picker_label="Pick the colour of text on the accent" disabled=readonly/></Field>
                    <Field label="Fonts" hint="Of headings, and of everything else" error=submission.field("/theme/fonts")><Select value=draft.fonts options=Signal::stored(font_pairs()) disabled=readonly/></Field>
                    <Field label="Corners" hint="0 is square, 24 is round" error=submission.field("/theme/radius")><NumberInput value=draft.radius.clone() suffix="px" disabled=readonly/></Field>
                </div>
                // What is half typed looks like square corners.
                <Preview theme=Signal::derive(move || shown.read(&mut Reader::new()))/>
            </div>
        </Card>
    }
}

fn font_pairs() -> Vec<SelectOption> {
    let option = |pair: &FontPair| {
        let (heading, body) = pair.families();
        let name = if heading == body {
            heading.to_owned()
        } else {
            format!("{heading} and {body}")
        };
        SelectOption::new(pair.as_str(), name)
    };
    FontPair::ALL.iter().map(option).collect()
}
