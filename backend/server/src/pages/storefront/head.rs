//! The head of a page: what tabs, search engines and links in chats show.

use std::fmt::Write;

use orion_i18n::{Text, fill};
use orion_types::catalog::{CategorySummary, ProductImage};
use orion_types::status::FontPair;
use orion_types::store::{StorefrontInfo, Theme, media_path};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::Visit;
use super::canonical::Canonical;
use super::data::{Found, PageData};
use super::route::Address;
use super::structured::structured;
use crate::pages::shell::{escape, script_json};

/// Most characters of a description that search engines show.
const DESCRIPTION: usize = 160;

/// The elements of the head.
pub fn head(visit: &Visit, found: &Found) -> String {
    let info = &found.info;
    let origin = visit.store.storefront_url();
    let canonical = Canonical::of(visit, &origin);
    let (title, description, image) = (title(visit, found), description(visit, found), image(found));
    let full_title = if title == info.name {
        title.clone()
    } else {
        format!("{title} · {}", info.name)
    };
    let kind = if matches!(found.page, Some(PageData::Product(_))) {
        "product"
    } else {
        "website"
    };
    let mut head = format!("<title>{}</title>", escape(&full_title));
    let mut meta = |name: &str, key: &str, value: &str| {
        let _written = write!(head, "<meta {name}=\"{key}\" content=\"{}\">", escape(value));
    };
    if !description.is_empty() {
        meta("name", "description", &description);
        meta("property", "og:description", &description);
    }
    if hidden(visit, found) {
        meta("name", "robots", "noindex");
    }
    meta("name", "theme-color", &info.theme.surface);
    meta("property", "og:title", &title);
    meta("property", "og:type", kind);
    meta("property", "og:site_name", &info.name);
    meta("property", "og:url", &canonical.here());
    if let Some(image) = image {
        meta("property", "og:image", &format!("{origin}{image}"));
        meta("name", "twitter:card", "summary_large_image");
    }
    if !hidden(visit, found) {
        canonical.links(&mut head);
    }
    preload_fonts(&mut head, info.theme.fonts);
    head.push_str(&icon(info));
    let _written = write!(head, "<style id=\"orion-theme\">{}</style>", theme(&info.theme));
    for data in structured(visit, found, &origin) {
        let _written = write!(
            head,
            "<script type=\"application/ld+json\">{}</script>",
            script_json(&data.to_string())
        );
    }
    head
}

/// The fonts of the first screen: asked for before the style sheet names them, so that the text does not change its shape.
fn preload_fonts(head: &mut String, fonts: FontPair) {
    let (heading, body) = fonts.families();
    for family in [Some(heading), (body != heading).then_some(body)].into_iter().flatten() {
        let file = family.to_ascii_lowercase().replace(' ', "-");
        let _written = write!(
            head,
            "<link rel=\"preload\" as=\"font\" type=\"font/woff2\" crossorigin href=\"/assets/storefront/fonts/{file}-latin-wght.woff2\">"
        );
    }
}

/// Whether search engines shall leave the page alone: what belongs to one customer, does not exist, or is a view of another page.
fn hidden(visit: &Visit, found: &Found) -> bool {
    found.missing
        || matches!(visit.address, Address::App { .. } | Address::Unknown | Address::Search)
        || visit.query.is_narrowed()
        || found.misread
}

/// What the page is called.
pub fn title(visit: &Visit, found: &Found) -> String {
    let words = |text: Text| text.words(visit.locale).to_owned();
    if found.missing {
        return words(Text::NotFoundTitle);
    }
    match (&visit.address, &found.page) {
        (_, Some(PageData::Product(product))) if !product.seo_title.is_empty() => product.seo_title.clone(),
        (_, Some(PageData::Product(product))) => product.title.clone(),
        (Address::Category(slug), _) => category(&found.info, slug).map_or_else(String::new, |category| category.name.clone()),
        (Address::Products, _) => words(Text::AllProducts),
        (Address::Search, _) => match visit.query.get("q") {
            Some(q) => fill(Text::SearchResults.words(visit.locale), &[("query", q)]),
            None => words(Text::SearchTitle),
        },
        _ => found.info.name.clone(),
    }
}

/// A category of the shop by its slug.
pub fn category<'a>(info: &'a StorefrontInfo, slug: &str) -> Option<&'a CategorySummary> {
    info.categories.iter().find(|category| category.slug == slug)
}

