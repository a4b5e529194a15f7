//! Scores against the engine's: one case a line, written by `oracle/grade/vectors/recount.main.ts`.
//!
//! `METRIC POSITIVE TRUTH PREDICTED UNITS`: classes are digits in base 36, one a row; numbers the bits of float64 in hex, with commas
//! between. Units are `-` where the engine gives no score.
extern crate std;
use super::float::Dice;
use crate::metrics::classes::{accuracy, balanced_accuracy, cohen_kappa, mcc, ratio, Average, Counts, Ratio};
use crate::metrics::float::Float;
use crate::metrics::numbers::{add, mean, Loss};
use crate::metrics::pairs::{area, between, within, Scored};
use crate::metrics::sum::Sum;
use std::string::String;
use std::vec::Vec;
use std::{eprintln, format};

const VECTORS: &str = include_str!("engine.txt");

fn digits(text: &str) -> Vec<usize> {
    text.chars().map(|digit| digit.to_digit(36).unwrap() as usize).collect()
}

fn floats(text: &str) -> Vec<Float> {
    text.split(',').map(|bits| Float(u64::from_str_radix(bits, 16).unwrap())).collect()
}

fn of_classes(metric: &str, positive: u32, truth: &str, predicted: &str) -> Option<Float> {
    let (truth, predicted) = (digits(truth), digits(predicted));
    let mut counts = [[0u32; 36]; 3];
    for (t, p) in truth.iter().zip(&predicted) {
        counts[0][*t] += 1;
        counts[1][*p] += 1;
        counts[2][*t] += u32::from(t == p);
    }
    let counts = Counts { actual: &counts[0], predicted: &counts[1], both: &counts[2] };
    let (name, average) = metric.split_once(':').unwrap_or((metric, ""));
    let average = match average {
        "micro" => Average::Micro,
        "macro" => Average::Macro,
        "weighted" => Average::Weighted,
        _ => Average::Binary(positive),
    };
    match name {
        "accuracy" => accuracy(counts),
        "balanced_accuracy" => balanced_accuracy(counts),
        "mcc" => mcc(counts),
        "cohen_kappa" => cohen_kappa(counts),
        "f1" => ratio(counts, Ratio::F1, average),
        "precision" => ratio(counts, Ratio::Precision, average),
        "recall" => ratio(counts, Ratio::Recall, average),
        _ => panic!("{metric}"),
    }
}

fn of_numbers(metric: &str, truth: &str, predicted: &str) -> Option<Float> {
    let loss = if metric == "mae" { Loss::Absolute } else { Loss::Squared };
    let (truth, predicted) = (floats(truth), floats(predicted));
    let mut sum = Some(Sum::EMPTY);
    for (t, p) in truth.iter().zip(&predicted) {
        sum = sum.and_then(|sum| add(sum, loss, *t, *p));
    }
    mean(sum?, truth.len() as u32, metric == "rmse")
}

/// In runs of any length, as chunks may cut them.
fn of_scores(positive: u32, truth: &str, predicted: &str, dice: &mut Dice) -> Option<Float> {
    let truth: Vec<bool> = digits(truth).into_iter().map(|class| class == positive as usize).collect();
    let rows: Vec<Scored> = floats(predicted)
        .iter()
        .zip(&truth)
        .map(|(score, positive)| Scored { key: score.key(), positive: *positive })
        .collect();
    let mut runs: Vec<Vec<Scored>> = Vec::new();
    let mut from = 0;
    while from < rows.len() {
        let to = (from + 1 + dice.below(rows.len() as u64) as usize).min(rows.len());
        let mut run = rows[from..to].to_vec();
        run.sort_unstable_by_key(|row| row.key);
        runs.push(run);
        from = to;
    }
    let mut halves = 0;
    for (i, run) in runs.iter().enumerate() {
        halves += within(run) + runs[..i].iter().map(|earlier| between(earlier, run)).sum::<u64>();
    }
    let positives = truth.iter().filter(|positive| **positive).count() as u32;
    area(halves, positives, truth.len() as u32 - positives)
}

fn check(lines: &str) -> u64 {
    let mut dice = Dice(3);
    let mut cases = 0;
    for line in lines.lines() {
        let fields: Vec<&str> = line.split(' ').collect();
        let [metric, positive, truth, predicted, units] = fields[..] else { panic!("{line}") };
        let positive = positive.parse().unwrap();
        let score = match metric {
            "mae" | "mse" | "rmse" => of_numbers(metric, truth, predicted),
            "roc_auc" => of_scores(positive, truth, predicted, &mut dice),
            _ => of_classes(metric, positive, truth, predicted),
        };
        let ours = score.and_then(Float::to_units).map_or(String::from("-"), |units| format!("{units}"));
        assert_eq!(ours, units, "{line}");
        cases += 1;
    }
    cases
}

#[test]
fn scores_are_the_engines() {
    assert!(check(VECTORS) == 800);
}

/// `RECOUNT_CASES=FILE cargo test -p stellartrain-recount -- --ignored`: as many more as the script wrote.
#[test]
#[ignore = "needs a file of cases"]
fn scores_of_many_more_cases_are_the_engines() {
    let cases = check(&std::fs::read_to_string(std::env::var("RECOUNT_CASES").unwrap()).unwrap());
    eprintln!("{cases} cases");
}
