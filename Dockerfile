# syntax=docker/dockerfile:1
# One static binary in an empty image, as a user without rights:
#   docker buildx build --platform linux/amd64,linux/arm64 --sbom=true --provenance=true \
#     --build-arg COMMIT="$(git rev-parse HEAD)" -t copydesk .
ARG RUST_VERSION=1.95

FROM rust:${RUST_VERSION}-slim-bookworm AS build
WORKDIR /build
COPY . .
ARG COMMIT=""
ENV COPYDESK_COMMIT=${COMMIT} RUSTFLAGS="-C target-feature=+crt-static"
# A target by name keeps the flags away from build scripts and macros, which cannot be static.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    target="$(uname -m)-unknown-linux-gnu" \
    && cargo build --release --locked --target "$target" \
    && cp "target/$target/release/copydesk" /copydesk

FROM scratch
ARG COMMIT=""
LABEL org.opencontainers.image.title="copydesk" \
      org.opencontainers.image.description="Raw news text in, structured article out, over gRPC" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0" \
      org.opencontainers.image.revision="${COMMIT}"
COPY --from=build /copydesk /copydesk
COPY LICENSE-MIT LICENSE-APACHE NOTICE /licenses/
USER 65532:65532
ENV COPYDESK_LISTEN=0.0.0.0:50051 COPYDESK_ADMIN_LISTEN=0.0.0.0:9090
EXPOSE 50051 9090
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/copydesk", "healthcheck"]
ENTRYPOINT ["/copydesk"]
CMD ["serve"]
