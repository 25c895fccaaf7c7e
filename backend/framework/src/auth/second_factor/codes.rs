//! Recovery codes: 120 random bits each, so that a fast hash keeps them (OWASP ASVS 5.0, 6.5.2 asks for 112). Each works once.

use std::collections::BTreeSet;

use diesel::prelude::*;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::app::base32;
use crate::db::{DbError, PlatformTx};
use crate::schema::user_recovery_codes::{self, dsl};

/// How many somebody gets.
const COUNT: usize = 10;
/// 15 bytes are 24 letters.
const BYTES: usize = 15;
const LETTERS: usize = 24;
/// Letters between two dashes.
const GROUP: usize = 6;

/// As it is shown: four groups of letters.
fn random() -> String {
    let letters = base32(&rand::random::<[u8; BYTES]>());
    let groups: Vec<&str> = (0..LETTERS / GROUP)
        .filter_map(|at| letters.get(at * GROUP..(at + 1) * GROUP))
        .collect();
    groups.join("-")
}

/// The hash of what somebody typed, dashes, spaces and capitals aside; `None` for what was never a code of ours.
fn hash(typed: &str) -> Option<Vec<u8>> {
    let letters: String = typed.chars().filter(|sign| !matches!(sign, '-' | ' ')).collect();
    let plain = letters.len() == LETTERS && letters.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then(|| Sha256::digest(letters.to_ascii_lowercase().as_bytes()).to_vec())
}

/// Makes new ones in the place of those that there are.
pub(super) fn replace(tx: &mut PlatformTx, user: Uuid) -> Result<Vec<String>, DbError> {
    diesel::delete(user_recovery_codes::table.filter(dsl::user_id.eq(user))).execute(tx.conn())?;
    let codes: BTreeSet<String> = (0..COUNT).map(|_| random()).collect();
    let rows: Vec<_> = codes
        .iter()
        .filter_map(|code| Some((dsl::user_id.eq(user), dsl::code_hash.eq(hash(code)?))))
        .collect();
    diesel::insert_into(user_recovery_codes::table).values(rows).execute(tx.conn())?;
    Ok(codes.into_iter().collect())
}

/// Uses one up; false when it is none of the account's. Of two who come with the same one, one is let in: the row goes once.
pub(super) fn take(tx: &mut PlatformTx, user: Uuid, typed: &str) -> Result<bool, DbError> {
    let Some(hash) = hash(typed) else { return Ok(false) };
    let code = user_recovery_codes::table
        .filter(dsl::user_id.eq(user))
        .filter(dsl::code_hash.eq(hash));
    Ok(diesel::delete(code).execute(tx.conn())? == 1)
}

/// How many are left.
pub(super) fn count(tx: &mut PlatformTx, user: Uuid) -> Result<i64, DbError> {
    Ok(user_recovery_codes::table
        .filter(dsl::user_id.eq(user))
        .count()
        .get_result(tx.conn())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = random();
        assert_eq!(code.len(), LETTERS + 3, "{code}");
        let own = hash(&code).unwrap();
        for typed in [code.to_uppercase(), code.replace('-', ""), format!(" {} ", code.replace('-', " "))] {
            assert_eq!(hash(&typed).as_ref(), Some(&own), "{typed}");
        }
        assert_ne!(hash(&random()), Some(own));
        for nonsense in ["", "123456", &code[1..], &"ü".repeat(12)] {
            assert_eq!(hash(nonsense), None, "{nonsense}");
        }
    }
}
