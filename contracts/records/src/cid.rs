//! A CIDv1 with a SHA-256 digest in its text form: multibase `b`, RFC 4648 base 32 in lower case, unpadded.
use crate::text::Text;
use crate::types::Cid;

pub const RAW: u32 = 0x55;
pub const UNIXFS: u32 = 0x70;

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Adds `ipfs://b…`.
pub fn add_uri(text: &mut Text, cid: &Cid) {
    text.add("ipfs://b");
    // Version 1, the codec, SHA-256 (0x12), its 32 bytes; each of the four fits one byte.
    let mut bytes = [1, cid.codec as u8, 0x12, 32].into_iter().chain(cid.digest.to_array());
    let (mut buffer, mut bits) = (0u32, 0);
    loop {
        if bits < 5 {
            match bytes.next() {
                Some(byte) => (buffer, bits) = ((buffer << 8) | u32::from(byte), bits + 8),
                // 288 bits are 57 letters and three bits over.
                None => return text.add_byte(ALPHABET[((buffer << (5 - bits)) & 31) as usize]),
            }
        }
        bits -= 5;
        text.add_byte(ALPHABET[((buffer >> bits) & 31) as usize]);
    }
}
