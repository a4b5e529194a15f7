//! Stories in which the rules as they were first written gave way; each is one paragraph of the README.

use super::common::*;
use stellartrain_model::basics::Amount;
use stellartrain_model::challenge::Status;
use stellartrain_model::play::honest::{File, Grade, Sight, COPY};
use stellartrain_model::play::samples;
use stellartrain_model::terms::Terms;
use stellartrain_model::verdict::Verdict;

/// The evil oracle has junk kept in the only place, one honest oracle is late, and a wallet's file fills the board: the honest
/// winner between them found no place kept, was void, and the wallet was paid.
#[test]
fn junk_in_a_kept_place_takes_nobodys_place() {
    let mut town = Town::new(&samples::bounty(50, 1), 50, 0);
    let (junk, honest, wallet) = (town.submit(8), town.submit(1), town.submit(9));
    town.vote(0, junk, BAD).unwrap();
    town.vote(2, junk, GOOD).unwrap();
    town.vote(0, honest, GOOD).unwrap();
    town.vote(2, honest, BAD).unwrap();
    town.votes(&[0, 2], wallet, scored(97));
    town.at(OPENS + 2 * P).settle_all();
    assert!(town.challenge().ended);
    assert_eq!(town.challenge().kept, 2);
    town.vote(1, junk, BAD).unwrap();
    town.vote(1, honest, GOOD).unwrap();
    town.settle_all();
    town.finish();
    assert_eq!((town.solver_profit(1), town.solver_profit(8), town.solver_profit(9)), (50, 0, 0));
}

/// What the queue had passed gets its m equal votes. Who settled a later winner first made it void: two orders, two winners.
#[test]
fn a_verdict_whose_turn_has_come_stands_whoever_settles_first() {
    for order in [[1, 2], [2, 1]] {
        for verdict in [GOOD, BAD] {
            let mut town = Town::new(&Terms { oracle_fee: 1, ..samples::bounty(50, 1) }, 50, 20);
            let (passed, later) = (town.submit(1), town.submit(9));
            town.votes(&[0, 2], later, GOOD);
            town.vote(2, passed, scored(10)).unwrap();
            town.at(OPENS + P).vote(0, passed, NONE).unwrap();
            town.at(OPENS + 2 * P).settle(&[passed]);
            assert!(town.challenge().submission(passed).unwrap().passed && town.challenge().kept == 0);
            town.votes(&[0, 1], passed, verdict);
            order.iter().for_each(|number| drop(town.settle(&[*number])));
            town.finish();
            let profits: [Amount; 2] = [town.solver_profit(1), town.solver_profit(9)];
            assert_eq!(profits, if verdict == GOOD { [50, 0] } else { [0, 50] });
            assert_ne!(town.status(passed), Status::Void);
        }
    }
}

/// The judge rules a passed submission a winner; whoever settled a later one before the end made the ballot void.
#[test]
fn a_ballot_keeps_a_place_until_the_end() {
    for early in [true, false] {
        let mut town = Town::new(&samples::bounty(50, 1), 50, 0);
        let (passed, later) = (town.submit(1), town.submit(9));
        town.votes(&[0, 2], later, GOOD);
        town.vote(2, passed, BAD).unwrap();
        town.at(OPENS + P).vote(0, passed, NONE).unwrap();
        town.at(OPENS + 2 * P).settle(&[passed]);
        town.at(GRADE_BY).rule(passed, GOOD).unwrap();
        if early {
            town.settle(&[later]);
            assert_eq!(town.solver_profit(9), 0);
        }
        town.finish();
        assert_eq!((town.solver_profit(1), town.solver_profit(9)), (50, 0));
    }
}

/// A wallet withholds #1 until one honest oracle has it and the other has just voted `Unavailable`, then hands the same content
/// in as #2. As the rule stood, one rejected #2 as a copy and the other scored it: no quorum, though all m honest oracles were in
/// time. The queue waited two patiences, and a place stayed kept to the end. Now nobody votes on #2 before #1 has its verdict.
#[test]
fn honest_oracles_agree_on_a_copy_whose_original_was_withheld() {
    let terms = Terms { unique_content: true, ..samples::bounty(50, 1) };
    let file = Some(File { content: 5, grade: Ok(Grade { public: 95, private: 95, units: 0 }) });
    for decided_by in [NONE, Verdict::Scored { score: 95, content: 5, units: 0 }] {
        let mut town = Town::new(&terms, 50, 0);
        let (withheld, copy) = (town.submit(8), town.submit(9));
        town.at(OPENS + P);
        let votes = |town: &Town, place, files: &[Option<File>]| {
            Sight { challenge: town.challenge(), files, now: town.world.now, place }.votes()
        };
        let scored = Verdict::Scored { score: 95, content: 5, units: 0 };
        assert_eq!(votes(&town, 0, &[file, file]), [(withheld, scored)]);
        assert_eq!(votes(&town, 1, &[None, file]), [(withheld, NONE)]);
        town.vote(1, withheld, NONE).unwrap();
        town.vote(2, withheld, decided_by).unwrap();
        town.vote(0, withheld, scored).unwrap();
        let expected = if decided_by == NONE { scored } else { Verdict::Rejected(COPY) };
        for oracle in [0, 1] {
            assert_eq!(
                votes(&town, oracle, &[file, file]),
                [(copy, expected)],
                "both know the verdict, and answer alike"
            );
        }
    }
}
