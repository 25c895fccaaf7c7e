//! Where the database is, and how patient a connection to it is.

/// What libpq is told unless the address says otherwise. A network that drops packets without a word would otherwise hold a connection, and
/// the request on it, for as long as the kernel sends again: fifteen minutes. Five seconds without an acknowledgement end it here.
const PATIENCE: [(&str, &str); 5] = [
    // Seconds for a connection to be made; libpq counts from 2.
    ("connect_timeout", "3"),
    // Milliseconds until data that nobody acknowledges ends the connection; sockets of this machine ignore it.
    ("tcp_user_timeout", "5000"),
    // Seconds of silence until the other side is asked for a sign of life, between two such questions, and how many may stay unanswered.
    ("keepalives_idle", "10"),
    ("keepalives_interval", "3"),
    ("keepalives_count", "3"),
];

/// The address with [`PATIENCE`] where it says nothing of it: a URI, or libpq's `key=value` form.
pub(super) fn patient(address: &str) -> String {
    let is_uri = address.starts_with("postgres://") || address.starts_with("postgresql://");
    let said: Vec<&str> = if is_uri {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        query.split('&').filter_map(|pair| pair.split('=').next()).collect()
    } else {
        address.split_whitespace().filter_map(|pair| pair.split('=').next()).collect()
    };
    let unsaid = PATIENCE.iter().filter(|(key, _)| !said.contains(key));
    let mut patient = address.to_owned();
    for (key, value) in unsaid {
        let glue = match (is_uri, patient.contains('?')) {
            (false, _) => ' ',
            (true, false) => '?',
            (true, true) if patient.ends_with(['?', '&']) => {
                patient.push_str(&format!("{key}={value}"));
                continue;
            }
            (true, true) => '&',
        };
        patient.push_str(&format!("{glue}{key}={value}"));
    }
    patient
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &str = "connect_timeout=3&tcp_user_timeout=5000&keepalives_idle=10&keepalives_interval=3&keepalives_count=3";

    #[test]
    fn an_address_that_says_nothing_gets_limits() {
        assert_eq!(patient("postgres://h/orion"), format!("postgres://h/orion?{ALL}"));
        assert_eq!(
            patient("postgresql://h/orion?sslmode=require"),
            format!("postgresql://h/orion?sslmode=require&{ALL}")
        );
        assert_eq!(patient("postgres://h/orion?"), format!("postgres://h/orion?{ALL}"));
        assert_eq!(
            patient("host=h dbname=orion"),
            format!("host=h dbname=orion {}", ALL.replace('&', " "))
        );
    }

    #[test]
    fn what_the_address_says_counts() {
        let told = patient("postgres://h/orion?connect_timeout=60&keepalives_idle=1");
        assert!(told.contains("connect_timeout=60") && !told.contains("connect_timeout=3"), "{told}");
        assert!(
            told.contains("keepalives_idle=1&") && !told.contains("keepalives_idle=10"),
            "{told}"
        );
        let told = patient("host=h tcp_user_timeout=0");
        assert!(told.contains("tcp_user_timeout=0") && !told.contains("5000"), "{told}");
    }
}
