//! Somebody is asked whether a program may act for them, and decides.

use orion_framework::auth::{GrantSecret, GrantSecretKind};
use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::gate::UserIdentity;
use orion_types::RightSet;
use orion_types::oauth::{
    AskConnection, AskedConnection, AskedRight, ConfirmConnection, ConnectionAnswer, ConnectionRefusal, MAX_CONNECTIONS,
};
use orion_types::permission::Permission;
use uuid::Uuid;

use crate::document::Document;
use crate::error::{OauthError, no_rights};
use crate::model::{ClientRow, CodeRow, GrantRow, document_host, scopes};
use crate::request::{Asker, Target, Terms};
use crate::{CODE_LIFE, GRANT_LIFE, letter, queries};

/// Who is asked, and where.
pub(crate) struct Asked {
    pub(crate) user: UserIdentity,
    /// What they hold.
    pub(crate) rights: RightSet,
    pub(crate) host: String,
    /// The name of the host as one who gives tokens.
    pub(crate) issuer: String,
}

impl Asked {
    /// What of their rights a program could be given: none that people alone have, nor of a module that is off.
    fn can_give(&self, tx: &StoreTx) -> RightSet {
        let held = self.rights.for_keys().iter();
        held.filter(|right| tx.module_enabled(right.module())).collect()
    }
}

/// What the consent page shows.
pub(crate) fn show(
    tx: &mut StoreTx,
    who: &Asked,
    request: &AskConnection,
    document: Option<Document>,
) -> Result<AskedConnection, OauthError> {
    let asker = Asker::find(tx, &request.client_id, document)?;
    let target = Target::of(&asker, request, &who.issuer)?;
    let held = who.can_give(tx);
    let (rights, refusal) = match Terms::of(request, &who.issuer) {
        Ok(terms) => (terms.rights, None),
        Err((error, told)) => {
            let refusal = ConnectionRefusal {
                error: error.to_owned(),
                told: told.to_owned(),
                redirect_to: target.with("error", error),
            };
            (RightSet::NONE, Some(refusal))
        }
    };
    Ok(AskedConnection {
        program: asker.name().to_owned(),
        document_host: matches!(asker, Asker::ByDocument(_))
            .then(|| document_host(&request.client_id))
            .flatten(),
        redirect_host: target.host(),
        redirect_is_local: target.is_local(),
        rights: rights.iter().map(|right| asked_right(right, held)).collect(),
        refusal,
    })
}

fn asked_right(right: Permission, held: RightSet) -> AskedRight {
    AskedRight {
        right,
        words: right.words().to_owned(),
        held: held.holds(right),
    }
}

/// What somebody has decided, as the address to go to with it.
pub(crate) fn confirm(
    tx: &mut StoreTx,
    who: &Asked,
    decided: &ConfirmConnection,
    document: Option<Document>,
) -> Result<ConnectionAnswer, OauthError> {
    let asker = Asker::find(tx, &decided.asked.client_id, document)?;
    let target = Target::of(&asker, &decided.asked, &who.issuer)?;
    if !decided.allow {
        tx.no_audit("nothing was given");
        let redirect_to = target.with("error", "access_denied");
        return Ok(ConnectionAnswer { redirect_to });
    }
    let terms = Terms::of(&decided.asked, &who.issuer).map_err(|(_, told)| OauthError::AskedWrongly(told))?;
    let rights = chosen(&decided.rights, terms.rights.within(who.can_give(tx)))?;
    if queries::count_grants(tx, who.user.id.0)? >= MAX_CONNECTIONS {
        return Err(OauthError::TooManyConnections);
    }
    let client = client_of(tx, &asker)?;
    let grant = grant(tx, who, client, rights);
    queries::insert_grant(tx, &grant)?;
    let code = GrantSecret::random(GrantSecretKind::Code);
    let row = CodeRow {
        store_id: grant.store_id,
        code_hash: code.hash().to_vec(),
        grant_id: grant.id,
        redirect_uri: decided.asked.redirect_uri.clone(),
        challenge: terms.challenge,
        resource: terms.resource,
        expires_at: grant.expires_at,
        used_at: None,
    };
    queries::insert_code(tx, &row)?;
    tx.audit(
        AuditEntry::new("connection.allowed", "oauth_grants", grant.id)
            .note("program", asker.name())
            .note("client_id", &decided.asked.client_id)
            .note("answer_to", target.host())
            .note("scopes", &grant.scopes),
    );
    letter::tell(tx, &grant, asker.name(), &target.host())?;
    let redirect_to = target.with("code", code.reveal());
    Ok(ConnectionAnswer { redirect_to })
}

/// What was chosen of what can be given, with what comes along.
fn chosen(rights: &[Permission], can_be_given: RightSet) -> Result<RightSet, OauthError> {
    if let Some(place) = rights.iter().position(|right| !can_be_given.holds(*right)) {
        return Err(OauthError::NotHeld(place));
    }
    if rights.is_empty() {
        return Err(no_rights().into());
    }
    Ok(rights.iter().copied().collect::<RightSet>().with_implied().within(can_be_given))
}

/// The row of whoever asks; what a document says is kept with the first consent, and anew with each.
fn client_of(tx: &mut StoreTx, asker: &Asker) -> Result<Uuid, OauthError> {
    let document = match asker {
        Asker::Registered { id, .. } => return Ok(*id),
        Asker::ByDocument(document) => document,
    };
    let now = tx.now();
    let row = ClientRow {
        store_id: tx.store_id(),
        id: tx.new_id(),
        client_id: document.client_id.clone(),
        by_document: true,
        name: document.name.clone(),
        redirect_uris: document.redirect_uris.clone(),
        created_by: tx.actor().label.clone(),
        created_at: now,
        updated_at: now,
        version: 1,
    };
    Ok(queries::keep_document(tx, &row)?)
}

/// A consent that is over with its code, unless that is changed for tokens.
fn grant(tx: &StoreTx, who: &Asked, client: Uuid, rights: RightSet) -> GrantRow {
    let now = tx.now();
    GrantRow {
        store_id: tx.store_id(),
        id: tx.new_id(),
        client_id: client,
        user_id: who.user.id.0,
        person: who.user.email.clone(),
        scopes: scopes(rights),
        host: who.host.clone(),
        by_passkey: who.user.by_passkey,
        created_at: now,
        expires_at: now + CODE_LIFE,
        ends_at: now + GRANT_LIFE,
        last_used_at: None,
        last_used_ip: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_asked_for_or_is_not_held_is_not_given() {
        let can = [Permission::OrdersRead, Permission::OrdersWrite, Permission::ProductsRead]
            .into_iter()
            .collect();
        let given = chosen(&[Permission::OrdersWrite], can).unwrap();
        assert_eq!(given, [Permission::OrdersRead, Permission::OrdersWrite].into_iter().collect());
        let beyond = [Permission::OrdersRead, Permission::ProductsWrite];
        assert!(matches!(chosen(&beyond, can), Err(OauthError::NotHeld(1))));
        assert!(matches!(chosen(&[], can), Err(OauthError::Refused(_))));
    }
}
