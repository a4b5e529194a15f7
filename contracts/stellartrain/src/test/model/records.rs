//! Records of makers and oracles. The contract folds them in `close` only, the model in every call that concludes something:
//! so what a record must be is counted here, by the model's own rule, in the moment in which the contract folds.
extern crate std;
use super::calls::number;
use super::stage::Stage;
use std::collections::{BTreeMap, BTreeSet};
use stellartrain_model::basics::Address;
use stellartrain_model::event::Event;
use stellartrain_model::play::samples;
use stellartrain_model::records::{can_fold, MakerRecord, OracleRecord};
use stellartrain_model::world::{Answer, Call, World};

#[derive(Default)]
pub struct Records {
    maker: MakerRecord,
    cancelled: u32,
    oracles: BTreeMap<Address, OracleRecord>,
    folded: BTreeMap<Address, u32>,
    done: BTreeSet<usize>,
}

impl Records {
    /// Counts what a call means for the records.
    pub fn follow(&mut self, by: Address, call: &Call, answer: &Answer, after: &World) {
        if answer.is_err() {
            return;
        }
        match call {
            Call::Create(..) => self.maker.challenges += 1,
            Call::Cancel(_) => self.cancelled += 1,
            Call::Accept(..) => self.oracles.entry(by).or_default().accepted += 1,
            Call::Close(id) => self.close(*id, after),
            Call::Reveal(id) if by == samples::MAKER && self.done.contains(id) => self.maker.unopened -= 1,
            _ => {}
        }
    }

    fn close(&mut self, id: usize, after: &World) {
        let it = &after.challenges[id];
        let closed = it.ended || after.now >= it.terms.deadline;
        let over = it.is_over(after.now);
        if self.done.contains(&id) || !can_fold(closed, over, it.ended, it.open(), it.decided, it.kept) {
            return;
        }
        self.done.insert(id);
        let undecided = if it.ended { 0 } else { it.open() as u32 };
        for (oracle, tally) in it.terms.oracles.iter().zip(&it.tallies) {
            self.oracles.entry(*oracle).or_default().fold(tally, undecided);
            *self.folded.entry(*oracle).or_default() += 1;
        }
        let all_decided = undecided == 0 && it.unsettled == 0;
        self.maker.decided += u32::from(all_decided);
        self.maker.undecided += u32::from(!all_decided);
        self.maker.unopened += u32::from(it.terms.opens_truth && !it.revealed[0]);
    }
}

impl Stage {
    pub fn check_records(&mut self, world: &World, records: &Records) {
        for id in 0..world.challenges.len() {
            assert_eq!(self.client().state(&number(id)).folded, records.done.contains(&id), "folded");
        }
        let maker = self.who(samples::MAKER);
        let found = self.client().maker(&maker);
        let expected = &records.maker;
        assert_eq!(
            (found.challenges, found.cancelled, found.decided, found.undecided, found.unopened),
            (expected.challenges, records.cancelled, expected.decided, expected.undecided, expected.unopened),
            "the maker's record"
        );
        for oracle in world.keys.keys().copied() {
            let expected = records.oracles.get(&oracle).copied().unwrap_or_default();
            let folded = records.folded.get(&oracle).copied().unwrap_or(0);
            let address = self.who(oracle);
            let found = self.client().oracle(&address);
            assert_eq!(
                (found.accepted, found.folded, found.votes, found.unavailable),
                (expected.accepted, folded, expected.votes, expected.unavailable),
                "accepted, folded, votes, unavailable of {oracle:?}"
            );
            assert_eq!(
                (found.agreed, found.disagreed, found.missing),
                (expected.agreed, expected.disagreed, expected.missing),
                "agreed, disagreed, missing of {oracle:?}"
            );
        }
    }

    /// What the model folded, the contract folds in the same `close`, unless it did so before.
    pub fn check_fold(&mut self, call: &Call, answer: &Answer, records: &Records) {
        let (Call::Close(id), Ok(events)) = (call, answer) else { return };
        assert!(!events.contains(&Event::Folded) || records.done.contains(id));
    }
}
