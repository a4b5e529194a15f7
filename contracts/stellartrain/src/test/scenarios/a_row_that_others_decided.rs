//! One row of a batch that another call had decided meanwhile failed all the others: an oracle that improved its `Unavailable`, a
//! judge whose ballot came after the last winner. Now such a row changes nothing.
use super::super::world::*;
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::Vec;

#[test]
fn an_improved_vote_that_comes_too_late_fails_no_other_vote() {
    on_both(|w| {
        for (settle, judged) in [(false, false), (true, false), (true, true)] {
            let terms = if judged { w.judged(w.ranked(&[500])) } else { w.bounty(1_000, 2) };
            let id = w.open(&terms);
            let (first, slow, other) = (w.work(id), w.work(id), w.work(id));
            w.pass(terms.patience);
            w.post(id, 0, &[w.unavailable(&slow)], false);
            // The first one is open, so in a bounty the verdict on the second waits for its turn; a ranking has no queue.
            let votes = [w.scored(&slow, 60, 1)];
            w.post(id, 1, &votes, false);
            w.post(id, 2, &votes, false);
            assert_eq!(w.verdict(id, &slow), Verdict::Pending);
            let before = (w.view(id, &slow), w.state(id));

            w.post(id, 0, &[w.scored(&slow, 60, 1), w.scored(&other, 60, 2)], settle);
            let (slow_now, tally) = (w.view(id, &slow), w.state(id).tallies.get_unchecked(0));
            assert_eq!(w.view(id, &other).votes.len(), 1, "the other vote counts");
            if settle && judged {
                assert_eq!((slow_now.verdict, slow_now.score), (Verdict::Scored, 60));
                assert_eq!(tally, Tally { votes: 2, unavailable: 1, disagreed: 1, open: 1, ..Tally::default() });
            } else {
                assert_eq!(slow_now, before.0, "nothing has changed");
                assert_eq!(w.state(id).decided, before.1.decided);
                assert_eq!(tally, Tally { votes: 2, unavailable: 1, open: 2, ..Tally::default() });
            }
            w.grade(id, &[w.rejected(&first, 1)]);
            w.check();
        }
    });
}

/// The event of the call has it all the same: what an oracle said is public.
#[test]
fn a_vote_that_comes_too_late_is_told() {
    let w = World::new();
    let terms = w.bounty(1_000, 2);
    let id = w.open(&terms);
    let (_first, slow) = (w.work(id), w.work(id));
    w.pass(terms.patience);
    w.post(id, 0, &[w.unavailable(&slow)], false);
    for oracle in [1, 2] {
        w.post(id, oracle, &[w.scored(&slow, 60, 1)], false);
    }
    let votes = Vec::from_array(&w.e, [w.scored(&slow, 60, 1)]);
    let post = || crate::flows::grading::post_scores(&w.e, &w.oracles[0], id, &w.cid(8), &votes, false);
    let told = w.e.as_contract(&w.contract, post);
    assert!(told.iter().map(|row| row.0).eq([slow.number]));
}

/// What the oracle could know before it simulated stays an error.
#[test]
fn a_second_vote_of_the_same_oracle_stays_an_error() {
    on_both(|w| {
        let id = w.open(&w.bounty(1_000, 2));
        let (first, work) = (w.work(id), w.work(id));
        w.pass(600);
        w.post(id, 0, &[w.unavailable(&work)], false);
        w.post(id, 1, &[w.scored(&work, 60, 1)], false);
        w.post(id, 2, &[w.scored(&work, 60, 1)], false);
        let again = |oracle: usize, vote: Vote| {
            let votes = Vec::from_slice(&w.e, &[w.scored(&first, 60, 3), vote]);
            refused(
                w.client().try_post_scores(&w.oracles[oracle], &id, &w.cid(8), &votes, &false),
                Error::AlreadyVoted,
            );
        };
        again(0, w.unavailable(&work));
        again(1, w.scored(&work, 60, 1));
        again(1, w.rejected(&work, 1));
    });
}

/// The judge's batch lands after a call that found the last winner: what became void fails none of its other ballots.
#[test]
fn a_ballot_that_comes_too_late_fails_no_other_ballot() {
    on_both(|w| {
        let terms = w.judged(w.bounty(1_000, 1));
        let id = w.open(&terms);
        let (kept, won, void) = (w.work(id), w.work(id), w.work(id));
        w.post(id, 0, &[w.scored(&kept, 60, 1)], false);
        w.post(id, 1, &[w.rejected(&kept, 1)], false);
        w.grade(id, &[w.scored(&won, 60, 2)]);
        w.go_to(terms.grade_by);
        let ballots = [w.scored(&kept, 60, 1), w.rejected(&won, 1), w.rejected(&void, 1)];
        w.settle(id, &[&kept, &won]);
        assert_eq!((w.client().phase(&id), w.view(id, &kept).flags), (Phase::Ended, PASSED | KEPT));

        w.rule(id, &ballots);
        assert_eq!(w.view(id, &kept).votes.last().map(|vote| vote.by), Some(253));
        assert_eq!((w.verdict(id, &won), w.verdict(id, &void)), (Verdict::Scored, Verdict::Pending));
        let try_rule = |ballots: &[Vote], error: Error| {
            let ballots = Vec::from_slice(&w.e, ballots);
            refused(w.client().try_rule(&w.judge, &id, &w.cid(6), &ballots), error);
        };
        try_rule(&ballots[1..], Error::AlreadyDecided);
        try_rule(&ballots, Error::AlreadyDecided);
        try_rule(&[w.unavailable(&won)], Error::BadVerdict);

        w.go_to(terms.end());
        w.settle(id, &[&kept, &void]);
        assert_eq!((w.verdict(id, &kept), w.verdict(id, &void)), (Verdict::Scored, Verdict::Void));
        assert_eq!((w.balance(&kept.solver), w.balance(&won.solver)), (1_000 + 1_000, 1_000));
        w.check();
    });
}

/// A quorum's verdict that nobody has written is not the judge's to change, and no error among other ballots.
#[test]
fn a_ballot_on_a_quorums_verdict_changes_nothing() {
    on_both(|w| {
        let terms = w.judged(w.terms());
        let id = w.open(&terms);
        let (open, decided) = (w.work(id), w.work(id));
        w.post(id, 0, &[w.scored(&decided, 60, 1)], false);
        w.post(id, 1, &[w.scored(&decided, 60, 1)], false);
        w.go_to(terms.grade_by);
        w.rule(id, &[w.rejected(&decided, 1), w.scored(&open, 60, 2)]);
        assert_eq!((w.view(id, &decided).votes.len(), w.view(id, &open).votes.len()), (2, 1));
        assert_eq!(w.state(id).decided, 2);
        w.go_to(terms.end());
        w.settle(id, &[&open, &decided]);
        assert_eq!((w.view(id, &open).flags & BY_JUDGE, w.view(id, &decided).flags & BY_JUDGE), (BY_JUDGE, 0));
        assert_eq!(w.verdict(id, &decided), Verdict::Scored);
    });
}
