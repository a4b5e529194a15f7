//! The stories for which the rules were rewritten, of silence, veto and junk, of records and late rows, each with the amounts
//! that it was told with: what has to come out, and what an adversary has from it. Every one runs on the native contract and on the committed wasm.
//!
//! Amounts are whole tokens. What of these stories happens outside the contract is tested where it happens.
extern crate std;
use super::world::World;
use soroban_sdk::Address;

mod a_ballot_that_nobody_settled_for_weeks;
mod a_copied_truth;
mod a_copy_voted_for_by_its_owner;
mod a_file_that_some_oracles_cannot_open;
mod a_late_oracle_and_an_evil_one;
mod a_row_that_others_decided;
mod a_truth_that_could_not_be_opened_yet;
mod an_oracle_that_grades_nothing;
mod batches_that_nobody_holds;
mod carried_fees_of_void_and_undecided_work;
mod junk_behind_a_graded_ranking;
mod one_prize_and_two_badges;
mod rankings_that_differ_by_one_unit;
mod shares_of_an_oracle_that_vanished;
mod totals_and_leaves_of_earnings;
mod votes_after_the_records;
mod wallets_with_files_that_nobody_holds;
mod who_settles_first;
mod windows_of_seconds;

/// What some people held when this was asked.
pub struct Stakes<'a> {
    w: &'a World,
    held: std::vec::Vec<(Address, i128)>,
}

impl Stakes<'_> {
    pub fn of<'a>(w: &'a World, people: &[&Address]) -> Stakes<'a> {
        Stakes { w, held: people.iter().map(|who| ((*who).clone(), w.balance(who))).collect() }
    }

    /// What all of them together have gained since then.
    pub fn profit(&self) -> i128 {
        self.held.iter().map(|(who, before)| self.w.balance(who) - before).sum()
    }
}
