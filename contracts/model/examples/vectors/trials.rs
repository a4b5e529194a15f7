//! What else is tried in a moment: a vote, a ballot, and what an honest oracle would do with some files.
use crate::facts;
use crate::json::{big, count, flag, list, number, object, or_null, text, Json};
use stellartrain_model::basics::{Address, Number};
use stellartrain_model::challenge::Challenge;
use stellartrain_model::play::dice::Dice;
use stellartrain_model::play::honest::{File, Grade, Sight};
use stellartrain_model::verdict::Verdict;
use stellartrain_model::world::{Call, World};

/// A vote on one open submission, rather by an oracle that has not voted; null if it is refused.
pub fn vote(world: &World, id: usize, dice: &mut Dice) -> Option<Json> {
    let it = open(&world.challenges[id], dice)?;
    let terms = &world.challenges[id].terms;
    let own = &world.challenges[id].submissions[it as usize - 1];
    let silent: Vec<usize> = (0..terms.n()).filter(|place| own.votes.cast[*place].is_none()).collect();
    let oracle = if silent.is_empty() || dice.one_in(4) { dice.below(terms.n()) } else { dice.of(&silent) };
    let units = own.units;
    let verdict = dice.of(&[
        Verdict::Scored { score: 97, content: 5, units },
        Verdict::Scored { score: 90, content: 5, units },
        Verdict::Scored { score: 90, content: 5, units: units + 1 },
        Verdict::Rejected(1),
        Verdict::Unavailable,
    ]);
    let call = Call::PostScores(id, vec![(it, verdict)], false);
    let after = tried(world, id, it, terms.oracles[oracle], &call);
    Some(object(&[
        ("number", number(it)),
        ("oracle", count(oracle)),
        ("verdict", facts::verdict(verdict)),
        ("after", after),
    ]))
}

/// The judge's ballot on one open submission, if there is a judge and the end is near.
pub fn ballot(world: &World, id: usize, dice: &mut Dice) -> Option<Json> {
    let challenge = &world.challenges[id];
    let judge = challenge.terms.judge.filter(|_| world.now + 1 >= challenge.terms.grade_by)?;
    let it = open(challenge, dice)?;
    let units = challenge.submissions[it as usize - 1].units;
    let verdict =
        dice.of(&[Verdict::Scored { score: 96, content: 5, units }, Verdict::Rejected(2), Verdict::Unavailable]);
    let after = tried(world, id, it, judge.address, &Call::Rule(id, vec![(it, verdict)]));
    Some(object(&[("number", number(it)), ("verdict", facts::verdict(verdict)), ("after", after)]))
}

/// An open submission, rather one that has been passed over and has no place kept.
fn open(challenge: &Challenge, dice: &mut Dice) -> Option<Number> {
    let open = || challenge.submissions.iter().filter(|it| !it.is_concluded());
    let passed: Vec<Number> = open().filter(|it| it.passed && !it.kept).map(|it| it.number).collect();
    let any: Vec<Number> = open().map(|it| it.number).collect();
    let among = if passed.is_empty() { any } else { passed };
    (!among.is_empty()).then(|| dice.of(&among))
}

/// What a vote came to, as a kind of situation.
pub fn kind(vote: &Option<Json>) -> &'static str {
    let says = |part: &str| vote.as_ref().is_some_and(|it| it.contains(part));
    match () {
        () if says("\"challenge\":{\"kept\"") => "a vote keeps a place",
        () if says("\"challenge\":{\"decided\"") => "a vote decides",
        () if says("\"after\":null") => "a vote is refused",
        () => "a vote changes little",
    }
}

fn tried(world: &World, id: usize, submission: Number, by: Address, call: &Call) -> Json {
    let mut copy = world.clone();
    let taken = copy.call(by, call).ok();
    let after = &copy.challenges[id];
    or_null(taken, |_| {
        let own = &after.submissions[submission as usize - 1];
        object(&[
            ("challenge", facts::changed(facts::challenge(&world.challenges[id]), facts::challenge(after))),
            ("decision", or_null(own.votes.decision.as_ref(), facts::decision)),
            ("kept", flag(own.kept)),
        ])
    })
}

/// An honest oracle's votes and whether it ranks, with random files of these submissions.
pub fn duty(world: &World, id: usize, dice: &mut Dice) -> Option<Json> {
    let mut challenge = world.challenges[id].clone();
    challenge.terms.unique_content = !dice.one_in(3);
    // Whether a ranking is due at all; that it does not post the same one twice is for the oracle to see.
    challenge.rankings.votes.fill(None);
    let place = dice.below(challenge.terms.n());
    let files: Vec<Option<File>> = (0..challenge.submissions.len())
        .map(|_| {
            let grade = if dice.one_in(4) { Err(3) } else { Ok(Grade { public: 94, private: 0, units: 0 }) };
            (!dice.one_in(4)).then_some(File { content: dice.of(&[5, 5, 6]), grade })
        })
        .collect();
    let sight = Sight { challenge: &challenge, files: &files, now: world.now, place };
    let (votes, ranks) = (sight.votes(), sight.ranking().is_some());
    if votes.is_empty() && !ranks && !dice.one_in(4) {
        return None;
    }
    let grades = files.iter().map(|file| {
        or_null(*file, |file| match file.grade {
            Ok(grade) => object(&[
                ("status", text("scored")),
                ("score", big(grade.public)),
                ("content", text(&format!("{:02x}", file.content))),
                ("units", number(grade.units)),
            ]),
            Err(reason) => facts::verdict(Verdict::Rejected(reason)),
        })
    });
    Some(object(&[
        ("uniqueContent", flag(challenge.terms.unique_content)),
        ("place", count(place)),
        ("grades", list(grades)),
        (
            "votes",
            list(votes.iter().map(|(it, vote)| object(&[("number", number(*it)), ("verdict", facts::verdict(*vote))]))),
        ),
        ("ranks", flag(ranks)),
    ]))
}
