//! Seals: links and cookies that say what they are for and until when, and that only this server can make.

use super::mac::{is_keyed_hash, keyed_hash};

/// The time at which it ends, and the keyed hash over everything it stands for.
pub(super) fn seal(key: &[u8], purpose: &str, parts: &[&str], until: i64) -> String {
    format!("{until}.{}", hex::encode(keyed_hash(key, &text(purpose, parts, until))))
}

/// Whether the seal is one of this key, for this purpose and these parts, and its time is not over.
pub(super) fn holds(key: &[u8], purpose: &str, parts: &[&str], seal: &str, now: i64) -> bool {
    let Some((until, mac)) = seal.split_once('.') else {
        return false;
    };
    let (Ok(until), Ok(mac)) = (until.parse::<i64>(), hex::decode(mac)) else {
        return false;
    };
    is_keyed_hash(key, &text(purpose, parts, until), &mac) && now < until
}

/// Lengths stand before the parts, so that two lists of parts never read alike.
fn text(purpose: &str, parts: &[&str], until: i64) -> Vec<u8> {
    let mut text = format!("{until} {purpose}");
    for part in parts {
        text.push_str(&format!(" {}:{part}", part.len()));
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_good_for_what_it_was_made_for_and_until_its_time() {
        let made = seal(b"key", "export", &["a", "bc"], 100);
        assert!(holds(b"key", "export", &["a", "bc"], &made, 99));
        assert!(!holds(b"key", "export", &["a", "bc"], &made, 100), "its time is over");
        assert!(!holds(b"another", "export", &["a", "bc"], &made, 99));
        assert!(!holds(b"key", "preview", &["a", "bc"], &made, 99));
        assert!(
            !holds(b"key", "export", &["ab", "c"], &made, 99),
            "parts do not run into one another"
        );
        let longer = made.replacen("100", "200", 1);
        assert!(!holds(b"key", "export", &["a", "bc"], &longer, 99), "its end is under the seal");
        for nonsense in ["", ".", "100", "100.", "x.00", "100.zz"] {
            assert!(!holds(b"key", "export", &["a", "bc"], nonsense, 0), "{nonsense}");
        }
    }
}
