//! Signing in to a shop with a passkey: nobody says who they are before the device does.

use orion_framework::auth::Audience;
use orion_framework::auth::flow::{self, CustomerPasskeyHolder, Signed};
use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::gate::Anonymous;
use orion_framework::tenancy::StoreContext;
use orion_types::CustomerId;
use orion_types::passkey::{LoginWithPasskey, PasskeyChallenge};
use uuid::Uuid;
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential};

use super::{open, take};
use crate::error::PeopleError;
use crate::queries::customer_passkey_challenges::Asked;
use crate::queries::customer_passkeys as passkeys;
use crate::queries::customers;
use crate::service::brake;
use crate::service::passkeys::ceremony::{Brought, Judged};
use crate::service::passkeys::{Site, broken, read};

fn asked(site: &Site) -> Asked {
    Asked {
        customer: None,
        host: site.host.clone(),
    }
}

/// Makes what a device is to sign.
pub(crate) async fn start(anybody: &Anonymous, store: &StoreContext) -> Result<PasskeyChallenge, PeopleError> {
    let site = Site::of_shop(anybody.services(), anybody.context(), store)?;
    let (options, state) = site.webauthn.start_discoverable_authentication().map_err(broken)?;
    let ask = move |tx: &mut StoreTx| {
        tx.no_audit("nobody is in yet; signing in is noted");
        open(tx, &asked(&site), &options.public_key, &state)
    };
    anybody.store_tx(store, ask).await
}

/// Signs in whoever's device has signed, and brings the guest's cart along. Whatever is wrong with the passkey, it is refused in the same words.
pub(crate) async fn finish(
    anybody: &Anonymous,
    store: &StoreContext,
    sent: LoginWithPasskey,
    cart_token: Option<String>,
) -> Result<Signed, PeopleError> {
    let site = Site::of_shop(anybody.services(), anybody.context(), store)?;
    let credential: PublicKeyCredential = read(&sent.credential)?;
    let attempt = brake(anybody, store.id.0, &format!("passkey {:?}", credential.get_credential_id()))?;
    let (challenged, host, id) = (asked(&site), site.host.clone(), credential.get_credential_id().to_vec());
    let look = move |tx: &mut StoreTx| {
        tx.no_audit("signing in is noted, and so is the refusal");
        let state: Option<DiscoverableAuthentication> = take(tx, &challenged, &sent.challenge)?;
        Ok::<_, PeopleError>((state, passkeys::find_holder(tx, &id, &host)?))
    };
    let (state, holder) = anybody.store_tx(store, look).await?;
    let Some(state) = state else {
        flow::count_refused_passkey(Audience::Storefront);
        return Err(PeopleError::PasskeyChallengeEnded);
    };
    let Some((passkey, owner, email)) = holder else {
        return refuse_unknown(anybody, store).await;
    };
    let brought = Brought {
        site,
        state,
        credential,
        passkey,
        owner,
    };
    let customer = CustomerId(owner);
    let holder = CustomerPasskeyHolder { customer, email };
    let prove = move |tx: &mut StoreTx| prove(tx, &brought);
    let entering = (holder, cart_token);
    let signed = flow::sign_in_customer_by_passkey(anybody.accounts(), anybody.context(), store, entering, prove).await?;
    let signed = signed.ok_or(PeopleError::PasskeyRefused)?;
    anybody.services().brake.succeeded(attempt);
    Ok(signed)
}

async fn refuse_unknown(anybody: &Anonymous, store: &StoreContext) -> Result<Signed, PeopleError> {
    flow::count_refused_passkey(Audience::Storefront);
    let note = move |tx: &mut StoreTx| {
        note_refusal(tx, None);
        Ok::<_, PeopleError>(())
    };
    anybody.store_tx(store, note).await?;
    Err(PeopleError::PasskeyRefused)
}

fn note_refusal(tx: &mut StoreTx, customer: Option<Uuid>) {
    tx.audit(AuditEntry::new("customer.passkey_refused", "customers", customer));
}

/// The passkey, if it has signed and its account may sign in here.
fn prove(tx: &mut StoreTx, brought: &Brought) -> Result<Option<Uuid>, PeopleError> {
    let (owner, passkey) = (brought.owner, brought.passkey);
    // The account first, as everywhere: whoever takes it away or closes it now comes before or after this.
    let admitted = customers::lock(tx, owner)?.is_some();
    let held = passkeys::lock(tx, passkey)?;
    let Some(held) = held.filter(|_| admitted) else {
        note_refusal(tx, Some(owner));
        return Ok(None);
    };
    match brought.judge(held)? {
        Judged::Signed(credential) => {
            passkeys::set_used(tx, passkey, &credential)?;
            Ok(Some(passkey))
        }
        Judged::Copied => {
            tx.audit(AuditEntry::new("customer.passkey_copied", "customer_passkeys", passkey).note("customer", owner));
            Ok(None)
        }
        Judged::Refused => {
            note_refusal(tx, Some(owner));
            Ok(None)
        }
    }
}
