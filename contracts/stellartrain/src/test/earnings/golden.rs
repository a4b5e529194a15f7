//! Trees that another implementation built (`golden/earnings.ts`, by the Stellar SDK for JavaScript): the same leaves, the
//! same roots, and proofs that the contract takes, for accounts and contracts, for amounts of every width.
use super::super::tokens::Token;
use super::super::world::World;
use super::*;
use soroban_sdk::{BytesN, String};
use std::string::ToString;

const GOLDEN: &str = include_str!("../golden/earnings.json");

struct Golden {
    challenge: u32,
    epoch: u32,
    total: i128,
    root: std::string::String,
    rows: std::vec::Vec<Row>,
}

struct Row {
    labeler: std::string::String,
    cumulative: i128,
    leaf: std::string::String,
    proof: std::string::String,
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
    let epochs = GOLDEN.split("\"challenge\"").skip(1).map(|epoch| std::format!("\"challenge\"{epoch}"));
    let read = |epoch: std::string::String| {
        let labelers = all(&epoch, "labeler").into_iter().zip(all(&epoch, "cumulative"));
        let hashes = all(&epoch, "leaf").into_iter().zip(all(&epoch, "proof"));
        let rows = labelers.zip(hashes).map(|((labeler, cumulative), (leaf, proof))| Row {
            labeler,
            cumulative: cumulative.parse().unwrap(),
            leaf,
            proof,
        });
        Golden {
            challenge: one(&epoch, "challenge").parse().unwrap(),
            epoch: one(&epoch, "epoch").parse().unwrap(),
            total: one(&epoch, "total").parse().unwrap(),
            root: one(&epoch, "root"),
            rows: rows.collect(),
        }
    };
    epochs.map(read).collect()
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
    for Golden { challenge, epoch, root, rows, .. } in golden() {
        let people: std::vec::Vec<_> = rows.iter().map(|row| (address(&w, &row.labeler), row.cumulative)).collect();
        let earned: std::vec::Vec<_> = people.iter().map(|(who, amount)| (who, *amount)).collect();
        let tree = Tree::at(&contract, challenge, epoch, &earned);
        assert_eq!(tree.top(), bytes(&root));
        for (place, row) in rows.iter().enumerate() {
            assert_eq!(tree.levels[0][place], bytes(&row.leaf), "{}", row.labeler);
            let siblings: std::vec::Vec<_> = row.proof.split_terminator(' ').map(bytes).collect();
            assert_eq!(tree.siblings(place), siblings);
        }
    }
}

#[test]
fn the_contract_takes_their_roots_and_proofs() {
    let w = World::new();
    let w = w.with_contract_at(&one(GOLDEN, "contract"));
    // Accounts need trustlines for an asset; this token asks for none.
    let token = Token::new(&w.e);
    token.mint(&w.maker, 10i128.pow(27));
    let terms = Terms { token: token.address.clone(), oracle_fee: 0, ..terms(&w) };
    for _ in 0..2 {
        let id = w.client().create_challenge(&w.maker, &terms, &10i128.pow(26), &0);
        w.accept(id);
    }
    for Golden { challenge, epoch, total, root, rows } in golden() {
        let root = BytesN::from_array(&w.e, &bytes(&root));
        for oracle in &w.oracles[..2] {
            w.client().post_earnings(oracle, &challenge, &epoch, &root, &total, &w.cid(8));
        }
        for Row { labeler, cumulative, proof, .. } in &rows {
            let labeler = address(&w, labeler);
            let proof = proof.split_terminator(' ').map(|hash| BytesN::from_array(&w.e, &bytes(hash)));
            let sent = w.client().claim(&challenge, &epoch, &labeler, cumulative, &Vec::from_iter(&w.e, proof));
            assert_eq!(sent, cumulative / i128::from(epoch));
        }
        assert_eq!(w.client().earnings(&challenge).claimed, total);
    }
}
