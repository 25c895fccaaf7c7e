//! Signatures of Standard Webhooks (symmetric, `v1`), as they are made and as they are verified:
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>.

use actix_web::http::header::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// How a secret begins where people see it.
pub const PREFIX: &str = "whsec_";
/// How far the time of a message may lie from ours; what is older may have been recorded by somebody and sent again.
const TOLERANCE: TimeDelta = TimeDelta::minutes(5);
/// Signatures of one message that are looked at; a sender that turns its secret over has two.
const SIGNATURES: usize = 8;

/// Why a message is not taken for its sender's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unverified {
    /// `webhook-id`, `webhook-timestamp` or `webhook-signature` is missing or cannot be read.
    #[error("a header of the signature is missing or cannot be read")]
    Headers,
    /// It was made too long ago, or in the future.
    #[error("the time of the message is more than five minutes away from ours")]
    Time,
    /// No signature fits.
    #[error("no signature fits the message")]
    Signature,
}

/// The signature of a message: over its id, the time of this attempt in seconds since 1970, and the body's bytes.
pub fn sign(key: &[u8], id: &str, timestamp: i64, body: &[u8]) -> String {
    format!("v1,{}", STANDARD.encode(mac(key, id, timestamp, body).finalize().into_bytes()))
}

/// The id of a message that somebody with one of these keys has signed, not long before or after `now`.
///
/// # Errors
/// Whatever else has come.
pub fn verify<'a>(keys: &[&[u8]], headers: &'a HeaderMap, body: &[u8], now: DateTime<Utc>) -> Result<&'a str, Unverified> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).ok_or(Unverified::Headers);
    let (id, signatures) = (text("webhook-id")?, text("webhook-signature")?);
    let timestamp: i64 = text("webhook-timestamp")?.parse().map_err(|_| Unverified::Headers)?;
    let signed = DateTime::from_timestamp(timestamp, 0).ok_or(Unverified::Headers)?;
    if id.is_empty() {
        return Err(Unverified::Headers);
    }
    if (now - signed).abs() > TOLERANCE {
        return Err(Unverified::Time);
    }
    let given = signatures.split(' ').take(SIGNATURES);
    let mut given = given.filter_map(|signature| STANDARD.decode(signature.strip_prefix("v1,")?).ok());
    // `verify_slice` takes as long whatever differs.
    let fits = |given: &[u8]| keys.iter().any(|key| mac(key, id, timestamp, body).verify_slice(given).is_ok());
    if given.any(|given| fits(&given)) {
        Ok(id)
    } else {
        Err(Unverified::Signature)
    }
}

fn mac(key: &[u8], id: &str, timestamp: i64, body: &[u8]) -> Hmac<Sha256> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        unreachable!("HMAC takes keys of any length")
    };
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    mac
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    /// The example of the specification's own libraries.
    const KEY: &str = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const TIME: i64 = 1_614_265_330;
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    fn key() -> Vec<u8> {
        STANDARD.decode(KEY).unwrap()
    }

    fn headers(id: &str, time: i64, signature: &str) -> HeaderMap {
        let header = |name: &'static str, value: &str| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        [
            header("webhook-id", id),
            header("webhook-timestamp", &time.to_string()),
            header("webhook-signature", signature),
        ]
        .into_iter()
        .collect()
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn a_signature_is_that_of_the_specification() {
        assert_eq!(sign(&key(), ID, TIME, BODY), SIGNATURE);
        let (key, sent) = (key(), headers(ID, TIME, SIGNATURE));
        assert_eq!(verify(&[&key], &sent, BODY, at(TIME)), Ok(ID));
    }

    #[test]
    fn either_key_fits_and_one_of_several_signatures_is_enough() {
        let (key, other) = (key(), [7_u8; 32]);
        let both = format!("v1a,AAAA {} {SIGNATURE}", sign(&other, ID, TIME, b"another body"));
        let sent = headers(ID, TIME, &both);
        assert_eq!(verify(&[&other, &key], &sent, BODY, at(TIME)), Ok(ID));
        assert_eq!(verify(&[&other], &sent, BODY, at(TIME)), Err(Unverified::Signature));
        assert_eq!(verify(&[], &sent, BODY, at(TIME)), Err(Unverified::Signature));
    }

    #[test]
    fn what_was_changed_on_the_way_is_nobodys() {
        let key = key();
        let refused = |headers: &HeaderMap, body: &[u8], now: i64| verify(&[&key], headers, body, at(now)).unwrap_err();
        let sent = headers(ID, TIME, SIGNATURE);
        assert_eq!(refused(&sent, br#"{"test": 2432232315}"#, TIME), Unverified::Signature);
        assert_eq!(refused(&headers("msg_other", TIME, SIGNATURE), BODY, TIME), Unverified::Signature);
        assert_eq!(refused(&headers(ID, TIME + 1, SIGNATURE), BODY, TIME), Unverified::Signature);
        assert_eq!(refused(&headers(ID, TIME, &SIGNATURE[3..]), BODY, TIME), Unverified::Signature);
        assert_eq!(refused(&headers(ID, TIME, ""), BODY, TIME), Unverified::Signature);
    }

    #[test]
    fn a_message_is_as_good_as_five_minutes() {
        let (key, sent) = (key(), headers(ID, TIME, SIGNATURE));
        for (now, expected) in [
            (-301, Err(Unverified::Time)),
            (-300, Ok(ID)),
            (300, Ok(ID)),
            (301, Err(Unverified::Time)),
        ] {
            assert_eq!(verify(&[&key], &sent, BODY, at(TIME + now)), expected, "{now}");
        }
        let odd = [HeaderMap::new(), headers("", TIME, SIGNATURE), headers(ID, i64::MAX, SIGNATURE)];
        for headers in &odd {
            assert_eq!(verify(&[&key], headers, BODY, at(TIME)), Err(Unverified::Headers));
        }
    }
}
