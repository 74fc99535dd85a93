//! The `copydesk` program: see [`copydesk::cli`].

use std::process::ExitCode;

/// Short lists come and go with every article, on many threads at once: what this allocator is made for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    copydesk::cli::run()
}
