//! The judge decides what the oracles left undecided; its ballots are carried out from the end on.
use super::batch::Batch;
use super::grading::ballot;
use super::{check_cid, is_judge};
use crate::errors::{require, Error, OrFail};
use crate::rules::verdict::{check_ballot, Cast, JUDGE};
use crate::storage;
use crate::types::{Cid, Row, Vote};
use soroban_sdk::{Address, Env, Vec};

/// Returns a row for each ballot that counts. One on what others decided, or what became void, changes nothing and fails no other
/// one: the judge cannot know what lands before its call.
pub fn rule(e: &Env, judge: &Address, id: u32, report: &Cid, ballots: &Vec<Vote>) -> Vec<Row> {
    let (challenge, state) = storage::load(e, id);
    require(is_judge(&challenge, judge), Error::NotTheJudge).or_fail(e);
    let mut batch = Batch::new(e, id, &challenge, state);
    batch.phase().check_rule(batch.terms(), batch.now()).or_fail(e);
    require(!ballots.is_empty(), Error::BadBatch).or_fail(e);
    check_cid(report).or_fail(e);
    for vote in ballots.iter() {
        let at = batch.add(&vote.solver, vote.attempt, true).or_fail(e);
        let entry = &batch.cases[at].entry;
        let ballot = ballot(&vote, batch.terms(), entry.units, JUDGE).or_fail(e);
        let counts = batch.takes_part(at)
            && check_ballot(&entry.ballots, &ballot, batch.terms().quorum()).or_fail(e) == Cast::First;
        if counts {
            batch.cast(at, ballot);
        }
    }
    let rows = batch.rows();
    require(!rows.is_empty(), Error::AlreadyDecided).or_fail(e);
    batch.store_votes();
    rows
}
