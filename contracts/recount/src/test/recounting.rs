//! Truth and work are opened, and whoever earned the prize gets it though the oracles are silent.
extern crate std;
use super::world::*;
use crate::metrics::float::Float;
use crate::metrics::pairs::{area, within, Scored};
use crate::sha256::{Sha256, SAVED};
use crate::{Error, Metric, Rules};
use soroban_sdk::{Bytes, Env};
use std::vec::Vec as List;
use stellartrain::types::{Bounty, Direction, Payout, Verdict};

const CLASSES: [&str; 3] = ["cat", "dog", "owl"];

/// Rows of labels of unequal length, so that chunks cut them anywhere.
fn many(rows: usize, wrong: usize) -> List<&'static str> {
    const LONG: [&str; 3] = ["a cat that sleeps", "dog", "owl at night"];
    (0..rows).map(|row| LONG[if row % 10 < wrong { (row + 1) % 3 } else { row % 3 }]).collect()
}

#[test]
fn one_honest_holder_of_the_truth_gets_the_right_solver_paid() {
    on_both(|w| {
        let truth = Form::labels(&["cat", "dog", "owl", "cat"]).truth(4, None);
        let (bad, good) = (Form::labels(&["dog", "dog", "cat", "owl"]), Form::labels(&["cat", "dog", "owl", "owl"]));
        let id = w.challenge(&truth, World::bounty(), |_| ());
        w.recount().configure(&id, &w.rules(Metric::Accuracy, &CLASSES));
        let (first, second) = (w.solver(id, &bad), w.solver(id, &good));
        w.judging();
        w.open_all(id, &truth);
        assert_eq!(w.recounted(id, &first, 1, &bad), 2_500_000);
        assert_eq!(w.recounted(id, &second, 1, &good), 7_500_000);
        assert_eq!(w.paid(id, [&first, &second]), [0, REWARD]);
        let submission = w.main().submission(&id, &second, &1);
        assert_eq!((submission.verdict, submission.score), (Verdict::Scored, 7_500_000));
    });
}

#[test]
fn chunks_cut_rows_anywhere() {
    on_both(|w| {
        let rows = 25_000;
        let truth = Form::labels(&many(rows, 0)).truth(rows, None);
        let work = Form::labels(&many(rows, 3));
        assert!(work.count() > 4);
        let id = w.challenge(&truth, World::bounty(), |_| ());
        let classes = ["a cat that sleeps", "dog", "owl at night"];
        w.recount().configure(&id, &w.rules(Metric::F1Micro, &classes));
        let solver = w.solver(id, &work);
        w.judging();
        w.open_all(id, &truth);
        assert_eq!(w.recounted(id, &solver, 1, &work), 7_000_000);
        assert_eq!(w.paid(id, [&solver]), [REWARD]);
    });
}

#[test]
fn numbers_and_scores_over_several_chunks() {
    on_both(|w| {
        let rows = 17_000;
        let scores: List<f64> = (0..rows).map(|row| ((row * 7919) % 1000) as f64 / 8.0 - 60.0).collect();
        let values: List<f64> = scores.iter().enumerate().map(|(row, x)| x + (row % 5) as f64 / 10.0).collect();
        let truth = Form::numbers(&values).truth(rows, None);
        let work = Form::numbers(&scores);
        let id = w.challenge(&truth, World::bounty(), |terms| terms.direction = Direction::Minimize);
        w.recount().configure(&id, &w.rules(Metric::Mae, &[]));
        let solver = w.solver(id, &work);

        let classes: List<&str> = (0..rows).map(|row| if row * 31 % 7 < 3 { "yes" } else { "no" }).collect();
        let labels = Form::labels(&classes).truth(rows, None);
        let other = w.challenge(&labels, World::bounty(), |terms| terms.threshold = 1);
        w.recount().configure(&other, &Rules { positive: 1, ..w.rules(Metric::RocAuc, &["no", "yes"]) });
        let ranker = w.solver(other, &work);

        w.judging();
        w.open_all(id, &truth);
        assert_eq!(w.recounted(id, &solver, 1, &work), 2_000_000);
        w.open_all(other, &labels);
        let mut all: List<Scored> = scores
            .iter()
            .zip(&classes)
            .map(|(score, class)| Scored { key: Float(score.to_bits()).key(), positive: *class == "yes" })
            .collect();
        all.sort_by_key(|row| row.key);
        let positives = all.iter().filter(|row| row.positive).count() as u32;
        let expected = area(within(&all), positives, rows as u32 - positives).unwrap().to_units().unwrap();
        assert_eq!(w.recounted(other, &ranker, 1, &work), expected);
    });
}

