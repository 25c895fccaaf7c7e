//! A disk without space.

use std::path::PathBuf;
use std::process::Command;

use orion_tests::{Form, TestApp, TestOptions};

/// A file system of one megabyte, unmounted at the end.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None` where this process may not mount one.
    fn mount() -> Option<Self> {
        let path = std::env::temp_dir().join(format!("orion-test-disk-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
            .arg(&path)
            .status();
        if mounted.is_ok_and(|status| status.success()) {
            Some(Self(path))
        } else {
            std::fs::remove_dir(&path).expect("the folder goes");
            None
        }
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _unmounted = Command::new("umount").arg("-l").arg(&self.0).status();
        let _removed = std::fs::remove_dir(&self.0);
    }
}

/// Set in the process that is root in a namespace of its own.
const INSIDE: &str = "ORION_TEST_IN_NAMESPACE";

/// Whoever is not root becomes it in a namespace of users and mounts, and runs the test there.
fn run_in_a_namespace() {
    assert!(
        std::env::var_os(INSIDE).is_none(),
        "not even root of a namespace may mount a disk here"
    );
    let run = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount"])
        .arg(std::env::current_exe().expect("our own program"))
        .args([
            "--exact",
            "--nocapture",
            "failure::disk::an_upload_that_does_not_fit_is_refused_and_leaves_nothing",
        ])
        .env(INSIDE, "1")
        .output()
        .expect("unshare, of util-linux, is here");
    let told = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success() && told.contains("1 passed"),
        "this user may neither mount a small disk nor have a namespace in which to, so what a full disk does was not tried:\n{told}{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

#[tokio::test]
async fn an_upload_that_does_not_fit_is_refused_and_leaves_nothing() {
    match SmallDisk::mount() {
        Some(disk) => refused_without_a_trace(disk).await,
        None => run_in_a_namespace(),
    }
}

async fn refused_without_a_trace(disk: SmallDisk) {
    let variables = vec![("ORION_DATA_DIR", disk.0.display().to_string())];
    let app = TestApp::start_with(TestOptions {
        variables,
        ..TestOptions::default()
    })
    .await;
    let owner = app.owner("acme").await;
    let mut file = b"Handle,Title,Variant Price\n".to_vec();
    while file.len() < 4 << 20 {
        file.extend_from_slice(b"a-handle,A title that takes some room on the disk,12.00\n");
    }
    owner
        .upload("/imports/products", Form::file("products.csv", "text/csv", &file))
        .await
        .refused(507, "framework.storage_full");
    assert_eq!(app.count("SELECT count(*) FROM imports"), 0);
    // What was begun has been taken away, so a small file fits.
    owner
        .upload(
            "/imports/products",
            Form::file("products.csv", "text/csv", b"Handle,Title,Variant Price\nmug,Mug,12\n"),
        )
        .await
        .is(202);
    app.run_jobs().await;
    assert_eq!(app.count("SELECT count(*) FROM products"), 1);
    drop(app);
    drop(disk);
}
