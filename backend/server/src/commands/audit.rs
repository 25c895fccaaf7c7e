//! `orion audit verify`: whether the audit log is as it was written.

use std::str::FromStr;

use anyhow::{Context, bail};
use clap::Args;
use orion_framework::audit_chain::{self, Anchor, Finding, Link};
use orion_framework::backend::Backend;
use orion_framework::db::{Actor, ActorKind, DbError, PlatformTx, RequestMeta};
use orion_tenancy::store_codes;
use orion_types::{NO_STORE, StoreId};

use super::database::with_services;

/// What belongs to no store, in the place of a store's code.
const PLATFORM: &str = "-";

/// What is looked at.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Only the entries of the store with this code; `-` for those that belong to none. All of them unless told.
    #[arg(long)]
    store: Option<String>,
    /// A place that was noted earlier, such as `1234:ab12…`, as the log and this command print it: shows whether entries were cut off at the end.
    #[arg(long, requires = "store")]
    anchor: Option<Noted>,
}

/// An anchor as it is written.
#[derive(Debug, Clone)]
struct Noted(Anchor);

impl FromStr for Noted {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let (position, hash) = text.split_once(':').context("expected a position, a colon and a hash")?;
        Ok(Self(Anchor {
            position: position.parse()?,
            hash: hex::decode(hash)?,
        }))
    }
}

/// Looks, and says what was found of each store.
pub async fn verify(args: VerifyArgs) -> anyhow::Result<()> {
    with_services(|services| async move {
        let stores = wanted(&services, args.store.as_deref()).await?;
        let mut faults = 0;
        for (code, store) in stores {
            let finding = look(&services, store, args.anchor.clone()).await?;
            tell(&code, &finding);
            faults += finding.faults.len();
        }
        match faults {
            0 => Ok(()),
            1 => bail!("the audit log is not as it was written: 1 fault"),
            _ => bail!("the audit log is not as it was written: {faults} faults"),
        }
    })
    .await
}

fn actor() -> Actor {
    Actor {
        kind: ActorKind::Cli,
        id: None,
        label: "orion audit verify".to_owned(),
        impersonation: None,
    }
}

/// The stores by their codes, and what belongs to none.
async fn wanted(services: &Backend, only: Option<&str>) -> anyhow::Result<Vec<(String, StoreId)>> {
    let all = services.platform_tx(actor(), RequestMeta::default(), |tx: &mut PlatformTx| {
        tx.no_audit("a look at the stores");
        store_codes(tx)
    });
    let mut stores = vec![(PLATFORM.to_owned(), NO_STORE)];
    stores.extend(all.await?);
    let Some(only) = only else { return Ok(stores) };
    stores.retain(|(code, _)| code == only);
    anyhow::ensure!(!stores.is_empty(), "no store has the code {only}");
    Ok(stores)
}

async fn look(services: &Backend, store: StoreId, anchor: Option<Noted>) -> Result<Finding, DbError> {
    let key = services.services().chain_key.clone();
    let look = move |tx: &mut PlatformTx| audit_chain::verify(tx, &key, store, anchor.as_ref().map(|noted| &noted.0));
    services.platform_tx(actor(), RequestMeta::default(), look).await
}

fn tell(code: &str, finding: &Finding) {
    let Finding { end, waiting, faults } = finding;
    match end {
        Some(Link { position, hash, .. }) => println!("{code}: {position} entries, the last is {position}:{}", hex::encode(hash)),
        None => println!("{code}: no entries"),
    }
    if *waiting > 0 {
        println!("  {waiting} of the last minutes are tied with the next run");
    }
    for fault in faults {
        println!("  {fault}");
    }
}
