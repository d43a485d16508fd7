#!/usr/bin/env bash
# release.sh [BUCKET]: dist/peerway-VERSION, from what `make build` built: packaged template, zip of the functions, stacks, SBOM, checksums.
# With BUCKET (and the AWS settings of the caller) the functions go there, and the template refers to them.
set -euo pipefail
. "$(dirname "$0")/common.sh"
cd "$ROOT"

bucket=${1:-}
version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' pom.xml | head -1)
out=dist/peerway-$version
rm -rf "$out"
mkdir -p "$out"

"$(dirname "$0")/run.sh" mvn -B -ntp -q org.cyclonedx:cyclonedx-maven-plugin:makeAggregateBom
cp target/bom.json "$out/sbom.json"

if [ -n "$bucket" ]; then
  packaged=$(mktemp)
  trap 'rm -f "$packaged"' EXIT
  KEEP_AWS=1 "$(dirname "$0")/run.sh" sam package --template-file .aws-sam/build/template.yaml --s3-bucket "$bucket" \
    --s3-prefix "peerway/$version" --output-template-file "$packaged" >/dev/null
  "$(dirname "$0")/run.sh" python scripts/release.py "$out" "$packaged"
else
  "$(dirname "$0")/run.sh" python scripts/release.py "$out"
fi
say "$out"
