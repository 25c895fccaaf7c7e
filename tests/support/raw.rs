//! Requests that a decent HTTP client refuses to send.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Sends `method` and `target` exactly as given and returns the status with the whole answer as text.
pub fn raw_request(address: SocketAddr, method: &str, host: &str, target: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time limit");
    write!(stream, "{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("the request leaves");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("the answer arrives");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .expect("a status line");
    (status, text)
}
