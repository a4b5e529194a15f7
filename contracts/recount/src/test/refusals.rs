//! What is not what was committed to changes nothing, whoever brings it.
extern crate std;
use super::world::*;
use crate::{Error, Metric, Rules};
use soroban_sdk::testutils::{Address as _, Ledger};
use soroban_sdk::{Address, Bytes};
use std::vec::Vec as List;
use stellartrain::types::Judge;

const CLASSES: [&str; 3] = ["cat", "dog", "owl"];
const LABELS: [&str; 4] = ["cat", "dog", "owl", "cat"];

struct Story {
    truth: Form,
    id: u32,
}

fn story(w: &World) -> Story {
    let truth = Form::labels(&LABELS).truth(4, None);
    let id = w.challenge(&truth, World::bounty(), |_| ());
    w.recount().configure(&id, &w.rules(Metric::Accuracy, &CLASSES));
    Story { truth, id }
}

#[test]
fn a_forged_truth_is_refused() {
    on_both(|w| {
        let Story { truth, id } = story(&w);
        w.judging();
        let forged = Form::labels(&["cat", "cat", "cat", "cat"]).truth(4, None);
        assert_eq!(w.open_truth(id, &forged, 0), Err(Error::TruthMismatch));
        // The right hashes with another chunk.
        let (salt, hashes) = (w.bytes(SALT[0]), truth.hashes(&w.e));
        let other = w.recount().try_open_truth(&id, &salt, &hashes, &0, &forged.chunk(&w.e, 0));
        assert_eq!(own(other), Err(Error::ChunkMismatch));
        let salted = w.recount().try_open_truth(&id, &w.bytes(1), &hashes, &0, &truth.chunk(&w.e, 0));
        assert_eq!(own(salted), Err(Error::TruthMismatch));
        assert_eq!(w.open_truth(id, &truth, 0), Ok(true));
        assert_eq!(w.open_truth(id, &truth, 0), Err(Error::AlreadyOpened));
    });
}

#[test]
fn a_changed_prediction_a_copied_commitment_and_a_second_opening_are_refused() {
    on_both(|w| {
        let Story { truth, id } = story(&w);
        let work = Form::labels(&["cat", "dog", "cat", "cat"]);
        let solver = w.solver(id, &work);
        let thief = Address::generate(&w.e);
        w.hand(id, &thief, 1, &w.committed(id, &solver, &work));
        let silent = Address::generate(&w.e);
        w.hand(id, &silent, 1, &w.bytes(0));
        w.judging();
        assert_eq!(w.open_work(id, &solver, 1, &work, 0), Err(Error::TruthNotOpen));
        w.open_all(id, &truth);
        let better = Form::labels(&LABELS);
        assert_eq!(w.open_work(id, &solver, 1, &better, 0), Err(Error::WorkMismatch));
        assert_eq!(w.open_work(id, &thief, 1, &work, 0), Err(Error::WorkMismatch));
        assert_eq!(w.open_work(id, &silent, 1, &work, 0), Err(Error::NoCommitment));
        let (hashes, chunk) = (work.hashes(&w.e), work.chunk(&w.e, 0));
        let nonce = w.recount().try_open_work(&id, &solver, &1, &w.bytes(1), &hashes, &0, &chunk);
        assert_eq!(own(nonce), Err(Error::WorkMismatch));
        assert_eq!(w.open_work(id, &solver, 1, &work, 0), Ok(true));
        assert_eq!(w.open_work(id, &solver, 1, &work, 0), Err(Error::AlreadyOpened));
        assert_eq!(w.paid(id, [&thief, &solver]), [0, REWARD]);
    });
}

