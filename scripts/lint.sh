#!/usr/bin/env bash
# Checks what needs no test: the templates, the workflows, the shell scripts, the Python, the format of all Java.
# Run through run.sh.
set -euo pipefail
cd "$(dirname "$0")/.."

sam validate --lint --template template.yaml --region eu-west-1
cfn-lint template.yaml stacks/*.yaml
"$PEERWAY_CACHE/tools/bin/python" -m local.judges.policies template.yaml stacks/*.yaml
# sam does not read the files that DefinitionUri names; --no-arn-check because Resource holds ${substitutions}.
for workflow in workflows/*.asl.json; do asl-validator --no-arn-check --json-path "$workflow"; done
shellcheck -x -P SCRIPTDIR scripts/*.sh .ci/run
ruff format --check --quiet || { echo "Not as ruff formats it: scripts/run.sh ruff format"; exit 1; }
ruff check --quiet
mypy --cache-dir "$PEERWAY_CACHE/mypy" --python-executable "$PEERWAY_CACHE/aws/bin/python" --no-error-summary
# The scenarios are the last to be compiled: a slip in their format must not show after half an hour of tests.
mvn -B -ntp -q -Plocal spotless:check
