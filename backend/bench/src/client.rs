//! One kept-alive HTTP connection that blocks, so that generating load costs as little of the shared cores as `pgbench` does.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(30);

/// A connection to a server on loopback.
pub struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
}

/// What came back.
#[derive(Debug, Default)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The secret of a new cart.
    pub cart: Option<String>,
    /// The content.
    pub body: Vec<u8>,
}

/// What to send.
#[derive(Debug, Default)]
pub struct Request<'a> {
    pub method: &'static str,
    pub path: &'a str,
    pub cart: Option<&'a str>,
    pub idempotency_key: Option<&'a str>,
    /// The access token of who asks.
    pub token: Option<&'a str>,
    /// The version that a change is of.
    pub if_match: Option<i64>,
    /// What the body is; JSON unless told.
    pub content_type: Option<&'a str>,
    /// Empty for none.
    pub body: &'a str,
}

impl Connection {
    /// Connects; `host` is what the server is asked for.
    pub fn open(port: u16, host: &str) -> io::Result<Self> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream: BufReader::with_capacity(32 << 10, stream),
            host: format!("{host}:{port}"),
        })
    }

    /// Reads an address.
    pub fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.send(&Request {
            method: "GET",
            path,
            ..Request::default()
        })
    }

    /// Sends a request and waits for its answer.
    pub fn send(&mut self, request: &Request<'_>) -> io::Result<Answer> {
        let mut head = format!("{} {} HTTP/1.1\r\nHost: {}\r\n", request.method, request.path, self.host);
        for (name, value) in [("orion-cart", request.cart), ("Idempotency-Key", request.idempotency_key)] {
            if let Some(value) = value {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
        }
        if let Some(token) = request.token {
            head.push_str(&format!("Authorization: Bearer {token}\r\n"));
        }
        if let Some(version) = request.if_match {
            head.push_str(&format!("If-Match: \"{version}\"\r\n"));
        }
        if !request.body.is_empty() {
            head.push_str(&format!(
                "Content-Type: {}\r\nContent-Length: {}\r\n",
                request.content_type.unwrap_or("application/json"),
                request.body.len()
            ));
        }
        head.push_str("\r\n");
        head.push_str(request.body);
        self.stream.get_mut().write_all(head.as_bytes())?;
        read_answer(&mut self.stream)
    }
}

fn read_answer(stream: &mut impl BufRead) -> io::Result<Answer> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let status = line
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .ok_or_else(|| broken(&line))?;
    let mut answer = Answer {
        status,
        ..Answer::default()
    };
    let mut length = None;
    loop {
        line.clear();
        stream.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok();
        } else if name.eq_ignore_ascii_case("orion-cart") {
            answer.cart = Some(value.trim().to_owned());
        }
    }
    answer.body = vec![0; length.ok_or_else(|| broken("an answer without a length"))?];
    stream.read_exact(&mut answer.body)?;
    Ok(answer)
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("not understood: {:?}", what.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_to_its_end_and_not_further() {
        let text =
            b"HTTP/1.1 200 OK\r\nOrion-Cart: secret\r\ncontent-length: 2\r\n\r\n{}HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
        let mut stream = BufReader::new(text.as_slice());
        let first = read_answer(&mut stream).unwrap();
        assert_eq!(
            (first.status, first.cart.as_deref(), first.body.as_slice()),
            (200, Some("secret"), b"{}".as_slice())
        );
        assert_eq!(read_answer(&mut stream).unwrap().status, 404);
        assert!(read_answer(&mut stream).is_err());
    }
}
