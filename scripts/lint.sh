#!/usr/bin/env bash
# Checks everything that is not Java: the templates, the workflows, the shell scripts. Run through run.sh.
set -euo pipefail
cd "$(dirname "$0")/.."

sam validate --lint --template template.yaml --region eu-west-1
cfn-lint template.yaml stacks/*.yaml
# sam does not read the files that DefinitionUri names; --no-arn-check because Resource holds ${substitutions}.
for workflow in workflows/*.asl.json; do asl-validator --no-arn-check --json-path "$workflow"; done
shellcheck -x -P SCRIPTDIR scripts/*.sh .ci/run