#[test]
fn a_ranking_goes_by_the_private_rows() {
    on_both(|w| {
        let labels = ["cat", "dog", "owl", "cat", "dog", "owl", "cat", "dog"];
        let truth = Form::labels(&labels).truth(8, Some(&|row| row >= 4));
        let wrong = |rows: &[usize]| {
            let mut work = labels;
            rows.iter().for_each(|row| work[*row] = "pig");
            Form::labels(&work)
        };
        // Better in public; better in private.
        let (one, two) = (wrong(&[4, 5]), wrong(&[0, 1]));
        let id = w.challenge(&truth, w.ranked(&[30, 20]), |terms| terms.threshold = 0);
        w.recount().configure(&id, &w.rules(Metric::Accuracy, &["cat", "dog", "owl", "pig"]));
        let (first, second) = (w.solver(id, &one), w.solver(id, &two));
        w.judging();
        w.open_all(id, &truth);
        assert_eq!(w.recounted(id, &first, 1, &one), 10_000_000);
        assert_eq!(w.recounted(id, &second, 1, &two), 5_000_000);
        let table: List<i64> = w.recount().table(&id).iter().map(|row| row.score).collect();
        assert_eq!(table, [10_000_000, 5_000_000]);
        assert_eq!(w.paid(id, [&first, &second]), [20, 30]);
    });
}

#[test]
fn the_same_content_of_another_solver_is_a_copy_whatever_is_opened_first() {
    for copy_first in [false, true] {
        on_both(|w| {
            let labels = ["cat", "dog", "owl", "cat"];
            let (truth, work) = (Form::labels(&labels).truth(4, None), Form::labels(&labels));
            let payout = Payout::Bounty(Bounty { reward: REWARD / 2, winners: 2 });
            let id = w.challenge(&truth, payout, |terms| terms.unique_content = true);
            w.recount().configure(&id, &w.rules(Metric::Accuracy, &CLASSES));
            let (first, second) = (w.solver(id, &work), w.solver(id, &work));
            // Its own content again is no copy.
            w.hand(id, &first, 2, &w.committed(id, &first, &work));
            w.judging();
            w.open_all(id, &truth);
            let mut order = [(&first, 1), (&second, 1), (&first, 2)];
            if copy_first {
                order.reverse();
            }
            for (solver, attempt) in order {
                assert_eq!(w.open_work(id, solver, attempt, &work, 0), Ok(true));
                assert_eq!(w.conclude(id, solver, attempt), Err(Error::RuledTooEarly));
            }
            w.ruling();
            for (solver, attempt) in order {
                assert_eq!(w.conclude(id, solver, attempt), Ok(()));
                assert_eq!(w.conclude(id, solver, attempt), Err(Error::AlreadyRuled));
            }
            assert_eq!(w.paid(id, [&first, &second]), [REWARD / 2, 0]);
            let copy = w.main().submission(&id, &second, &1);
            assert_eq!((copy.verdict, copy.reason), (Verdict::Rejected, 100));
            let own = w.main().submission(&id, &first, &2);
            assert!(own.votes.iter().any(|vote| vote.by == 253 && vote.verdict == Verdict::Scored));
        });
    }
}

#[test]
fn where_content_is_unique_no_copy_is_in_the_ranking_and_nothing_is_opened_late() {
    on_both(|w| {
        let labels = ["cat", "dog", "owl", "cat"];
        let (truth, work) = (Form::labels(&labels).truth(4, Some(&|row| row > 1)), Form::labels(&labels));
        let other = Form::labels(&["cat", "dog", "cat", "cat"]);
        let id = w.challenge(&truth, w.ranked(&[30, 20]), |terms| {
            terms.unique_content = true;
            terms.threshold = 0;
        });
        w.recount().configure(&id, &w.rules(Metric::Accuracy, &CLASSES));
        let (first, copy, third) = (w.solver(id, &work), w.solver(id, &work), w.solver(id, &other));
        let late = w.solver(id, &other);
        w.judging();
        w.open_all(id, &truth);
        for (solver, work) in [(&copy, &work), (&third, &other), (&first, &work)] {
            assert_eq!(w.open_work(id, solver, 1, work, 0), Ok(true));
        }
        w.ruling();
        assert_eq!(w.open_work(id, &late, 1, &other, 0), Err(Error::OpenedTooLate));
        assert_eq!(w.conclude(id, &late, 1), Err(Error::WorkNotOpen));
        for solver in [&copy, &third, &first] {
            assert_eq!(w.conclude(id, solver, 1), Ok(()));
        }
        assert_eq!(w.paid(id, [&first, &copy, &third, &late]), [30, 0, 20, 0]);
    });
}

