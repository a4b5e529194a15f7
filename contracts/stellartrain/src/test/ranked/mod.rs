//! Competitions: the running table of public scores, the ranking on the private part, and the prizes.
extern crate std;
use super::world::{Work, World};
use crate::types::*;
use soroban_sdk::Vec;

mod disagreement;
mod posting;
mod prizes;
mod refusals;
mod silence;
mod table;
mod without_a_ranking;

/// Prizes of 500, 300 and 200; the other terms as everywhere.
fn terms(w: &World) -> Terms {
    with_prizes(w, &[500, 300, 200])
}

fn with_prizes(w: &World, prizes: &[i128]) -> Terms {
    Terms { payout: Payout::Ranked(Ranked { prizes: Vec::from_slice(&w.e, prizes) }), ..w.terms() }
}

fn row(work: &Work, score: i64) -> RankingRow {
    RankingRow { solver: work.solver.clone(), attempt: work.attempt, score }
}

fn rows(w: &World, rows: &[(&Work, i64)]) -> Vec<RankingRow> {
    Vec::from_iter(&w.e, rows.iter().map(|(work, score)| row(work, *score)))
}

/// An oracle's ranking; says whether it made the quorum.
fn rank(w: &World, id: u32, oracle: usize, ranking: &[(&Work, i64)]) -> bool {
    w.client().post_ranking(&w.oracles[oracle], &id, &w.cid(8), &rows(w, ranking))
}

/// The same ranking by two oracles.
fn rank_by_quorum(w: &World, id: u32, ranking: &[(&Work, i64)]) {
    assert!(!rank(w, id, 0, ranking));
    assert!(rank(w, id, 1, ranking));
}

/// A challenge after its deadline with submissions of these public scores, all graded.
fn graded(w: &World, terms: &Terms, scores: &[i64]) -> (u32, std::vec::Vec<Work>) {
    let id = w.open(terms);
    let works = add(w, id, scores);
    w.go_to(terms.deadline);
    (id, works)
}

/// Submissions of new solvers with these public scores, graded.
fn add(w: &World, id: u32, scores: &[i64]) -> std::vec::Vec<Work> {
    let works: std::vec::Vec<Work> = scores.iter().map(|_| w.work(id)).collect();
    grade(w, id, &works, scores);
    works
}

fn grade(w: &World, id: u32, works: &[Work], scores: &[i64]) {
    let votes = works.iter().zip(scores).map(|(work, score)| w.scored(work, *score, work.number as u8));
    w.grade(id, &votes.collect::<std::vec::Vec<_>>());
}

/// The board as (number, score, prize).
fn board(w: &World, id: u32) -> std::vec::Vec<(u32, i64, i128)> {
    w.client().board(&id).iter().map(|place| (place.number, place.score, place.prize)).collect()
}

/// The numbers on the board, best first.
fn order(w: &World, id: u32) -> std::vec::Vec<u32> {
    w.client().board(&id).iter().map(|place| place.number).collect()
}
