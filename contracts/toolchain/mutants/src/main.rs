//! Writes mutants into a source file, all of them, each behind its number, so that one build has them all and
//! `MUTANT=17` chooses one when a test runs.
//!
//!   cargo mutants --list --json | mutants-in-one ROOT [LEFT-OUT…] > table
//!
//! rewrites the named files under ROOT in place; the table has a line `number<TAB>file<TAB>name` for each mutant. Numbers that are
//! left out, for they do not compile, get no code.
use proc_macro2::LineColumn;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::ops::Range;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

struct Mutant {
    number: usize,
    genre: String,
    replacement: String,
    span: Range<usize>,
}

/// A part of the source that becomes a choice: each mutant's text, or the part as it is with what is inside it rewritten.
struct Edit {
    range: Range<usize>,
    kind: Kind,
}

enum Kind {
    /// An expression: number and text of each mutant.
    Choice(Vec<(usize, String)>),
    /// Goes in front of a function's first statement.
    Return(Vec<(usize, String)>),
    /// Goes in front of a guard (true) or makes one (false): the arm is skipped.
    Skip(Vec<usize>, bool),
}

struct Source {
    text: String,
    lines: Vec<usize>,
}

impl Source {
    fn new(text: String) -> Source {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Source { text, lines }
    }

    /// Columns count characters.
    fn at(&self, line: usize, column: usize) -> usize {
        let from = self.lines[line - 1];
        from + self.text[from..].chars().take(column).map(char::len_utf8).sum::<usize>()
    }

    fn point(&self, point: LineColumn) -> usize {
        self.at(point.line, point.column)
    }

    fn range(&self, of: &impl Spanned) -> Range<usize> {
        let span = of.span();
        self.point(span.start())..self.point(span.end())
    }

    fn of(&self, of: &impl Spanned) -> &str {
        &self.text[self.range(of)]
    }
}

struct Finder<'a> {
    source: &'a Source,
    mutants: BTreeMap<usize, Vec<&'a Mutant>>,
    edits: Vec<Edit>,
    unviable: BTreeSet<usize>,
}

impl Finder<'_> {
    /// Takes the mutants of a genre that begin here.
    fn take(&mut self, at: usize, genre: &str) -> Vec<(usize, String)> {
        let Some(here) = self.mutants.get_mut(&at) else { return vec![] };
        let (taken, left): (Vec<_>, Vec<_>) = here.drain(..).partition(|one| one.genre == genre);
        *here = left;
        taken.into_iter().map(|one| (one.number, one.replacement.clone())).collect()
    }

    fn push(&mut self, range: Range<usize>, kind: Kind) {
        self.edits.push(Edit { range, kind });
    }

    fn function(&mut self, block: &syn::Block) {
        let Some(first) = block.stmts.first() else { return };
        // Docs and attributes belong to the first statement.
        let at = self.source.range(first).start;
        let inside = self.source.range(block);
        let found: Vec<_> = [at, inside.start].iter().flat_map(|&at| self.take(at, "FnValue")).collect();
        if !found.is_empty() {
            self.push(inside.start + 1..inside.start + 1, Kind::Return(found));
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    // What the compiler computes cannot ask which mutant is chosen: those are left to a build of their own.
    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}
    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}
    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}
    fn visit_type_array(&mut self, _: &'ast syn::TypeArray) {}

    fn visit_item_fn(&mut self, it: &'ast syn::ItemFn) {
        if it.sig.constness.is_some() {
            return;
        }
        self.function(&it.block);
        visit::visit_item_fn(self, it);
    }

    fn visit_impl_item_fn(&mut self, it: &'ast syn::ImplItemFn) {
        if it.sig.constness.is_some() {
            return;
        }
        self.function(&it.block);
        visit::visit_impl_item_fn(self, it);
    }

    fn visit_expr_binary(&mut self, it: &'ast syn::ExprBinary) {
        let found = self.take(self.source.range(&it.op).start, "BinaryOperator");
        if !found.is_empty() {
            let (left, right) = (self.source.of(&it.left), self.source.of(&it.right));
            let choice = found.into_iter().map(|(number, op)| (number, format!("{left} {op} {right}"))).collect();
            self.push(self.source.range(it), Kind::Choice(choice));
        }
        visit::visit_expr_binary(self, it);
    }

    fn visit_expr_unary(&mut self, it: &'ast syn::ExprUnary) {
        let found = self.take(self.source.range(&it.op).start, "UnaryOperator");
        if !found.is_empty() {
            let inner = self.source.of(&it.expr);
            let choice = found.into_iter().map(|(number, op)| (number, format!("{op}{inner}"))).collect();
            self.push(self.source.range(it), Kind::Choice(choice));
        }
        visit::visit_expr_unary(self, it);
    }

    /// Without an arm there has to be another one that takes what it took.
    fn visit_expr_match(&mut self, it: &'ast syn::ExprMatch) {
        let rest = it.arms.iter().any(|arm| arm.guard.is_none() && matches!(arm.pat, syn::Pat::Wild(_)));
        for arm in it.arms.iter().filter(|_| !rest) {
            let numbers = self.take(self.source.range(arm).start, "MatchArm");
            self.unviable.extend(numbers.into_iter().map(|(number, _)| number));
        }
        visit::visit_expr_match(self, it);
    }

    fn visit_arm(&mut self, it: &'ast syn::Arm) {
        let dropped: Vec<usize> =
            self.take(self.source.range(it).start, "MatchArm").into_iter().map(|(number, _)| number).collect();
        if let Some((_, guard)) = &it.guard {
            let range = self.source.range(guard.as_ref());
            let found = self.take(range.start, "MatchArmGuard");
            if !found.is_empty() {
                self.push(range.clone(), Kind::Choice(found));
            }
            if !dropped.is_empty() {
                self.push(range, Kind::Skip(dropped, true));
            }
        } else if !dropped.is_empty() {
            let end = self.source.range(&it.pat).end;
            self.push(end..end, Kind::Skip(dropped, false));
        }
        visit::visit_arm(self, it);
    }

    fn visit_expr_struct(&mut self, it: &'ast syn::ExprStruct) {
        let whole = self.source.range(it);
        let mut choice = vec![];
        for field in &it.fields {
            let range = self.source.range(field);
            for (number, _) in self.take(range.start, "StructField") {
                let mut end = range.end;
                if self.source.text[end..].trim_start().starts_with(',') {
                    end += self.source.text[end..].find(',').unwrap() + 1;
                }
                let text = &self.source.text;
                choice.push((number, format!("{}{}", &text[whole.start..range.start], &text[end..whole.end])));
            }
        }
        if !choice.is_empty() {
            self.push(whole, Kind::Choice(choice));
        }
        visit::visit_expr_struct(self, it);
    }
}

