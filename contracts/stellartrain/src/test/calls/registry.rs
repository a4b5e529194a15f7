//! Oracles register keys; a key is never replaced.
use crate::errors::Error;
use crate::test::world::{refused, World, MIN_PATIENCE, MIN_WINDOW, NOW};
use crate::types::*;
use soroban_sdk::{testutils::Address as _, Address, String};

#[test]
fn each_registration_appends_a_version() {
    let w = World::new();
    let oracle = Address::generate(&w.e);
    assert_eq!(w.register(&oracle, 1), 1);
    assert_eq!(w.register(&oracle, 2), 2);
    assert_eq!(w.client().oracle(&oracle), OracleRecord { versions: 2, ..OracleRecord::default() });
    let first = w.client().oracle_key(&oracle, &1);
    assert_eq!((first.key, first.metadata, first.time), (w.bytes(1), w.cid(1), NOW));
    assert_eq!(w.client().oracle_key(&oracle, &2).key, w.bytes(2));
}

#[test]
fn the_longest_url_is_128_bytes() {
    let w = World::new();
    let oracle = Address::generate(&w.e);
    let url = |bytes: usize| String::from_bytes(&w.e, &[b'x'; 200][..bytes]);
    assert_eq!(w.client().register_oracle(&oracle, &w.bytes(1), &url(128), &w.cid(1)), 1);
    refused(w.client().try_register_oracle(&oracle, &w.bytes(1), &url(129), &w.cid(1)), Error::UrlTooLong);
}

#[test]
fn content_identifiers_are_raw_or_unixfs() {
    let w = World::new();
    let oracle = Address::generate(&w.e);
    let url = String::from_str(&w.e, "");
    for (codec, taken) in [(0x55, true), (0x70, true), (0x71, false), (0x155, false), (0, false)] {
        let result = w.client().try_register_oracle(&oracle, &w.bytes(1), &url, &Cid { codec, ..w.cid(1) });
        if taken {
            assert!(result.is_ok());
        } else {
            refused(result, Error::BadCid);
        }
    }
}

#[test]
fn the_unknown_is_not_found() {
    let w = World::new();
    let nobody = Address::generate(&w.e);
    refused(w.client().try_oracle(&nobody), Error::NotRegistered);
    refused(w.client().try_oracle_key(&w.oracles[0], &2), Error::NotRegistered);
    refused(w.client().try_challenge(&1), Error::NoChallenge);
    refused(w.client().try_state(&1), Error::NoChallenge);
    refused(w.client().try_board(&1), Error::NoChallenge);
    refused(w.client().try_submission(&1, &nobody, &1), Error::NoSubmission);
    assert_eq!(w.client().challenges(), 0);
    assert_eq!(w.client().shares(&1), None);
    refused(w.client().try_phase(&1), Error::NoChallenge);
    refused(w.client().try_outcome(&1, &nobody, &1), Error::NoChallenge);
    assert_eq!(w.client().earnings(&1), Earnings::default());
    assert_eq!(w.client().attempts(&1, &nobody), Attempts::default());
    assert_eq!(w.client().revealed(&1, &nobody), None);
    assert_eq!(w.client().maker(&nobody), MakerRecord::default());
    let config = Config { event_version: 2, min_patience: MIN_PATIENCE, min_window: MIN_WINDOW };
    assert_eq!(w.client().config(), config);
}
