//! What programs get for a code or a refresh token, and what they give back.
//!
//! Each step looks twice: once to find out whose it is, since whether they may still enter is asked of another table, and once more when the consent
//! is held, so that of two who bring something of the same consent at once one comes after the other.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use diesel::OptionalExtension;
use orion_framework::auth::{GrantSecret, GrantSecretKind};
use orion_framework::db::StoreTx;
use orion_types::{RightSet, UserId};
use serde::Serialize;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::connections::end;
use crate::error::OauthError;
use crate::form::{Form, Refused};
use crate::model::{ACCESS, CodeRow, REFRESH, TokenRow, rights, scopes};
use crate::queries::{self, Granted};
use crate::request::{is_resource, scope};
use crate::{ACCESS_LIFE, ANSWER_LOST, REFRESH_LIFE};

/// What is said of every code and token that is not good: why in particular helps nobody but who tries them out.
const NOT_GOOD: Refused = Refused::Grant("It is unknown, used, over, or another program's.");

/// Tokens, as a program gets them (RFC 6749, 5.1).
#[derive(Debug, Serialize)]
pub(crate) struct Tokens {
    access_token: String,
    token_type: &'static str,
    /// In seconds.
    expires_in: i64,
    refresh_token: String,
    scope: String,
}

/// What comes of a step: it went well, or the program is refused. Both are committed, since what came twice ends something.
pub(crate) type Outcome<T> = Result<Result<T, Refused>, OauthError>;

/// What a program brings for tokens.
#[derive(Debug, Clone)]
pub(crate) enum Brought {
    Code(Code),
    Refresh(Refresh),
}

/// A code, with all that it is bound to.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    hash: [u8; 32],
    client_id: String,
    redirect_uri: String,
    verifier: String,
    resource: String,
}

/// A refresh token.
#[derive(Debug, Clone)]
pub(crate) struct Refresh {
    hash: [u8; 32],
    client_id: String,
    /// A part of what was given; all of it where nothing is said.
    scope: Option<String>,
    resource: String,
}

impl Brought {
    /// What a form brings.
    pub(crate) fn read(form: &Form) -> Result<Self, Refused> {
        let resource = form.optional("resource").unwrap_or_default().to_owned();
        match form.required("grant_type", "grant_type is missing.")? {
            "authorization_code" => Ok(Self::Code(Code {
                client_id: form.client_id()?.to_owned(),
                redirect_uri: form.required("redirect_uri", "redirect_uri is missing.")?.to_owned(),
                verifier: form.required("code_verifier", "code_verifier is missing.")?.to_owned(),
                hash: hash_of(GrantSecretKind::Code, form.required("code", "code is missing.")?)?,
                resource,
            })),
            "refresh_token" => Ok(Self::Refresh(Refresh {
                client_id: form.client_id()?.to_owned(),
                scope: form.optional("scope").map(str::to_owned),
                hash: hash_of(
                    GrantSecretKind::Refresh,
                    form.required("refresh_token", "refresh_token is missing.")?,
                )?,
                resource,
            })),
            _ => Err(Refused::GrantType),
        }
    }

    /// Whose consent it is of, if it is known.
    pub(crate) fn person(&self, tx: &mut StoreTx) -> Result<Option<UserId>, OauthError> {
        let grant = match self {
            Self::Code(code) => queries::code(tx, &code.hash)?.map(|row| row.grant_id),
            Self::Refresh(refresh) => queries::token(tx, &refresh.hash, false)?.map(|row| row.grant_id),
        };
        let Some(grant) = grant else { return Ok(None) };
        Ok(queries::grant(tx, grant).optional()?.map(|(grant, _)| grant.user_id.into()))
    }

    /// Changes it for tokens, or ends what it is of where it came twice or its person is no longer let in.
    pub(crate) fn change(&self, tx: &mut StoreTx, at: &Place, is_let_in: bool) -> Outcome<Tokens> {
        tx.no_audit("that it was allowed is noted; tokens of it are no other consent");
        match self {
            Self::Code(code) => code.change(tx, at, is_let_in),
            Self::Refresh(refresh) => refresh.change(tx, at, is_let_in),
        }
    }
}

/// Where tokens are asked for.
pub(crate) struct Place {
    pub(crate) host: String,
    pub(crate) issuer: String,
}

fn hash_of(kind: GrantSecretKind, text: &str) -> Result<[u8; 32], Refused> {
    GrantSecret::parse(kind, text).map(|secret| secret.hash()).ok_or(NOT_GOOD)
}

