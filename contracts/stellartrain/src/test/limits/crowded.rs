//! The largest calls that anyone can be pushed to. Hostile neighbors: five oracles of which two lie, the judge's ballot beside
//! their votes, the longest terms, a full table that every submission turns over, forty of everything.
use super::*;

/// Five oracles, of which three must agree, and terms as long as they can be.
fn crowded(w: &World, payout: Payout) -> Terms {
    let terms = Terms {
        payout,
        oracles: w.first_oracles(5),
        step: 1,
        threshold: -i64::MAX,
        attempts: 40,
        attempts_per_day: 40,
        gate: Some(w.gate.clone()),
        truth: w.bytes(255),
        ..w.terms()
    };
    w.judged(terms)
}

fn admitted(w: &World, id: u32, units: u32) -> std::vec::Vec<Work> {
    let one = |_| {
        let solver = w.solver();
        w.admit(id, &solver);
        w.submit_carrying(id, &solver, units, 15)
    };
    (0..40).map(one).collect()
}

/// Votes whose score grows with the number, so that each takes the first place of a table.
fn better_and_better(w: &World, works: &[Work], units: u32, lie: i64) -> std::vec::Vec<Vote> {
    let vote = |work: &Work| Vote {
        content_hash: content(w, work),
        units,
        ..w.scored(work, i64::from(work.number) * 100 + lie, 0)
    };
    works.iter().map(vote).collect()
}

/// All five vote, two of them falsely, before one call settles and pays forty.
fn settle_forty(w: &World, id: u32, works: &[Work], units: u32) {
    for (oracle, lie) in [(0, 1), (1, 2), (2, 0), (3, 0), (4, 0)] {
        w.post(id, oracle, &better_and_better(w, works, units, lie), oracle == 4);
    }
    assert!(works.iter().all(|work| w.verdict(id, work) == Verdict::Scored));
}

#[test]
fn a_full_batch_turns_over_a_full_table() {
    let w = World::on(true);
    let prizes = Vec::from_iter(&w.e, (0..40).map(|place| 1_000 - place));
    let terms = crowded(&w, Payout::Ranked(Ranked { prizes }));
    let id = w.open(&terms);
    let first = admitted(&w, id, 0);
    settle_forty(&w, id, &first, 0);
    let second = admitted(&w, id, 0);
    settle_forty(&w, id, &second, 0);
    let board = w.client().board(&id);
    assert_eq!((board.len(), board.get_unchecked(0).number, board.get_unchecked(39).number), (40, 80, 41));

    // The longest ranking, by three of five.
    w.go_to(terms.deadline);
    let rows: std::vec::Vec<(&Work, i64)> =
        second.iter().rev().map(|work| (work, i64::from(work.number) << 40)).collect();
    for oracle in &w.oracles[..3] {
        w.rank(id, oracle, &rows);
    }
    assert_eq!(w.release(id, &second[0]), 961);
    w.client().close(&id);
    w.check();
}

#[test]
fn a_full_batch_of_labels_is_paid() {
    let w = World::on(true);
    let id = w.open(&crowded(&w, Payout::PerUnit(PerUnit { rate: 1, max_units: 200 })));
    let works = admitted(&w, id, 200);
    settle_forty(&w, id, &works, 200);
    assert!(works.iter().all(|work| w.balance(&work.solver) == 1_200));
    w.check();
}

#[test]
fn a_full_batch_of_a_bounty_is_paid_and_ends_it() {
    let w = World::on(true);
    let id = w.open(&crowded(&w, Payout::Bounty(Bounty { reward: 1_000, winners: 40 })));
    let works = admitted(&w, id, 0);
    settle_forty(&w, id, &works, 0);
    assert_eq!(w.client().phase(&id), Phase::Ended);
    w.client().close(&id);
    w.check();
}

#[test]
fn a_full_batch_that_nobody_can_receive_is_held() {
    let w = World::on(true);
    let id = w.open(&crowded(&w, Payout::Bounty(Bounty { reward: 1_000, winners: 50 })));
    let works = admitted(&w, id, 0);
    for work in &works {
        w.freeze(&work.solver, true);
    }
    settle_forty(&w, id, &works, 0);
    assert!(works.iter().all(|work| w.view(id, work).flags == HELD));
    assert_eq!(w.state(id).purse.prizes, 40_000);
    w.check();
}

/// Entries of the greatest length, with five votes and a ballot, are read, extended and concluded by the judge.
#[test]
fn forty_disputes_are_passed_over_judged_and_concluded() {
    let w = World::on(true);
    let terms = crowded(&w, Payout::Bounty(Bounty { reward: 1_000, winners: 50 }));
    let id = w.open(&terms);
    let works = admitted(&w, id, 0);
    for oracle in 0..5 {
        w.post(id, oracle, &better_and_better(&w, &works, 0, oracle as i64), false);
    }
    w.pass(2 * MIN_PATIENCE);
    let all: std::vec::Vec<&Work> = works.iter().collect();
    w.settle(id, &all);
    assert_eq!((w.state(id).head, w.state(id).kept), (40, 40));
    w.go_to(terms.grade_by);
    w.rule(id, &better_and_better(&w, &works, 0, 3));
    w.client().extend(&id, &names(&w, &works));
    assert_eq!(w.client().submissions(&id, &names(&w, &works)).get_unchecked(7).votes.len(), 6);
    w.go_to(terms.grade_by + DAY);
    w.settle(id, &all);
    assert!(works.iter().all(|work| w.balance(&work.solver) == 2_000));
    w.check();
}
