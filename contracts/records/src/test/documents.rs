//! A badge's document holds the facts and nothing else, and `token_uri` is the CID of its very bytes.
extern crate std;
use super::world::World;
use crate::metadata;
use crate::types::{Badge, Cid, Config};
use soroban_sdk::{Address, Bytes, BytesN, Env, String};
use std::string::{String as Text, ToString};

fn text(bytes: &Bytes) -> Text {
    Text::from_utf8(bytes.iter().collect()).expect("UTF-8")
}

fn config(e: &Env, w: &World) -> Config {
    let image = Cid { codec: 0x70, digest: BytesN::from_array(e, &[0xab; 32]) };
    Config { event_version: 1, stellartrain: w.main.clone(), image }
}

/// The document and its URI as the contract at a fixed address gives them.
fn composed(w: &World, number: u32, badge: &Badge) -> (Text, Text) {
    w.e.as_contract(&w.records, || {
        let document = metadata::document(&w.e, &config(&w.e, w), number, badge);
        (text(&document), metadata::uri(&w.e, &document).to_string())
    })
}

fn account(e: &Env) -> Address {
    Address::from_string(&String::from_str(e, "GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF"))
}

/// The client's tests compute the same URI from the same document with the libraries that everybody uses.
#[test]
fn the_document_and_its_uri_are_these_bytes() {
    let w = World::new();
    let golden = include_str!("../../snapshots/document.json");
    let uri = include_str!("../../snapshots/document.uri");
    let badge = Badge {
        challenge: 3,
        number: 12,
        solver: account(&w.e),
        attempt: 2,
        score: 9_512_345,
        prize: 250_000_000,
        token: account(&w.e),
    };
    let (document, found) = composed(&w, 7, &badge);
    // Contracts' addresses depend on the environment; all else is fixed.
    let document = document
        .replace(&w.main.to_string().to_string(), "CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD2KM")
        .replace(&w.records.to_string().to_string(), "CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD2KM");
    assert_eq!(document, golden);
    assert_eq!(found.len(), uri.len());
    let same = Bytes::from_slice(&w.e, golden.as_bytes());
    assert_eq!(metadata::uri(&w.e, &same).to_string(), uri);
}

#[test]
fn the_longest_facts_fit() {
    let w = World::new();
    let badge = Badge {
        challenge: u32::MAX,
        number: u32::MAX,
        solver: account(&w.e),
        attempt: u32::MAX,
        score: i64::MIN,
        prize: i128::MAX,
        token: w.asset.clone(),
    };
    let (document, _) = composed(&w, u32::MAX, &badge);
    assert!(document.contains("\"value\":\"-922337203685.4775808\""), "{document}");
    assert!(document.contains("\"value\":\"170141183460469231731687303715884105727\""));
    assert!(document.is_ascii() && document.ends_with("\"}]}"));
}

#[test]
fn numbers_are_written_as_everybody_writes_them() {
    let w = World::new();
    let mut random = 0x9e37_79b9_7f4a_7c15u128;
    for round in 0..200u32 {
        random = random.wrapping_mul(0xda94_2042_e4dd_58b5).wrapping_add(u128::from(round));
        let (score, prize) = ((random >> (round % 64)) as i64, (random >> (1 + round % 120)) as i128);
        let badge = Badge {
            challenge: random as u32,
            number: (random >> 64) as u32,
            solver: account(&w.e),
            attempt: round,
            score,
            prize,
            token: account(&w.e),
        };
        let (document, _) = composed(&w, round, &badge);
        let sign = if score < 0 { "-" } else { "" };
        let (whole, part) = (score.unsigned_abs() / 10_000_000, score.unsigned_abs() % 10_000_000);
        for fact in [
            std::format!("badge {round}\""),
            std::format!("\"Challenge\",\"value\":{}}}", badge.challenge),
            std::format!("\"Submission\",\"value\":{}}}", badge.number),
            std::format!("\"Attempt\",\"value\":{round}}}"),
            std::format!("\"Score\",\"value\":\"{sign}{whole}.{part:07}\""),
            std::format!("\"Prize in units\",\"value\":\"{prize}\""),
        ] {
            assert!(document.contains(&fact), "{fact} in {document}");
        }
    }
}

#[test]
fn scores_have_seven_decimals() {
    let w = World::new();
    for (score, shown) in [(0, "0.0000000"), (1, "0.0000001"), (-1, "-0.0000001"), (-25_000_000, "-2.5000000")] {
        let badge =
            Badge { challenge: 1, number: 1, solver: account(&w.e), attempt: 1, score, prize: 1, token: account(&w.e) };
        let (document, _) = composed(&w, 1, &badge);
        assert!(document.contains(&std::format!("\"Score\",\"value\":\"{shown}\"")), "{document}");
    }
}

#[test]
fn a_minted_badge_shows_its_own_facts() {
    let w = World::new();
    let work = w.winner();
    w.mint(&work);
    let document = text(&w.client().metadata(&1));
    for fact in [
        "\"name\":\"StellarTrain badge 1\"".to_string(),
        std::format!("\"Solver\",\"value\":\"{}\"", work.solver.to_string()),
        "\"Score\",\"value\":\"0.0000060\"".to_string(),
        "\"Prize in units\",\"value\":\"1000\"".to_string(),
        std::format!("\"Token\",\"value\":\"{}\"", w.asset.to_string()),
        std::format!("\"Contract\",\"value\":\"{}\"", w.main.to_string()),
        std::format!("\"Badges\",\"value\":\"{}\"", w.records.to_string()),
    ] {
        assert!(document.contains(&fact), "{fact} in {document}");
    }
    let uri = w.e.as_contract(&w.records, || metadata::uri(&w.e, &Bytes::from_slice(&w.e, document.as_bytes())));
    assert_eq!(w.client().token_uri(&1), uri);
}
