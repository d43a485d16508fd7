# All that `make demo`, `make test` and the others need. CONTRIBUTING.md, "In a container", says how to run it and why it is privileged.
ARG JDK=eclipse-temurin:25-jdk
ARG BASE=debian:bookworm-slim
FROM ${JDK} AS jdk

FROM ${BASE}
COPY --from=jdk /opt/java/openjdk /opt/java/jdk-25
ENV JAVA_HOME=/opt/java/jdk-25 LANG=C.UTF-8
RUN apt-get update -qq \
 && apt-get install -qq --no-install-recommends ca-certificates make procps python3 python3-venv >/dev/null \
 && rm -rf /var/lib/apt/lists/*
# What the commands would install at their first start; in an order that changes seldom.
COPY scripts/common.sh scripts/setup.sh /opt/peerway/scripts/
COPY local/requirements-aws.txt local/requirements-tools.txt /opt/peerway/local/
RUN /opt/peerway/scripts/setup.sh chromium-headless-shell:chromium-headless-shell && rm -rf /var/lib/apt/lists/*
# The tree belongs to whoever started the container.
RUN git config --system --add safe.directory '*'
WORKDIR /work
