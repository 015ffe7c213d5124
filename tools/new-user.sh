#!/usr/bin/env bash
# The repository's committed HEAD as somebody new meets it: a clean clone in a fresh Debian 12 that has nothing but the
# .NET SDK and the libraries which that needs. Each argument is a command line to run in the clone; without any,
# `./vica demo` runs twice: the first run prepares, the second is warm. Prints the time of each.
# Needs root, debootstrap and git. The new system lives in a folder under ${TMPDIR:-/tmp} that is removed at the end;
# its mounts are in a namespace of their own, so they end with this script however that ends.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# The mirror that this system itself installs from, unless another is named.
mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -v security | head -n 1)}
packages=ca-certificates,libicu72,libssl3,libstdc++6,zlib1g

fail() { printf 'new-user: %s\n' "$*" >&2; exit 5; }

outside() {
  local need
  ((EUID == 0)) || fail "needs root"
  for need in debootstrap git dotnet unshare; do
    command -v "$need" >/dev/null || fail "$need is not there; run: apt-get install debootstrap git util-linux"
  done
  system=$(mktemp -d "${TMPDIR:-/tmp}/vica-new-user.XXXXXX")
  trap 'remove "$system"' EXIT
  trap 'exit 130' INT TERM HUP
  # In the background, so that a signal to this script is handled at once.
  unshare --mount --pid --fork --kill-child --propagation private \
    "${BASH_SOURCE[0]}" --inside "$system" "$@" &
  wait $!
}

remove() {
  local child
  for child in $(jobs -p); do kill -KILL "$child" 2>/dev/null || true; done
  { wait; } 2>/dev/null
  # What the killed processes had begun to write may still land.
  rm -rf --one-file-system "$1" "$1.log" || { sleep 1 && rm -rf --one-file-system "$1" "$1.log"; }
}

inside() {
  local system=$1 sdk started command code=0 result name passed=()
  shift
  sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
  echo "new-user: installing Debian 12 (its log: debootstrap.log in the new system) …" >&2
  debootstrap --variant=minbase --include="$packages" bookworm "$system" "$mirror" >"$system.log" 2>&1 ||
    { tail -n 5 "$system.log" >&2; fail "debootstrap failed"; }
  mv "$system.log" "$system/debootstrap.log"

  mkdir -p "$system/opt/dotnet" "$system/root/.nuget/NuGet"
  mount --bind "$sdk" "$system/opt/dotnet" && mount -o remount,bind,ro "$system/opt/dotnet"
  mount -t proc proc "$system/proc"
  cp -L /etc/resolv.conf "$system/etc/resolv.conf"
  cp /etc/ssl/certs/ca-certificates.crt "$system/etc/ssl/certs/ca-certificates.crt"
  [[ ! -f ${HOME:-}/.nuget/NuGet/NuGet.Config ]] || cp "$HOME/.nuget/NuGet/NuGet.Config" "$system/root/.nuget/NuGet/"
  git clone --quiet --no-hardlinks "$root" "$system/root/ViCA.Native"
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY ${!NUGET_*}; do
    [[ -z ${!name:-} ]] || passed+=("$name=${!name}")
  done

  (($#)) || set -- './vica demo' './vica demo'
  for command; do
    printf '\n$ %s\n' "$command"
    started=$(date +%s%N) result=0
    chroot "$system" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TERM="${TERM:-dumb}" \
      PATH=/opt/dotnet:/usr/sbin:/usr/bin:/sbin:/bin "${passed[@]}" \
      bash -c 'cd /root/ViCA.Native && eval "$1"' bash "$command" </dev/null || result=$?
    printf -- '-- exit code %d after %d ms\n' "$result" $((($(date +%s%N) - started) / 1000000))
    ((result == 0)) || code=1
  done
  return "$code"
}

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  sed -n '2,7s/^# //p' "${BASH_SOURCE[0]}"
elif [[ ${1:-} == --inside ]]; then
  shift
  inside "$@"
else
  outside "$@"
fi
