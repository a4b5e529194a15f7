//! A Merkle sum tree of earnings as an oracle would build it, written without the contract's own code: the XDR of a leaf's
//! addresses is put together byte by byte, and SHA-256 is not the host's.
extern crate std;
use crate::types::{Branch, Sibling};
use soroban_sdk::xdr::ScAddress;
use soroban_sdk::{Address, BytesN, Env, Vec};

pub type Hash = [u8; 32];
/// The hash of a subtree and the sum of its leaves.
pub type Node = (Hash, i128);

/// What stands where a subtree is missing.
pub const NOTHING: Node = ([0; 32], 0);

#[derive(Clone)]
pub struct Tree {
    pub earned: std::vec::Vec<(Address, i128)>,
    /// From the leaves up to the two children of the root; each level is even.
    pub levels: std::vec::Vec<std::vec::Vec<Node>>,
}

impl Tree {
    pub fn of(contract: &Address, challenge: u32, epoch: u32, earned: &[(&Address, i128)]) -> Tree {
        Tree::hiding(contract, challenge, epoch, earned, 0)
    }

    /// The same with a sum below a hash that nobody can open, if it is not 0.
    pub fn hiding(contract: &Address, challenge: u32, epoch: u32, earned: &[(&Address, i128)], blind: i128) -> Tree {
        let mut leaves: std::vec::Vec<Node> = earned
            .iter()
            .map(|(labeler, amount)| (leaf(contract, challenge, epoch, labeler, *amount), *amount))
            .collect();
        if blind != 0 {
            leaves.push(([0; 32], blind));
        }
        let earned = earned.iter().map(|(labeler, amount)| ((*labeler).clone(), *amount)).collect();
        Tree { earned, levels: levels(leaves) }
    }

    /// The children of the root.
    pub fn children(&self, e: &Env) -> (Branch, Branch) {
        let top = &self.levels[self.levels.len() - 1];
        (branch(e, top[0]), branch(e, top[1]))
    }

    /// Hash and sum of the root.
    pub fn root(&self) -> Node {
        let top = &self.levels[self.levels.len() - 1];
        parent(top[0], top[1])
    }

    /// The siblings from a leaf to the root.
    pub fn proof(&self, e: &Env, mut place: usize) -> Vec<Sibling> {
        let mut proof = Vec::new(e);
        for level in &self.levels {
            let (hash, sum) = level[place ^ 1];
            proof.push_back(Sibling { hash: BytesN::from_array(e, &hash), sum, left: place % 2 == 1 });
            place /= 2;
        }
        proof
    }
}

pub fn branch(e: &Env, (hash, sum): Node) -> Branch {
    Branch { hash: BytesN::from_array(e, &hash), sum }
}

fn levels(mut level: std::vec::Vec<Node>) -> std::vec::Vec<std::vec::Vec<Node>> {
    let mut levels = std::vec![];
    loop {
        let missing = (level.len() % 2).max(2_usize.saturating_sub(level.len()));
        level.extend(std::iter::repeat_n(NOTHING, missing));
        let above = level.chunks(2).map(|pair| parent(pair[0], pair[1])).collect();
        let top = level.len() == 2;
        levels.push(std::mem::replace(&mut level, above));
        if top {
            return levels;
        }
    }
}

/// SHA-256(1 ‖ left hash ‖ left sum ‖ right hash ‖ right sum), and both sums.
pub fn parent(left: Node, right: Node) -> Node {
    let bytes = [&[1][..], &left.0, &left.1.to_be_bytes(), &right.0, &right.1.to_be_bytes()].concat();
    (sha256(&bytes), left.1 + right.1)
}

/// SHA-256(0 ‖ contract ‖ challenge ‖ epoch ‖ labeler ‖ cumulative), addresses as the XDR of their values.
pub fn leaf(contract: &Address, challenge: u32, epoch: u32, labeler: &Address, amount: i128) -> Hash {
    let mut bytes = std::vec![0];
    put_address(&mut bytes, contract);
    put(&mut bytes, challenge);
    put(&mut bytes, epoch);
    put_address(&mut bytes, labeler);
    bytes.extend(amount.to_be_bytes());
    sha256(&bytes)
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
