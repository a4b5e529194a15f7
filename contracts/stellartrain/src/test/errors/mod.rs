//! Every refusal is reached by a call: an error that nothing can bring about, or that no test reaches, fails here.
extern crate std;
use super::world::*;
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::{Address, Vec};

mod before;
mod ends;
mod grading;
mod submissions;

/// Each error with a call that ends in it.
type Reached = (Error, fn(&World));

fn all() -> std::vec::Vec<Reached> {
    [before::REACHED, submissions::REACHED, grading::REACHED, ends::REACHED].concat()
}

#[track_caller]
fn create(w: &World, terms: Terms, error: Error) {
    refused(w.client().try_create_challenge(&w.maker, &terms, &prize(&terms), &0), error);
}

#[track_caller]
fn submit(w: &World, id: u32, solver: &Address, attempt: u32, error: Error) {
    refused(w.client().try_submit(solver, &id, &attempt, &w.cid(9), &w.bytes(0), &0, &0), error);
}

#[track_caller]
fn vote(w: &World, id: u32, votes: &[Vote], error: Error) {
    let votes = Vec::from_slice(&w.e, votes);
    refused(w.client().try_post_scores(&w.oracles[0], &id, &w.cid(8), &votes, &true), error);
}

#[track_caller]
fn rule(w: &World, by: &Address, id: u32, ballots: &[Vote], error: Error) {
    let ballots = Vec::from_slice(&w.e, ballots);
    refused(w.client().try_rule(by, &id, &w.cid(8), &ballots), error);
}

#[track_caller]
fn rank(w: &World, id: u32, rows: &[(&Work, i64)], error: Error) {
    refused(w.client().try_post_ranking(&w.oracles[0], &id, &w.cid(8), &w.ranking(rows)), error);
}

#[test]
fn every_error_is_reached() {
    for (_, reach) in all() {
        let w = World::new();
        reach(&w);
        w.check();
    }
}

#[test]
fn no_error_is_left_out_and_none_is_numbered_twice() {
    // The list of the contract's own source, so that a new error without a test fails here.
    let declared: std::vec::Vec<u32> = include_str!("../../errors.rs")
        .lines()
        .filter_map(|line| line.trim().strip_suffix(',')?.split_once(" = ")?.1.parse().ok())
        .collect();
    let mut reached: std::vec::Vec<u32> = all().iter().map(|(error, _)| *error as u32).collect();
    reached.sort_unstable();
    assert_eq!(declared, reached, "declared and reached differ");
    assert!(declared.is_sorted_by(|a, b| a < b), "numbers are given once, in order");
}
