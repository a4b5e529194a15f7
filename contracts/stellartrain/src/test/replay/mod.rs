//! The stored state, rebuilt from the events alone: random stories of the model's generator are played to the contract, and
//! after each call what the events gave is compared with everything that is stored.
//!
//! Written apart from the contract, as an index would be: what an event does not say is counted anew, and what it says must
//! be what the rules give. `REPLAY_SEEDS=from..to` plays other stories.
extern crate std;
mod board;
mod earnings;
mod fields;
mod grading;
mod money;
mod stored;
mod told;

use super::model::stage::Stage;
use super::world::WASM;
use crate::types::*;
use fields::Fields;
use soroban_sdk::testutils::Events;
use soroban_sdk::xdr::ScSpecEntry;
use soroban_sdk::Address;
use std::collections::BTreeMap;
use stellartrain_model::play::wild::{self, Witness};
use stellartrain_model::world::{Answer, Call, World};
use told::Told;

/// All that the events told.
#[derive(Default)]
struct Replay {
    challenges: BTreeMap<u32, Told>,
    oracles: BTreeMap<Address, (OracleRecord, std::vec::Vec<OracleKey>)>,
    makers: BTreeMap<Address, MakerRecord>,
    events: BTreeMap<std::string::String, u32>,
}

impl Replay {
    /// One event, at the time of its ledger.
    fn event(&mut self, f: &Fields, now: u64) {
        *self.events.entry(f.name.clone()).or_default() += 1;
        match f.name.as_str() {
            "oracle_registered" => return self.registered(f, now),
            "challenge_created" => return self.created(f, now),
            _ => {}
        }
        let id: u32 = f.topic(1);
        let told = self.challenges.get_mut(&id).expect("a challenge that was created");
        match f.name.as_str() {
            "challenge_accepted" => {
                let oracle: Address = f.topic(2);
                told.accepted(&oracle, f);
                self.oracles.get_mut(&oracle).expect("a registered oracle").0.accepted += 1;
            }
            "topped_up" => told.topped_up(f),
            "challenge_cancelled" => {
                told.cancelled(f);
                self.makers.get_mut(&told.maker).unwrap().cancelled += 1;
            }
            "submitted" => told.submitted(f, now),
            "scored" => told.scored(f, now),
            "settled" => told.rows(&f.get("rows"), now),
            "ruled" => told.ruled(f, now),
            "payment_released" => told.released(f, now),
            "ranking_posted" => told.ranking_posted(f),
            "ranking_fixed" => assert_eq!(told.announced.replace(f.get("ranking")), None, "fixed once"),
            "earnings_posted" => told.earnings_posted(f, now),
            "earnings_claimed" => told.claimed(f),
            "fees_withdrawn" => told.withdrawn(f),
            "truth_revealed" => {
                let by = told.revealed(f);
                if by == told.maker && told.state.unopened {
                    self.makers.get_mut(&by).unwrap().unopened -= 1;
                }
            }
            "challenge_closed" => {
                told.closed(f, now);
                assert_eq!(self.fold(id, now), f.get::<bool>("folded"), "whether the records grew");
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
        assert_eq!(id, self.challenges.len() as u32 + 1, "numbers follow each other");
        let told = Told::created(f, now);
        assert_eq!(told.terms.token, f.topic(3));
        self.challenges.insert(id, told);
        self.makers.entry(maker).or_default().challenges += 1;
    }

    /// What the records gain by a `close`; says whether that is anything.
    fn fold(&mut self, id: u32, now: u64) -> bool {
        let told = self.challenges.get_mut(&id).unwrap();
        let (over, state) = (now >= told.end(), &mut told.state);
        let is_final = match state.ended {
            0 => {
                let open = state.submitted > state.concluded;
                now >= told.terms.deadline && (!open || over && state.decided == 0)
            }
            _ => state.kept == 0,
        };
        let first = is_final && !state.folded;
        state.folded |= first;
        if !state.folded {
            return false;
        }
        let left = if first && state.ended == 0 { state.submitted - state.concluded } else { 0 };
        let maker = self.makers.get_mut(&told.maker).unwrap();
        if first {
            *(if left + state.unsettled > 0 { &mut maker.undecided } else { &mut maker.decided }) += 1;
        }
        let silent = told.terms.opens_truth && !told.opened.contains_key(&told.maker);
        let marks = silent && (over || state.ended > 0) && !state.unopened;
        maker.unopened += u32::from(marks);
        state.unopened |= marks;
        let mut grows = first || marks;
        for (oracle, tally) in told.terms.oracles.iter().zip(&mut told.tallies) {
            let record = &mut self.oracles.get_mut(&oracle).unwrap().0;
            let before = record.clone();
            record.folded += u32::from(first);
            record.votes += tally.votes;
            record.unavailable += tally.unavailable;
            record.agreed += tally.agreed;
            record.disagreed += tally.disagreed;
            // What is open for ever and was not voted on.
            record.missing += tally.missing + left.saturating_sub(tally.open);
            grows |= *record != before;
            *tally = Tally { open: tally.open, ..Tally::default() };
        }
        grows
    }
}

/// The contract, its events, and what they gave.
struct Replayed {
    stage: Stage,
    replay: Replay,
    calls: u64,
    /// Of the committed wasm.
    spec: std::vec::Vec<ScSpecEntry>,
}

impl Replayed {
    fn new() -> Replayed {
        Replayed { stage: Stage::new(false), replay: Replay::default(), calls: 0, spec: fields::spec(WASM) }
    }
}

impl Witness for Replayed {
    fn called(&mut self, before: &World, by: stellartrain_model::basics::Address, call: &Call, _: &Answer, _: &World) {
        let Replayed { stage, replay, calls, spec } = self;
        *calls += 1;
        stage.follow(before);
        stage.call(before, by, call);
        let events = stage.e.events().all().filter_by_contract(&stage.contract);
        let now = stage.e.ledger().timestamp();
        for event in events.events() {
            let fields = Fields::new(&stage.e, event);
            assert!(fields.is_declared(spec), "{} is not declared", fields.name);
            let applied = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| replay.event(&fields, now)));
            if let Err(panic) = applied {
                std::eprintln!("call {calls} at {now}, {call:?}: {}", fields.name);
                std::panic::resume_unwind(panic);
            }
        }
        if !events.events().is_empty() {
            stored::compare(stage, replay, call);
        }
    }
}

