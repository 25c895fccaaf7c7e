//! Who the server runs as: PostgreSQL refuses to be root, and Orion in a container usually is.

use std::fs;
use std::io;
use std::os::unix::fs::lchown;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::unistd::{Gid, Uid, User, geteuid};

use crate::StartError;
use crate::binaries::Binaries;
use crate::home::Home;

/// How the processes of the server give up root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Identity {
    /// We are not root, so nothing has to change.
    Same,
    /// Root, in a user namespace that shows it as another user; outside of it the files stay root's.
    Namespace { user: Uid, group: Gid },
    /// Another user of this machine, who owns the cluster.
    Other {
        user: Uid,
        group: Gid,
        /// Keeps root's right to walk through directories such as `/root`, which hold the data and the binaries.
        reach: bool,
    },
}

/// The identities worth a try for this cluster, best first.
pub(crate) fn candidates(home: &Home) -> Result<Vec<Identity>, StartError> {
    if !geteuid().is_root() {
        return Ok(vec![Identity::Same]);
    }
    Ok(match home.owner() {
        Some((owner, _)) if owner.is_root() => vec![Identity::namespace()],
        Some((user, group)) => Identity::other(user, group).to_vec(),
        None => {
            let (user, group) = unprivileged();
            let [reaching, plain] = Identity::other(user, group);
            vec![Identity::namespace(), reaching, plain]
        }
    })
}

/// The system's user for databases, or the one for nobody in particular; `initdb` insists that the number has a name.
fn unprivileged() -> (Uid, Gid) {
    let known = ["postgres", "nobody"]
        .into_iter()
        .find_map(|name| User::from_name(name).ok().flatten());
    known.map_or((Uid::from_raw(65534), Gid::from_raw(65534)), |user| (user.uid, user.gid))
}

/// The first candidate that can enter the data directory and run the binaries.
pub(crate) fn choose(candidates: Vec<Identity>, home: &Home, binaries: &Binaries) -> Result<Identity, StartError> {
    let mut tried = Vec::new();
    for identity in candidates {
        if identity == Identity::Same {
            return Ok(identity);
        }
        match identity.probe(home.root(), binaries) {
            Ok(()) => return Ok(identity),
            Err(reason) => tried.push(format!("{}: {reason}", identity.describe())),
        }
    }
    if home.owner().is_some_and(|(owner, _)| owner.is_root()) {
        let (user, group) = unprivileged();
        tried.push(format!(
            "the files belong to root; `chown -R {user}:{group} {}` lets another user serve them",
            home.cluster().display()
        ));
    }
    Err(StartError::Root { tried: tried.join("; ") })
}

impl Identity {
    pub(crate) fn namespace() -> Self {
        let (user, group) = unprivileged();
        Self::Namespace { user, group }
    }

    pub(crate) fn other(user: Uid, group: Gid) -> [Self; 2] {
        [true, false].map(|reach| Self::Other { user, group, reach })
    }

    /// A command that runs the program under this identity, as the same process that is spawned.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = match self {
            Self::Same => return Command::new(program),
            Self::Namespace { user, group } => {
                let mut command = Command::new("unshare");
                command
                    .arg("--user")
                    .arg(format!("--map-user={user}"))
                    .arg(format!("--map-group={group}"));
                command
            }
            Self::Other { user, group, reach } => {
                let mut command = Command::new("setpriv");
                command
                    .arg(format!("--reuid={user}"))
                    .arg(format!("--regid={group}"))
                    .arg("--clear-groups");
                if *reach {
                    command.args(["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]);
                    // access(2) forgets the capabilities of a user who is not root, and PostgreSQL asks it whether its programs are
                    // there; with this it does not (capabilities(7), SECBIT_NO_SETUID_FIXUP).
                    command.args(["--securebits", "+no_setuid_fixup"]);
                }
                command
            }
        };
        command.arg("--").arg(program);
        command
    }

    /// The user and group that files must be given to; `None` when they are right as we make them.
    pub(crate) fn owner(&self) -> Option<(Uid, Gid)> {
        match self {
            Self::Other { user, group, .. } => Some((*user, *group)),
            Self::Same | Self::Namespace { .. } => None,
        }
    }

    /// Makes the file the server's own.
    pub(crate) fn give(&self, path: &Path) -> io::Result<()> {
        match self.owner() {
            Some((user, group)) => lchown(path, Some(user.as_raw()), Some(group.as_raw())),
            None => Ok(()),
        }
    }

    fn describe(&self) -> String {
        match self {
            Self::Same => "as ourselves".to_owned(),
            Self::Namespace { .. } => "a user namespace (unshare)".to_owned(),
            Self::Other { user, reach: true, .. } => format!("user {user} with CAP_DAC_OVERRIDE (setpriv)"),
            Self::Other { user, .. } => format!("user {user} (setpriv)"),
        }
    }

    fn probe(&self, data_dir: &Path, binaries: &Binaries) -> Result<(), String> {
        let mut shell = self.command(Path::new("/bin/sh"));
        shell
            .args(["-c", r#"cd "$1" && exec "$2" --version"#, "sh"])
            .arg(data_dir)
            .arg(binaries.postgres());
        let output = shell
            .stdin(Stdio::null())
            .current_dir("/")
            .output()
            .map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(());
        }
        Err(String::from_utf8_lossy(&output.stderr).trim().replace('\n', " "))
    }
}

/// Creates an empty directory that only the server may enter.
pub(crate) fn create_private_dir(path: &Path, identity: &Identity) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(path)?;
    identity.give(path)
}
