//! What follows from a score: a ballot on the main contract, and in a ranking its table.
use crate::errors::Error;
use crate::id::Id;
use crate::main_contract::{field, Cid, MainClient, RankingRow, Verdict, Vote};
use crate::storage;
use crate::types::{Attempt, First, Frozen, Row, Work};
use crate::work;
use soroban_sdk::{vec, Address, BytesN, Env, Vec};

/// What the ballots' report says; its CID is of these bytes.
pub const REPORT: &str =
    "Recounted on the ledger by this challenge's judge, a contract: from the opened truth and the opened work.\n";
/// The engine's reason for content of a lower number of another solver.
const COPIED: u32 = 100;
/// Rows of a ranking that are kept: more than there can be prizes, for a solver's result may fall. Who fell out behind them and stands
/// before others again is entered by `rank`.
const KEPT: u32 = 60;

/// Rules on a scored work where no quorum did, and enters it into the ranking. Returns whether it was rejected as a copy.
pub fn conclude(e: &Env, id: &Id, frozen: &Frozen, work: &mut Work) -> Result<bool, Error> {
    // Others may have settled it since its first chunk was opened.
    work.decided = work.decided || work::is_decided(e, id)?;
    let copied = !work.decided && frozen.unique_content && copies(e, id, work);
    if !work.decided {
        let content_hash = if copied { BytesN::from_array(e, &[0; 32]) } else { work.content_hash.clone() };
        let ballot = Vote {
            solver: id.solver.clone(),
            attempt: id.attempt,
            verdict: if copied { Verdict::Rejected } else { Verdict::Scored },
            reason: if copied { COPIED } else { 0 },
            score: if copied { 0 } else { work.score },
            content_hash,
            units: 0,
            hold: false,
        };
        let main = MainClient::new(e, &storage::main_contract(e));
        main.rule(&e.current_contract_address(), &id.challenge, &report(e), &vec![e, ballot]);
    }
    work.ruled = true;
    if frozen.places > 0 && !copied {
        rank(e, id, frozen, work);
    }
    Ok(copied)
}

fn report(e: &Env) -> Cid {
    let digest = e.crypto().sha256(&soroban_sdk::Bytes::from_slice(e, REPORT.as_bytes())).to_bytes();
    Cid { codec: 0x55, digest }
}

/// Whether a lower number of another solver has this content.
fn copies(e: &Env, id: &Id, work: &Work) -> bool {
    let first = storage::first(e, id.challenge, &work.content_hash);
    first.is_some_and(|first| first.number < work.number && first.solver != *id.solver)
}

/// Remembers whose content this is first, by the order of submission, whatever the order of opening.
pub fn note_content(e: &Env, id: &Id, frozen: &Frozen, work: &Work) {
    let known = storage::first(e, id.challenge, &work.content_hash);
    if known.is_none_or(|first| work.number < first.number) {
        let first = First { number: work.number, solver: id.solver.clone() };
        storage::set_first(e, id.challenge, &work.content_hash, &first, frozen.judge_by);
    }
}

/// Whether a score and its number stand before another's.
fn before(frozen: &Frozen, a: (i64, u32), b: (i64, u32)) -> bool {
    a.0 != b.0 && (a.0 > b.0) != frozen.minimize || a.0 == b.0 && a.1 < b.1
}

/// Enters the work into the ranking.
fn rank(e: &Env, id: &Id, frozen: &Frozen, work: &Work) {
    let challenge = id.challenge;
    let mut tried = storage::tried(e, challenge, id.solver);
    // Which two count is decided by what the main contract has as their scores.
    let public = i64::try_from(round(frozen, work.score)).unwrap_or(work.score);
    let new = Attempt { attempt: id.attempt, number: work.number, public, private: work.private };
    let at = tried.iter().position(|other| before(frozen, (new.public, new.number), (other.public, other.number)));
    tried.insert(at.map_or(tried.len(), |at| at as u32), new);
    if tried.len() > 2 {
        tried.pop_back();
    }
    storage::set_tried(e, challenge, id.solver, &tried, frozen.judge_by);
    enter(e, challenge, id.solver, frozen);
}

/// Enters what a solver's opened works give it, and posts the ranking unless the oracles have one.
pub fn enter(e: &Env, challenge: u32, solver: &Address, frozen: &Frozen) {
    let tried = storage::tried(e, challenge, solver);
    let mut table = storage::table(e, challenge);
    if let Some(own) = table.iter().position(|row| row.solver == *solver) {
        table.remove(own as u32);
    }
    let reaches = |attempt: &Attempt| meets(frozen, attempt.private);
    let better = |a: Attempt, b: Attempt| {
        if before(frozen, (b.private, b.number), (a.private, a.number)) {
            b
        } else {
            a
        }
    };
    if let Some(best) = tried.iter().filter(reaches).reduce(better) {
        let at =
            table.iter().position(|other| before(frozen, (best.private, best.number), (other.score, other.number)));
        let row = Row { solver: solver.clone(), attempt: best.attempt, number: best.number, score: best.private };
        table.insert(at.map_or(table.len(), |at| at as u32), row);
        if table.len() > KEPT {
            table.pop_back();
        }
    }
    storage::set_table(e, challenge, &table, frozen.judge_by);
    let main = MainClient::new(e, &storage::main_contract(e));
    if field(e, &main.state(&challenge), "ranking") == Some(0u32) {
        let mut rows: Vec<RankingRow> = Vec::new(e);
        for Row { solver, attempt, score, .. } in table.iter().take(frozen.places as usize) {
            rows.push_back(RankingRow { solver, attempt, score });
        }
        main.post_ranking(&e.current_contract_address(), &challenge, &report(e), &rows);
    }
}

/// A score rounded to the step against the solver, as the main contract does.
fn round(frozen: &Frozen, score: i64) -> i128 {
    let (score, step) = (i128::from(score), i128::from(frozen.step));
    let down = score - score.rem_euclid(step);
    if frozen.minimize && down != score {
        down + step
    } else {
        down
    }
}

fn meets(frozen: &Frozen, score: i64) -> bool {
    let (rounded, threshold) = (round(frozen, score), i128::from(frozen.threshold));
    if frozen.minimize {
        rounded <= threshold
    } else {
        rounded >= threshold
    }
}
