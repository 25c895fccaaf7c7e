//! What the name servers say about a domain. Whatever they answer is somebody else's: it is cut in size and in time.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{RData, Record, RecordType};
use hickory_resolver::{Resolver, TokioResolver};
use orion_framework::Services;
use orion_types::domain::DomainCheck;
use orion_types::status::DomainProof;

use super::name::CHALLENGE;
use super::place::{Place, proof};

/// How long a name server has for one answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long all of them have together.
const ALL: Duration = Duration::from_secs(6);
/// Texts and addresses that are kept of an answer.
const MOST: usize = 10;
/// Characters that are kept of each.
const LONGEST: usize = 255;

/// What was seen of a domain.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// The texts in the place of the proof; `None` when nobody has answered.
    texts: Option<Vec<String>>,
    leads_to: Vec<String>,
    /// `None` where a name server has not answered that could have said so.
    leads_here: Option<bool>,
}

impl Seen {
    /// What this says about the proof with a token.
    pub(crate) fn proof(&self, token: &str) -> DomainProof {
        match &self.texts {
            None => DomainProof::Unanswered,
            Some(texts) if texts.is_empty() => DomainProof::Missing,
            Some(_) if self.proves(token) => DomainProof::Found,
            Some(_) => DomainProof::Wrong,
        }
    }

    /// Whether the proof with a token is there.
    pub(super) fn proves(&self, token: &str) -> bool {
        let wanted = proof(token);
        self.texts.iter().flatten().any(|text| text.trim() == wanted)
    }

    /// Whether the domain leads to the shop; where nobody has answered it does as it did `before`.
    pub(super) fn leads_here(&self, before: bool) -> bool {
        self.leads_here.unwrap_or(before)
    }

    /// What people are told of it; `before` is whether the domain led here by the look before.
    pub(super) fn told(&self, proof: DomainProof, before: bool) -> DomainCheck {
        let texts = self.texts.iter().flatten();
        DomainCheck {
            proof,
            found: texts.take(MOST).map(|text| cut(text)).collect(),
            leads_to: self.leads_to.iter().take(MOST).map(|text| cut(text)).collect(),
            leads_here: self.leads_here(before),
        }
    }
}

fn cut(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(LONGEST).collect()
}

/// Asks for the proof of a host, and where it leads. Nothing of it is remembered: whoever asks again has just changed something.
pub(crate) async fn look(services: &Services, host: &str, place: &Place) -> Seen {
    let server = services.config.domains.resolver;
    let asked = async {
        let resolver = tokio::task::spawn_blocking(move || resolver(server)).await;
        let resolver = resolver.map_err(|error| NetError::from(error.to_string()))??;
        Ok::<_, NetError>(ask(&resolver, host, place).await)
    };
    match tokio::time::timeout(ALL, asked).await {
        Ok(Ok(mut seen)) => {
            seen.leads_to.retain(|text| is_shown(services, place, text));
            seen
        }
        Ok(Err(error)) => {
            tracing::warn!(%error, "no name server can be asked");
            Seen::default()
        }
        Err(_) => Seen::default(),
    }
}

/// Whether people are told that a domain leads to a place: a resolver inside of a network knows addresses there, which are nobody's business.
fn is_shown(services: &Services, place: &Place, text: &str) -> bool {
    let shown = |address| services.outbound.may_reach(address) || place.addresses.contains(&address);
    text.parse().map_or(true, shown)
}

/// May read the system's configuration, and blocks while it does.
fn resolver(server: Option<SocketAddr>) -> Result<TokioResolver, NetError> {
    let provider = TokioRuntimeProvider::default();
    let mut builder = match server {
        Some(address) => {
            let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(|mut connection| {
                connection.port = address.port();
                connection
            });
            let server = NameServerConfig::new(address.ip(), true, connections.to_vec());
            Resolver::builder_with_config(ResolverConfig::from_name_servers(vec![server]), provider)
        }
        None => Resolver::builder(provider)?,
    };
    let options: &mut ResolverOpts = builder.options_mut();
    options.timeout = PATIENCE;
    options.attempts = 1;
    options.cache_size = 0;
    options.use_hosts_file = ResolveHosts::Never;
    builder.build()
}