#[test]
fn forms_that_are_none_are_refused() {
    on_both(|w| {
        let Story { truth, id } = story(&w);
        let changed = |at: usize, to: u8| {
            let mut form = Form::labels(&LABELS);
            form.0[at] = to;
            form
        };
        let mut longer = Form::labels(&LABELS);
        longer.0.push(0);
        let mut shorter = Form::labels(&LABELS);
        shorter.0.pop();
        let cases = [
            (Form::labels(&["cat", "dog", "owl", "cow"]), Error::UnknownClass),
            (Form::labels(&["cat", "dog", "owl"]), Error::WrongRows),
            (Form::labels(&["cat", "dog", "owl", "cat", "cat"]), Error::WrongRows),
            (longer, Error::WrongRows),
            (shorter, Error::WrongRows),
            (Form::numbers(&[1.0, 2.0, 3.0, 4.0]), Error::BadForm),
            (changed(0, 2), Error::BadForm),
            (changed(4, 2), Error::BadForm),
            (changed(13, b'x'), Error::BadForm),
            (changed(29, 255), Error::UnknownClass),
            (Form(std::vec![1, 0, 0]), Error::BadForm),
        ];
        let solvers: List<Address> = cases.iter().map(|(form, _)| w.solver(id, form)).collect();
        w.judging();
        w.open_all(id, &truth);
        for ((form, error), solver) in cases.iter().zip(&solvers) {
            assert_eq!(w.open_work(id, solver, 1, form, 0), Err(*error));
            assert_eq!(w.recount().work(&id, solver, &1), None);
        }
    });
}

#[test]
fn numbers_that_no_submission_may_hold_are_refused() {
    on_both(|w| {
        let truth = Form::numbers(&[1.0, 2.0]).truth(2, None);
        let id = w.challenge(&truth, World::bounty(), |_| ());
        let bounds = (0f64.to_bits(), 5f64.to_bits());
        let rules = Rules { least: bounds.0, most: bounds.1, whole: true, ..w.rules(Metric::Mse, &[]) };
        w.recount().configure(&id, &rules);
        let cases = [
            ([1.0, 5.5], Error::OutOfRange),
            ([-1.0, 5.0], Error::OutOfRange),
            ([1.0, 6.0], Error::OutOfRange),
            ([-0.0, 1.0], Error::BadForm),
            ([f64::NAN, 1.0], Error::BadForm),
            ([1.0, f64::INFINITY], Error::BadForm),
        ];
        let forms: List<Form> = cases.iter().map(|(numbers, _)| Form::numbers(numbers)).collect();
        let solvers: List<Address> = forms.iter().map(|form| w.solver(id, form)).collect();
        w.judging();
        w.open_all(id, &truth);
        for (at, (_, error)) in cases.iter().enumerate() {
            assert_eq!(w.open_work(id, &solvers[at], 1, &forms[at], 0), Err(*error));
        }
    });
}

#[test]
fn a_strangers_chunk_in_between_changes_nothing() {
    on_both(|w| {
        let rows = 20_000;
        let labels: List<&str> = (0..rows).map(|row| CLASSES[row % 3]).collect();
        let (truth, work) = (Form::labels(&labels).truth(rows, None), Form::labels(&labels));
        let id = w.challenge(&truth, World::bounty(), |_| ());
        w.recount().configure(&id, &w.rules(Metric::CohenKappa, &CLASSES));
        let solver = w.solver(id, &work);
        w.judging();
        assert_eq!(w.open_truth(id, &truth, 1), Err(Error::OutOfOrder));
        assert_eq!(w.open_truth(id, &truth, 0), Ok(false));
        let wrong = Form(std::vec![9; 65_536]);
        let (salt, hashes) = (w.bytes(SALT[0]), truth.hashes(&w.e));
        let other = w.recount().try_open_truth(&id, &salt, &hashes, &1, &wrong.chunk(&w.e, 0));
        assert_eq!(own(other), Err(Error::ChunkMismatch));
        assert_eq!(w.open_truth(id, &truth, 0), Err(Error::OutOfOrder));
        assert_eq!(w.open_work(id, &solver, 1, &work, 0), Err(Error::TruthNotOpen));
        assert_eq!(w.open_truth(id, &truth, 1), Ok(false));
        assert_eq!(w.open_truth(id, &truth, 2), Ok(true));
        assert_eq!(w.open_work(id, &solver, 1, &work, 0), Ok(false));
        assert_eq!(w.open_work(id, &solver, 1, &work, 2), Err(Error::OutOfOrder));
        assert_eq!(w.open_work(id, &solver, 1, &work, 1), Ok(false));
        assert_eq!(w.open_work(id, &solver, 1, &work, 2), Ok(true));
        assert_eq!(w.recount().work(&id, &solver, &1).unwrap().score, 10_000_000);
    });
}

