//! Backups by the owner whom row level security holds as well, on each PostgreSQL that is supported.

use orion_postgres::PrivatePostgres;
use orion_tests::{DataDir, ServerProcess, fingerprint, orion, orion_with};

use super::roles::versions;
use super::{address, as_superuser, cluster};

/// Two databases of one plain owner, the first with the demo shops in it.
fn two_databases(postgres: &PrivatePostgres) -> (String, String) {
    as_superuser(
        postgres,
        &[
            "CREATE ROLE shops LOGIN CREATEROLE",
            "CREATE DATABASE before OWNER shops",
            "CREATE DATABASE after OWNER shops",
        ],
    );
    let before = address(postgres, "before", "shops");
    let seeded = orion(&before, &["seed", "--no-pictures", "--force"], "");
    assert!(seeded.ok, "{seeded:?}");
    (before, address(postgres, "after", "shops"))
}

#[tokio::test]
async fn what_a_plain_owner_has_kept_comes_back_to_the_last_row() {
    for version in versions() {
        let folder = DataDir::create();
        let postgres = cluster(&folder, version.as_deref());
        let (before, after) = two_databases(&postgres);
        let file = folder.path().join("shops.zip").display().to_string();
        let kept = orion(&before, &["backup", &file], "");
        assert!(kept.ok && kept.out.contains("all stores"), "{kept:?}");
        let checked = orion(&after, &["restore", "--check", &file], "");
        assert!(checked.ok && checked.out.contains("is whole"), "{checked:?}");
        let back = orion_with(&after, &["restore", &file], "", &[]);
        assert!(back.ok, "{back:?}");

        let as_superuser = |database: &str| fingerprint(&address(&postgres, database, "orion"));
        let (mut old, mut new) = (as_superuser("before"), as_superuser("after"));
        // It counts the transactions of one database, and tells an index of that one what has changed.
        let left = (old.remove("catalog_changes"), new.remove("catalog_changes"));
        assert!(matches!(left, (Some(_), Some((0, _)))), "{left:?}");
        assert!(
            old.get("products").is_some_and(|(rows, _)| *rows > 10),
            "the demo shops sell something"
        );
        assert_eq!(old, new);
        let server = ServerProcess::start(&after, &[]).await;
        let shop = server.client("acme.orion.localhost");
        let listing = shop.get("/api/v1/storefront/products").await.is(200);
        assert!(listing.json["data"].as_array().is_some_and(|products| !products.is_empty()));
        drop(server);
        postgres.stop().expect("PostgreSQL stops");
    }
}