async fn ask(resolver: &TokioResolver, host: &str, place: &Place) -> Seen {
    // With the final dot nothing is looked for below the machine's own domain.
    let (challenge, own) = (format!("{CHALLENGE}{host}."), format!("{host}."));
    let target = format!("{}.", place.target);
    let (texts, alias, v4, v6, ours) = tokio::join!(
        texts(resolver, &challenge),
        leading(resolver, &own, RecordType::CNAME),
        leading(resolver, &own, RecordType::A),
        leading(resolver, &own, RecordType::AAAA),
        leading(resolver, &target, RecordType::A),
    );
    let mut leads_to = Vec::new();
    let all_answered = [&alias, &v4, &v6, &ours].iter().all(|answer| answer.is_some());
    for place in [alias, v4, v6].into_iter().flatten().flatten() {
        if !leads_to.contains(&place) {
            leads_to.push(place);
        }
    }
    let ours: Vec<IpAddr> = ours.iter().flatten().filter_map(|text| text.parse().ok()).collect();
    let is_ours = |text: &String| match text.parse::<IpAddr>() {
        Ok(address) => place.addresses.contains(&address) || ours.contains(&address),
        Err(_) => *text == place.target,
    };
    let here = leads_to.iter().any(is_ours);
    Seen {
        leads_here: (here || all_answered).then_some(here),
        texts,
        leads_to,
    }
}

/// The texts at a name, the strings of each put together (RFC 7208, section 3.3). Nothing there is an answer, too; silence and a server's
/// failure are none.
async fn texts(resolver: &TokioResolver, name: &str) -> Option<Vec<String>> {
    let found = answered(resolver, name, RecordType::TXT).await?;
    let texts = found.iter().filter_map(|record| match &record.data {
        RData::TXT(text) => Some(String::from_utf8_lossy(&text.txt_data.concat()).into_owned()),
        _ => None,
    });
    Some(texts.collect())
}

/// The records at a name, if anybody has answered.
async fn answered(resolver: &TokioResolver, name: &str, kind: RecordType) -> Option<Vec<Record>> {
    match resolver.lookup(name, kind).await {
        Ok(found) => Some(found.answers().to_vec()),
        Err(error) if error.is_nx_domain() || error.is_no_records_found() => Some(Vec::new()),
        Err(error) => {
            tracing::debug!(%error, name, %kind, "a name server did not answer");
            None
        }
    }
}

/// Aliases and addresses at a name. Nothing there is an answer, too; silence and a server's failure are none.
async fn leading(resolver: &TokioResolver, name: &str, kind: RecordType) -> Option<Vec<String>> {
    let found = answered(resolver, name, kind).await?;
    let places = found.iter().filter_map(|record| match &record.data {
        RData::CNAME(alias) => Some(alias.to_ascii().trim_end_matches('.').to_ascii_lowercase()),
        RData::A(address) => Some(address.0.to_string()),
        RData::AAAA(address) => Some(address.0.to_string()),
        _ => None,
    });
    Some(places.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(texts: &[&str]) -> Seen {
        Seen {
            texts: Some(texts.iter().map(|text| (*text).to_owned()).collect()),
            ..Seen::default()
        }
    }

    #[test]
    fn a_proof_is_the_whole_text_with_the_stores_own_token() {
        for (texts, proof) in [
            (&["orion-verification=abc"][..], DomainProof::Found),
            (&["v=spf1 -all", " orion-verification=abc "], DomainProof::Found),
            (&["orion-verification=ABC"], DomainProof::Wrong),
            (&["orion-verification=abcd"], DomainProof::Wrong),
            (&["abc"], DomainProof::Wrong),
            (&[], DomainProof::Missing),
        ] {
            assert_eq!(seen(texts).proof("abc"), proof, "{texts:?}");
        }
        assert_eq!(Seen::default().proof("abc"), DomainProof::Unanswered);
    }

    #[test]
    fn what_is_kept_of_an_answer_is_bounded() {
        let long = "x".repeat(4_000);
        let told = seen(&[long.as_str(); 40]).told(DomainProof::Wrong, false);
        assert_eq!(told.found.len(), MOST);
        assert!(told.found.iter().all(|text| text.len() == LONGEST));
        assert_eq!(seen(&["a\u{0}\nb"]).told(DomainProof::Wrong, false).found, ["ab"]);
    }
}
