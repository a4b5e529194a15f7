//! Votes and ballots: who, when, and in which form. What they come to is compared with the model.
extern crate std;
use crate::errors::Error;
use crate::test::world::*;
use crate::types::*;
use soroban_sdk::Vec;

fn try_post(w: &World, id: u32, oracle: usize, votes: &[Vote], error: Error) {
    let votes = Vec::from_slice(&w.e, votes);
    refused(w.client().try_post_scores(&w.oracles[oracle], &id, &w.cid(8), &votes, &true), error);
}

fn try_rule(w: &World, id: u32, ballots: &[Vote], error: Error) {
    let ballots = Vec::from_slice(&w.e, ballots);
    refused(w.client().try_rule(&w.judge, &id, &w.cid(8), &ballots), error);
}

/// Every way in which a vote can contradict itself.
fn contradictions(w: &World, work: &Work) -> [Vote; 11] {
    let scored = || w.scored(work, 60, 1);
    [
        Vote { reason: 1, ..scored() },
        Vote { units: 1, ..scored() },
        w.rejected(work, 0),
        w.rejected(work, 256),
        w.rejected(work, u32::MAX),
        Vote { score: 1, ..w.rejected(work, 1) },
        Vote { content_hash: w.bytes(1), ..w.rejected(work, 1) },
        Vote { units: 1, ..w.rejected(work, 1) },
        Vote { verdict: Verdict::Pending, ..w.rejected(work, 0) },
        Vote { verdict: Verdict::Unsettled, ..w.rejected(work, 0) },
        Vote { verdict: Verdict::Void, ..w.rejected(work, 0) },
    ]
}

#[test]
fn a_vote_does_not_contradict_itself() {
    let w = World::new();
    let terms = w.judged(w.terms());
    let id = w.open(&terms);
    let work = w.work(id);
    w.pass(terms.patience);
    for vote in contradictions(&w, &work) {
        try_post(&w, id, 0, &[vote], Error::BadVerdict);
    }
    for vote in [Vote { reason: 1, ..w.unavailable(&work) }, Vote { score: 1, ..w.unavailable(&work) }] {
        try_post(&w, id, 0, &[vote], Error::BadVerdict);
    }
    w.go_to(terms.grade_by);
    for ballot in contradictions(&w, &work).into_iter().chain([w.unavailable(&work)]) {
        try_rule(&w, id, &[ballot], Error::BadVerdict);
    }
    w.rule(id, &[w.rejected(&work, 255)]);
}

#[test]
fn a_batch_has_one_to_forty_different_submissions() {
    let w = World::new();
    let terms = w.judged(Terms { attempts: 50, attempts_per_day: 50, ..w.terms() });
    let id = w.open(&terms);
    let solver = w.solver();
    w.fund(&solver, 1_000);
    let works: std::vec::Vec<Work> = (0..41).map(|_| w.submit(id, &solver)).collect();
    let votes: std::vec::Vec<Vote> = works.iter().map(|work| w.scored(work, 10, 1)).collect();
    for bad in [&votes[..0], &votes[..41], &[votes[3].clone(), votes[3].clone()]] {
        try_post(&w, id, 0, bad, Error::BadBatch);
    }
    let twice = w.settlements(&[&works[1], &works[1]]);
    let many = w.settlements(&works.iter().collect::<std::vec::Vec<_>>());
    for bad in [Vec::new(&w.e), twice, many] {
        refused(w.client().try_settle(&id, &bad), Error::BadBatch);
    }
    let unknown = Work { attempt: 42, ..works[0].clone() };
    try_post(&w, id, 0, &[w.scored(&unknown, 10, 1)], Error::NoSubmission);
    refused(w.client().try_settle(&id, &w.settlements(&[&unknown])), Error::NoSubmission);
    w.post(id, 0, &votes[..40], false);
    w.go_to(terms.grade_by);
    for bad in [&votes[..0], &votes[..41], &[votes[3].clone(), votes[3].clone()]] {
        try_rule(&w, id, bad, Error::BadBatch);
    }
    try_rule(&w, id, &[w.scored(&unknown, 10, 1)], Error::NoSubmission);
    w.rule(id, &votes[..40]);
}

