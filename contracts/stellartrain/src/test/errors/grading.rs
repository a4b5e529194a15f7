//! 5xx and what else ends a vote, a ballot, a ranking or an epoch.
use super::*;

/// A judged challenge with one submission, at the moment when the judge's time begins.
fn judging(w: &World) -> (u32, Work) {
    let terms = w.judged(w.terms());
    let id = w.open(&terms);
    let work = w.work(id);
    w.go_to(terms.grade_by);
    (id, work)
}

/// A ranking after its deadline with one scored submission.
fn rankable(w: &World) -> (u32, Work) {
    let terms = w.ranked(&[500, 300]);
    let id = w.open(&terms);
    let work = w.work(id);
    w.grade(id, &[w.scored(&work, 60, 1)]);
    w.go_to(terms.deadline);
    (id, work)
}

fn earn(w: &World, epoch: u32, sum: i128, error: Error) {
    let id = w.open(&w.earnings());
    let branch = |sum| Branch { hash: w.bytes(1), sum };
    let post = w.client().try_post_earnings(&w.oracles[0], &id, &epoch, &branch(sum), &branch(0), &w.cid(8));
    refused(post, error);
}

pub const REACHED: &[Reached] = &[
    (Error::NotAnOracle, |w| {
        let id = w.open(&w.terms());
        refused(w.client().try_withdraw_fees(&w.maker, &id), Error::NotAnOracle);
    }),
    (Error::GradingOver, |w| {
        let terms = w.terms();
        let id = w.open(&terms);
        let work = w.work(id);
        w.go_to(terms.grade_by);
        vote(w, id, &[w.scored(&work, 60, 1)], Error::GradingOver);
    }),
    (Error::WrongRule, |w| rank(w, w.open(&w.terms()), &[], Error::WrongRule)),
    (Error::RankingTooEarly, |w| rank(w, w.open(&w.ranked(&[5])), &[], Error::RankingTooEarly)),
    (Error::AlreadyRanked, |w| {
        let (id, _) = rankable(w);
        for oracle in &w.oracles[1..3] {
            w.rank(id, oracle, &[]);
        }
        rank(w, id, &[], Error::AlreadyRanked);
    }),
    (Error::NotTheJudge, |w| {
        let (id, work) = judging(w);
        rule(w, &w.maker, id, &[w.scored(&work, 60, 1)], Error::NotTheJudge);
    }),
    (Error::NotJudging, |w| {
        let id = w.open(&w.judged(w.terms()));
        let work = w.work(id);
        rule(w, &w.judge, id, &[w.scored(&work, 60, 1)], Error::NotJudging);
    }),
    (Error::BadBatch, |w| vote(w, w.open(&w.terms()), &[], Error::BadBatch)),
    (Error::AlreadyVoted, |w| {
        let id = w.open(&w.terms());
        let work = w.work(id);
        w.post(id, 0, &[w.scored(&work, 60, 1)], false);
        vote(w, id, &[w.scored(&work, 60, 1)], Error::AlreadyVoted);
    }),
    (Error::BadVerdict, |w| {
        let id = w.open(&w.terms());
        vote(w, id, &[w.rejected(&w.work(id), 0)], Error::BadVerdict);
    }),
    (Error::TooEarlyUnavailable, |w| {
        let id = w.open(&w.terms());
        vote(w, id, &[w.unavailable(&w.work(id))], Error::TooEarlyUnavailable);
    }),
    (Error::NothingToSettle, |w| {
        let id = w.open(&w.terms());
        let work = w.work(id);
        refused(w.client().try_settle(&id, &w.settlements(&[&work])), Error::NothingToSettle);
    }),
    (Error::BadRanking, |w| {
        let (id, work) = rankable(w);
        rank(w, id, &[(&work, 60), (&work, 60)], Error::BadRanking);
    }),
    (Error::WrongEpoch, |w| earn(w, 2, 50, Error::WrongEpoch)),
    (Error::BadTotal, |w| earn(w, 1, 10_001, Error::BadTotal)),
    (Error::AlreadyDecided, |w| {
        let (id, work) = judging(w);
        w.rule(id, &[w.scored(&work, 60, 1)]);
        rule(w, &w.judge, id, &[w.scored(&work, 60, 1)], Error::AlreadyDecided);
    }),
    (Error::NotAmongTheVotes, |w| {
        let terms = w.judged(w.terms());
        let id = w.open(&terms);
        let work = w.work(id);
        w.post(id, 0, &[w.scored(&work, 60, 1)], false);
        w.post(id, 1, &[w.rejected(&work, 1)], false);
        w.go_to(terms.grade_by);
        rule(w, &w.judge, id, &[w.scored(&work, 70, 1)], Error::NotAmongTheVotes);
    }),
];
