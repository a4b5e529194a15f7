//! What comes late: votes and verdicts after the first `close`, a truth that may not be opened yet, rows that others decided.
use super::common::*;
use stellartrain_model::basics::Number;
use stellartrain_model::challenge::Status;
use stellartrain_model::play::samples::{self, JUDGE, MAKER, ORACLES};
use stellartrain_model::refusal::Refusal;
use stellartrain_model::terms::Terms;
use stellartrain_model::verdict::Verdict;
use stellartrain_model::world::Call;

/// A `close` right after the deadline said that the truth was not opened, though it might not be opened before the end.
#[test]
fn a_truth_counts_as_not_opened_from_when_it_may_be_opened() {
    let mut town = Town::new(&samples::bounty(50, 2), 100, 0);
    let number = town.submit(1);
    town.votes(&[0, 1], number, BAD);
    town.settle_all();
    town.at(DEADLINE).close();
    let maker = |town: &Town| town.world.makers[&MAKER];
    assert_eq!((maker(&town).decided, maker(&town).unopened), (1, 0));
    assert_eq!(town.call(MAKER, Call::Reveal(0)), Err(Refusal::CannotReveal));
    for _ in 0..2 {
        town.at(END).close();
        assert_eq!((maker(&town).decided, maker(&town).unopened), (1, 1));
    }
    town.call(MAKER, Call::Reveal(0)).unwrap();
    town.close();
    assert_eq!((maker(&town).decided, maker(&town).unopened), (1, 0));
}

/// Who closed before a verdict was written, or before late votes, spared an oracle its record for ever.
#[test]
fn what_comes_after_the_first_close_reaches_the_records_too() {
    for settles_first in [false, true] {
        let mut town = Town::new(&samples::bounty(50, 1), 50, 0);
        let (passed, won) = (town.submit(1), town.submit(2));
        town.vote(0, passed, BAD).unwrap();
        town.vote(1, passed, scored(10)).unwrap();
        town.votes(&[0, 1], won, GOOD);
        town.at(OPENS + 2 * P).settle(&[passed]);
        town.vote(2, passed, scored(10)).unwrap();
        town.settle(&[won]);
        town.close();
        let record = |town: &Town, oracle: usize| {
            let it = town.world.oracles[&ORACLES[oracle]];
            (it.folded, it.votes, it.agreed, it.disagreed, it.missing)
        };
        assert_eq!([0, 1, 2].map(|it| record(&town, it)), [(1, 2, 1, 0, 0), (1, 2, 1, 0, 0), (1, 1, 0, 0, 0)]);
        if settles_first {
            town.settle(&[passed]);
        }
        town.vote(2, won, BAD).unwrap();
        town.settle(&[passed]);
        town.close();
        assert_eq!([0, 1, 2].map(|it| record(&town, it)), [(1, 2, 1, 1, 0), (1, 2, 2, 0, 0), (1, 2, 1, 1, 0)]);
        let before = town.world.clone();
        town.close();
        assert_eq!(town.world, before, "nothing is added twice");
    }
}

/// A vote on what its quorum will conclude counted only if someone had settled before.
#[test]
fn a_vote_on_what_its_quorum_will_conclude_counts_at_once_and_once() {
    let terms = Terms { oracles: ORACLES.to_vec(), ..samples::bounty(50, 1) };
    let mut town = Town::new(&terms, 50, 0);
    let (passed, won, void) = (town.submit(1), town.submit(2), town.submit(3));
    town.votes(&[0, 1], passed, scored(10));
    town.vote(2, passed, BAD).unwrap();
    town.votes(&[0, 1, 2], won, GOOD);
    town.at(OPENS + 2 * P).settle(&[passed]);
    town.vote(3, passed, scored(10)).unwrap();
    town.settle(&[won]);
    for _ in 0..2 {
        town.vote(4, passed, BAD).unwrap();
        town.vote(4, void, BAD).unwrap();
        let tally = town.challenge().tallies[4];
        assert_eq!((tally.votes, tally.disagreed), (1, 1), "what is void has no record");
    }
    town.settle(&[passed]);
    town.vote(4, passed, BAD).unwrap();
    town.close();
    let record = town.world.oracles[&ORACLES[4]];
    assert_eq!((record.votes, record.agreed, record.disagreed, record.missing), (1, 0, 1, 0));
}