#[test]
fn votes_are_taken_from_the_opening_until_grade_by() {
    let w = World::new();
    let terms = Terms { opens: w.now() + 100, ..w.terms() };
    let id = w.open(&terms);
    let none = Work { solver: w.solver(), attempt: 1, number: 1 };
    try_post(&w, id, 0, &[w.scored(&none, 60, 1)], Error::NotYetOpen);
    refused(w.client().try_settle(&id, &w.settlements(&[&none])), Error::NotYetOpen);
    w.pass(100);
    let (a, b) = (w.work(id), w.work(id));
    try_post(&w, id, 3, &[w.scored(&a, 60, 1)], Error::NotAnOracle);
    let votes = Vec::from_slice(&w.e, &[w.scored(&a, 60, 1)]);
    let report = Cid { codec: 1, ..w.cid(8) };
    refused(w.client().try_post_scores(&w.oracles[0], &id, &report, &votes, &true), Error::BadCid);
    w.go_to(terms.grade_by - 1);
    w.grade(id, &[w.scored(&a, 60, 1)]);
    w.pass(1);
    try_post(&w, id, 2, &[w.scored(&a, 60, 1)], Error::GradingOver);
    try_post(&w, id, 2, &[w.scored(&b, 60, 1)], Error::GradingOver);
}

/// In a ranking the last patience before `grade_by` belongs to the ranking alone.
#[test]
fn a_rankings_votes_end_one_patience_earlier() {
    let w = World::new();
    let terms = w.ranked(&[500]);
    let id = w.open(&terms);
    let work = w.work(id);
    w.go_to(terms.grade_by - terms.patience - 1);
    let early = w.client().try_post_ranking(&w.oracles[0], &id, &w.cid(5), &w.ranking(&[]));
    refused(early, Error::RankingTooEarly);
    w.post(id, 0, &[w.scored(&work, 60, 1)], true);
    w.pass(1);
    assert_eq!(w.client().phase(&id), Phase::Ranking);
    try_post(&w, id, 1, &[w.scored(&work, 60, 1)], Error::GradingOver);
    assert!(!w.rank(id, &w.oracles[0], &[]));
    w.go_to(terms.grade_by);
    let late = w.client().try_post_ranking(&w.oracles[1], &id, &w.cid(5), &w.ranking(&[]));
    refused(late, Error::GradingOver);
}

#[test]
fn unavailable_is_said_one_patience_after_the_submission_and_may_be_improved() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let work = w.work(id);
    w.pass(terms.patience - 1);
    try_post(&w, id, 0, &[w.unavailable(&work)], Error::TooEarlyUnavailable);
    w.pass(1);
    w.post(id, 0, &[w.unavailable(&work)], true);
    try_post(&w, id, 0, &[w.unavailable(&work)], Error::AlreadyVoted);
    assert_eq!(w.state(id).tallies.get_unchecked(0), Tally { votes: 1, unavailable: 1, open: 1, ..Tally::default() });
    w.post(id, 0, &[w.scored(&work, 60, 1)], true);
    assert_eq!(w.state(id).tallies.get_unchecked(0), Tally { votes: 1, open: 1, ..Tally::default() });
    for vote in [w.scored(&work, 60, 1), w.scored(&work, 70, 1), w.unavailable(&work), w.rejected(&work, 1)] {
        try_post(&w, id, 0, &[vote], Error::AlreadyVoted);
    }
    assert_eq!((w.view(id, &work).voted, w.view(id, &work).votes.len()), (1, 1));
}

#[test]
fn a_vote_on_what_is_concluded_counts_once_and_changes_nothing() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    w.grade(id, &[w.scored(&work, 60, 1)]);
    for late in [w.rejected(&work, 1), w.scored(&work, 60, 1)] {
        w.post(id, 2, &[late], true);
    }
    let tally = w.state(id).tallies.get_unchecked(2);
    assert_eq!(tally, Tally { votes: 1, disagreed: 1, ..Tally::default() });
    assert_eq!((w.view(id, &work).voted, w.verdict(id, &work)), (7, Verdict::Scored));
}

