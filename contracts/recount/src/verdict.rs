//! What follows from a score: a ballot on the main contract, and in a ranking its table.
use crate::errors::Error;
use crate::main_contract::{field, Cid, MainClient, RankingRow, Verdict, Vote};
use crate::storage;
use crate::types::{Attempt, First, Frozen, Row, Work};
use crate::work::Id;
use soroban_sdk::{vec, BytesN, Env, Vec};

/// What the ballots' report says; its CID is of these bytes.
pub const REPORT: &str =
    "Recounted on the ledger by this challenge's judge, a contract: from the opened truth and the opened work.\n";
/// The engine's reason for content of a lower number of another solver.
const COPIED: u32 = 100;
/// Rows of a ranking that are kept: more than there can be prizes, for a solver's result may fall.
const KEPT: u32 = 60;

/// Rules on the work where no quorum did. Returns whether it was scored, and not rejected as a copy.
pub fn rule(e: &Env, id: &Id, frozen: &Frozen, work: &Work, content: &BytesN<32>) -> bool {
    let copied = frozen.unique_content && copies(e, id, frozen, work, content);
    if !work.decided {
        let zeros = BytesN::from_array(e, &[0; 32]);
        let ballot = Vote {
            solver: id.solver.clone(),
            attempt: id.attempt,
            verdict: if copied { Verdict::Rejected } else { Verdict::Scored },
            reason: if copied { COPIED } else { 0 },
            score: if copied { 0 } else { work.score },
            content_hash: if copied { zeros } else { content.clone() },
            units: 0,
            hold: false,
        };
        let main = MainClient::new(e, &storage::main_contract(e));
        main.rule(&e.current_contract_address(), &id.challenge, &report(e), &vec![e, ballot]);
    }
    work.decided || !copied
}

fn report(e: &Env) -> Cid {
    let digest = e.crypto().sha256(&soroban_sdk::Bytes::from_slice(e, REPORT.as_bytes())).to_bytes();
    Cid { codec: 0x55, digest }
}

/// Whether a lower number of another solver has this content; else this one is the first, for those that follow.
fn copies(e: &Env, id: &Id, frozen: &Frozen, work: &Work, content: &BytesN<32>) -> bool {
    match storage::first(e, id.challenge, content) {
        Some(first) if first.number < work.number => first.solver != *id.solver,
        _ => {
            let first = First { number: work.number, solver: id.solver.clone() };
            storage::set_first(e, id.challenge, content, &first, frozen.judge_by);
            false
        }
    }
}

/// Enters the work into the ranking, and posts it unless the oracles have one.
pub fn rank(e: &Env, id: &Id, frozen: &Frozen, work: &Work) -> Result<(), Error> {
    let (challenge, until) = (id.challenge, frozen.judge_by);
    let before = |a: (i64, u32), b: (i64, u32)| a.0 != b.0 && (a.0 > b.0) != frozen.minimize || a.0 == b.0 && a.1 < b.1;
    let mut tried = storage::tried(e, challenge, id.solver);
    let new = Attempt { attempt: id.attempt, number: work.number, public: work.score, private: work.private };
    let at = tried.iter().position(|other| before((new.public, new.number), (other.public, other.number)));
    tried.insert(at.map_or(tried.len(), |at| at as u32), new);
    if tried.len() > 2 {
        tried.pop_back();
    }
    storage::set_tried(e, challenge, id.solver, &tried, until);

    let mut table = storage::table(e, challenge);
    if let Some(own) = table.iter().position(|row| row.solver == *id.solver) {
        table.remove(own as u32);
    }
    let reaches = |attempt: &Attempt| meets(frozen, attempt.private);
    let better = |a: Attempt, b: Attempt| {
        if before((b.private, b.number), (a.private, a.number)) {
            b
        } else {
            a
        }
    };
    if let Some(best) = tried.iter().filter(reaches).reduce(better) {
        let at = table.iter().position(|other| before((best.private, best.number), (other.score, other.number)));
        let row = Row { solver: id.solver.clone(), attempt: best.attempt, number: best.number, score: best.private };
        table.insert(at.map_or(table.len(), |at| at as u32), row);
        if table.len() > KEPT {
            table.pop_back();
        }
    }
    storage::set_table(e, challenge, &table, until);
    let main = MainClient::new(e, &storage::main_contract(e));
    if field(e, &main.state(&challenge), "ranking") == Some(0u32) {
        let mut rows: Vec<RankingRow> = Vec::new(e);
        for Row { solver, attempt, score, .. } in table.iter().take(frozen.places as usize) {
            rows.push_back(RankingRow { solver, attempt, score });
        }
        main.post_ranking(&e.current_contract_address(), &challenge, &report(e), &rows);
    }
    Ok(())
}

/// Whether a score reaches the threshold once it is rounded to the step against the solver, as the main contract does.
fn meets(frozen: &Frozen, score: i64) -> bool {
    let (score, step) = (i128::from(score), i128::from(frozen.step));
    let down = score - score.rem_euclid(step);
    if frozen.minimize {
        let up = if down == score { score } else { down + step };
        up <= i128::from(frozen.threshold)
    } else {
        down >= i128::from(frozen.threshold)
    }
}
