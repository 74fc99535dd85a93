//! Compiles the contract in `proto/` to Rust; nothing else is generated.

#![expect(clippy::disallowed_macros, clippy::disallowed_methods, reason = "a build script does I/O")]

use std::path::PathBuf;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    if std::env::var_os("CARGO_FEATURE_SERVER").is_some() {
        compile_contract()?;
    }
    Ok(())
}

/// Messages, service and canonical JSON of `copydesk.v1`, and the descriptor set for reflection.
fn compile_contract() -> Result<()> {
    const PROTOS: [&str; 2] = ["copydesk/v1/structuring_service.proto", "grpc/health/v1/health.proto"];
    println!("cargo:rerun-if-changed=proto");
    let mut compiler = protox::Compiler::new(["proto"])?;
    // Comments travel with the descriptors, so that reflection shows them.
    compiler.include_source_info(true).include_imports(true).open_files(PROTOS)?;
    let descriptors = compiler.file_descriptor_set();
    let encoded = compiler.encode_file_descriptor_set();
    std::fs::write(out_file("copydesk.descriptors.bin")?, &encoded)?;
    tonic_prost_build::configure()
        .codec_path("crate::wire::StrictCodec")
        .btree_map(".grpc.health.v1")
        .compile_fds(descriptors)?;
    pbjson_build::Builder::new().register_descriptors(&encoded)?.build(&[".copydesk"])?;
    Ok(())
}

fn out_file(name: &str) -> Result<PathBuf> {
    Ok(PathBuf::from(std::env::var("OUT_DIR")?).join(name))
}