#[test]
fn the_judge_decides_between_grading_and_the_end_what_has_no_verdict() {
    let w = World::new();
    let terms = w.judged(w.terms());
    let (id, plain) = (w.open(&terms), w.open(&w.terms()));
    let (decided, split, silent) = (w.work(id), w.work(id), w.work(id));
    w.post(id, 0, &[w.scored(&decided, 60, 1), w.scored(&split, 60, 2)], false);
    w.post(id, 1, &[w.scored(&decided, 60, 1), w.scored(&split, 70, 2)], false);
    w.go_to(terms.grade_by - 1);
    try_rule(&w, id, &[w.scored(&split, 60, 2)], Error::NotJudging);
    w.pass(1);
    assert_eq!((w.client().phase(&id), w.client().phase(&plain)), (Phase::Judging, Phase::Over));
    try_rule(&w, id, &[w.scored(&decided, 60, 1)], Error::AlreadyDecided);
    for other in [w.scored(&split, 80, 2), w.rejected(&split, 1), w.scored(&split, 60, 3)] {
        try_rule(&w, id, &[other], Error::NotAmongTheVotes);
    }
    let ballots = Vec::from_slice(&w.e, &[w.scored(&split, 60, 2)]);
    let report = Cid { codec: 1, ..w.cid(8) };
    refused(w.client().try_rule(&w.judge, &id, &report, &ballots), Error::BadCid);
    refused(w.client().try_rule(&w.oracles[0], &id, &w.cid(8), &ballots), Error::NotTheJudge);
    refused(w.client().try_rule(&w.judge, &plain, &w.cid(8), &ballots), Error::NotTheJudge);
    w.rule(id, &[w.scored(&split, 65, 2), w.scored(&silent, 60, 3)]);
    try_rule(&w, id, &[w.scored(&silent, 60, 3)], Error::AlreadyDecided);
    // Only the end carries the ballots out.
    refused(w.client().try_release_payment(&id, &split.solver, &1), Error::NothingOwed);
    w.go_to(terms.grade_by + DAY);
    try_rule(&w, id, &[w.scored(&silent, 60, 3)], Error::NotJudging);
    assert_eq!((w.release(id, &split), w.view(id, &split).flags), (20, BY_JUDGE));
    w.check();
}

/// Its turn never came: a quorum's votes on it are no verdict, so a late vote is compared with nothing and does not count.
#[test]
fn a_vote_on_what_is_void_counts_for_nothing() {
    let w = World::new();
    let id = w.open(&w.bounty(1_000, 1));
    let (winner, behind) = (w.work(id), w.work(id));
    for oracle in [1, 2] {
        w.post(id, oracle, &[w.scored(&behind, 60, 2)], false);
    }
    w.grade(id, &[w.scored(&winner, 60, 1)]);
    let before = w.state(id).tallies;
    w.post(id, 0, &[w.rejected(&behind, 1)], false);
    assert_eq!((w.client().phase(&id), w.state(id).tallies), (Phase::Ended, before));
}

/// The longest that an entry can be.
#[test]
fn five_votes_and_the_judges_ballot_are_kept_together() {
    let w = World::new();
    let terms = w.judged(Terms { oracles: w.first_oracles(5), ..w.terms() });
    let id = w.open(&terms);
    let work = w.work(id);
    for oracle in 0..5 {
        w.post(id, oracle, &[w.scored(&work, 50 + 10 * oracle as i64, 1)], false);
    }
    w.go_to(terms.grade_by);
    w.rule(id, &[w.scored(&work, 90, 1)]);
    let votes = w.view(id, &work).votes;
    assert!(votes.iter().map(|vote| vote.score).eq([50, 60, 70, 80, 90, 90]));
}
