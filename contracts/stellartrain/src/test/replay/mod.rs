//! The stored state, rebuilt from the events alone: invariant 4, and a second opinion on every rule that moves money.
//!
//! Written apart from the contract: plain values, everything that can be is computed anew from what was told before. An
//! event that the rules do not allow, or with an amount that they do not give, fails the test.
extern crate std;
mod challenge;
mod earnings;
mod fields;
mod grading;
mod money;
mod plain;
mod ranking;

pub use challenge::{Piece, Row, Told};
pub use plain::{Ballot, Plain, Seen};

use crate::types::*;
use fields::Fields;
use soroban_sdk::xdr::ContractEvent;
use soroban_sdk::{Address, Env};
use std::collections::BTreeMap;

/// Money that an event moved out of the contract, or into it (`amount` below zero), for the people outside.
pub struct Move {
    pub token: Address,
    pub who: Address,
    pub amount: i128,
}

pub struct Replay {
    e: Env,
    pub challenges: BTreeMap<u32, Told>,
    pub oracles: BTreeMap<Address, (OracleRecord, std::vec::Vec<OracleKey>)>,
    pub makers: BTreeMap<Address, MakerRecord>,
    /// What the last events touched: a challenge, and submissions by number.
    pub touched: Option<u32>,
    pub pieces: std::vec::Vec<u32>,
    pub moves: std::vec::Vec<Move>,
}

impl Replay {
    pub fn new(e: &Env) -> Replay {
        Replay {
            e: e.clone(),
            challenges: BTreeMap::new(),
            oracles: BTreeMap::new(),
            makers: BTreeMap::new(),
            touched: None,
            pieces: std::vec![],
            moves: std::vec![],
        }
    }

    pub fn forget(&mut self) {
        self.touched = None;
        self.pieces.clear();
        self.moves.clear();
    }

    /// Applies the events of one call, all at the time of its ledger.
    pub fn apply(&mut self, events: &[ContractEvent]) {
        self.forget();
        for event in events {
            let fields = Fields::new(&self.e, event);
            self.event(&fields);
        }
    }

