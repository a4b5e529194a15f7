//! The rules as stories, boundaries and games; one program, for it compiles once.
mod calls;
mod changed;
mod coalition;
mod common;
mod late;
mod stories;
mod wild;
