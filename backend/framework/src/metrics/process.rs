//! What the kernel says of the process, under the names that Prometheus' own clients use.

use std::fs;

use metrics::{Unit, describe_gauge, gauge};

pub(super) fn describe() {
    describe_gauge!("process_resident_memory_bytes", Unit::Bytes, "Resident memory.");
    describe_gauge!("process_open_fds", "Open file descriptors.");
    describe_gauge!("process_max_fds", "The most file descriptors that may be open.");
    describe_gauge!("process_threads", "Threads.");
}

/// Looks once; what the kernel does not say stays away.
pub(super) fn look() {
    if let Some(bytes) = number_of("/proc/self/status", "VmRSS:") {
        gauge!("process_resident_memory_bytes").set(bytes * 1024.0);
    }
    if let Some(threads) = number_of("/proc/self/status", "Threads:") {
        gauge!("process_threads").set(threads);
    }
    if let Some(most) = number_of("/proc/self/limits", "Max open files") {
        gauge!("process_max_fds").set(most);
    }
    if let Ok(open) = fs::read_dir("/proc/self/fd") {
        // The look itself is one of them.
        gauge!("process_open_fds").set(open.count().saturating_sub(1) as f64);
    }
}

/// The first number behind a name at the beginning of a line.
fn number_of(file: &str, name: &str) -> Option<f64> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_tells_memory_threads_and_descriptors() {
        assert!(number_of("/proc/self/status", "VmRSS:").is_some_and(|kilobytes| kilobytes > 500.0));
        assert!(number_of("/proc/self/status", "Threads:").is_some_and(|threads| threads >= 1.0));
        assert!(number_of("/proc/self/limits", "Max open files").is_some_and(|most| most > 10.0));
    }
}