    fn event(&mut self, f: &Fields) {
        let now = self.e.ledger().timestamp();
        match f.name.as_str() {
            "oracle_registered" => return self.registered(f, now),
            "challenge_created" => return self.created(f, now),
            _ => {}
        }
        let id: u32 = f.topic(1);
        self.touched = Some(id);
        let told = self.challenges.get_mut(&id).expect("a challenge that was created");
        let token = told.terms.token.clone();
        let mut paid = |who: Address, amount: i128| {
            self.moves.push(Move { token: token.clone(), who, amount });
        };
        match f.name.as_str() {
            "challenge_accepted" => {
                let oracle = f.topic(2);
                told.accepted(&oracle, f.get("key_version"), now);
                let (record, keys) = self.oracles.get_mut(&oracle).expect("a registered oracle");
                assert_eq!(keys.len() as u32, f.get::<u32>("key_version"), "the newest key");
                record.accepted += 1;
            }
            "topped_up" => {
                let (escrow, fees) = (f.get("escrow"), f.get("fees"));
                told.topped_up(escrow, fees, now);
                paid(f.topic(2), -escrow - fees);
            }
            "challenge_cancelled" => {
                let refunded = told.cancelled();
                assert_eq!(refunded, f.get::<i128>("refunded"));
                self.makers.get_mut(&told.maker).unwrap().cancelled += 1;
                paid(told.maker.clone(), refunded);
            }
            "submitted" => {
                self.pieces.push(told.submitted(f, now));
                paid(f.topic(2), -f.get::<i128>("deposit") - f.get::<i128>("carried"));
            }
            "scored" => {
                let (place, first) = (told.place(&f.topic(2)), f.get("first"));
                self.pieces.extend(told.voted(place, first, &f.get("votes"), now));
                let settled = told.settled(f.get("settled_first"), &f.get("settled"), now);
                settled.into_iter().for_each(|(who, amount)| paid(who, amount));
            }
            "settled" => {
                let (first, rows): (u32, soroban_sdk::Vec<SettledRow>) = (f.get("first"), f.get("settled"));
                assert!(!rows.is_empty());
                self.pieces.extend(first..first + rows.len());
                told.settled(first, &rows, now).into_iter().for_each(|(who, amount)| paid(who, amount));
            }
            "ranking_posted" => {
                let place = told.place(&f.topic(2));
                told.ranking_posted(place, &f.get("rows"), f.get("quorum"), now);
            }
            "ranking_fixed" => told.ranking_fixed(f.get("graded"), f.get("submitted"), now),
            "silence_fixed" => told.silence_fixed(f.get("part"), f.get("eligible"), now),
            "earnings_posted" => told.earnings_posted(f, now),
            "earnings_claimed" => {
                let labeler: Address = f.topic(2);
                told.claimed(&labeler, f.get("epoch"), f.get("amount"), f.get("cumulative"));
                paid(labeler, f.get("amount"));
            }
            "payment_released" => {
                let (number, total) = told.released(f, now);
                self.pieces.push(number);
                paid(f.topic(2), total);
            }
            "fees_withdrawn" => {
                let oracle = f.topic(2);
                let amount = told.withdrawn(&oracle);
                assert_eq!(amount, f.get::<i128>("amount"));
                paid(oracle, amount);
            }
            "truth_revealed" => {
                let by: Address = f.topic(2);
                told.revealed(&by, f.get("truth"), now);
                if by == told.maker {
                    self.makers.get_mut(&by).unwrap().opened += 1;
                }
            }
            "challenge_closed" => {
                assert_eq!(told.maker, f.topic(2));
                let (left, counts) = told.closed(now);
                assert_eq!(left, f.get::<i128>("amount"));
                paid(told.maker.clone(), left);
                if counts {
                    self.count_end(id);
                }
            }
            other => panic!("an event that nobody reads: {other}"),
        }
    }

    fn registered(&mut self, f: &Fields, now: u64) {
        let (record, keys) = self.oracles.entry(f.topic(1)).or_default();
        record.versions += 1;
        assert_eq!(record.versions, f.get::<u32>("version"));
        keys.push(OracleKey { key: f.get("key"), url: f.get("url"), metadata: f.get("metadata"), time: now });
    }

    fn created(&mut self, f: &Fields, now: u64) {
        let (id, maker): (u32, Address) = (f.topic(1), f.topic(2));
        let told = Told::created(maker.clone(), f.get("terms"), f.get("prize"), f.get("fee_budget"), now);
        assert_eq!(told.terms.token, f.topic(3));
        self.makers.entry(maker.clone()).or_default().challenges += 1;
        self.moves.push(Move { token: told.terms.token.clone(), who: maker, amount: -told.total() });
        assert_eq!(id, self.challenges.len() as u32 + 1, "numbers follow each other");
        self.challenges.insert(id, told);
        self.touched = Some(id);
    }

    /// The end of a challenge in the records of its maker and its oracles, once.
    fn count_end(&mut self, id: u32) {
        let told = &self.challenges[&id];
        let maker = self.makers.get_mut(&told.maker).unwrap();
        *(if told.plain.status == Status::Ended { &mut maker.ended } else { &mut maker.expired }) += 1;
        maker.promised += u32::from(told.terms.opens_truth);
        for (oracle, tally) in told.oracles.iter().zip(&told.plain.tallies) {
            let record = &mut self.oracles.get_mut(oracle).unwrap().0;
            record.closed += 1;
            record.votes += tally.votes;
            record.agreed += tally.agreed;
            record.disagreed += tally.disagreed;
            record.missed += tally.missed + told.plain.finalized.saturating_sub(tally.cursor);
        }
    }
}