/// The text of a range with the edits inside it made; `edits` are sorted, outer ones first.
fn rewritten(text: &str, range: Range<usize>, edits: &[Edit]) -> String {
    let (mut out, mut at, mut next) = (String::new(), range.start, 0);
    while next < edits.len() {
        let edit = &edits[next];
        let inside = edits[next + 1..].iter().take_while(|one| one.range.end <= edit.range.end).count();
        out.push_str(&text[at..edit.range.start]);
        let kept = rewritten(text, edit.range.clone(), &edits[next + 1..next + 1 + inside]);
        out.push_str(&edit.around(&kept));
        at = edit.range.end;
        next += 1 + inside;
    }
    out.push_str(&text[at..range.end]);
    out
}

impl Edit {
    /// Each mutant on a line of its own that names it, so that what does not compile can be told by its line.
    fn around(&self, kept: &str) -> String {
        match &self.kind {
            Kind::Choice(mutants) => {
                let arms: String =
                    mutants.iter().map(|(n, text)| format!("\n{n} => {{ {} }} /*M{n}*/", flat(text))).collect();
                format!("(match crate::mutant::chosen() {{{arms}\n_ => {{ {kept} }} }})")
            }
            Kind::Return(mutants) => {
                let arms: String = mutants
                    .iter()
                    .map(|(n, text)| {
                        format!("\nif crate::mutant::chosen() == {n} {{ return {}; }} /*M{n}*/", flat(text))
                    })
                    .collect();
                format!("{arms}\n{kept}")
            }
            Kind::Skip(numbers, guarded) => {
                let tests: Vec<String> = numbers.iter().map(|n| format!("crate::mutant::chosen() != {n}")).collect();
                let tests = tests.join(" && ");
                if *guarded {
                    format!("{tests} && ({kept})")
                } else {
                    format!(" if {tests}")
                }
            }
        }
    }
}

fn flat(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(|line| line.split(" //").next().unwrap_or("").trim()).collect();
    lines.join(" ")
}

fn number(value: &Value, key: &str) -> usize {
    value[key].as_u64().expect("a number") as usize
}

fn main() {
    let mut args = std::env::args().skip(1);
    let root = args.next().expect("the folder of the files");
    let out: BTreeSet<usize> = args.map(|one| one.parse().expect("a number")).collect();
    let mut json = String::new();
    std::io::stdin().read_to_string(&mut json).expect("a list");
    let list: Vec<Value> = serde_json::from_str(&json).expect("a list");
    let mut files: BTreeMap<&str, Vec<(usize, &Value)>> = BTreeMap::new();
    for (index, one) in list.iter().enumerate() {
        files.entry(one["file"].as_str().expect("a file")).or_default().push((index + 1, one));
    }
    for (file, values) in files {
        let path = format!("{root}/{file}");
        let source = Source::new(std::fs::read_to_string(&path).expect("a source"));
        let mutants: Vec<Mutant> = values
            .iter()
            .filter(|(number, _)| !out.contains(number))
            .map(|&(n, one)| {
                let point =
                    |key: &str| source.at(number(&one["span"][key], "line"), number(&one["span"][key], "column") - 1);
                Mutant {
                    number: n,
                    genre: one["genre"].as_str().expect("a genre").into(),
                    replacement: one["replacement"].as_str().unwrap_or("").into(),
                    span: point("start")..point("end"),
                }
            })
            .collect();
        let parsed = syn::parse_file(&source.text).expect("Rust");
        let mut by_start: BTreeMap<usize, Vec<&Mutant>> = BTreeMap::new();
        for one in &mutants {
            by_start.entry(one.span.start).or_default().push(one);
        }
        let mut finder = Finder { source: &source, mutants: by_start, edits: vec![], unviable: out.clone() };
        finder.visit_file(&parsed);
        let lost: BTreeSet<usize> = finder.mutants.values().flatten().map(|one| one.number).collect();
        let mut edits = finder.edits;
        // Of two that begin together, the one that reaches farther is around the other; `sort` keeps their order otherwise.
        edits.sort_by_key(|edit| (edit.range.start, std::cmp::Reverse(edit.range.end)));
        let whole = rewritten(&source.text, 0..source.text.len(), &edits);
        std::fs::write(&path, whole).expect("to write");
        for (number, one) in values {
            let name = one["name"].as_str().unwrap_or("").replace('\n', " ");
            let state = if finder.unviable.contains(&number) {
                "unviable"
            } else if lost.contains(&number) {
                "lost"
            } else {
                "in"
            };
            println!("{number}\t{state}\t{file}\t{name}");
        }
    }
}
