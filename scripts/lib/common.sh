# What the scripts share. Sourced, never run.
set -euo pipefail
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"

say() { printf '%s\n' "$*" >&2; }
die() { say "${0##*/}: $*"; exit 1; }

# need_dotnet: the SDK that global.json names, or a sentence.
need_dotnet() {
    command -v dotnet > /dev/null || die "the .NET 10 SDK is missing; see https://dot.net/download, or on Debian/Ubuntu with Microsoft's package source: apt-get install dotnet-sdk-10.0"
    dotnet --version > /dev/null 2>&1 || die "the .NET 10 SDK is missing ($(dotnet --list-sdks | tail -1 | cut -d' ' -f1) is there); see https://dot.net/download"
}

# need PROBE=PACKAGE…: installs the Debian packages whose probe (a command, or a file when it begins with /) is absent.
need() {
    local pair probe missing=()
    for pair in "$@"; do
        probe=${pair%%=*}
        if [[ $probe == /* ]]; then [[ -e $probe ]] && continue; else command -v "$probe" > /dev/null && continue; fi
        missing+=("${pair#*=}")
    done
    [[ ${#missing[@]} -eq 0 ]] || install_packages "${missing[@]}"
}

# want_npm NAME@VERSION: installs that version of an npm package under artifacts/tools, for programs that no Debian package has. What wants it does without.
want_npm() {
    local manifest=artifacts/tools/node_modules/${1%@*}/package.json
    [[ -e $manifest ]] && grep -q "\"version\": \"${1##*@}\"" "$manifest" && return
    say "Installing $1"
    npm install --prefix artifacts/tools --no-audit --no-fund --loglevel=error "$1" > /dev/null || say "npm could not install $1; the tests that want it are skipped."
}

install_packages() {
    command -v apt-get > /dev/null || die "please install: $* (this is no Debian or Ubuntu, so it is left to you)"
    local as_root=()
    if [[ $(id -u) -ne 0 ]]; then
        if command -v sudo > /dev/null && { sudo -n true 2> /dev/null || [[ -t 0 ]]; }; then as_root=(sudo)
        else die "please have installed: apt-get install $* (needs root, and there is no sudo here)"
        fi
    fi
    say "Installing $*"
    "${as_root[@]}" apt-get update -qq > /dev/null || say "The package lists could not be refreshed; trying with the old ones."
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" > /dev/null \
        || die "apt-get could not install: $*"
}
