//! A submission in a batch: what a call votes on it, does with it, and reports of it.
use crate::entry::Entry;
use crate::rules::verdict::{Ballot, OPEN};
use crate::storage::Slot;
use crate::types::Row;
use soroban_sdk::{BytesN, Env};

pub struct Case {
    pub(super) slot: Slot,
    pub hold: bool,
    pub entry: Entry,
    /// What this call votes, for the event.
    pub(super) vote: Option<Ballot>,
    /// Whose verdict concluded it in this call.
    pub(super) by: u8,
    /// What concluded it in this call.
    pub(super) verdict: Option<Ballot>,
    /// Whether this call changed anything but counted a vote.
    pub(super) touched: bool,
    /// What this call sent or held because of it.
    pub(super) amount: i128,
}

impl Case {
    pub(super) fn new(slot: Slot, entry: Entry, hold: bool) -> Case {
        Case { slot, hold, entry, vote: None, by: OPEN, verdict: None, touched: false, amount: 0 }
    }

    pub(super) fn is_paid_here(&self) -> bool {
        self.by != OPEN && !self.hold && self.amount > 0
    }

    /// See `Row`.
    pub fn row(&self, e: &Env) -> Row {
        let entry = &self.entry;
        let said = self.vote.or(self.verdict);
        let (verdict, reason) = said.map_or((entry.status, 0), |said| (said.verdict, said.reason));
        let what = verdict as u32 | u32::from(reason) << 8 | u32::from(entry.flags) << 16 | (entry.status as u32) << 24;
        let (score, content, units) = said.map_or((0, [0; 32], 0), |said| (said.score, said.content, said.units));
        let content = BytesN::from_array(e, &content);
        Row(entry.number, u32::from(self.by), what, score, content, units, self.amount)
    }
}
