//! What a story comes by: turns of events that are easily missed, and how large and how long-lived entries are.
extern crate std;
use super::story::Story;
use crate::test::replay::Seen;
use crate::types::*;
use soroban_sdk::xdr::{ContractEvent, LedgerEntryData, LedgerKey, Limits, ScAddress, ScVal, WriteXdr};
use std::string::String;

impl Story {
    /// Counts what is easily missed.
    pub fn look_at(&mut self, events: &[ContractEvent]) {
        let Some(told) = self.replay.touched.map(|id| &self.replay.challenges[&id]) else { return };
        let seen = |test: &dyn Fn(&Seen) -> bool| {
            self.replay.pieces.iter().any(|number| told.pieces.get(number).is_some_and(|piece| test(&piece.seen)))
        };
        let sights = [
            ("prize held", seen(&|seen| seen.flags & 1 > 0)),
            ("deposit held", seen(&|seen| seen.flags & 2 > 0)),
            ("silence share paid", seen(&|seen| seen.flags & 16 > 0)),
            ("could not be graded", seen(&|seen| seen.flags & 32 > 0)),
            ("split", seen(&|seen| seen.verdict == Verdict::Unsettled && seen.flags & 32 == 0)),
            ("void", seen(&|seen| seen.verdict == Verdict::Void)),
            ("duplicate", seen(&|seen| seen.verdict == Verdict::Duplicate)),
            ("rejected", seen(&|seen| seen.verdict == Verdict::Rejected)),
            ("ranked by a quorum", told.plain.ranking == Ranking::Posted),
            ("ranked by the table", told.plain.ranking == Ranking::Table),
            ("scaled prizes", told.plain.ranking == Ranking::Table && told.plain.submitted > told.plain.finalized),
            (
                "a bounty won by all",
                told.plain.status == Status::Ended && matches!(told.terms.payout, Payout::Bounty(_)),
            ),
            ("two events in a call", events.len() > 1),
            ("three events in a call", events.len() > 2),
            ("an oracle was contradicted", told.plain.tallies.iter().any(|tally| tally.disagreed > 0)),
            ("an oracle missed some", told.plain.tallies.iter().any(|tally| tally.missed > 0)),
            ("earnings of several epochs", told.earnings.epochs > 1),
        ];
        sights.into_iter().for_each(|(sight, there)| self.coverage.see(sight, there));
    }

    /// Invariants 5 and 6: no entry grows beyond its bound, none lives shorter than it was promised.
    pub fn entries_are_small_and_last(&mut self) {
        let contract = ScAddress::from(&self.w.contract);
        for (key, entry) in self.w.e.host().get_stored_entries().expect("the ledger") {
            let (LedgerKey::ContractData(data), Some((entry, live_until))) = (&*key, entry) else { continue };
            let LedgerEntryData::ContractData(stored) = &entry.data else { continue };
            let name = match &data.key {
                _ if data.contract != contract => continue,
                ScVal::Bytes(key) => String::from(["", "Submission", "Content"][usize::from(key[0])]),
                ScVal::Vec(Some(fields)) => match &fields[0] {
                    ScVal::Symbol(name) => String::from_utf8_lossy(&name.0).into_owned(),
                    other => panic!("a key of another form: {other:?}"),
                },
                _ => continue,
            };
            let size = stored.to_xdr(Limits::none()).unwrap().len() as u32;
            self.coverage.entry(&name, size);
            let lives = self.watch.lives.entry(data.key.to_xdr(Limits::none()).unwrap()).or_default();
            let live_until = live_until.expect("persistent");
            assert!(live_until >= *lives, "{name} lives shorter than before");
            *lives = live_until;
        }
    }
}
