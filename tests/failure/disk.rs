//! A disk without space.

use std::path::PathBuf;
use std::process::Command;

use orion_tests::{Form, TestApp, TestOptions};

/// A file system of one megabyte, unmounted at the end.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None` where this user may not mount one.
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

#[tokio::test]
async fn an_upload_that_does_not_fit_is_refused_and_leaves_nothing() {
    let Some(disk) = SmallDisk::mount() else {
        println!("skipped: this user may not mount a small disk");
        return;
    };
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
