//! A Merkle tree of earnings as an oracle would build it, written without the contract's own code: the XDR of a leaf is put
//! together byte by byte, and SHA-256 is not the host's.
extern crate std;
use super::super::world::World;
use soroban_sdk::xdr::ScAddress;
use soroban_sdk::{Address, BytesN, Env, Vec};

pub type Hash = [u8; 32];

#[derive(Clone)]
pub struct Tree {
    pub earned: std::vec::Vec<(Address, i128)>,
    /// From the leaves to the root.
    pub levels: std::vec::Vec<std::vec::Vec<Hash>>,
}

impl Tree {
    pub fn of(w: &World, challenge: u32, epoch: u32, earned: &[(&Address, i128)]) -> Tree {
        Tree::at(&w.contract, challenge, epoch, earned)
    }

    pub fn at(contract: &Address, challenge: u32, epoch: u32, earned: &[(&Address, i128)]) -> Tree {
        let leaves = earned.iter().map(|(labeler, amount)| leaf(contract, challenge, epoch, labeler, *amount));
        let earned = earned.iter().map(|(labeler, amount)| ((*labeler).clone(), *amount)).collect();
        Tree { earned, levels: levels(leaves.collect()) }
    }

    pub fn top(&self) -> Hash {
        self.levels.last().and_then(|level| level.first()).copied().unwrap_or([0; 32])
    }

    pub fn root(&self, e: &Env) -> BytesN<32> {
        BytesN::from_array(e, &self.top())
    }

    /// The siblings from a leaf to the root; the last of an odd level has none there.
    pub fn siblings(&self, mut place: usize) -> std::vec::Vec<Hash> {
        let mut siblings = std::vec![];
        for level in &self.levels {
            siblings.extend(level.get(place ^ 1));
            place /= 2;
        }
        siblings
    }

    pub fn proof(&self, e: &Env, place: usize) -> Vec<BytesN<32>> {
        Vec::from_iter(e, self.siblings(place).iter().map(|hash| BytesN::from_array(e, hash)))
    }
}

fn levels(leaves: std::vec::Vec<Hash>) -> std::vec::Vec<std::vec::Vec<Hash>> {
    let mut levels = std::vec![leaves];
    while levels[levels.len() - 1].len() > 1 {
        let level = levels[levels.len() - 1].chunks(2).map(|pair| match pair {
            [left, right] => parent(left, right),
            alone => alone[0],
        });
        let level = level.collect();
        levels.push(level);
    }
    levels
}

/// The smaller of two siblings comes first.
pub fn parent(a: &Hash, b: &Hash) -> Hash {
    sha256(&if a <= b { [*a, *b] } else { [*b, *a] }.concat())
}

/// SHA-256 of the XDR of (contract, challenge, epoch, labeler, cumulative): a vector of five values.
pub fn leaf(contract: &Address, challenge: u32, epoch: u32, labeler: &Address, amount: i128) -> Hash {
    let mut xdr = std::vec![];
    put(&mut xdr, 16); // a vector
    put(&mut xdr, 1); // that is there
    put(&mut xdr, 5);
    put_address(&mut xdr, contract);
    for number in [challenge, epoch] {
        put(&mut xdr, 3); // u32
        put(&mut xdr, number);
    }
    put_address(&mut xdr, labeler);
    put(&mut xdr, 10); // i128
    xdr.extend(amount.to_be_bytes());
    sha256(&xdr)
}

fn put(xdr: &mut std::vec::Vec<u8>, number: u32) {
    xdr.extend(number.to_be_bytes());
}

fn put_address(xdr: &mut std::vec::Vec<u8>, address: &Address) {
    put(xdr, 18);
    match ScAddress::from(address) {
        ScAddress::Contract(id) => {
            put(xdr, 1);
            xdr.extend(id.0 .0);
        }
        ScAddress::Account(id) => {
            let soroban_sdk::xdr::PublicKey::PublicKeyTypeEd25519(key) = id.0;
            put(xdr, 0);
            put(xdr, 0); // ed25519
            xdr.extend(key.0);
        }
        other => panic!("no labeler: {other:?}"),
    }
}

/// FIPS 180-4.
pub fn sha256(message: &[u8]) -> Hash {
    let mut state = [0x6a09e667u32, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
    let mut padded = message.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend((message.len() as u64 * 8).to_be_bytes());
    for block in padded.chunks_exact(64) {
        let mut w: std::vec::Vec<u32> =
            block.chunks_exact(4).map(|word| u32::from_be_bytes([word[0], word[1], word[2], word[3]])).collect();
        for i in 16..64 {
            let s0 = w[i - 15].rotate_right(7) ^ w[i - 15].rotate_right(18) ^ (w[i - 15] >> 3);
            let s1 = w[i - 2].rotate_right(17) ^ w[i - 2].rotate_right(19) ^ (w[i - 2] >> 10);
            w.push(w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1));
        }
        let mut v = state;
        for i in 0..64 {
            let s1 = v[4].rotate_right(6) ^ v[4].rotate_right(11) ^ v[4].rotate_right(25);
            let choice = (v[4] & v[5]) ^ (!v[4] & v[6]);
            let one = v[7].wrapping_add(s1).wrapping_add(choice).wrapping_add(ROUNDS[i]).wrapping_add(w[i]);
            let s0 = v[0].rotate_right(2) ^ v[0].rotate_right(13) ^ v[0].rotate_right(22);
            let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
            v = [
                one.wrapping_add(s0.wrapping_add(majority)),
                v[0],
                v[1],
                v[2],
                v[3].wrapping_add(one),
                v[4],
                v[5],
                v[6],
            ];
        }
        for (sum, part) in state.iter_mut().zip(v) {
            *sum = sum.wrapping_add(part);
        }
    }
    let mut hash = [0; 32];
    for (out, word) in hash.chunks_exact_mut(4).zip(state) {
        out.copy_from_slice(&word.to_be_bytes());
    }
    hash
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
const ROUNDS: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
    0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
    0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
    0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2,
];

#[test]
fn this_is_sha_256() {
    let hex =
        |message: &[u8]| sha256(message).iter().map(|byte| std::format!("{byte:02x}")).collect::<std::string::String>();
    assert_eq!(hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(hex(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    let e = Env::default();
    for length in [1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 128, 132, 200] {
        let message = std::vec![length as u8; length];
        let theirs = e.crypto().sha256(&soroban_sdk::Bytes::from_slice(&e, &message)).to_array();
        assert_eq!(sha256(&message), theirs, "{length} bytes");
    }
}
