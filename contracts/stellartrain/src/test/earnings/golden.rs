//! Trees that another implementation built (`vectors/make.py`, from the description alone): the same leaves, the same roots,
//! and proofs that the contract takes, for accounts and contracts, for amounts of every width.
use super::*;
use crate::test::hostile::token::Token;
use crate::test::tree::Node;
use soroban_sdk::String;
use std::string::ToString;

const GOLDEN: &str = include_str!("vectors/earnings.json");

struct Golden {
    challenge: u32,
    epoch: u32,
    children: [Node; 2],
    root: Node,
    rows: std::vec::Vec<Row>,
}

struct Row {
    labeler: std::string::String,
    cumulative: i128,
    leaf: [u8; 32],
    /// Siblings, and whether they are the left ones.
    proof: std::vec::Vec<(Node, bool)>,
}

/// What follows each `"name": ` up to the end of its line, without quotes.
fn all(text: &str, name: &str) -> std::vec::Vec<std::string::String> {
    let mark = std::format!("\"{name}\": ");
    let values = text.split(&mark).skip(1).filter_map(|rest| rest.lines().next());
    values.map(|value| value.trim_end_matches(',').trim_matches('"').to_string()).collect()
}

fn one(text: &str, name: &str) -> std::string::String {
    all(text, name).swap_remove(0)
}

fn golden() -> std::vec::Vec<Golden> {
    GOLDEN.split("\"challenge\"").skip(1).map(|epoch| read(&std::format!("\"challenge\"{epoch}"))).collect()
}

fn read(epoch: &str) -> Golden {
    let number = |name: &str| one(epoch, name).parse().unwrap();
    let node = |hash: &str, sum: &str| (bytes(&one(epoch, hash)), one(epoch, sum).parse().unwrap());
    let labelers = all(epoch, "labeler").into_iter().zip(all(epoch, "cumulative"));
    let hashes = all(epoch, "leaf").into_iter().zip(all(epoch, "proof"));
    let rows = labelers.zip(hashes).map(|((labeler, cumulative), (leaf, proof))| Row {
        labeler,
        cumulative: cumulative.parse().unwrap(),
        leaf: bytes(&leaf),
        proof: proof.split(' ').map(step).collect(),
    });
    Golden {
        challenge: number("challenge"),
        epoch: number("epoch"),
        children: [node("left", "left_sum"), node("right", "right_sum")],
        root: node("root", "total"),
        rows: rows.collect(),
    }
}

/// side:hash:sum
fn step(text: &str) -> (Node, bool) {
    let parts: std::vec::Vec<&str> = text.split(':').collect();
    ((bytes(parts[1]), parts[2].parse().unwrap()), parts[0] == "left")
}

fn bytes(hex: &str) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap();
    }
    bytes
}

fn address(w: &World, text: &str) -> Address {
    Address::from_string(&String::from_str(&w.e, text))
}

#[test]
fn the_trees_here_are_the_trees_there() {
    let w = World::new();
    let contract = address(&w, &one(GOLDEN, "contract"));
    for Golden { challenge, epoch, children, root, rows } in golden() {
        let people: std::vec::Vec<_> = rows.iter().map(|row| (address(&w, &row.labeler), row.cumulative)).collect();
        let earned: std::vec::Vec<_> = people.iter().map(|(who, amount)| (who, *amount)).collect();
        let tree = Tree::of(&contract, challenge, epoch, &earned);
        assert_eq!((tree.root(), &tree.levels[tree.levels.len() - 1][..]), (root, &children[..]));
        for (place, row) in rows.iter().enumerate() {
            assert_eq!(tree.levels[0][place].0, row.leaf, "{}", row.labeler);
            let ours = tree.proof(&w.e, place);
            let theirs = row.proof.iter().map(|(node, left)| sibling(&w, *node, *left));
            assert_eq!(ours, Vec::from_iter(&w.e, theirs));
        }
    }
}

fn sibling(w: &World, (hash, sum): Node, left: bool) -> Sibling {
    Sibling { hash: w.bytes_of(hash), sum, left }
}

#[test]
fn the_contract_takes_their_roots_and_proofs() {
    let w = World::new();
    let w = w.with_contract_at(&one(GOLDEN, "contract"));
    // Accounts need trustlines for an asset; this token asks for none.
    let token = Token::new(&w.e);
    token.mint(&w.maker, 10i128.pow(27));
    let terms = Terms { token: token.address.clone(), oracle_fee: 0, ..w.earnings() };
    for _ in 0..2 {
        w.open_with(&terms, 10i128.pow(26), 0);
    }
    let mut paid = 0;
    for Golden { challenge, epoch, children, root, rows } in golden() {
        let [left, right] = children.map(|child| crate::test::tree::branch(&w.e, child));
        for oracle in &w.oracles[..2] {
            w.client().post_earnings(oracle, &challenge, &epoch, &left, &right, &w.cid(8));
        }
        let posted = w.client().epoch(&challenge, &epoch);
        assert_eq!((posted.root, posted.total), (w.bytes_of(root.0), root.1));
        for Row { labeler, cumulative, proof, .. } in &rows {
            let labeler = address(&w, labeler);
            let before = w.client().claimed(&challenge, &labeler);
            let proof = proof.iter().map(|(node, left)| sibling(&w, *node, *left));
            let sent = w.client().claim(&challenge, &epoch, &labeler, cumulative, &Vec::from_iter(&w.e, proof));
            assert_eq!(sent, cumulative - before);
            paid += sent;
        }
        assert_eq!(w.client().earnings(&challenge).claimed, root.1);
    }
    assert_eq!(token.balance(&w.contract), 2 * 10i128.pow(26) - paid);
}
