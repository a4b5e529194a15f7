//! One solver has two winning submissions behind a queue that stands; nobody settles before the end. Whichever of them is asked
//! about first would win, if it were settled first: as long as the other one may still take its place, neither has its last word.
//! A record or a badge that were given on it would count one prize twice.
extern crate std;
use super::super::world::*;
use crate::types::*;

fn outcome(w: &World, id: u32, work: &Work) -> Outcome {
    w.client().outcome(&id, &work.solver, &work.attempt)
}

#[test]
fn one_prize_is_never_the_last_word_on_two_submissions() {
    on_both(|w| {
        // Two winners of 1,000; #1 is graded by nobody, so that the queue stands until the end.
        let terms = w.terms();
        let id = w.open(&terms);
        let solver = w.solver();
        w.work(id);
        let (early, late) = (w.submit(id, &solver), w.submit(id, &solver));
        w.grade(id, &[w.scored(&early, 60, 1), w.scored(&late, 60, 2)]);
        assert_eq!((w.state(id).decided, w.state(id).concluded), (2, 0));
        w.go_to(terms.grade_by);
        let last = |work| {
            let Outcome { prize, last, .. } = outcome(&w, id, work);
            if last {
                prize
            } else {
                0
            }
        };
        let told = last(&early) + last(&late);
        w.settle(id, &[&early, &late]);
        assert_eq!(w.balance(&solver), 2_000, "its stake came back, and one prize");
        assert_eq!(last(&early) + last(&late), 1_000, "what is carried out has a last word");
        assert!(told <= 1_000, "{told} of prize in last words, and one prize of 1,000");
    });
}