/// A consent with its program, held until the transaction ends.
fn held(tx: &mut StoreTx, grant: Option<Uuid>) -> Result<Option<Granted>, OauthError> {
    match grant {
        Some(id) => Ok(queries::lock_grant(tx, id).optional()?),
        None => Ok(None),
    }
}

impl Code {
    fn change(&self, tx: &mut StoreTx, at: &Place, is_let_in: bool) -> Outcome<Tokens> {
        let grant = queries::code(tx, &self.hash)?.map(|row| row.grant_id);
        let Some(granted) = held(tx, grant)? else {
            return Ok(Err(NOT_GOOD));
        };
        // Whoever came at the same time is done with it now. Who cannot prove that it is theirs ends nothing by it: codes stand in addresses, which
        // others get to see (OAuth 2.1, section 4.1.3).
        let Some(row) = queries::code(tx, &self.hash)?.filter(|row| self.fits(row, &granted, at)) else {
            return Ok(Err(NOT_GOOD));
        };
        if row.used_at.is_some() {
            end(tx, &granted, "its code came twice")?;
            return Ok(Err(NOT_GOOD));
        }
        if row.expires_at <= tx.now() {
            return Ok(Err(NOT_GOOD));
        }
        if !self.resource.is_empty() && !row.resource.is_empty() && self.resource != row.resource {
            return Ok(Err(Refused::Target));
        }
        if !is_let_in {
            end(tx, &granted, "its person may not enter")?;
            return Ok(Err(NOT_GOOD));
        }
        queries::use_code(tx, &self.hash)?;
        let all = rights(&granted.0.scopes);
        issue(tx, &granted, all).map(Ok)
    }

    /// Whether it is brought by whom it was given to, where it was, and as was said then.
    fn fits(&self, row: &CodeRow, (grant, client): &Granted, at: &Place) -> bool {
        let same = client.client_id == self.client_id && row.redirect_uri == self.redirect_uri && grant.host == at.host;
        same && is_resource(&self.resource, &at.issuer) && proves(&self.verifier, &row.challenge)
    }
}

/// Whether a verifier is the one behind a challenge (RFC 7636, 4.1 and 4.6).
fn proves(verifier: &str, challenge: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    if !(43..=128).contains(&verifier.len()) || !verifier.bytes().all(plain) {
        return false;
    }
    let made = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    made.as_bytes().ct_eq(challenge.as_bytes()).into()
}

impl Refresh {
    fn change(&self, tx: &mut StoreTx, at: &Place, is_let_in: bool) -> Outcome<Tokens> {
        let grant = queries::token(tx, &self.hash, false)?.map(|row| row.grant_id);
        let Some(granted) = held(tx, grant)? else {
            return Ok(Err(NOT_GOOD));
        };
        // Whoever came at the same time is done with it now.
        let Some(row) = queries::token(tx, &self.hash, false)? else {
            return Ok(Err(NOT_GOOD));
        };
        let is_its_own = granted.1.client_id == self.client_id && granted.0.host == at.host;
        if let Some(changed_at) = row.used_at
            && !(is_its_own && is_answer_lost(tx, &row, changed_at)?)
        {
            end(tx, &granted, "its refresh token came twice")?;
            return Ok(Err(NOT_GOOD));
        }
        if !is_its_own || row.expires_at <= tx.now() {
            return Ok(Err(NOT_GOOD));
        }
        if !is_let_in {
            end(tx, &granted, "its person may not enter")?;
            return Ok(Err(NOT_GOOD));
        }
        let wanted = match self.wanted(&granted, at) {
            Ok(wanted) => wanted,
            Err(refused) => return Ok(Err(refused)),
        };
        match row.used_at {
            Some(changed_at) => queries::take_back(tx, row.grant_id, changed_at)?,
            None => queries::use_token(tx, &self.hash)?,
        }
        issue(tx, &granted, wanted).map(Ok)
    }

    /// What the next access token is for.
    fn wanted(&self, granted: &Granted, at: &Place) -> Result<RightSet, Refused> {
        if !is_resource(&self.resource, &at.issuer) {
            return Err(Refused::Target);
        }
        self.narrowed(rights(&granted.0.scopes))
    }

    /// What of what was given the next access token is for.
    fn narrowed(&self, given: RightSet) -> Result<RightSet, Refused> {
        let Some(text) = &self.scope else { return Ok(given) };
        let wanted = scope(text).map_err(|_| Refused::Scope)?;
        if wanted.beyond(given).is_empty() {
            Ok(wanted)
        } else {
            Err(Refused::Scope)
        }
    }
}