/// What is open for ever is missing once, whoever settles it before or after the records count it.
#[test]
fn what_is_missing_is_counted_once_in_every_order() {
    for (before, after) in [(0, 0), (2, 3), (3, 0), (0, 3)] {
        let mut town = Town::new(&Terms { judge: None, ..samples::bounty(50, 2) }, 100, 0);
        let numbers = [town.submit(1), town.submit(2), town.submit(3)];
        town.vote(0, numbers[0], GOOD).unwrap();
        town.at(GRADE_BY);
        numbers[..before].chunks(1).for_each(|it| drop(town.settle(it)));
        town.close();
        numbers[before.min(after)..after].chunks(1).for_each(|it| drop(town.settle(it)));
        town.close();
        let missing = [0, 1, 2].map(|oracle| town.world.oracles[&ORACLES[oracle]].missing);
        assert_eq!((missing, town.world.makers[&MAKER].undecided), ([2, 3, 3], 1));
    }
}

/// A row that others decided meanwhile failed the whole batch of an oracle, or of the judge.
#[test]
fn a_row_that_others_decided_fails_no_other_row() {
    let mut town = Town::new(&samples::bounty(50, 1), 50, 0);
    let (kept, won, void) = (town.submit(1), town.submit(2), town.submit(3));
    town.at(OPENS + P).vote(0, won, NONE).unwrap();
    town.votes(&[1, 2], won, GOOD);
    let batch = |votes: &[(Number, Verdict)]| Call::PostScores(0, votes.to_vec(), false);
    town.call(ORACLES[0], batch(&[(won, GOOD), (kept, GOOD)])).unwrap();
    assert_eq!(town.challenge().submissions[1].votes.cast[0], Some(NONE), "it does not give way any more");
    assert_eq!(town.call(ORACLES[1], batch(&[(won, GOOD)])), Err(Refusal::AlreadyVoted));
    town.vote(1, kept, BAD).unwrap();
    town.at(GRADE_BY).settle(&[kept, won]);
    assert!(town.challenge().ended && town.challenge().submissions[0].kept);
    let rule = |ballots: &[(Number, Verdict)]| Call::Rule(0, ballots.to_vec());
    town.call(JUDGE, rule(&[(won, BAD), (kept, GOOD), (void, BAD)])).unwrap();
    assert_eq!(town.call(JUDGE, rule(&[(won, BAD), (void, BAD)])), Err(Refusal::AlreadyDecided), "none is left");
    assert_eq!(town.call(JUDGE, rule(&[(kept, GOOD)])), Err(Refusal::AlreadyDecided), "its own second");
    town.finish();
    assert!(matches!(town.status(kept), Status::Scored { score: 95, .. }));
    assert_eq!((town.status(void), town.solver_profit(1), town.solver_profit(2)), (Status::Void, 50, 0));
}

/// A quorum's verdict that no call has written is not the judge's to change, and no error among other ballots.
#[test]
fn a_ballot_on_a_quorums_verdict_changes_nothing() {
    let mut town = Town::new(&samples::bounty(50, 2), 100, 0);
    let (open, decided) = (town.submit(1), town.submit(2));
    town.votes(&[0, 1], decided, GOOD);
    town.at(GRADE_BY).call(JUDGE, Call::Rule(0, vec![(decided, BAD), (open, GOOD)])).unwrap();
    town.finish();
    assert_eq!((town.solver_profit(1), town.solver_profit(2)), (50, 50));
}