#[test]
fn who_fell_out_of_the_rows_that_are_kept_comes_back() {
    // Sixty rows stand before one more; then two solvers' better public attempts take their private results away.
    on_both(|w| {
        let labels = ["cat", "dog", "owl", "cat"];
        let truth = Form::labels(&labels).truth(4, Some(&|row| row >= 2));
        let half = Form::labels(&["cat", "cat", "owl", "cat"]); // public 1 of 2, private 2 of 2
        let weak = Form::labels(&["cat", "cat", "owl", "owl"]); // private 1 of 2
        let none = Form::labels(&["cat", "dog", "dog", "dog"]); // public 2 of 2, private none
        let id = w.challenge(&truth, w.ranked(&[5; 10]), |terms| {
            terms.threshold = 5_000_000;
            // The fee budget is not for so many.
            terms.oracle_fee = 0;
        });
        w.recount().configure(&id, &w.rules(Metric::Accuracy, &CLASSES));
        let honest = w.solver(id, &weak);
        let many: List<_> = (0..60).map(|_| w.solver(id, &half)).collect();
        for attempt in [2, 3] {
            w.hand(id, &many[0], attempt, &w.committed(id, &many[0], &none));
        }
        w.judging();
        w.open_all(id, &truth);
        w.recounted(id, &honest, 1, &weak);
        let stands = || w.recount().table(&id).iter().any(|row| row.solver == honest);
        assert!(stands());
        many.iter().for_each(|solver| assert_eq!(w.recounted(id, solver, 1, &half), 5_000_000));
        assert!(!stands());
        for attempt in [2, 3] {
            w.recounted(id, &many[0], attempt, &none);
        }
        assert_eq!(w.recount().table(&id).len(), 59);
        w.recount().rank(&id, &honest);
        assert!(stands());
        w.recount().rank(&id, &honest);
        assert_eq!(w.recount().table(&id).len(), 60);
    });
}

#[test]
fn whole_numbers_can_be_classes() {
    on_both(|w| {
        let truth = Form::numbers(&[-1.0, 0.0, 2.0, 2.0]).truth(4, None);
        let work = Form::numbers(&[-1.0, 0.0, 2.0, 0.0]);
        let id = w.challenge(&truth, World::bounty(), |_| ());
        let mut rules = Rules { numbers: true, whole: true, ..w.rules(Metric::Accuracy, &[]) };
        [-1.0f64, 0.0, 2.0]
            .iter()
            .for_each(|class| rules.classes.push_back(Bytes::from_array(&w.e, &class.to_le_bytes())));
        w.recount().configure(&id, &rules);
        let solver = w.solver(id, &work);
        w.judging();
        w.open_all(id, &truth);
        assert_eq!(w.recounted(id, &solver, 1, &work), 7_500_000);
    });
}

#[test]
fn a_hash_that_stops_anywhere_is_the_hosts() {
    let e = Env::default();
    let bytes: List<u8> = (0..300u32).map(|at| (at * 7) as u8).collect();
    for length in 0..bytes.len() {
        for stop in [0, length / 3, length / 2, length] {
            let mut hash = Sha256::new();
            hash.update(&bytes[..stop]);
            let saved = hash.save();
            assert_eq!(saved.len(), SAVED);
            let mut hash = Sha256::load(&saved);
            hash.update(&bytes[stop..length]);
            let host = e.crypto().sha256(&Bytes::from_slice(&e, &bytes[..length])).to_array();
            assert_eq!(hash.finish(), host, "{length} bytes, stopped at {stop}");
        }
    }
}
