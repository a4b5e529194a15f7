//! Writes the vectors that other implementations of the rules are compared with: inputs, and what these rules make of them.
//!
//! `cargo run --release -p stellartrain-model --example vectors -- DIR [EACH]`; the committed ones are
//! `contracts/client/src/rules/vectors`, with each situation once, and `local/check/contract.sh` compares them with what this program writes.
mod facts;
mod graded;
mod json;
mod moments;
mod tables;
mod trials;

use std::path::PathBuf;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().expect("a folder to write into"));
    let each = arguments.next().map_or(1, |each| each.parse().expect("how often each situation is wanted"));
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, cases) in [
        ("phases", tables::phases()),
        ("votes", graded::votes()),
        ("boards", tables::boards()),
        ("fees", tables::fees()),
        ("scores", tables::scores()),
        ("rankings", graded::rankings()),
        ("attempts", tables::attempts()),
        ("records", graded::records()),
        ("moments", moments::moments(each)),
    ] {
        std::fs::write(folder.join(format!("{name}.json")), json::lines(&cases)).expect("a vector file");
        println!("{name}: {} cases", cases.len());
    }
}
