//! A quorum voted and nobody settled before `grade_by`: only what is final counts then, so anybody may settle before.
use super::super::world::{refused, World};
use crate::errors::Error;
use crate::types::*;

#[test]
fn in_time_anybody_can_make_it_final_and_then_nobody_can() {
    let w = World::new();
    let terms = w.terms();
    let (settled, forgotten) = (w.open(&terms), w.open(&terms));
    let works = [w.work(settled), w.work(forgotten)];
    for (id, work) in [(settled, &works[0]), (forgotten, &works[1])] {
        w.post(id, 0, &[w.scored(work, 60, 1)], false);
        w.post(id, 1, &[w.scored(work, 60, 1)], false);
    }
    w.go_to(terms.grade_by - 1);
    w.e.mock_auths(&[]);
    w.client().settle(&settled, &w.settlements(&[&works[0]]));
    assert_eq!(w.balance(&works[0].solver), 2_000);
    w.go_to(terms.grade_by);
    refused(w.client().try_settle(&forgotten, &w.settlements(&[&works[1]])), Error::GradingOver);
    // It shares as if nobody had voted: here the whole reward, for there is nobody else.
    assert_eq!(w.release(forgotten, &works[1]), 1_020);
    assert_eq!(w.view(forgotten, &works[1]).verdict, Verdict::Unsettled);
    w.check();
}
