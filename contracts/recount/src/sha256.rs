//! SHA-256 (FIPS 180-4) that can stop between two transactions: the content hash is one over the whole form, and the host hashes
//! only what it is given at once.

const K: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
    0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
    0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
    0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2,
];

/// A block.
const BLOCK: usize = 64;
/// Bytes of a hash that has stopped.
pub const SAVED: usize = 32 + BLOCK + 8;

pub struct Sha256 {
    state: [u32; 8],
    block: [u8; BLOCK],
    length: u64,
}

impl Sha256 {
    pub fn new() -> Sha256 {
        let state = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
        Sha256 { state, block: [0; BLOCK], length: 0 }
    }

    pub fn update(&mut self, mut bytes: &[u8]) {
        let used = self.length as usize % BLOCK;
        self.length += bytes.len() as u64;
        if used > 0 {
            let taken = bytes.len().min(BLOCK - used);
            self.block[used..used + taken].copy_from_slice(&bytes[..taken]);
            bytes = &bytes[taken..];
            if used + taken < BLOCK {
                return;
            }
            compress(&mut self.state, &self.block);
        }
        let mut blocks = bytes.chunks_exact(BLOCK);
        for block in &mut blocks {
            compress(&mut self.state, block);
        }
        let rest = blocks.remainder();
        self.block[..rest.len()].copy_from_slice(rest);
    }

    pub fn finish(mut self) -> [u8; 32] {
        let bits = self.length * 8;
        let used = self.length as usize % BLOCK;
        let mut end = [0; 2 * BLOCK];
        end[0] = 0x80;
        let padding = if used < BLOCK - 8 { BLOCK - used } else { 2 * BLOCK - used };
        end[padding - 8..padding].copy_from_slice(&bits.to_be_bytes());
        self.update(&end[..padding]);
        let mut digest = [0; 32];
        for (bytes, word) in digest.chunks_exact_mut(4).zip(self.state) {
            bytes.copy_from_slice(&word.to_be_bytes());
        }
        digest
    }

    pub fn save(&self) -> [u8; SAVED] {
        let mut saved = [0; SAVED];
        for (bytes, word) in saved.chunks_exact_mut(4).zip(self.state) {
            bytes.copy_from_slice(&word.to_be_bytes());
        }
        saved[32..32 + BLOCK].copy_from_slice(&self.block);
        saved[32 + BLOCK..].copy_from_slice(&self.length.to_be_bytes());
        saved
    }

    pub fn load(saved: &[u8; SAVED]) -> Sha256 {
        let mut hash = Sha256::new();
        for (word, bytes) in hash.state.iter_mut().zip(saved.chunks_exact(4)) {
            *word = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        }
        hash.block.copy_from_slice(&saved[32..32 + BLOCK]);
        let mut length = [0; 8];
        length.copy_from_slice(&saved[32 + BLOCK..]);
        hash.length = u64::from_be_bytes(length);
        hash
    }
}

fn compress(state: &mut [u32; 8], block: &[u8]) {
    let mut w = [0u32; 64];
    for (word, bytes) in w.iter_mut().zip(block.chunks_exact(4)) {
        *word = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    }
    for i in 16..64 {
        let (a, b) = (w[i - 15], w[i - 2]);
        let s0 = a.rotate_right(7) ^ a.rotate_right(18) ^ (a >> 3);
        let s1 = b.rotate_right(17) ^ b.rotate_right(19) ^ (b >> 10);
        w[i] = w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1);
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for i in 0..64 {
        let s1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let t1 = h.wrapping_add(s1).wrapping_add(e & f ^ !e & g).wrapping_add(K[i]).wrapping_add(w[i]);
        let s0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let t2 = s0.wrapping_add(a & b ^ a & c ^ b & c);
        (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(t1), c, b, a, t1.wrapping_add(t2));
    }
    for (word, add) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(add);
    }
}
