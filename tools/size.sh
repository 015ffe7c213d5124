#!/usr/bin/env bash
# Prints the lines of C# of each project, blank lines and generated files left out.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
total=0
while IFS= read -r project; do
  folder=${project%/*}
  lines=$(find "$folder" \( -name bin -o -name obj -o -name Fixtures \) -prune -o -name '*.cs' -print0 |
    xargs -0 -r cat | grep -c '[^[:space:]]' || true)
  total=$((total + lines))
  printf '%7d lines  %s\n' "$lines" "$folder"
done < <(find src tests tools kernels -name '*.csproj' 2>/dev/null | sort)
printf '%7d lines  in all\n' "$total"
