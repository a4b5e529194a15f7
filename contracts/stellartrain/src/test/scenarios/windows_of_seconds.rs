//! An acceptance two seconds before the deadline; windows of seconds between two ledgers. Such terms are refused at creation.
use super::super::world::*;
use crate::errors::Error;
use crate::types::*;

#[test]
fn nobody_is_rushed_by_a_second() {
    on_both(|w| {
        let base = w.judged(w.terms());
        let p = base.patience;
        let judged = |judge_by| w.judged_by(judge_by, base.clone());
        let fits = [
            Terms { accept_by: base.deadline - p, ..base.clone() },
            Terms { opens: base.deadline - p, ..base.clone() },
            judged(base.grade_by + MIN_WINDOW),
            Terms { grade_by: base.deadline + MIN_WINDOW, judge: None, ..base.clone() },
        ];
        for terms in &fits {
            assert!(w.create(terms, 2_000, 0) > 0);
        }
        let long = 30_000;
        let patient = Terms { patience: long, accept_by: base.deadline - long, ..base.clone() };
        let rushed = [
            Terms { accept_by: base.deadline - 2, ..base.clone() },
            Terms { accept_by: base.deadline - p + 1, ..base.clone() },
            Terms { opens: base.deadline - p + 1, ..base.clone() },
            judged(base.grade_by + MIN_WINDOW - 1),
            judged(base.grade_by + 5),
            Terms { grade_by: base.deadline + MIN_WINDOW - 1, judge: None, ..base.clone() },
            Terms { grade_by: base.deadline + 4 * long - 1, judge: None, ..patient.clone() },
            Terms { accept_by: w.now(), ..base.clone() },
        ];
        let held = w.balance(&w.contract);
        for terms in &rushed {
            let created = w.client().try_create_challenge(&w.maker, terms, &2_000, &0);
            refused(created, Error::BadTimes);
        }
        let patient = Terms { grade_by: base.deadline + 4 * long, judge: None, ..patient };
        assert!(w.create(&patient, 2_000, 0) > 0);
        for patience in [p - 1, 7 * DAY + 1] {
            let terms = Terms {
                patience,
                deadline: base.deadline + 90 * DAY,
                grade_by: base.deadline + 130 * DAY,
                judge: None,
                ..base.clone()
            };
            refused(w.client().try_create_challenge(&w.maker, &terms, &2_000, &0), Error::BadPatience);
        }
        assert_eq!(w.balance(&w.contract), held + 2_000, "what is refused takes nothing, from anyone");
    });
}