fn description(visit: &Visit, found: &Found) -> String {
    let here = match &visit.address {
        Address::Category(slug) => category(&found.info, slug),
        _ => None,
    };
    let text = match &found.page {
        _ if here.is_some_and(|category| !category.description.is_empty()) => {
            here.map(|category| category.description.clone()).unwrap_or_default()
        }
        Some(PageData::Product(product)) if !product.seo_description.is_empty() => product.seo_description.clone(),
        Some(PageData::Product(product)) => plain(&product.description_html),
        Some(PageData::Home(home)) if !home.hero_text.is_empty() => home.hero_text.clone(),
        _ => found.info.tagline.clone(),
    };
    cut(&text)
}

/// The words of a piece of HTML; for text that is escaped again where it is used.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for character in html.chars() {
        match character {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(character),
            _ => {}
        }
    }
    let text = text
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str) -> String {
    if text.chars().count() <= DESCRIPTION {
        return text.to_owned();
    }
    let short: String = text.chars().take(DESCRIPTION - 1).collect();
    let end = short.rfind(' ').unwrap_or(short.len());
    format!("{}…", &short[..end])
}

fn image(found: &Found) -> Option<String> {
    match &found.page {
        Some(PageData::Product(product)) => first_image(&product.images).map(|image| media_path(image.id, 1280)),
        Some(PageData::Home(home)) => home.hero_image_url.clone(),
        _ => found.info.logo_url.clone(),
    }
}

fn first_image(images: &[ProductImage]) -> Option<&ProductImage> {
    images.iter().find(|image| image.status == "ready")
}

/// The store's colours as custom properties; what is no colour is left out, so that nothing else can get into the style sheet.
fn theme(theme: &Theme) -> String {
    let roles = [
        ("accent", &theme.accent),
        ("on-accent", &theme.on_accent),
        ("surface", &theme.surface),
        ("raised", &theme.raised),
        ("sunken", &theme.sunken),
        ("text", &theme.text),
        ("muted", &theme.muted),
        ("border", &theme.border),
    ];
    let mut style = String::from(":root{");
    for (name, value) in roles.into_iter().filter(|(_, value)| is_colour(value)) {
        let _written = write!(style, "--{name}:{value};");
    }
    let (heading, body) = theme.fonts.families();
    let heading_fallback = if matches!(theme.fonts, FontPair::Editorial) {
        "Georgia,serif"
    } else {
        "system-ui,sans-serif"
    };
    let _written = write!(
        style,
        "--font-heading:\"{heading}\",{heading_fallback};--font-body:\"{body}\",system-ui,sans-serif;--radius:{}px}}",
        theme.radius
    );
    style
}

fn is_colour(value: &str) -> bool {
    value
        .strip_prefix('#')
        .is_some_and(|digits| matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The picture in the tab: the shop's first letter in its own colours. In the page itself, so that no tab asks for another file.
fn icon(info: &StorefrontInfo) -> String {
    let colour = |value: &str, otherwise: &str| if is_colour(value) { value.to_owned() } else { otherwise.to_owned() };
    let letter = info.name.chars().find(|c| c.is_alphanumeric()).unwrap_or('·').to_uppercase();
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='8' fill='{}'/>\
         <text x='16' y='22.5' font-family='Georgia,serif' font-size='19' font-weight='600' text-anchor='middle' fill='{}'>{letter}</text></svg>",
        colour(&info.theme.accent, "#1a1a1a"),
        colour(&info.theme.on_accent, "#ffffff"),
    );
    format!(
        "<link rel=\"icon\" type=\"image/svg+xml\" href=\"data:image/svg+xml,{}\">",
        utf8_percent_encode(&svg, NON_ALPHANUMERIC)
    )
}

/// A category with those above it, the outermost first.
pub fn ancestors<'a>(info: &'a StorefrontInfo, category: Option<&'a CategorySummary>) -> Vec<&'a CategorySummary> {
    let mut way = Vec::new();
    let mut next = category;
    // Bounded: a tree of categories has no cycles, and if it had one the page would still end.
    while let Some(category) = next.filter(|_| way.len() < 8) {
        way.push(category);
        next = category
            .parent_id
            .and_then(|parent| info.categories.iter().find(|other| other.id == parent));
    }
    way.reverse();
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_words_and_ends_between_them() {
        assert_eq!(
            plain("<p>Thrown&nbsp;by hand.</p><p>Fired &amp; glazed</p>"),
            "Thrown by hand. Fired & glazed"
        );
        let cut = cut(&"word ".repeat(60));
        assert!(cut.chars().count() <= DESCRIPTION && cut.ends_with("word…"));
    }

    #[test]
    fn only_colours_get_into_the_style_sheet() {
        let theme = theme(&Theme {
            accent: "red}</style><script>".to_owned(),
            ..Theme::default()
        });
        assert!(!theme.contains("script") && theme.contains("--text:#1a1a1a"));
    }
}
