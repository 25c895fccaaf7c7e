//! Signing in with a passkey: nobody says who they are before the device does.

use orion_framework::auth::UserArea;
use orion_framework::auth::flow::{self, PasskeyHolder, Signed};
use orion_framework::db::{AuditEntry, PlatformTx};
use orion_framework::gate::Anonymous;
use orion_types::UserId;
use orion_types::passkey::{LoginWithPasskey, PasskeyChallenge};
use uuid::Uuid;
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential};

use super::ceremony::{Brought, Judged};
use super::challenge::{open, take};
use super::{Site, broken, read};
use crate::error::PeopleError;
use crate::queries::passkey_challenges::Asked;
use crate::queries::{passkeys, users};
use crate::service::brake;

fn asked(site: &Site, area: UserArea) -> Asked {
    Asked {
        user: None,
        area: area.audience().as_str(),
        host: site.host.clone(),
    }
}

/// Makes what a device is to sign.
pub(crate) async fn start(anybody: &Anonymous, area: UserArea) -> Result<PasskeyChallenge, PeopleError> {
    let site = Site::of(anybody.services(), anybody.context())?;
    let (options, state) = site.webauthn.start_discoverable_authentication().map_err(broken)?;
    let ask = move |tx: &mut PlatformTx| {
        tx.no_audit("nobody is in yet; signing in is noted");
        open(tx, &asked(&site, area), &options.public_key, &state)
    };
    anybody.platform_tx(ask).await
}

/// Signs in whoever's device has signed. Whatever is wrong with the passkey, it is refused in the same words.
pub(crate) async fn finish(anybody: &Anonymous, area: UserArea, sent: LoginWithPasskey) -> Result<Signed, PeopleError> {
    let site = Site::of(anybody.services(), anybody.context())?;
    let credential: PublicKeyCredential = read(&sent.credential)?;
    let attempt = brake(anybody, Uuid::nil(), &format!("passkey {:?}", credential.get_credential_id()))?;
    let (challenged, host, id) = (asked(&site, area), site.host.clone(), credential.get_credential_id().to_vec());
    let look = move |tx: &mut PlatformTx| {
        tx.no_audit("signing in is noted, and so is the refusal");
        let state: Option<DiscoverableAuthentication> = take(tx, &challenged, &sent.challenge)?;
        Ok::<_, PeopleError>((state, passkeys::find_holder(tx.conn(), &id, &host)?))
    };
    let (state, holder) = anybody.platform_tx(look).await?;
    let Some(state) = state else {
        flow::count_refused_passkey(area.audience());
        return Err(PeopleError::PasskeyChallengeEnded);
    };
    let Some((passkey, user, email)) = holder else {
        return refuse_unknown(anybody, area).await;
    };
    let host = site.host.clone();
    let brought = Brought {
        site,
        state,
        credential,
        passkey,
        owner: user,
    };
    let holder = PasskeyHolder {
        user: UserId(user),
        email,
        host,
    };
    let prove = move |tx: &mut PlatformTx| prove(tx, area, &brought);
    let signed = flow::sign_in_by_passkey(anybody.accounts(), anybody.context(), area, holder, prove).await?;
    let signed = signed.ok_or(PeopleError::PasskeyRefused)?;
    anybody.services().brake.succeeded(attempt);
    Ok(signed)
}

async fn refuse_unknown(anybody: &Anonymous, area: UserArea) -> Result<Signed, PeopleError> {
    flow::count_refused_passkey(area.audience());
    let note = move |tx: &mut PlatformTx| {
        note_refusal(tx, area, None);
        Ok::<_, PeopleError>(())
    };
    anybody.platform_tx(note).await?;
    Err(PeopleError::PasskeyRefused)
}

fn note_refusal(tx: &mut PlatformTx, area: UserArea, user: Option<Uuid>) {
    let entry = AuditEntry::new("user.passkey_refused", "users", user);
    tx.audit(None, entry.note("area", area.audience().as_str()));
}

/// The passkey, if it has signed and its account may sign in here.
fn prove(tx: &mut PlatformTx, area: UserArea, brought: &Brought) -> Result<Option<Uuid>, PeopleError> {
    let (user, passkey) = (brought.owner, brought.passkey);
    // The account first, as everywhere: whoever takes it away or closes it now comes before or after this.
    let admitted = users::lock(tx.conn(), area, user)?.is_some();
    let held = passkeys::lock(tx.conn(), passkey)?;
    let Some(held) = held.filter(|_| admitted) else {
        note_refusal(tx, area, Some(user));
        return Ok(None);
    };
    match brought.judge(held)? {
        Judged::Signed(credential) => {
            let now = tx.now();
            passkeys::set_used(tx.conn(), passkey, &credential, now)?;
            Ok(Some(passkey))
        }
        Judged::Copied => {
            let entry = AuditEntry::new("user.passkey_copied", "user_passkeys", passkey);
            tx.audit(None, entry.note("user", user).note("area", area.audience().as_str()));
            Ok(None)
        }
        Judged::Refused => {
            note_refusal(tx, area, Some(user));
            Ok(None)
        }
    }
}
