//! What a program asks for, checked: whom the answer goes to first, since nothing is sent anywhere else, then what is asked.

use orion_framework::db::StoreTx;
use orion_types::RightSet;
use orion_types::oauth::AskConnection;
use orion_types::permission::Permission;
use url::Url;
use uuid::Uuid;

use crate::document::Document;
use crate::error::OauthError;
use crate::{queries, redirect};

/// Characters of a challenge: SHA-256 in base64url (RFC 7636, section 4.2).
const CHALLENGE: usize = 43;
/// Longest state and longest resource, in bytes: they go into addresses.
const MAX_TEXT: usize = 2_000;
/// Where a store's API for dashboards is, which tokens are for.
const API: &str = "/api/v1/store";

/// Who asks.
#[derive(Debug, Clone)]
pub(crate) enum Asker {
    /// A registered program, by its row.
    Registered {
        id: Uuid,
        name: String,
        redirect_uris: Vec<String>,
    },
    /// A program whose document says who it is.
    ByDocument(Document),
}

impl Asker {
    /// The program of a `client_id`, with the document that was fetched where it is the address of one.
    pub(crate) fn find(tx: &mut StoreTx, client_id: &str, document: Option<Document>) -> Result<Self, OauthError> {
        let unknown =
            OauthError::UnknownProgram("Neither is it registered in this store, nor does it name a document that says who it is.");
        if let Some(document) = document {
            return Ok(Self::ByDocument(document));
        }
        let Ok(id) = client_id.parse::<Uuid>() else {
            return Err(unknown);
        };
        match queries::registered(tx, id) {
            Ok(row) if row.client_id == client_id => Ok(Self::Registered {
                id: row.id,
                name: row.name,
                redirect_uris: row.redirect_uris,
            }),
            Ok(_) | Err(diesel::result::Error::NotFound) => Err(unknown),
            Err(error) => Err(error.into()),
        }
    }

    /// What it calls itself.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Registered { name, .. } => name,
            Self::ByDocument(document) => &document.name,
        }
    }

    fn redirect_uris(&self) -> &[String] {
        match self {
            Self::Registered { redirect_uris, .. } => redirect_uris,
            Self::ByDocument(document) => &document.redirect_uris,
        }
    }
}

/// Where an answer goes to, which the program has named before.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    url: Url,
    state: String,
    issuer: String,
}

impl Target {
    /// Of a request, in the name of the host that was asked.
    pub(crate) fn of(asker: &Asker, asked: &AskConnection, issuer: &str) -> Result<Self, OauthError> {
        if !redirect::is_known(asker.redirect_uris(), &asked.redirect_uri) {
            return Err(OauthError::UnknownRedirect);
        }
        let url = redirect::check(&asked.redirect_uri).map_err(|_| OauthError::UnknownRedirect)?;
        let state = if asked.state.len() > MAX_TEXT { "" } else { asked.state.as_str() };
        Ok(Self {
            url,
            state: state.to_owned(),
            issuer: issuer.to_owned(),
        })
    }

    /// The host, for people.
    pub(crate) fn host(&self) -> String {
        redirect::shown_host(&self.url)
    }

    /// Whether that is the machine of whoever is asked.
    pub(crate) fn is_local(&self) -> bool {
        redirect::is_local(&self.url)
    }

