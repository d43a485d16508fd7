#!/usr/bin/env bash
# Makes sure that the Docker daemon has AWS's image for java25 functions, which `sam local invoke` runs them in.
# AWS's own is pulled where its registry answers. Elsewhere a stand-in takes its name: a small user land from
# Debian packages, the JDK 25 of this machine, and AWS's runtime interface client from Maven Central, laid out
# as AWS's image is. Does nothing when the image is there; FORCE=1 makes it anew.
set -euo pipefail
. "$(dirname "$0")/common.sh"

case $(uname -m) in x86_64) arch=x86_64 ;; aarch64 | arm64) arch=arm64 ;; *) die "no Lambda image for $(uname -m)" ;; esac
image=public.ecr.aws/lambda/java:25-$arch
derived=public.ecr.aws/lambda/java:25-rapid-$arch # sam adds its emulator to the first and calls it this
ric=2.9.0                                         # aws-lambda-java-runtime-interface-client
layout=1                                          # raise it when this script changes what is in the image
saved=$PEERWAY_CACHE/lambda-java25-$arch-ric$ric-$layout.tar

if [ "${FORCE:-0}" != 1 ] && docker image inspect "$image" >/dev/null 2>&1; then exit 0; fi
[ "${FORCE:-0}" != 1 ] || rm -f "$saved"

# A registry that is not there must not hold us up: AWS's image is about 200 MB, a refusal takes no time.
if [ "${STAND_IN:-auto}" = auto ] && [ ! -e "$saved" ]; then
  if timeout "${PULL_SECONDS:-300}" docker pull -q "$image" >/dev/null 2>&1; then exit 0; fi
  say "$image cannot be pulled here: making a stand-in"
fi

user_land() { # glibc, and a shell with applets
  local root=$1 debs=$2 applet
  mkdir -p "$debs" "$root"/usr/{bin,sbin,lib,lib64} "$root"/{tmp,etc/ssl/certs,proc,sys,dev,root,opt}
  for dir in bin sbin lib lib64; do ln -s "usr/$dir" "$root/$dir"; done
  chmod 1777 "$root/tmp"
  (cd "$debs" && apt-get -o APT::Sandbox::User=root -q download \
    libc6 libgcc-s1 libstdc++6 zlib1g busybox-static ca-certificates tzdata >/dev/null)
  for deb in "$debs"/*.deb; do dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$root" --keep-directory-symlink; done
  rm -rf "$root"/usr/share/{doc,man,locale,lintian,info}
  for applet in $("$root/usr/bin/busybox" --list); do
    [ -e "$root/usr/bin/$applet" ] || ln -s busybox "$root/usr/bin/$applet"
  done
  find "$root/usr/share/ca-certificates" -name '*.crt' -exec cat {} + >"$root/etc/ssl/certs/ca-certificates.crt"
  echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
  echo 'root:x:0:' >"$root/etc/group"
  echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
}

java_runtime() { # where AWS's image has it
  local root=$1
  mkdir -p "$root/var/lang" "$root/var/runtime/lib" "$root/var/task" "$root/var/rapid"
  cp -aL "$JAVA_HOME/." "$root/var/lang/" 2>/dev/null || cp -a "$JAVA_HOME/." "$root/var/lang/"
  rm -rf "$root"/var/lang/{jmods,man,include,demo,sample,lib/src.zip}
}

interface_client() {
  local root=$1 pom=$2
  cat >"$pom" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>ric</artifactId><version>1</version><packaging>pom</packaging>
<dependencies><dependency><groupId>com.amazonaws</groupId>
<artifactId>aws-lambda-java-runtime-interface-client</artifactId><version>$ric</version></dependency></dependencies>
</project>
POM
  mvn -q -B -f "$pom" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$root/var/runtime/lib"

  # As AWS's own: heap from the memory size, serial GC, only the client on the class path (its class loader
  # reads /var/task and /var/task/lib itself).
  cat >"$root/var/runtime/bootstrap" <<'SH'
#!/bin/sh
mem=${AWS_LAMBDA_FUNCTION_MEMORY_SIZE:-512}
exec /var/lang/bin/java -XX:MaxHeapSize=$((mem * 85 / 100 * 1024))k -XX:+UseSerialGC -Xshare:auto \
  -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Djava.net.preferIPv4Stack=true --enable-native-access=ALL-UNNAMED \
  -cp "/var/runtime/lib/*" com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$_HANDLER"
SH
  cat >"$root/lambda-entrypoint.sh" <<'SH'
#!/bin/sh
[ $# -eq 1 ] || { echo "entrypoint requires the handler name to be the first argument" >&2; exit 142; }
export _HANDLER="$1"
if [ -z "${AWS_LAMBDA_RUNTIME_API}" ]; then exec /usr/local/bin/aws-lambda-rie /var/runtime/bootstrap; fi
exec /var/runtime/bootstrap
SH
  chmod +x "$root/var/runtime/bootstrap" "$root/lambda-entrypoint.sh"
}

if [ ! -e "$saved" ]; then
  use_jdk25
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  root=$work/root
  user_land "$root" "$work/debs"
  java_runtime "$root"
  interface_client "$root" "$work/pom.xml"
  mkdir -p "$PEERWAY_CACHE"
  tar -C "$root" --numeric-owner --owner=0 --group=0 -cf "$saved.new" .
  mv "$saved.new" "$saved"
fi

docker import \
  -c 'ENV PATH=/var/lang/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin' \
  -c 'ENV LD_LIBRARY_PATH=/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib' \
  -c 'ENV JAVA_HOME=/var/lang LANG=en_US.UTF-8 TZ=:/etc/localtime' \
  -c 'ENV LAMBDA_TASK_ROOT=/var/task LAMBDA_RUNTIME_DIR=/var/runtime' \
  -c 'WORKDIR /var/task' -c 'ENTRYPOINT ["/lambda-entrypoint.sh"]' \
  "$saved" "$image" >/dev/null
docker rmi -f "$derived" >/dev/null 2>&1 || true # sam makes it again from the new base
say "$image: stand-in ready"