#[test]
fn a_truth_with_a_class_that_the_rules_do_not_name_cannot_be_opened() {
    on_both(|w| {
        let truth = Form::labels(&["cat", "cow"]).truth(2, None);
        let id = w.challenge(&truth, World::bounty(), |_| ());
        w.recount().configure(&id, &w.rules(Metric::Accuracy, &CLASSES));
        w.judging();
        assert_eq!(w.open_truth(id, &truth, 0), Err(Error::UnknownClass));
        // A ranking needs to know which rows are private.
        let truth = Form::labels(&LABELS).truth(4, None);
        w.e.ledger().set_timestamp(NOW);
        let id = w.challenge(&truth, w.ranked(&[5]), |_| ());
        w.recount().configure(&id, &w.rules(Metric::Accuracy, &CLASSES));
        w.judging();
        assert_eq!(w.open_truth(id, &truth, 0), Err(Error::BadForm));
    });
}

#[test]
fn rules_are_fixed_once_before_anybody_submits() {
    on_both(|w| {
        let truth = Form::labels(&LABELS).truth(4, None);
        let configure = |id: u32, rules: &Rules| own(w.recount().try_configure(&id, rules));
        let good = w.rules(Metric::Accuracy, &CLASSES);
        let stranger = Address::generate(&w.e);
        let other = |address: Address| {
            move |terms: &mut stellartrain::types::Terms| {
                terms.judge = Some(Judge { address: address.clone(), judge_by: JUDGE_BY });
            }
        };
        let elsewhere = w.challenge(&truth, World::bounty(), other(stranger));
        assert_eq!(configure(elsewhere, &good), Err(Error::NotTheJudge));
        let nobody = w.challenge(&truth, World::bounty(), |terms| terms.judge = None);
        assert_eq!(configure(nobody, &good), Err(Error::NotTheJudge));

        let id = w.challenge(&truth, World::bounty(), |_| ());
        let number = Bytes::from_array(&w.e, &1f64.to_le_bytes());
        let bad = [
            w.rules(Metric::Accuracy, &[]),
            w.rules(Metric::Accuracy, &["b", "a"]),
            w.rules(Metric::Accuracy, &["a", "a"]),
            w.rules(Metric::Mae, &["a"]),
            w.rules(Metric::RocAuc, &["a", "b", "c"]),
            w.rules(Metric::F1Binary, &[&"x".repeat(65)]),
            Rules { positive: 3, ..good.clone() },
            Rules { numbers: true, ..good.clone() },
            Rules { classes: soroban_sdk::vec![&w.e, number.clone(), number], numbers: true, ..good.clone() },
            Rules { least: 2f64.to_bits(), most: 1f64.to_bits(), ..good.clone() },
            Rules { most: f64::INFINITY.to_bits(), ..good.clone() },
        ];
        for rules in bad {
            assert_eq!(configure(id, &rules), Err(Error::BadRules));
        }
        assert_eq!(configure(id, &good), Ok(()));
        assert_eq!(w.e.auths()[0].0, w.maker);
        assert_eq!(configure(id, &good), Err(Error::AlreadyConfigured));

        let late = w.challenge(&truth, World::bounty(), |_| ());
        w.solver(late, &Form::labels(&LABELS));
        assert_eq!(configure(late, &good), Err(Error::TooLate));
    });
}

#[test]
fn nothing_is_opened_outside_of_the_judges_time_or_removed_within_it() {
    on_both(|w| {
        let Story { truth, id } = story(&w);
        let work = Form::labels(&LABELS);
        let solver = w.solver(id, &work);
        assert_eq!(w.open_truth(id, &truth, 0), Err(Error::NotJudging));
        w.judging();
        w.open_all(id, &truth);
        assert_eq!(own(w.recount().try_remove_truth(&id, &0, &1)), Err(Error::NotOver));
        assert_eq!(own(w.recount().try_remove_work(&id, &solver, &1, &1)), Err(Error::NotOver));
        w.e.ledger().set_timestamp(JUDGE_BY);
        assert_eq!(w.open_work(id, &solver, 1, &work, 0), Err(Error::NotJudging));
        w.recount().remove_truth(&id, &0, &1);
        w.recount().remove_work(&id, &solver, &1, &1);
        assert_eq!(w.recount().truth(&id), None);
        assert_eq!(w.open_truth(id + 1, &truth, 0), Err(Error::NotConfigured));
    });
}
