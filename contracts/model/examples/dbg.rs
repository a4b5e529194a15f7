//! d
use stellartrain_model::play::{coalition::*, dice::Dice};
fn main() {
    for s in std::env::args().skip(1) {
        let su = setup(&mut Dice(s.parse().unwrap()));
        println!(
            "{:?} n {} honest {:?} asleep {:?} uniq {} fee {} dep {} budget {} dl {} gb {} judge {:?}",
            su.terms.payout,
            su.terms.oracles.len(),
            su.honest,
            su.asleep,
            su.terms.unique_content,
            su.terms.oracle_fee,
            su.terms.deposit,
            su.budget,
            su.terms.deadline,
            su.terms.grade_by,
            su.terms.judge
        );
        let c = play(&su, None);
        let o = play(&su, Some(&c));
        for (i, p) in su.plans.iter().enumerate() {
            println!(
                "{i} t{} {:?} {:?} reach {:?}\n     O {:?}\n     C {:?}",
                p.time, p.solver, p.file, p.reach, o.fates[i], c.fates[i]
            );
        }
        println!(
            "O {} {} {}  C {} {} {}",
            o.coalition, o.coalition_fees, o.honest_paid, c.coalition, c.coalition_fees, c.honest_paid
        );
        compare(&su, &o, &c);
    }
}
