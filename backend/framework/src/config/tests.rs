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
    assert_eq!(
        config(&[("ORION_PORT", "abc")]).unwrap_err(),
        r#"ORION_PORT: expected a port number (0–65535), found "abc""#
    );
    assert_eq!(
        config(&[("ORION_ENV", "prod")]).unwrap_err(),
        r#"ORION_ENV: expected development, test, staging or production, found "prod""#
    );
    assert_eq!(
        config(&[("ORION_AUTH_BCRYPT_COST", "3")]).unwrap_err(),
        "ORION_AUTH_BCRYPT_COST: expected a bcrypt cost (10–16), found 3"
    );
    assert!(
        config(&[("ORION_TENANCY_TRUSTED_PROXIES", "10.0.0.1,nonsense")])
            .unwrap_err()
            .contains("nonsense")
    );
}

#[test]
fn production_refuses_missing_and_weak_secrets() {
    let production = [
        ("ORION_ENV", "production"),
        ("DATABASE_URL", "postgres://db/orion"),
        ("ORION_AUTH_PASSWORD_PEPPER", STRONG),
    ];
    let with = |secret: &'static str| config(&[&production[..], &[("ORION_AUTH_JWT_SECRET", secret)]].concat());
    assert_eq!(config(&production).unwrap_err(), "ORION_AUTH_JWT_SECRET: is required in production");
    assert!(with("changeme").unwrap_err().contains("too weak"));
    assert!(
        with("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .unwrap_err()
            .contains("too weak")
    );
    assert!(with(STRONG).is_ok());
    assert!(!with(STRONG).unwrap().path_mode());
}

#[test]
fn production_refuses_weak_secrets_that_are_optional() {
    let production = [
        ("ORION_ENV", "production"),
        ("DATABASE_URL", "postgres://db/orion"),
        ("ORION_AUTH_PASSWORD_PEPPER", STRONG),
        ("ORION_AUTH_JWT_SECRET", STRONG),
    ];
    for key in ["ORION_AUTH_JWT_SECRET_PREVIOUS", "ORION_METRICS_TOKEN"] {
        let told = config(&[&production[..], &[(key, "short")]].concat()).unwrap_err();
        assert!(told.starts_with(&format!("{key}: is too weak")), "{told}");
        assert!(config(&[&production[..], &[(key, STRONG)]].concat()).is_ok());
    }
}

#[test]
fn production_sends_no_password_for_mail_in_the_open() {
    let production = [
        ("ORION_ENV", "production"),
        ("DATABASE_URL", "postgres://db/orion"),
        ("ORION_AUTH_PASSWORD_PEPPER", STRONG),
        ("ORION_AUTH_JWT_SECRET", STRONG),
    ];
    let with = |url: &'static str| config(&[&production[..], &[("ORION_MAIL_SMTP_URL", url)]].concat());
    let told = with("smtp://user:hidden@mail.test").unwrap_err();
    assert!(told.contains("in the open") && !told.contains("hidden"), "{told}");
    for good in [
        "smtps://user:hidden@mail.test",
        "smtp://user:hidden@mail.test:587?tls=required",
        "smtp://mail.test",
        "smtp://user:hidden@127.0.0.1:25",
        "smtp://user:hidden@[::1]:25",
    ] {
        assert!(with(good).is_ok(), "{good}");
    }
    assert!(config(&[("ORION_MAIL_SMTP_URL", "smtp://user:hidden@mail.test")]).is_ok());
}

#[test]
fn mail_settings_that_cannot_work_stop_the_start() {
    assert_eq!(
        config(&[("ORION_MAIL_FROM", "nobody")]).unwrap_err(),
        r#"ORION_MAIL_FROM: expected an address such as Shop <shop@example.com>, found "nobody""#
    );
    let told = config(&[("ORION_MAIL_SMTP_URL", "http://user:hidden@mail.test")]).unwrap_err();
    assert!(told.starts_with("ORION_MAIL_SMTP_URL: ") && !told.contains("hidden"), "{told}");
    assert!(config(&[("ORION_MAIL_SMTP_URL", "smtps://user:hidden@mail.test")]).is_ok());
}

#[test]
fn proxies_are_trusted_by_address_or_network() {
    let config = config(&[("ORION_TENANCY_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.7")]).unwrap();
    let trusts = |address: &str| config.trusts_proxy(address.parse().unwrap());
    assert!(trusts("10.9.8.7") && trusts("::ffff:10.9.8.7") && trusts("192.0.2.7"));
    assert!(!trusts("192.0.2.8"));
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
    let shown = config(&[("ORION_AUTH_JWT_SECRET", STRONG), ("DATABASE_URL", "postgres://u:hidden@db/x")])
        .unwrap()
        .describe();
    assert!(!shown.contains(STRONG) && !shown.contains("hidden"));
    assert!(shown.contains("ORION_PORT=8080"));
    let debugged = format!(
        "{:?}",
        config(&[("ORION_AUTH_JWT_SECRET", STRONG), ("DATABASE_URL", "postgres://u:hidden@db/x")]).unwrap()
    );
    assert!(!debugged.contains(STRONG) && !debugged.contains("hidden"));
}

#[test]
fn the_file_gives_what_the_environment_does_not() {
    let path = std::env::temp_dir().join(format!("orion-file-{}.toml", std::process::id()));
    let text = "port = 9\n[database]\nurl = \"postgres://db/x\"\n[tenancy]\ntrusted_proxies = [\"10.0.0.1\", \"10.0.0.2\"]\n[http]\nkeep_alive_s = 5\n";
    std::fs::write(&path, text).unwrap();
    let config = config(&[("ORION_CONFIG", path.to_str().unwrap()), ("ORION_HTTP_KEEP_ALIVE_S", "7")]).unwrap();
    std::fs::remove_file(path).unwrap();
    assert_eq!((config.port, config.http.keep_alive_s), (9, 7));
    assert_eq!(config.database.url.as_deref(), Some("postgres://db/x"));
    assert_eq!(config.tenancy.trusted_proxies.len(), 2);
}

#[test]
fn a_damaged_kept_secret_is_told_and_not_used() {
    let folder = std::env::temp_dir().join(format!("orion-damaged-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("secrets")).unwrap();
    std::fs::write(folder.join("secrets/orion_auth_jwt_secret"), "").unwrap();
    let told = config(&[("ORION_DATA_DIR", folder.to_str().unwrap())]).unwrap_err();
    std::fs::remove_dir_all(folder).unwrap();
    assert!(
        told.starts_with("ORION_AUTH_JWT_SECRET: ") && told.contains("holds no secret"),
        "{told}"
    );
}

#[test]
fn only_the_owner_can_read_a_generated_secret() {
    use std::os::unix::fs::PermissionsExt;
    let folder = std::env::temp_dir().join(format!("orion-modes-{}", std::process::id()));
    config(&[("ORION_DATA_DIR", folder.to_str().unwrap())]).unwrap();
    let mode = |name: &str| std::fs::metadata(folder.join(name)).unwrap().permissions().mode() & 0o777;
    let modes = (mode("secrets"), mode("secrets/orion_auth_jwt_secret"));
    let files = std::fs::read_dir(folder.join("secrets")).unwrap().count();
    std::fs::remove_dir_all(folder).unwrap();
    assert_eq!(modes, (0o700, 0o600));
    assert_eq!(files, 2, "no draft is left");
}

#[test]
fn a_generated_secret_stays_the_same() {
    let first = config(&[]).unwrap().auth.jwt_secret;
    let second = config(&[]).unwrap().auth.jwt_secret;
    assert_eq!(
        secrecy::ExposeSecret::expose_secret(&first),
        secrecy::ExposeSecret::expose_secret(&second)
    );
}

#[test]
fn faults_are_for_development_only() {
    assert_eq!(config(&[("ORION_FAULT", "theme")]).unwrap().fault, Some(crate::fault::Fault::Theme));
    assert!(
        config(&[("ORION_FAULT", "everything")])
            .unwrap_err()
            .starts_with("ORION_FAULT: expected")
    );
    for env in ["staging", "production"] {
        let refused = config(&[
            ("ORION_ENV", env),
            ("DATABASE_URL", "postgres://db/orion"),
            ("ORION_AUTH_PASSWORD_PEPPER", STRONG),
            ("ORION_AUTH_JWT_SECRET", STRONG),
            ("ORION_FAULT", "theme"),
        ]);
        assert!(refused.unwrap_err().starts_with("ORION_FAULT: "), "{env}");
    }
}
