//! Whoever keeps the events needs nobody else to know every record and every badge.
extern crate std;
use super::world::{Work, World};
use crate::outcome::Verdict;
use crate::types::{Badge, SolverRecord};
use soroban_sdk::testutils::{Address as _, Events as _};
use soroban_sdk::xdr::ContractEventBody;
use soroban_sdk::{Address, Env, Map, Symbol, TryFromVal, Val};
use std::collections::BTreeMap;
use std::string::ToString;
use stellartrain::types::{Bounty, Payout, Terms};

/// Records by solver, badges by number: what the contract stores, as its events tell it.
#[derive(Default)]
struct Told {
    records: BTreeMap<Address, SolverRecord>,
    badges: BTreeMap<u32, Badge>,
    names: std::vec::Vec<std::string::String>,
}

struct Fields<'a> {
    e: &'a Env,
    topics: std::vec::Vec<Val>,
    data: Map<Symbol, Val>,
}

impl Fields<'_> {
    fn topic<T: TryFromVal<Env, Val>>(&self, at: usize) -> T {
        T::try_from_val(self.e, &self.topics[at]).unwrap_or_else(|_| panic!("topic {at} is of another type"))
    }

    fn get<T: TryFromVal<Env, Val>>(&self, name: &str) -> T {
        let value = self.data.get(Symbol::new(self.e, name)).expect(name);
        T::try_from_val(self.e, &value).unwrap_or_else(|_| panic!("{name} is of another type"))
    }
}

impl Told {
    /// Takes what the last call published.
    fn listen(&mut self, w: &World) {
        for event in w.e.events().all().filter_by_contract(&w.records).events() {
            let ContractEventBody::V0(body) = &event.body;
            let value = |val| Val::try_from_val(&w.e, val).expect("a value");
            let topics: std::vec::Vec<Val> = body.topics.iter().map(value).collect();
            let data = Map::try_from_val(&w.e, &value(&body.data)).expect("a map");
            let f = Fields { e: &w.e, topics, data };
            let name = f.topic::<Symbol>(0).to_string();
            match name.as_str() {
                "submission_folded" => self.folded(&f, w.e.ledger().timestamp()),
                "badge_minted" => {
                    let badge = Badge {
                        challenge: f.topic(1),
                        number: f.get("number"),
                        solver: f.topic(2),
                        attempt: f.get("attempt"),
                        score: f.get("score"),
                        prize: f.get("prize"),
                        token: f.get("token"),
                    };
                    self.badges.insert(f.get("token_id"), badge);
                }
                "burn" => assert_eq!(self.badges.remove(&f.get("token_id")).expect("a badge").solver, f.topic(1)),
                "mint" => {}
                other => panic!("an event that nobody knows: {other}"),
            }
            self.names.push(name);
        }
    }

    fn folded(&mut self, f: &Fields, now: u64) {
        let record = self.records.entry(f.topic(2)).or_default();
        if record.submissions == 0 {
            record.first = now;
        }
        record.last = now;
        record.submissions += 1;
        record.wins += u32::from(f.get::<i128>("prize") > 0);
        match f.get("verdict") {
            Verdict::Scored => record.scored += 1,
            Verdict::Unavailable => record.unavailable += 1,
            Verdict::Rejected => record.rejected += 1,
            Verdict::Void => record.void += 1,
            _ => record.unsettled += 1,
        }
    }
}

#[test]
fn the_events_alone_give_every_record_and_badge() {
    let w = World::new();
    let mut told = Told::default();
    let solvers: std::vec::Vec<Address> = (0..3).map(|_| Address::generate(&w.e)).collect();
    let mut works: std::vec::Vec<Work> = std::vec![];
    for round in 0..4u8 {
        let payout = Payout::Bounty(Bounty { reward: 1_000, winners: 3 });
        let id = w.open(&Terms { payout, ..w.terms() });
        let round_works: std::vec::Vec<Work> = solvers.iter().map(|solver| w.submit(id, solver)).collect();
        w.go_to(w.e.ledger().timestamp() + 600);
        for (i, work) in round_works.into_iter().enumerate() {
            match (round + i as u8) % 4 {
                0 => w.score(&work, 70, i as u8),
                1 => w.score(&work, 30, i as u8),
                2 => w.reject(&work),
                _ => w.unavailable(&work),
            }
            works.push(work);
        }
    }
    for work in &works {
        w.go_to(w.e.ledger().timestamp() + 7);
        w.fold(work);
        told.listen(&w);
        if w.client().try_mint(&work.challenge, &work.solver, &work.attempt).is_ok() {
            told.listen(&w);
        }
    }
    let burned = told.badges.iter().next_back().map(|(id, badge)| (*id, badge.solver.clone())).expect("winners");
    w.client().burn(&burned.1, &burned.0);
    told.listen(&w);

    let count = |name: &str| told.names.iter().filter(|known| *known == name).count();
    assert_eq!((count("submission_folded"), count("burn")), (works.len(), 1));
    assert_eq!((count("mint"), count("badge_minted")), (w.client().badges() as usize, w.client().badges() as usize));
    assert!(told.badges.len() >= 2);
    for (solver, record) in &told.records {
        assert_eq!(*record, w.client().record(solver));
    }
    for number in 1..=w.client().badges() {
        match told.badges.get(&number) {
            Some(badge) => assert_eq!(*badge, w.client().badge(&number)),
            None => assert_eq!(number, burned.0),
        }
    }
}
