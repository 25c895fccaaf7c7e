use std::io::{Read, Write};
use std::net::TcpListener;

use super::*;

/// Answers each connection in turn with one of the texts; returns the port.
fn server(answers: Vec<String>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for answer in answers {
            let (mut socket, _) = listener.accept().unwrap();
            let _read = socket.read(&mut [0; 4096]);
            let _written = socket.write_all(answer.as_bytes());
        }
    });
    port
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n{body}",
        body.len()
    )
}

fn loopback() -> Fetcher {
    Fetcher::new(&Outbound::new(&["127.0.0.1".parse().unwrap()]).unwrap())
}

#[tokio::test]
async fn a_picture_is_fetched_through_a_redirect() {
    let port = server(vec![
        answer("302 Found", "location: /real.jpg\r\n", ""),
        answer("200 OK", "", "bytes"),
    ]);
    let fetched = loopback().fetch(&format!("http://127.0.0.1:{port}/a.jpg")).await;
    assert_eq!(fetched.unwrap(), Bytes::from_static(b"bytes"));
}

#[tokio::test]
async fn nothing_of_our_own_house_is_fetched() {
    let fetcher = Fetcher::new(&Outbound::new(&[]).unwrap());
    for address in [
        "http://127.0.0.1/x.jpg",
        "http://[::1]/x.jpg",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.8/x.jpg",
        "http://2130706433/x.jpg",
        "http://0x7f.1/x.jpg",
        "http://[::ffff:127.0.0.1]/x.jpg",
        "http://localhost/x.jpg",
        "file:///etc/passwd",
        "ftp://example.com/x.jpg",
        "http://93.184.216.34:22/x.jpg",
        "gopher://example.com",
        "not an address",
    ] {
        assert!(matches!(fetcher.fetch(address).await, Err(FetchError::Never(_))), "{address}");
    }
}

#[tokio::test]
async fn a_redirect_into_our_own_house_is_not_followed() {
    let port = server(vec![answer("301 Moved", "location: http://169.254.169.254/latest\r\n", "")]);
    let refused = loopback().fetch(&format!("http://127.0.0.1:{port}/a.jpg")).await.unwrap_err();
    assert_eq!(refused, FetchError::Never("The address is not on the public internet.".to_owned()));
}

#[tokio::test]
async fn redirects_without_end_are_given_up() {
    let port = server(vec![answer("302 Found", "location: /again\r\n", ""); 4]);
    assert!(matches!(
        loopback().fetch(&format!("http://127.0.0.1:{port}/")).await,
        Err(FetchError::Never(_))
    ));
}

#[tokio::test]
async fn what_is_missing_is_not_tried_again_and_what_is_broken_is() {
    let port = server(vec![answer("404 Not Found", "", ""), answer("503 Unavailable", "", "")]);
    let url = format!("http://127.0.0.1:{port}/a.jpg");
    assert_eq!(
        loopback().fetch(&url).await,
        Err(FetchError::Never("The server answered 404 Not Found.".to_owned()))
    );
    assert!(matches!(loopback().fetch(&url).await, Err(FetchError::Later(_))));
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_before_it_is_read() {
    let port = server(vec!["HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\nx".to_owned()]);
    let refused = loopback().fetch(&format!("http://127.0.0.1:{port}/a.jpg")).await;
    assert_eq!(refused, Err(FetchError::Never("The file has more than 20 MB.".to_owned())));
}
