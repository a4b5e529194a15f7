//! 4xx and what else ends a submission.
use super::*;

pub const REACHED: &[Reached] = &[
    (Error::NotYetOpen, |w| {
        let id = w.open(&Terms { opens: w.now() + 1, ..w.terms() });
        submit(w, id, &w.solver(), 1, Error::NotYetOpen);
    }),
    (Error::DeadlinePassed, |w| {
        let terms = w.terms();
        let id = w.open(&terms);
        w.go_to(terms.deadline);
        submit(w, id, &w.solver(), 1, Error::DeadlinePassed);
    }),
    (Error::Ended, |w| {
        let id = w.open(&w.bounty(1_000, 1));
        let work = w.work(id);
        w.grade(id, &[w.scored(&work, 60, 1)]);
        submit(w, id, &w.solver(), 1, Error::Ended);
    }),
    (Error::ConflictOfInterest, |w| submit(w, w.open(&w.terms()), &w.maker, 1, Error::ConflictOfInterest)),
    (Error::WrongAttempt, |w| submit(w, w.open(&w.terms()), &w.solver(), 2, Error::WrongAttempt)),
    (Error::TooManyAttempts, |w| {
        let id = w.open(&Terms { attempts: 1, ..w.terms() });
        let work = w.work(id);
        submit(w, id, &work.solver, 2, Error::TooManyAttempts);
    }),
    (Error::TooManyToday, |w| {
        let id = w.open(&Terms { attempts_per_day: 1, ..w.terms() });
        let work = w.work(id);
        submit(w, id, &work.solver, 2, Error::TooManyToday);
    }),
    (Error::AlreadyWon, |w| {
        let id = w.open(&w.terms());
        let work = w.work(id);
        w.grade(id, &[w.scored(&work, 60, 1)]);
        submit(w, id, &work.solver, 2, Error::AlreadyWon);
    }),
    (Error::BadUnits, |w| submit(w, w.open(&w.per_unit(1, 1)), &w.solver(), 1, Error::BadUnits)),
    (Error::NoSubmission, |w| {
        let id = w.open(&w.terms());
        refused(w.client().try_release_payment(&id, &w.maker, &1), Error::NoSubmission);
    }),
    (Error::CarryTooLow, |w| submit(w, w.open_with(&w.terms(), 2_000, 9), &w.solver(), 1, Error::CarryTooLow)),
    (Error::BatchPending, |w| {
        let id = w.open(&w.per_unit(1, 1));
        let work = w.submit_units(id, &w.solver(), 1);
        submit(w, id, &work.solver, 2, Error::BatchPending);
    }),
    (Error::EscrowUsedUp, |w| {
        let id = w.open_with(&w.per_unit(1, 1), 20, 1_000);
        for _ in 0..20 {
            w.submit_units(id, &w.solver(), 1);
        }
        let one_more = w.client().try_submit(&w.solver(), &id, &1, &w.cid(9), &w.bytes(0), &1, &0);
        refused(one_more, Error::EscrowUsedUp);
    }),
    (Error::NotAdmitted, |w| {
        let id = w.open(&Terms { gate: Some(w.gate.clone()), ..w.terms() });
        submit(w, id, &w.solver(), 1, Error::NotAdmitted);
    }),
];
