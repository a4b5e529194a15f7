//! A chunk of a committed form: whether it is the one that was committed to, and its bytes behind what the one before left over.
use crate::errors::{require, Error};
use crate::form::{CARRY, CHUNK};
use soroban_sdk::xdr::ToXdr;
use soroban_sdk::{Address, Bytes, BytesN, Env};

/// Chunks of the longest form.
const MAX_CHUNKS: u32 = 1024;
/// Version of the commitments.
const VERSION: u8 = 1;

/// A chunk as it is handed in.
pub struct Handed<'a> {
    /// The hashes of all chunks of the form, 32 bytes each.
    pub hashes: &'a Bytes,
    /// The chunk's place, from 0.
    pub place: u32,
    pub chunk: &'a Bytes,
}

impl Handed<'_> {
    pub fn count(&self) -> u32 {
        self.hashes.len() / 32
    }

    pub fn is_last(&self) -> bool {
        self.place + 1 == self.count()
    }

    /// SHA-256 of the chunks' hashes.
    pub fn form_hash(&self, e: &Env) -> BytesN<32> {
        e.crypto().sha256(self.hashes).to_bytes()
    }

    /// Whether it is the chunk of this place, as long as it must be.
    pub fn check(&self, e: &Env) -> Result<(), Error> {
        require(self.hashes.len().is_multiple_of(32) && self.place < self.count(), Error::ChunkMismatch)?;
        require(self.count() <= MAX_CHUNKS, Error::TooManyChunks)?;
        let length = self.chunk.len() as usize;
        require(length == CHUNK || (self.is_last() && (1..CHUNK).contains(&length)), Error::ChunkMismatch)?;
        let hash = Bytes::from(e.crypto().sha256(self.chunk).to_bytes());
        require(self.hashes.slice(self.place * 32..self.place * 32 + 32) == hash, Error::ChunkMismatch)
    }
}

/// SHA-256(1 ‖ network ‖ main contract ‖ what the commitment binds ‖ secret ‖ form hash).
pub fn commitment(e: &Env, main: &Address, bound: &Bytes, secret: &BytesN<32>, form: &BytesN<32>) -> BytesN<32> {
    let mut bytes = Bytes::from_array(e, &[VERSION]);
    bytes.append(&Bytes::from(e.ledger().network_id()));
    bytes.append(&main.clone().to_xdr(e));
    bytes.append(bound);
    bytes.append(&Bytes::from(secret.clone()));
    bytes.append(&Bytes::from(form.clone()));
    e.crypto().sha256(&bytes).to_bytes()
}

/// Room for a chunk behind the carry of the one before.
pub struct Buffer {
    bytes: [u8; CARRY + CHUNK],
    carried: usize,
    length: usize,
}

impl Buffer {
    pub fn new(carry: &Bytes, chunk: &Bytes) -> Result<Buffer, Error> {
        let (carried, length) = (carry.len() as usize, carry.len() as usize + chunk.len() as usize);
        let mut buffer = Buffer { bytes: [0; CARRY + CHUNK], carried, length };
        require(carried <= CARRY && length <= CARRY + CHUNK, Error::BadForm)?;
        carry.copy_into_slice(&mut buffer.bytes[..carried]);
        chunk.copy_into_slice(&mut buffer.bytes[carried..length]);
        Ok(buffer)
    }

    /// Carry and chunk.
    pub fn all(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// The chunk alone.
    pub fn chunk(&self) -> &[u8] {
        &self.bytes[self.carried..self.length]
    }
}
