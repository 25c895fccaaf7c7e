//! The platforms, people and stores that every test finds, made through the modules' doors.

use std::sync::Arc;

use orion_framework::Backend;
use orion_framework::db::{Actor, PlatformTx, RequestMeta};
use orion_tenancy::{NewPlatform, NewStore, NewUser, TenancyError, add_member, create_platform, create_store, create_user, grant_admin};
use orion_types::status::{AdminRole, MemberRole, ModuleTier};
use orion_types::{Currency, PlatformId, UserId};

/// The password of everybody.
pub const PASSWORD: &str = "Orion-tests-2026!";

/// Code, currency, tax included, time zone, on `main`.
const STORES: [(&str, &str, bool, &str, bool); 4] = [
    ("acme", "EUR", true, "Europe/Luxembourg", true),
    ("globex", "USD", false, "America/New_York", true),
    ("tokyo", "JPY", true, "Asia/Tokyo", true),
    ("plain", "EUR", true, "UTC", false),
];

/// The host of a store of the tests.
pub(super) fn host(store: &str) -> String {
    let domain = if store == "plain" { "lite.localhost" } else { "orion.localhost" };
    format!("{store}.{domain}")
}

pub(super) async fn create(services: &Arc<Backend>) {
    let hash = services.passwords.hash(PASSWORD).await.expect("a hash");
    let work = services.clone();
    let made = services.platform_tx(Actor::system("tests"), RequestMeta::default(), move |tx| {
        let optional = work.modules.all().iter().filter(|module| module.tier == ModuleTier::Optional);
        let optional = optional.map(|module| module.id.to_owned()).collect();
        let main = platform(tx, &work, ("main", "orion.localhost"), optional)?;
        let lite = platform(tx, &work, ("lite", "lite.localhost"), Vec::new())?;
        let admin = user(tx, "admin@orion.test", &hash)?;
        grant_admin(tx, admin, AdminRole::SuperAdmin, None)?;
        let lite_admin = user(tx, "lite-admin@orion.test", &hash)?;
        grant_admin(tx, lite_admin, AdminRole::PlatformAdmin, Some(lite))?;
        for (code, currency, included, timezone, on_main) in STORES {
            let owner = user(tx, &format!("owner@{code}.test"), &hash)?;
            let new = NewStore {
                platform_id: if on_main { main } else { lite },
                name: capitalised(code),
                code: code.to_owned(),
                currency: currency.parse::<Currency>().expect("a currency"),
                prices_include_tax: included,
                locale: "en".to_owned(),
                timezone: timezone.to_owned(),
                contact_email: format!("shop@{code}.test"),
                owner,
            };
            let store = create_store(tx, &work, &new)?;
            if code == "acme" {
                for (email, role) in [("manager@acme.test", MemberRole::Manager), ("viewer@acme.test", MemberRole::Viewer)] {
                    let member = user(tx, email, &hash)?;
                    add_member(tx, store.id, member, role)?;
                }
            }
        }
        Ok::<_, TenancyError>(())
    });
    made.await.expect("the world is made");
}

fn platform(
    tx: &mut PlatformTx,
    services: &Backend,
    (code, domain): (&str, &str),
    modules: Vec<String>,
) -> Result<PlatformId, TenancyError> {
    let new = NewPlatform {
        code: code.to_owned(),
        name: capitalised(code),
        domain: domain.to_owned(),
        modules,
    };
    create_platform(tx, &services.modules, &new)
}

fn user(tx: &mut PlatformTx, email: &str, hash: &str) -> Result<UserId, TenancyError> {
    create_user(
        tx,
        &NewUser {
            email: email.to_owned(),
            name: "A Person".to_owned(),
            password_hash: hash.to_owned(),
        },
    )
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
