//! Names that tell the files of one budget apart.
//!
//! The names of names are the same names: `verify` reads plans again by the names that a result gives them.

use std::collections::HashSet;
use std::path::{Component, Path};

/// A name for each path: the file's own, where no other file has it; with as many folders before it as tell it
/// apart; or with a number behind it, where paths do not tell, as with `plan.csv` and `../plan.csv`.
pub(super) fn told_apart(paths: &[&str]) -> Vec<String> {
    let parts: Vec<Vec<String>> = paths.iter().map(|path| parts_of(path)).collect();
    let files = parts.iter().filter_map(|parts| parts.last());
    let mut taken: HashSet<String> = files.cloned().collect();
    let mut names = Vec::with_capacity(paths.len());
    for (index, own) in parts.iter().enumerate() {
        let is_first = parts.iter().position(|other| other == own) == Some(index);
        names.push(match is_first {
            true => shortest(own, &parts),
            false => numbered(own.last().map_or("", String::as_str), &mut taken),
        });
    }
    names
}

/// The folders and the file of a path, as far as it names them.
fn parts_of(path: &str) -> Vec<String> {
    let mut parts = Vec::new();
    for component in Path::new(path).components() {
        match component {
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            Component::ParentDir => drop(parts.pop()),
            Component::Prefix(_) | Component::RootDir | Component::CurDir => {}
        }
    }
    parts
}

/// The last parts of a path, as few as no other path has.
fn shortest(own: &[String], all: &[Vec<String>]) -> String {
    let tells = |count: &usize| {
        let mut same = all.iter().filter(|other| tail(other, *count) == tail(own, *count));
        same.all(|other| other.as_slice() == own)
    };
    // One more than there are tells `plan.csv` from `law/plan.csv`.
    let count = (1..=own.len() + 1).find(tells).unwrap_or(own.len());
    tail(own, count).join("/")
}

fn tail(parts: &[String], count: usize) -> &[String] {
    parts.get(parts.len().saturating_sub(count)..).unwrap_or_default()
}

/// `plan (2).csv`
fn numbered(file: &str, taken: &mut HashSet<String>) -> String {
    let (stem, extension) = split_extension(file);
    let mut number = 2_usize;
    loop {
        let name = format!("{stem} ({number}){extension}");
        if taken.insert(name.clone()) {
            return name;
        }
        number += 1;
    }
}

/// A name before its extension, and the extension with its point.
pub(super) fn split_extension(name: &str) -> (&str, &str) {
    let file = name.rfind('/').map_or(0, |at| at + 1);
    match name.rfind('.').filter(|at| *at > file) {
        Some(at) => name.split_at(at),
        None => (name, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_short_as_they_tell_files_apart() {
        let told = [
            (&["a/law.csv", "b/art.csv"][..], &["law.csv", "art.csv"][..]),
            (&["a/plan.csv", "plan.csv", "b/law.csv"], &["a/plan.csv", "plan.csv", "law.csv"]),
            (
                &["a/x/plan.csv", "b/x/plan.csv", "c/plan.csv"],
                &["a/x/plan.csv", "b/x/plan.csv", "c/plan.csv"],
            ),
            (&["/home/a/x/plan.csv", "/home/b/x/plan.csv"], &["a/x/plan.csv", "b/x/plan.csv"]),
            (&["x/a/plan.csv", "y/b/plan.csv"], &["a/plan.csv", "b/plan.csv"]),
            (&["plan.csv", "../plan.csv"], &["plan.csv", "plan (2).csv"]),
            (
                &["plan.csv", "../plan.csv", "plan (2).csv", "../../plan.csv"],
                &["plan.csv", "plan (3).csv", "plan (2).csv", "plan (4).csv"],
            ),
            (&["a/p.csv", "../a/p.csv", "b/p.csv"], &["a/p.csv", "p (2).csv", "b/p.csv"]),
            (&["a/../b/p", "./c/p", "-"], &["b/p", "c/p", "-"]),
        ];
        for (paths, expected) in told {
            let names = told_apart(paths);
            assert_eq!(names, expected, "{paths:?}");
            let again: Vec<&str> = names.iter().map(String::as_str).collect();
            assert_eq!(told_apart(&again), expected, "{paths:?}, read again");
        }
    }

    #[test]
    fn points_of_folders_begin_no_extension() {
        assert_eq!(split_extension("v1.2/plan.csv"), ("v1.2/plan", ".csv"));
        assert_eq!(split_extension("v1.2/plan"), ("v1.2/plan", ""));
        assert_eq!(split_extension(".csv"), (".csv", ""));
    }
}
