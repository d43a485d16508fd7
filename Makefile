# Every target works on a fresh clone: it sets the machine up first (quick when that is done).
SHELL := bash
RUN   := scripts/run.sh
BUILT := .aws-sam/build/template.yaml
# For `make` below, not from the environment: what comes before units and lint, and how much Maven says.
FIRST :=
QUIET :=

.PHONY: help setup build lint unit check test python prove-tests scenarios mutation demo recording stop bench faults doctor local-invoke prove pictures release clean

help: ## shows this
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

setup: ## installs what the other targets need, into ~/.cache/peerway and by apt-get
	@scripts/setup.sh

build: setup $(BUILT) ## sam build: one Maven run for all functions

# Java's own tests are `make test`'s; the template and the workflows are copied into the build. `sam build` has Maven install `shared`
# into the user's repository and takes it from there: two clones that build at once would take each other's.
$(BUILT): template.yaml pom.xml $(shell find .mvn functions shared workflows vpn -type f -not -path '*/target/*' -not -path '*/src/test/*' 2>/dev/null)
	MAVEN_OPTS=-DskipTests=true $(RUN) bash -c 'exec flock "$$PEERWAY_CACHE/build.lock" sam build'
	@touch $@

lint: setup $(FIRST) ## checks templates, workflows, scripts and the format of all Java
	$(RUN) scripts/lint.sh

unit: setup $(FIRST) # all Java compiled, and its own tests
	$(RUN) mvn -B -ntp $(QUIET) verify

check: setup ## what a change has to pass at once: all Java compiled, its own tests, lint
	@$(MAKE) --no-print-directory -j2 -Oline unit lint QUIET=-q

# Two at once, in this order: scenarios wait much, and take as long as all others. sam build copies the tree, so that what writes into it
# comes after.
test: setup ## all tests: Java, Python, and the scenarios on the local AWS
	@$(MAKE) --no-print-directory -j2 -Oline scenarios prove-tests unit lint python FIRST=build

scenarios: build
	@rm -rf local/target/calls
	$(RUN) mvn -B -ntp -Plocal -pl local verify

prove-tests: setup
	$(RUN) python -m pytest -q -p no:cacheprovider prove

# The files that take longest come first, and each stays on one of two processes.
python: build lint
	@command -v chromium >/dev/null || scripts/setup.sh chromium-headless-shell:chromium-headless-shell
	$(RUN) python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder local/rig local/faults local

# ONLY='io.peerway.plan.seen.*' takes minutes, and holds to no floor.
mutation: setup ## breaks `model` and `plan` in every small way, and asks whether a test sees it: target/mutation/index.html
	$(RUN) mvn -B -ntp -q -Pmutation process-test-classes $(if $(ONLY),'-Dmutation.of=$(ONLY)' -Dmutation.floor=0)

demo: build ## README's network: from a peering request to ssh (KEEP=1 leaves it running)
	@$(RUN) python -m local.demo $(if $(KEEP),--keep)

recording: build ## docs/pictures/demo.svg, from a run of the demo
	@scripts/setup.sh dot:graphviz
	@mkdir -p target/demo
	$(RUN) script --quiet --return --command 'stty cols 160; python -m local.demo' target/demo/recording
	@scripts/pictures.sh target/demo/recording

pictures: ## docs/pictures/*.svg, from the *.dot beside them
	@scripts/setup.sh dot:graphviz
	@scripts/pictures.sh

stop: setup ## ends what `make demo KEEP=1` left running
	@$(RUN) python -m local.demo --stop

local-invoke: build ## every sample of events/ through `sam local invoke`
	@scripts/with-docker.sh $(RUN) python -m local.demo.local_invoke

bench: build ## counts calls, transitions and sizes: target/bench/report.json
	@$(RUN) python -m local.bench

# ONLY=disconnect KIND=killed CALL='AcceptFunction ec2:AcceptVpcPeeringConnection hub #1' do a part of it.
faults: build ## the same end whatever call fails, and however: target/faults/report.json
	@$(RUN) python -m local.faults $(if $(ONLY),--only $(ONLY)) $(if $(KIND),--kind $(KIND)) $(if $(CALL),--call '$(CALL)')

doctor: build ## breaks the path in every way, and asks diagnose: target/doctor/report.json (ONLY='route back': some of them)
	@$(RUN) python -m local.doctor $(if $(ONLY),--only '$(ONLY)')

# docs/prove.md. LOCAL=1: against the local AWS. CLEAN=1 NAME=…: removes what a run of that name has left.
prove: build ## asks a real organisation whether the assumptions of docs/design.md hold: MANAGEMENT=profile HUB=… SERVICE=… SECOND=… REGION=…
ifdef LOCAL
	@$(RUN) python -m prove --local $(PROVE)
else
	@KEEP_AWS=1 $(RUN) python -m prove --management '$(MANAGEMENT)' --hub '$(HUB)' --service '$(SERVICE)' --second '$(SECOND)' $(PROVE)
endif
PROVE = $(if $(REGION),--region '$(REGION)') $(if $(OTHER),--other '$(OTHER)') $(if $(UNIT),--unit '$(UNIT)') $(if $(NAME),--name '$(NAME)') \
        $(if $(YES),--yes) $(if $(CLEAN),--clean)

release: build ## dist/: packaged template, zip, SBOM, checksums (BUCKET=name: the functions in that bucket)
	@scripts/release.sh $(BUCKET)

clean: ## removes what was built
	rm -rf target .aws-sam dist */target
