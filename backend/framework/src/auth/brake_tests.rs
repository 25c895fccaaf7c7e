use chrono::{DateTime, TimeDelta};

use super::*;

const USERS: Uuid = Uuid::nil();

fn brake() -> (Brake, Clock) {
    let clock = Clock::fixed(DateTime::from_timestamp(1_800_000_000, 0).unwrap());
    (Brake::new(clock.clone()), clock)
}

fn fail(brake: &Brake, times: u32, account: &str, ip: &str) {
    for _ in 0..times {
        brake.attempt(USERS, account, Some(ip)).unwrap();
    }
}

#[test]
fn the_pause_grows_with_each_failure() {
    let (brake, clock) = brake();
    fail(&brake, FREE_FOR_ACCOUNT, "a@acme.test", "10.0.0.1");
    for expected in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
        assert_eq!(brake.attempt(USERS, "a@acme.test", Some("10.0.0.1")).unwrap_err(), expected);
        clock.advance(TimeDelta::seconds(i64::from(expected)));
        fail(&brake, 1, "a@acme.test", "10.0.0.1");
    }
}

#[test]
fn a_burst_is_braked_like_a_row() {
    let (brake, _) = brake();
    let through = (0..50)
        .filter(|_| brake.attempt(USERS, "a@acme.test", Some("10.0.0.1")).is_ok())
        .count();
    assert_eq!(through, FREE_FOR_ACCOUNT as usize);
}

#[test]
fn the_owner_gets_in_from_elsewhere() {
    let (brake, _) = brake();
    fail(&brake, FREE_FOR_ACCOUNT, "a@acme.test", "10.0.0.1");
    assert!(brake.attempt(USERS, "a@acme.test", Some("10.0.0.1")).is_err());
    assert!(brake.attempt(USERS, "a@acme.test", Some("10.0.0.2")).is_ok());
    assert!(
        brake.attempt(Uuid::from_u128(1), "a@acme.test", Some("10.0.0.1")).is_ok(),
        "another store's customer is another account"
    );
}

#[test]
fn many_accounts_from_one_address_are_braked_too() {
    let (brake, _) = brake();
    for number in 0..FREE_FOR_ADDRESS {
        fail(&brake, 1, &format!("{number}@acme.test"), "10.0.0.1");
    }
    assert!(brake.attempt(USERS, "new@acme.test", Some("10.0.0.1")).is_err());
    assert!(brake.attempt(USERS, "new@acme.test", Some("10.0.0.2")).is_ok());
}

#[test]
fn success_forgets_the_failures() {
    let (brake, _) = brake();
    fail(&brake, FREE_FOR_ACCOUNT - 1, "a@acme.test", "10.0.0.1");
    let attempt = brake.attempt(USERS, "a@acme.test", Some("10.0.0.1")).unwrap();
    brake.succeeded(attempt);
    fail(&brake, FREE_FOR_ACCOUNT - 1, "a@acme.test", "10.0.0.1");
    assert!(brake.attempt(USERS, "a@acme.test", Some("10.0.0.1")).is_ok());
}

#[test]
fn an_office_that_signs_in_is_never_braked() {
    let (brake, _) = brake();
    for number in 0..3 * FREE_FOR_ADDRESS {
        let attempt = brake.attempt(USERS, &format!("{number}@acme.test"), Some("10.0.0.1")).unwrap();
        brake.succeeded(attempt);
    }
}

#[test]
fn time_forgets_too() {
    let (brake, clock) = brake();
    fail(&brake, FREE_FOR_ACCOUNT, "a@acme.test", "10.0.0.1");
    clock.advance(TimeDelta::minutes(15));
    fail(&brake, FREE_FOR_ACCOUNT, "a@acme.test", "10.0.0.1");
}

#[test]
fn addresses_of_one_ipv6_network_count_as_one() {
    assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::1"));
    assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
    assert_eq!(network("::ffff:10.0.0.1"), "10.0.0.1");
    assert_eq!(network("10.0.0.1"), "10.0.0.1");
}

#[test]
fn memory_is_bounded_and_real_attacks_are_remembered() {
    let (brake, _) = brake();
    fail(&brake, FREE_FOR_ACCOUNT, "a@acme.test", "10.0.0.1");
    for number in 0..CAPACITY {
        let ip = format!("10.{}.{}.{}", 1 + number / 65536, number / 256 % 256, number % 256);
        assert!(brake.attempt(USERS, "x", Some(&ip)).is_ok());
    }
    assert!(brake.entries().len() <= CAPACITY);
    assert!(brake.attempt(USERS, "a@acme.test", Some("10.0.0.1")).is_err());
}

#[test]
fn an_address_has_few_attempts_under_way_and_others_have_theirs() {
    let (brake, _) = brake();
    let attempt = |number: u32, ip: &str| brake.attempt(USERS, &format!("{number}@acme.test"), Some(ip));
    let storm: Vec<_> = (0..40).map(|number| attempt(number, "10.0.0.1")).collect();
    let under_way = storm.iter().filter(|attempt| attempt.is_ok()).count();
    assert_eq!(under_way, AT_A_TIME as usize);
    assert!(storm.iter().filter_map(|attempt| attempt.as_ref().err()).all(|wait| *wait == 1));
    let elsewhere = attempt(1, "10.0.0.2").unwrap();
    assert!(!elsewhere.is_known());
    drop(storm);
    // Those that were turned away have not been counted.
    for number in 0..FREE_FOR_ADDRESS - AT_A_TIME {
        attempt(100 + number, "10.0.0.1").unwrap();
    }
    brake.succeeded(elsewhere);
    let office: Vec<_> = (0..40).filter_map(|number| attempt(number, "10.0.0.2").ok()).collect();
    assert_eq!(office.len(), AT_A_TIME_KNOWN as usize);
    assert!(office.iter().all(Attempt::is_known));
}
