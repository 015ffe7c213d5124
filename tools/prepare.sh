# Sourced by the scripts at the root: finds the .NET SDK, the libav libraries and an up-to-date Release build.
# Expects $root, the repository's folder. Everything it says goes to stderr.

build_folder=$root/.build
sdk_page=https://dotnet.microsoft.com/download/dotnet/10.0

# Sonames that the decoder has a binding for, newest last, and the Debian and Ubuntu packages that carry them.
libav_sets=(
  "59 59 57 6"
)

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() { say "$1"; exit "${2:-5}"; }

find_dotnet() {
  if dotnet=$(command -v dotnet); then return; fi
  dotnet=${DOTNET_ROOT:-${HOME:-}/.dotnet}/dotnet
  [[ -x $dotnet ]] || die "the .NET 10 SDK is not there (no dotnet in PATH); $sdk_page"
}

require_sdk() {
  local said found wanted
  said=$(cd "$root" && "$dotnet" --version 2>&1) && return
  found=$("$dotnet" --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' -)
  wanted=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json")
  if [[ -n $found && $said != *global.json* ]]; then die "the .NET SDK $found does not run: ${said%%$'\n'*}"; fi
  die "the .NET SDK does not fit (expected $wanted or a later ${wanted%.*}, found ${found:-none}); $sdk_page"
}

# The set of libav libraries that is installed, if any.
libav_installed() {
  local known set format codec util scale
  known=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null) || return 1
  for set in "${libav_sets[@]}"; do
    read -r format codec util scale <<<"$set"
    [[ $known == *"libavformat.so.$format "* && $known == *"libavcodec.so.$codec "* &&
      $known == *"libavutil.so.$util "* && $known == *"libswscale.so.$scale "* ]] && return
  done
  return 1
}

# The packages of the first set that apt can install; the oldest set when it knows none.
libav_packages() {
  local set format codec util scale
  for set in "${libav_sets[@]}"; do
    read -r format codec util scale <<<"$set"
    if apt-cache show "libavformat$format" >/dev/null 2>&1; then
      echo "libavformat$format libavcodec$codec libavutil$util libswscale$scale"
      return
    fi
  done
  return 1
}

# Installs the libav libraries where that needs no question to anybody; else says how. Never stops the caller.
ensure_libav() {
  local format codec util scale as_root=() packages log=$build_folder/libav.log
  libav_installed && return
  if ! command -v apt-get >/dev/null; then
    say "videos cannot be read without libavformat ${libav_sets[*]%% *}; install it with the system's package manager"
    return
  fi
  if ((EUID != 0)); then
    if ! { command -v sudo && sudo -n true; } >/dev/null 2>&1; then
      read -r format codec util scale <<<"${libav_sets[0]}"
      packages=$(libav_packages) || packages="libavformat$format libavcodec$codec libavutil$util libswscale$scale"
      say "videos cannot be read without libav; run: sudo apt-get install $packages"
      return
    fi
    as_root=(sudo -n)
  fi
  say "installing the libav libraries with apt-get …"
  packages=$(libav_packages) || "${as_root[@]}" apt-get update >"$log" 2>&1 9>&- || true
  if ! packages=$(libav_packages); then
    say "apt-get knows no libavformat ${libav_sets[*]%% *}, so videos cannot be read (Debian 12 has it)"
    return
  fi
  # shellcheck disable=SC2086  # the names are words
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    -o DPkg::Lock::Timeout=120 $packages >>"$log" 2>&1 </dev/null 9>&-; then
    tail -n 5 "$log" >&2
    say "that failed, so videos cannot be read; run: sudo apt-get update && sudo apt-get install $packages"
  fi
}

# Whether any source is newer than the build that the stamp file stands for.
is_stale() {
  local stamp=$1
  shift
  [[ -f $stamp ]] || return 0
  local outputs=(\( -name bin -o -name obj -o -name Fixtures \) -prune)
  [[ -n $(find "$@" "${outputs[@]}" -o -newer "$stamp" -print -quit 2>/dev/null) ]]
}

# build NAME TARGET PRODUCT FOLDER…: a Release build of TARGET, made only when PRODUCT is missing or older than what
# the FOLDERs hold. One process builds, others that come meanwhile wait for it.
build() {
  local name=$1 target=$2 product=$3 stamp=$build_folder/$1.stamp log=$build_folder/$1.log reason folder sources
  shopt -s nullglob
  sources=("${@:4}" "$root"/*.{props,targets,sln,config} "$root/global.json")
  shopt -u nullglob
  if [[ -f $product ]] && ! is_stale "$stamp" "${sources[@]}"; then return; fi

  require_sdk
  mkdir -p "$build_folder" 2>/dev/null || die "$build_folder: cannot be written, and a build is needed"
  exec 9>"$build_folder/lock"
  if ! flock -n 9; then
    say "waiting for another build of this folder …"
    flock 9
  fi
  if [[ ! -f $product ]] || is_stale "$stamp" "${sources[@]}"; then
    ensure_libav
    reason="sources changed"
    [[ -f $stamp && -f $product ]] || reason="first run"
    say "building ViCA.Native ($reason) …"
    # Folders that the build would add are made first: afterwards they would look like a changed source.
    while IFS= read -r -d '' folder; do mkdir -p "$folder/bin" "$folder/obj"; done \
      < <(find "$root"/{src,tests,tools} -name '*.csproj' -printf '%h\0' 2>/dev/null)
    touch "$stamp.new"
    if ! DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 \
      "$dotnet" build "$target" -c Release -v q -nologo -p:UseSharedCompilation=false >"$log" 2>&1 </dev/null 9>&-; then
      sort -u "$log" >&2
      die "the build failed; all it said is above and in .build/$name.log" 1
    fi
    mv "$stamp.new" "$stamp"
    # The whole solution holds the command line, too.
    [[ $name == vica ]] || cp -p "$stamp" "$build_folder/vica.stamp"
  fi
  exec 9>&-
}
