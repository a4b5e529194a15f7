//! What happens next: mostly something that fits the moment, sometimes anything.
extern crate std;
use super::story::{Act, Step, Story};
use crate::test::replay::Told;
use crate::types::*;
use std::vec::Vec;

impl Story {
    pub fn choose(&mut self) -> Step {
        let known = self.replay.challenges.len() as u32;
        let now = self.now();
        let open = |told: &&Told| told.plain.status == Status::Active && now < told.terms.grade_by;
        let running = self.replay.challenges.values().filter(open).count();
        match self.dice.below(100) {
            _ if known == 0 => Story::create(self, 0),
            0..=7 => self.pass(),
            8..=10 => self.trouble(),
            11 => self.register(),
            12..=14 if running < 3 => Story::create(self, 0),
            15 if self.dice.one_in(2) => Story::create(self, 0),
            _ => {
                let id = self.pick(known);
                let act = self.act(id);
                act(self, id)
            }
        }
    }

    /// Mostly one in which something is left to happen, sometimes any, rarely one that does not exist.
    fn pick(&mut self, known: u32) -> u32 {
        if self.dice.one_in(60) {
            return self.dice.of(&[0, known + 1]);
        }
        let alive = self.replay.challenges.iter().filter(|(_, told)| told.total() > 0).map(|(id, _)| *id);
        let alive: Vec<u32> = alive.collect();
        if alive.is_empty() || self.dice.one_in(16) {
            return 1 + self.dice.below(known as usize) as u32;
        }
        alive[alive.len() - 1 - self.dice.below(alive.len().min(6))]
    }

    /// When a call would only be refused once more: the work of a challenge that is open.
    pub fn rather(&mut self) -> Step {
        let (now, roll) = (self.now(), self.dice.roll() as usize);
        let open = |told: &&Told| told.grades(now) && !matches!(told.terms.payout, Payout::Earnings);
        let open: Vec<u32> = self.replay.challenges.iter().filter(|(_, told)| open(told)).map(|(id, _)| *id).collect();
        if open.is_empty() {
            return self.pass();
        }
        let id = open[roll % open.len()];
        match roll / 64 % 2 {
            0 if now < self.replay.challenges[&id].terms.deadline => self.submit(id),
            _ => self.post_scores(id),
        }
    }

    /// A call that fits the challenge, or any.
    fn act(&mut self, id: u32) -> Act {
        const ANY: [Act; 15] = [
            Story::accept,
            Story::cancel,
            Story::top_up,
            Story::submit,
            Story::post_scores,
            Story::settle,
            Story::post_ranking,
            Story::post_earnings,
            Story::claim,
            Story::release,
            Story::withdraw_fees,
            Story::reveal,
            Story::close,
            Story::extend,
            Story::look,
        ];
        let (now, roll) = (self.now(), self.dice.roll() as usize);
        if self.dice.one_in(9) {
            return ANY[roll % ANY.len()];
        }
        let Some(told) = self.told(id) else { return ANY[roll % ANY.len()] };
        let (terms, plain) = (&told.terms, &told.plain);
        let earnings = matches!(terms.payout, Payout::Earnings);
        let ranked = matches!(terms.payout, Payout::Ranked(_));
        let fitting: &[Act] = if plain.status == Status::Cancelled {
            &[Story::look]
        } else if !told.all_accepted() {
            const UNACCEPTED: [Act; 8] = [
                Story::accept,
                Story::accept,
                Story::accept,
                Story::accept,
                Story::accept,
                Story::cancel,
                Story::cancel,
                Story::submit,
            ];
            &UNACCEPTED
        } else if plain.status == Status::Ended || now >= terms.grade_by {
            match earnings {
                true => &[Story::claim, Story::claim, Story::claim, Story::close, Story::withdraw_fees, Story::reveal],
                false if ranked && roll % 16 == 0 => &[Story::post_ranking],
                false => {
                    &[Story::release, Story::release, Story::release, Story::close, Story::withdraw_fees, Story::reveal]
                }
            }
        } else if now < terms.opens {
            &[Story::wait, Story::wait, Story::wait, Story::submit, Story::look]
        } else if earnings {
            const EARNING: [Act; 12] = [
                Story::post_earnings,
                Story::post_earnings,
                Story::post_earnings,
                Story::post_earnings,
                Story::claim,
                Story::claim,
                Story::claim,
                Story::claim,
                Story::top_up,
                Story::withdraw_fees,
                Story::extend,
                Story::reveal,
            ];
            &EARNING
        } else if now < terms.deadline {
            const OPEN: [Act; 16] = [
                Story::submit,
                Story::submit,
                Story::submit,
                Story::submit,
                Story::submit,
                Story::crowd,
                Story::post_scores,
                Story::post_scores,
                Story::post_scores,
                Story::post_scores,
                Story::post_scores,
                Story::settle,
                Story::settle,
                Story::release,
                Story::top_up,
                Story::extend,
            ];
            &OPEN
        } else if plain.submitted > plain.finalized && ranked && roll % 8 == 0 {
            &[Story::post_ranking]
        } else if plain.submitted > plain.finalized {
            &[Story::post_scores, Story::post_scores, Story::post_scores, Story::settle, Story::release, Story::close]
        } else if ranked && plain.ranking == Ranking::Open {
            &[Story::post_ranking, Story::post_ranking, Story::post_ranking, Story::post_ranking, Story::reveal]
        } else if ranked {
            &[Story::release, Story::release, Story::close, Story::withdraw_fees, Story::reveal, Story::post_ranking]
        } else {
            &[Story::release, Story::release, Story::close, Story::withdraw_fees, Story::reveal]
        };
        fitting[roll % fitting.len()]
    }
}