/// Whether a program that brings a used refresh token may have lost what it was changed for: it was changed a moment ago, and nothing that came of it
/// was since. Then it gets others, and what was answered is worth nothing, so that whoever has it is told by it all the same (RFC 9700, 4.14.2).
fn is_answer_lost(tx: &mut StoreTx, row: &TokenRow, changed_at: DateTime<Utc>) -> Result<bool, OauthError> {
    Ok(tx.now() - changed_at <= ANSWER_LOST && !queries::is_changed_since(tx, row.grant_id, changed_at)?)
}

/// Tokens of a consent, which runs on with them.
fn issue(tx: &mut StoreTx, (grant, _): &Granted, wanted: RightSet) -> Result<Tokens, OauthError> {
    let now = tx.now();
    let until = (now + REFRESH_LIFE).min(grant.ends_at);
    let access_until = (now + ACCESS_LIFE).min(grant.ends_at);
    let (access, refresh) = (
        GrantSecret::random(GrantSecretKind::Access),
        GrantSecret::random(GrantSecretKind::Refresh),
    );
    let row = |secret: &GrantSecret, kind: &str, scopes: Vec<String>, expires_at: DateTime<Utc>| TokenRow {
        store_id: grant.store_id,
        token_hash: secret.hash().to_vec(),
        grant_id: grant.id,
        kind: kind.to_owned(),
        scopes,
        issued_at: now,
        expires_at,
        used_at: None,
    };
    let rows = [
        row(&access, ACCESS, scopes(wanted), access_until),
        row(&refresh, REFRESH, grant.scopes.clone(), until),
    ];
    queries::insert_tokens(tx, &rows)?;
    queries::prolong(tx, grant.id, until)?;
    Ok(Tokens {
        access_token: access.reveal().to_owned(),
        token_type: "Bearer",
        expires_in: (access_until - now).num_seconds(),
        refresh_token: refresh.reveal().to_owned(),
        scope: scopes(wanted).join(" "),
    })
}

/// A token that a program gives back (RFC 7009): its consent ends, and with it all that is of it.
#[derive(Debug, Clone)]
pub(crate) struct GivenBack {
    hash: Option<[u8; 32]>,
    client_id: String,
}

impl GivenBack {
    /// What a form gives back; what cannot be a token is one that is worth nothing already.
    pub(crate) fn read(form: &Form) -> Result<Self, Refused> {
        let text = form.required("token", "token is missing.")?;
        let kinds = [GrantSecretKind::Refresh, GrantSecretKind::Access];
        Ok(Self {
            hash: kinds
                .iter()
                .find_map(|kind| GrantSecret::parse(*kind, text))
                .map(|secret| secret.hash()),
            client_id: form.client_id()?.to_owned(),
        })
    }

    /// Ends what the token is of.
    pub(crate) fn end(&self, tx: &mut StoreTx) -> Outcome<()> {
        tx.no_audit("there was nothing to end");
        let row = match &self.hash {
            Some(hash) => queries::token(tx, hash, true)?,
            None => None,
        };
        let Some(row) = row else { return Ok(Ok(())) };
        let Some(granted) = queries::grant(tx, row.grant_id).optional()? else {
            return Ok(Ok(()));
        };
        if granted.1.client_id != self.client_id {
            return Ok(Err(Refused::Grant("It is another program's.")));
        }
        end(tx, &granted, "given back by the program").map(Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7636, appendix B.
    #[test]
    fn a_verifier_proves_its_challenge_and_no_other() {
        let (verifier, challenge) = (
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        );
        assert!(proves(verifier, challenge));
        assert!(!proves(&verifier.replace('d', "e"), challenge));
        assert!(!proves(challenge, challenge), "that would be the method plain");
        assert!(!proves(&verifier[1..], challenge) && !proves("", challenge) && !proves(&"a".repeat(129), challenge));
    }

    #[test]
    fn an_access_token_may_be_asked_for_a_part_and_not_for_more() {
        let given: RightSet = rights(&["orders.read".to_owned(), "products.read".to_owned()]);
        let asks = |scope: Option<&str>| Refresh {
            hash: [0; 32],
            client_id: String::new(),
            scope: scope.map(str::to_owned),
            resource: String::new(),
        };
        assert_eq!(asks(None).narrowed(given), Ok(given));
        assert_eq!(asks(Some("orders.read")).narrowed(given).map(RightSet::len), Ok(1));
        assert_eq!(asks(Some("orders.write")).narrowed(given), Err(Refused::Scope));
        assert_eq!(asks(Some("nonsense")).narrowed(given), Err(Refused::Scope));
    }
}