#[test]
fn events_alone_give_the_stored_state() {
    let asked = std::env::var("REPLAY_SEEDS").ok();
    let (from, to) = asked.as_deref().unwrap_or("1..41").split_once("..").expect("REPLAY_SEEDS=from..to");
    let (from, to): (u64, u64) = (from.parse().expect("a number"), to.parse().expect("a number"));
    let mut told: BTreeMap<std::string::String, u32> = BTreeMap::new();
    for seed in from..to {
        let mut replayed = Replayed::new();
        let played = std::panic::AssertUnwindSafe(|| wild::told(seed, &mut replayed));
        if let Err(panic) = std::panic::catch_unwind(played) {
            std::eprintln!("in story {seed}");
            std::panic::resume_unwind(panic);
        }
        for (name, count) in &replayed.replay.events {
            *told.entry(name.clone()).or_default() += count;
        }
    }
    std::println!("{told:?}");
    if asked.is_none() {
        let missing: std::vec::Vec<_> = declared().into_iter().filter(|name| !told.contains_key(name)).collect();
        assert!(missing.is_empty(), "events that no story brought about: {missing:?}");
    }
}

/// The events that the committed wasm's own spec declares.
fn declared() -> std::vec::Vec<std::string::String> {
    fields::spec(WASM)
        .into_iter()
        .filter_map(|entry| match entry {
            ScSpecEntry::EventV0(event) => Some(event.prefix_topics[0].0.to_utf8_string_lossy()),
            _ => None,
        })
        .collect()
}