    /// The address with an answer (RFC 6749, 4.1.2) and with who gives it, so that nobody mixes up two servers (RFC 9207).
    pub(crate) fn with(&self, name: &str, value: &str) -> String {
        let mut url = self.url.clone();
        url.query_pairs_mut().append_pair(name, value);
        if !self.state.is_empty() {
            url.query_pairs_mut().append_pair("state", &self.state);
        }
        url.query_pairs_mut().append_pair("iss", &self.issuer);
        url.into()
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Terms {
    /// The rights, with those that come along.
    pub(crate) rights: RightSet,
    /// Of PKCE.
    pub(crate) challenge: String,
    /// What the tokens are for, as the program has said it.
    pub(crate) resource: String,
}

/// What a program is told that has asked in a wrong way: a code of RFC 6749 (4.1.2.1) or RFC 8707, and a sentence.
pub(crate) type Refusal = (&'static str, &'static str);

impl Terms {
    /// What a request asks for at a host.
    pub(crate) fn of(asked: &AskConnection, issuer: &str) -> Result<Self, Refusal> {
        if asked.response_type != "code" {
            return Err(("unsupported_response_type", "Only codes are given: response_type=code."));
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if asked.code_challenge.len() != CHALLENGE || !asked.code_challenge.bytes().all(plain) {
            return Err((
                "invalid_request",
                "A code_challenge of PKCE is needed: SHA-256 of the verifier in base64url.",
            ));
        }
        if asked.code_challenge_method != "S256" {
            return Err(("invalid_request", "code_challenge_method has to be S256."));
        }
        if asked.state.len() > MAX_TEXT {
            return Err(("invalid_request", "The state is longer than 2,000 bytes."));
        }
        if !is_resource(&asked.resource, issuer) {
            return Err(("invalid_target", "Tokens of this server are for its own host."));
        }
        Ok(Self {
            rights: scope(&asked.scope)?,
            challenge: asked.code_challenge.clone(),
            resource: asked.resource.clone(),
        })
    }
}

/// Whether tokens of this host are for what a program names (RFC 8707): the host, its API for dashboards or something in there; or nothing is named.
pub(crate) fn is_resource(resource: &str, issuer: &str) -> bool {
    if resource.is_empty() {
        return true;
    }
    let (Ok(url), Ok(own)) = (Url::parse(resource), Url::parse(issuer)) else {
        return false;
    };
    let below = |path: &str| path == API || path.strip_prefix(API).is_some_and(|rest| rest.starts_with('/'));
    let fits = url.path() == "/" || below(url.path());
    resource.len() <= MAX_TEXT && url.origin() == own.origin() && url.fragment().is_none() && url.query().is_none() && fits
}

/// The rights that a scope names, with those that come along. Where nothing is said, all that only look: that is what an assistant begins with.
pub(crate) fn scope(text: &str) -> Result<RightSet, Refusal> {
    if text.trim().is_empty() {
        return Ok(offered().filter(|right| right.reads()).collect());
    }
    let mut rights = RightSet::NONE;
    for name in text.split(' ').filter(|name| !name.is_empty()) {
        let known = Permission::named(name).filter(|right| !right.is_personal());
        rights = rights.with(known.ok_or(("invalid_scope", "One of the scopes is unknown, or is a right of people alone."))?);
    }
    Ok(rights.with_implied())
}

/// The rights that a program can be given.
pub(crate) fn offered() -> impl Iterator<Item = Permission> {
    Permission::ALL.iter().copied().filter(|right| !right.is_personal())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUER: &str = "https://acme.example";

    fn asked() -> AskConnection {
        AskConnection {
            client_id: "x".to_owned(),
            redirect_uri: "https://assistant.example/callback?flow=1".to_owned(),
            response_type: "code".to_owned(),
            scope: "orders.write".to_owned(),
            state: "a&b".to_owned(),
            code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned(),
            code_challenge_method: "S256".to_owned(),
            resource: String::new(),
        }
    }

    fn refused(change: impl FnOnce(&mut AskConnection)) -> Option<&'static str> {
        let mut asked = asked();
        change(&mut asked);
        Terms::of(&asked, ISSUER).err().map(|(error, _)| error)
    }

    #[test]
    fn what_is_asked_for_is_checked() {
        let terms = Terms::of(&asked(), ISSUER).unwrap();
        assert_eq!(
            terms.rights,
            [Permission::OrdersRead, Permission::OrdersWrite].into_iter().collect()
        );
        assert_eq!(
            refused(|asked| asked.response_type = "token".to_owned()),
            Some("unsupported_response_type")
        );
        assert_eq!(refused(|asked| asked.code_challenge.clear()), Some("invalid_request"));
        assert_eq!(
            refused(|asked| asked.code_challenge_method = "plain".to_owned()),
            Some("invalid_request")
        );
        assert_eq!(refused(|asked| asked.code_challenge_method.clear()), Some("invalid_request"));
        assert_eq!(refused(|asked| asked.scope = "orders.eat".to_owned()), Some("invalid_scope"));
        assert_eq!(refused(|asked| asked.scope = "team.write".to_owned()), Some("invalid_scope"));
        assert_eq!(refused(|asked| asked.state = "x".repeat(2_001)), Some("invalid_request"));
        assert_eq!(
            refused(|asked| asked.resource = "https://globex.example".to_owned()),
            Some("invalid_target")
        );
        assert_eq!(
            refused(|asked| asked.resource = "https://acme.example/api/v1/store/mcp".to_owned()),
            None
        );
    }

    #[test]
    fn who_says_nothing_asks_to_look() {
        let rights = scope("").unwrap();
        assert!(rights.holds(Permission::OrdersRead));
        assert!(rights.iter().all(|right| right.reads() && !right.is_personal()));
    }

    #[test]
    fn tokens_are_for_the_host_that_gives_them() {
        for good in [
            "",
            "https://acme.example",
            "https://acme.example/",
            "https://acme.example/api/v1/store",
        ] {
            assert!(is_resource(good, ISSUER), "{good}");
        }
        for bad in [
            "https://acme.example/api/v1/storefront",
            "https://acme.example/api/v1/store?x",
            "https://acme.example/#x",
            "http://acme.example",
            "https://acme.example:8443",
            "acme.example",
        ] {
            assert!(!is_resource(bad, ISSUER), "{bad}");
        }
    }

    #[test]
    fn an_answer_brings_state_and_issuer_along() {
        let asker = Asker::Registered {
            id: Uuid::nil(),
            name: "Assistant".to_owned(),
            redirect_uris: vec![asked().redirect_uri],
        };
        let target = Target::of(&asker, &asked(), ISSUER).unwrap();
        assert_eq!(
            target.with("code", "x y"),
            "https://assistant.example/callback?flow=1&code=x+y&state=a%26b&iss=https%3A%2F%2Facme.example"
        );
        let mut other = asked();
        other.redirect_uri.push('2');
        assert!(matches!(Target::of(&asker, &other, ISSUER), Err(OauthError::UnknownRedirect)));
    }
}
