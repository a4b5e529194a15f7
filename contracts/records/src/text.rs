//! ASCII text in a buffer of fixed size: documents are composed here in one piece, without a heap.
use soroban_sdk::{Address, Bytes, Env, String};

/// Longer than any document can be: a test composes the longest.
const CAPACITY: usize = 1_152;

pub struct Text {
    bytes: [u8; CAPACITY],
    length: usize,
}

impl Text {
    pub fn new() -> Text {
        Text { bytes: [0; CAPACITY], length: 0 }
    }

    pub fn add(&mut self, part: &str) {
        self.take(part.len()).copy_from_slice(part.as_bytes());
    }

    pub fn add_byte(&mut self, byte: u8) {
        self.take(1)[0] = byte;
    }

    /// G… or C…, 56 characters.
    pub fn add_address(&mut self, address: &Address) {
        let text = address.to_string();
        text.copy_into_slice(self.take(text.len() as usize));
    }

    pub fn add_number(&mut self, number: u128) {
        self.add_digits(number, 1);
    }

    /// A score with its seven decimals.
    pub fn add_score(&mut self, score: i64) {
        if score < 0 {
            self.add("-");
        }
        let units = score.unsigned_abs();
        self.add_digits((units / 10_000_000).into(), 1);
        self.add(".");
        self.add_digits((units % 10_000_000).into(), 7);
    }

    pub fn to_bytes(&self, e: &Env) -> Bytes {
        Bytes::from_slice(e, &self.bytes[..self.length])
    }

    pub fn to_string(&self, e: &Env) -> String {
        String::from_bytes(e, &self.bytes[..self.length])
    }

    /// At least `least` digits, with leading zeros.
    fn add_digits(&mut self, number: u128, least: usize) {
        let mut digits = [b'0'; 39];
        let (mut rest, mut start) = (number, digits.len());
        while rest > 0 {
            start -= 1;
            digits[start] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        let start = start.min(digits.len() - least);
        self.take(digits.len() - start).copy_from_slice(&digits[start..]);
    }

    fn take(&mut self, length: usize) -> &mut [u8] {
        let start = self.length;
        self.length += length;
        &mut self.bytes[start..self.length]
    }
}
