use leptos::prelude::*;
use leptos_router::hooks::use_location;
use orion_i18n::Locale;
use orion_ui::app_href;

use crate::drawn;
use crate::shop::shop;
use crate::text::{Text, locale, t};

/// The end of every page: where else to go, how to reach the shop, the language.
#[component]
pub fn Footer() -> impl IntoView {
    let tax = if shop().info.prices_include_tax {
        Text::PricesIncludeTax
    } else {
        Text::PricesExcludeTax
    };
    let path = use_location().pathname;
    let languages = Locale::ALL.iter().map(|language| {
        let current = (*language == locale()).then_some("true");
        // A whole page load: the server remembers the language and every sentence is made anew.
        view! {
            <a class="shop-footer__link" rel="external" hreflang=language.code() lang=language.code() aria-current=current
                href=move || format!("{}?lang={}", path.get(), language.code())>{language.name()}</a>
        }
    });
    view! {
        <footer class="shop-footer">
            {drawn::part("footer").unwrap_or_else(links)}
            <div class="shop-footer__base">
                <p>{t(tax)}</p>
                <nav class="shop-footer__languages" aria-label=t(Text::Language)>{languages.collect_view()}</nav>
            </div>
        </footer>
    }
    .into_any()
}

fn links() -> AnyView {
    let info = &shop().info;
    let link = |href: String, label: String| view! { <li><a class="shop-footer__link" href=app_href(&href)>{label}</a></li> };
    let categories = shop()
        .top_categories()
        .take(6)
        .map(|category| link(format!("/categories/{}", category.slug), category.name.clone()));
    // Documents of the server: no part of the app.
    let legal = [("imprint", Text::Imprint), ("terms", Text::Terms)].into_iter();
    let legal = legal
        .filter(|(key, _)| info.legal.iter().any(|page| page == key))
        .map(|(key, words)| {
            view! { <li><a class="shop-footer__link" rel="external" href=app_href(&format!("/{key}"))>{t(words)}</a></li> }
        });
    let mail = (!info.contact_email.is_empty()).then(
        || view! { <li><a class="shop-footer__link" href=format!("mailto:{}", info.contact_email)>{info.contact_email.clone()}</a></li> },
    );
    view! {
        <div class="shop-footer__inner">
            <div>
                <p class="shop-footer__name">{info.name.clone()}</p>
                <p class="shop-footer__tagline">{info.tagline.clone()}</p>
            </div>
            <nav aria-label=t(Text::Shop)>
                <h2 class="shop-footer__title">{t(Text::Shop)}</h2>
                <ul>{link("/products".to_owned(), t(Text::AllProducts).to_owned())} {categories.collect_view()}</ul>
            </nav>
            <nav aria-label=t(Text::Help)>
                <h2 class="shop-footer__title">{t(Text::Help)}</h2>
                <ul>
                    {shop().sells().then(|| link("/track".to_owned(), t(Text::TrackOrder).to_owned()))}
                    {link("/account".to_owned(), t(Text::Account).to_owned())}
                    {legal.collect_view()}
                    {mail}
                </ul>
            </nav>
        </div>
    }
    .into_any()
}
