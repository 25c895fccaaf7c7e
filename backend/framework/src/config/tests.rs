use super::*;

fn config(pairs: &[(&str, &str)]) -> Result<Config, String> {
    let folder = std::env::temp_dir().join(format!("orion-config-{}", std::process::id()));
    let mut variables = vec![("ORION_DATA_DIR".to_owned(), folder.display().to_string())];
    variables.extend(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
    Config::from_variables(variables).map_err(|error| error.to_string())
}

const STRONG: &str = "a-strong-secret-of-more-than-32-bytes-0123456789";

#[test]
fn a_bad_value_is_told_in_one_line() {
    assert_eq!(config(&[("ORION_PORT", "abc")]).unwrap_err(), r#"ORION_PORT: expected a port number (0–65535), found "abc""#);
    assert_eq!(config(&[("ORION_ENV", "prod")]).unwrap_err(), r#"ORION_ENV: expected development, test, staging or production, found "prod""#);
    assert_eq!(config(&[("ORION_AUTH_BCRYPT_COST", "3")]).unwrap_err(), "ORION_AUTH_BCRYPT_COST: expected a bcrypt cost (10–16), found 3");
    assert!(config(&[("ORION_TENANCY_TRUSTED_PROXIES", "10.0.0.1,nonsense")]).unwrap_err().contains("nonsense"));
}

#[test]
fn production_refuses_missing_and_weak_secrets() {
    let production = [("ORION_ENV", "production"), ("DATABASE_URL", "postgres://db/orion"), ("ORION_AUTH_PASSWORD_PEPPER", STRONG)];
    let with = |secret: &'static str| config(&[&production[..], &[("ORION_AUTH_JWT_SECRET", secret)]].concat());
    assert_eq!(config(&production).unwrap_err(), "ORION_AUTH_JWT_SECRET: is required in production");
    assert!(with("changeme").unwrap_err().contains("too weak"));
    assert!(with("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").unwrap_err().contains("too weak"));
    assert!(with(STRONG).is_ok());
    assert!(!with(STRONG).unwrap().path_mode());
}

#[test]
fn a_secret_can_come_from_a_file() {
    let path = std::env::temp_dir().join(format!("orion-token-{}", std::process::id()));
    std::fs::write(&path, "from-a-file\n").unwrap();
    let config = config(&[("ORION_METRICS_TOKEN_FILE", path.to_str().unwrap())]).unwrap();
    assert_eq!(secrecy::ExposeSecret::expose_secret(&config.metrics_token.unwrap()), "from-a-file");
    std::fs::remove_file(path).unwrap();
}

#[test]
fn nothing_secret_is_shown() {
    let shown = config(&[("ORION_AUTH_JWT_SECRET", STRONG), ("DATABASE_URL", "postgres://u:hidden@db/x")]).unwrap().describe();
    assert!(!shown.contains(STRONG) && !shown.contains("hidden"));
    assert!(shown.contains("ORION_PORT=8080"));
}

#[test]
fn a_generated_secret_stays_the_same() {
    let first = config(&[]).unwrap().auth.jwt_secret;
    let second = config(&[]).unwrap().auth.jwt_secret;
    assert_eq!(secrecy::ExposeSecret::expose_secret(&first), secrecy::ExposeSecret::expose_secret(&second));
}
