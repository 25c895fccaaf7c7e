//! RFC 8259, strictly.

use std::borrow::Cow;

use super::{Json, JsonError};

/// Deeper texts are refused, so that none can use up the stack.
const DEEPEST: u32 = 64;

impl<'a> Json<'a> {
    /// Reads a whole text.
    pub fn parse(text: &'a str) -> Result<Self, JsonError> {
        let mut parser = Parser { text, at: 0 };
        let json = parser.value(0)?;
        match parser.next_token() {
            None => Ok(json),
            Some(_) => Err(parser.error("the end")),
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    #[cold]
    fn error(&self, expected: &'static str) -> JsonError {
        JsonError::new(format!("/byte {}", self.at), expected)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next_token(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
        self.peek()
    }

    /// Steps over a byte, if it is this one.
    fn skip(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    fn word(&mut self, word: &str, json: Json<'a>) -> Result<Json<'a>, JsonError> {
        match self.text[self.at..].starts_with(word) {
            true => {
                self.at += word.len();
                Ok(json)
            }
            false => Err(self.error("a value")),
        }
    }

    fn value(&mut self, depth: u32) -> Result<Json<'a>, JsonError> {
        if depth > DEEPEST {
            return Err(self.error("less depth"));
        }
        match self.next_token() {
            Some(b'n') => self.word("null", Json::Null),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'"') => Ok(Json::Text(self.string()?)),
            Some(b'[') => {
                let mut items = Vec::new();
                self.members(b']', |parser| {
                    items.push(parser.value(depth + 1)?);
                    Ok(())
                })?;
                Ok(Json::List(items))
            }
            Some(b'{') => {
                let mut members = Vec::new();
                self.members(b'}', |parser| {
                    let key = parser.string()?;
                    if parser.next_token() != Some(b':') {
                        return Err(parser.error("a colon"));
                    }
                    parser.at += 1;
                    members.push((key, parser.value(depth + 1)?));
                    Ok(())
                })?;
                Ok(Json::Object(members))
            }
            _ => self.number(),
        }
    }

    /// What stands between brackets, separated by commas.
    fn members(&mut self, end: u8, mut member: impl FnMut(&mut Self) -> Result<(), JsonError>) -> Result<(), JsonError> {
        self.at += 1;
        if self.next_token() == Some(end) {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.next_token();
            member(self)?;
            self.next_token();
            if self.skip(end) {
                return Ok(());
            }
            if !self.skip(b',') {
                return Err(self.error("a comma"));
            }
        }
    }

    fn number(&mut self) -> Result<Json<'a>, JsonError> {
        let start = self.at;
        self.skip(b'-');
        if !self.skip(b'0') {
            self.digits()?;
        }
        if self.skip(b'.') {
            self.digits()?;
        }
        if self.skip(b'e') || self.skip(b'E') {
            let _sign = self.skip(b'+') || self.skip(b'-');
            self.digits()?;
        }
        Ok(Json::Number(&self.text[start..self.at]))
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start { Err(self.error("a value")) } else { Ok(()) }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, JsonError> {
        if !self.skip(b'"') {
            return Err(self.error("a text"));
        }
        let mut read = String::new();
        let mut start = self.at;
        loop {
            match self.peek() {
                Some(b'"') => {
                    let rest = &self.text[start..self.at];
                    self.at += 1;
                    if read.is_empty() {
                        return Ok(Cow::Borrowed(rest));
                    }
                    read.push_str(rest);
                    return Ok(Cow::Owned(read));
                }
                Some(b'\\') => {
                    read.push_str(&self.text[start..self.at]);
                    self.at += 1;
                    read.push(self.escaped()?);
                    start = self.at;
                }
                None | Some(..0x20) => return Err(self.error("the end of the text")),
                Some(_) => self.at += 1,
            }
        }
    }

    fn escaped(&mut self) -> Result<char, JsonError> {
        let byte = self.peek();
        self.at += 1;
        Ok(match byte {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.error("an escape")),
        })
    }

    fn unicode(&mut self) -> Result<char, JsonError> {
        let first = self.unit()?;
        let code = match first {
            0xd800..0xdc00 if self.text[self.at..].starts_with("\\u") => {
                self.at += 2;
                match self.unit()? {
                    second @ 0xdc00..0xe000 => 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00),
                    _ => first,
                }
            }
            code => code,
        };
        // A half of a pair is no character.
        char::from_u32(code).ok_or_else(|| self.error("a character"))
    }

    fn unit(&mut self) -> Result<u32, JsonError> {
        let digits = self.text.get(self.at..self.at + 4).unwrap_or_default();
        self.at += 4;
        match u32::from_str_radix(digits, 16) {
            Ok(unit) if digits.len() == 4 && !digits.starts_with('+') => Ok(unit),
            _ => Err(self.error("four digits")),
        }
    }
}
