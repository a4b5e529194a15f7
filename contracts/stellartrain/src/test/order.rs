//! Votes and verdicts follow the numbers: no gaps, no second vote, and a vote that comes late fails nothing.
extern crate std;
use super::world::{prize, refused, World};
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::{testutils::Address as _, vec, Address, Vec};

#[test]
fn a_vote_is_recorded_until_there_is_a_verdict() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    w.post(id, 2, &[w.scored(&work, 57, 3)], true);
    let votes = w.view(id, &work).votes;
    let expected = VoteRecord {
        oracle: 2,
        verdict: Verdict::Scored,
        reason: 0,
        score: 50,
        content_hash: w.bytes(3),
        units: 0,
        time: w.now(),
    };
    assert_eq!(votes, vec![&w.e, expected]);
    let tally = w.client().state(&id).tallies.get(2).unwrap();
    assert_eq!(tally, Tally { cursor: 1, votes: 1, ..Tally::default() });
}

#[test]
fn an_oracle_cannot_leave_anybody_out() {
    let w = World::new();
    let id = w.open(&w.terms());
    let works = [w.work(id), w.work(id), w.work(id)];
    let try_post = |votes: &[Vote]| {
        let votes = Vec::from_slice(&w.e, votes);
        w.client().try_post_scores(&w.oracles[0], &id, &w.cid(8), &votes, &false)
    };
    let vote = |i: usize| w.scored(&works[i], 0, i as u8);
    refused(try_post(&[vote(1)]), Error::VoteOutOfOrder);
    refused(try_post(&[vote(0), vote(2)]), Error::VoteOutOfOrder);
    refused(try_post(&[vote(1), vote(0)]), Error::VoteOutOfOrder);
    refused(try_post(&[vote(0), vote(0)]), Error::VoteOutOfOrder);
    assert!(try_post(&[vote(0), vote(1)]).is_ok());
    refused(try_post(&[vote(1), vote(2)]), Error::AlreadyVoted);
    assert!(try_post(&[vote(2)]).is_ok());
    refused(try_post(&[vote(2)]), Error::AlreadyVoted);
}

#[test]
fn verdicts_wait_for_those_before_them() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (a, b) = (w.work(id), w.work(id));
    w.post(id, 0, &[w.scored(&a, 60, 1), w.scored(&b, 60, 2)], true);
    w.post(id, 1, &[w.rejected(&a, 1), w.scored(&b, 60, 2)], true);
    // The second submission has its quorum, the first has not: nobody is paid past the queue.
    assert_eq!((w.client().state(&id).finalized, w.balance(&b.solver)), (0, 980));
    refused(w.client().try_settle(&id, &w.settlements(&[&a, &b])), Error::NothingToSettle);
    refused(w.client().try_settle(&id, &w.settlements(&[&b])), Error::NothingToSettle);
    w.post(id, 2, &[w.scored(&a, 60, 1)], true);
    assert_eq!(w.client().state(&id).finalized, 1);
    w.client().settle(&id, &w.settlements(&[&a, &b]));
    assert_eq!(w.client().state(&id).finalized, 2);
    assert_eq!((w.balance(&a.solver), w.balance(&b.solver)), (2_000, 2_000));
    w.check();
}

#[test]
fn a_vote_on_what_became_final_counts_and_changes_nothing() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (a, b, c) = (w.work(id), w.work(id), w.work(id));
    w.grade(id, &[w.scored(&a, 40, 1), w.rejected(&b, 2)]);
    let before = (w.view(id, &a), w.view(id, &b));
    // The third oracle simulated before that verdict; its batch must not fail.
    w.post(id, 2, &[w.scored(&a, 40, 1), w.scored(&b, 90, 2), w.scored(&c, 40, 3)], true);
    assert_eq!((w.view(id, &a), w.view(id, &b)), before);
    let tally = w.client().state(&id).tallies.get(2).unwrap();
    assert_eq!(tally, Tally { cursor: 3, votes: 3, agreed: 1, disagreed: 1, missed: 0 });
    assert_eq!(w.view(id, &c).votes.len(), 1);
    w.check();
}

#[test]
fn an_oracle_may_pass_what_is_final_and_it_is_on_record() {
    let w = World::new();
    let id = w.open(&w.terms());
    let works = [w.work(id), w.work(id), w.work(id), w.work(id)];
    let votes: std::vec::Vec<Vote> = works[..3].iter().map(|work| w.rejected(work, 1)).collect();
    w.grade(id, &votes);
    let last = vec![&w.e, w.scored(&works[3], 10, 1)];
    w.client().post_scores(&w.oracles[2], &id, &w.cid(8), &last, &true);
    let tally = w.client().state(&id).tallies.get(2).unwrap();
    assert_eq!(tally, Tally { cursor: 4, votes: 1, agreed: 0, disagreed: 0, missed: 3 });
}

#[test]
fn two_oracles_votes_land_in_either_order() {
    for order in [[0, 1], [1, 0]] {
        let w = World::new();
        let id = w.open(&w.terms());
        let work = w.work(id);
        for oracle in order {
            w.post(id, oracle, &[w.scored(&work, 70, 1)], true);
        }
        assert_eq!(w.view(id, &work).verdict, Verdict::Scored);
        assert_eq!(w.balance(&work.solver), 2_000);
        w.check();
    }
}

#[test]
fn who_when_and_how_many() {
    let w = World::new();
    let terms = Terms { opens: w.now() + 100, ..w.terms() };
    let id = w.client().create_challenge(&w.maker, &terms, &prize(&terms), &1_000);
    let nobody = Address::generate(&w.e);
    let some = vec![&w.e, w.scored(&super::world::Work { solver: nobody.clone(), attempt: 1, number: 1 }, 1, 1)];
    let try_post =
        |oracle: &Address, votes: &Vec<Vote>| w.client().try_post_scores(oracle, &id, &w.cid(8), votes, &true);
    refused(try_post(&w.oracles[0], &some), Error::NotAccepted);
    w.accept(id);
    refused(try_post(&w.oracles[0], &some), Error::NotYetOpen);
    w.go_to(terms.opens);
    refused(try_post(&nobody, &some), Error::NotAnOracle);
    refused(try_post(&w.oracles[0], &some), Error::NoSubmission);
    refused(try_post(&w.oracles[0], &vec![&w.e]), Error::BadBatch);
    let too_many = Vec::from_iter(&w.e, (0..41).map(|_| some.get(0).unwrap()));
    refused(try_post(&w.oracles[0], &too_many), Error::BadBatch);
    let bad = Cid { codec: 1, ..w.cid(1) };
    refused(w.client().try_post_scores(&w.oracles[0], &id, &bad, &some, &true), Error::BadCid);
    refused(w.client().try_settle(&id, &Vec::new(&w.e)), Error::BadBatch);
    let work = w.work(id);
    w.go_to(terms.grade_by);
    refused(try_post(&w.oracles[0], &vec![&w.e, w.scored(&work, 1, 1)]), Error::GradingOver);
    refused(w.client().try_settle(&id, &w.settlements(&[&work])), Error::GradingOver);
}
