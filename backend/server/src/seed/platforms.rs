//! The demo's platforms and the people who sign in.

use std::collections::HashMap;
use std::sync::Arc;

use orion_devtools::DEMO_PASSWORD;
use orion_framework::Backend;
use orion_framework::db::{Actor, RequestMeta};
use orion_tenancy::{NewPlatform, NewUser, TenancyError, create_platform, create_user, find_user, grant_admin};
use orion_types::status::AdminRole;
use orion_types::{PlatformId, UserId};

use diesel::prelude::*;

use super::foreign::platforms as table;

/// Who seeds, in the audit log.
pub(super) fn actor() -> Actor {
    Actor::system("orion seed")
}

/// Accounts by e-mail address.
pub(super) struct People(HashMap<&'static str, UserId>);

const PEOPLE: [(&str, &str); 7] = [
    ("admin@orion.test", "Orion Admin"),
    ("lite-admin@orion.test", "Lite Admin"),
    ("owner@acme.test", "Acme Owner"),
    ("manager@acme.test", "Acme Manager"),
    ("viewer@acme.test", "Acme Viewer"),
    ("owner@globex.test", "Globex Owner"),
    ("owner@plain.test", "Plain Owner"),
];

impl People {
    /// Makes the accounts that are missing.
    pub(super) async fn ensure(services: &Arc<Backend>) -> anyhow::Result<Self> {
        let hash = services.passwords.hash(DEMO_PASSWORD).await?;
        let people = services
            .platform_tx(actor(), RequestMeta::default(), move |tx| {
                let mut people = HashMap::new();
                for (email, name) in PEOPLE {
                    let user = match find_user(tx, email)? {
                        Some(user) => user,
                        None => create_user(
                            tx,
                            &NewUser {
                                email: email.to_owned(),
                                name: name.to_owned(),
                                password_hash: hash.clone(),
                            },
                        )?,
                    };
                    people.insert(email, user);
                }
                tx.no_audit("accounts audit themselves; none was missing");
                Ok::<_, TenancyError>(people)
            })
            .await?;
        Ok(Self(people))
    }

    /// The account of an address of the demo.
    pub(super) fn get(&self, email: &str) -> anyhow::Result<UserId> {
        self.0
            .get(email)
            .copied()
            .ok_or_else(|| anyhow::anyhow!("{email} is nobody of the demo"))
    }
}

/// `main` with everything on, `lite` without selling; each with its administrator.
pub(super) async fn platforms(services: &Arc<Backend>) -> anyhow::Result<HashMap<&'static str, PlatformId>> {
    let people = People::ensure(services).await?;
    let (admin, lite_admin) = (people.get("admin@orion.test")?, people.get("lite-admin@orion.test")?);
    let registry = services.modules.clone();
    let optional = |registry: &orion_framework::module::Registry| {
        let on = registry
            .all()
            .iter()
            .filter(|module| module.tier == orion_types::status::ModuleTier::Optional);
        on.map(|module| module.id.to_owned()).collect::<Vec<_>>()
    };
    let made = services
        .platform_tx(actor(), RequestMeta::default(), move |tx| {
            let mut made = HashMap::new();
            for (code, name, domain, modules) in [
                ("main", "Orion", "orion.localhost", optional(&registry)),
                ("lite", "Orion Lite", "lite.localhost", Vec::new()),
            ] {
                let known = table::table
                    .filter(table::code.eq(code))
                    .select(table::id)
                    .first(tx.conn())
                    .optional();
                let known: Option<uuid::Uuid> = known.map_err(orion_framework::db::DbError::from)?;
                let id = match known {
                    Some(id) => PlatformId(id),
                    None => {
                        let new = NewPlatform {
                            code: code.to_owned(),
                            name: name.to_owned(),
                            domain: domain.to_owned(),
                            modules,
                        };
                        create_platform(tx, &registry, &new)?
                    }
                };
                made.insert(code, id);
            }
            grant_admin(tx, admin, AdminRole::SuperAdmin, None)?;
            grant_admin(tx, lite_admin, AdminRole::PlatformAdmin, made.get("lite").copied())?;
            tx.no_audit("every use case above audits itself; nothing was missing");
            Ok::<_, TenancyError>(made)
        })
        .await?;
    Ok(made)
}
