//! The command `ka171`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ka171::cli::run()
}
