#!/usr/bin/env bash
# Checks the model at its real size, on made-up weights: needs 17 GB of disk, 20 GB of memory and a few minutes.
#   tools/full-size.sh TOKENIZER_DIR [MODEL_DIR]
# TOKENIZER_DIR holds the real tokenizer's files (tokenizer.json or vocab.json, merges.txt, added_tokens.json).
# MODEL_DIR (default .build/vica-7b-synthetic) is made when it is not there and kept.
# Prints the stages' times and the peak memory of `vica ask` with 4 frames, then compares the first token's logits
# with those of the reference implementation.
set -euo pipefail
root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
if [[ $# -lt 1 || $1 == -h || $1 == --help ]]; then
  sed -n '2,7s/^# //p' "${BASH_SOURCE[0]}"
  exit 2
fi

tokenizer=$1
model=${2:-$root/.build/vica-7b-synthetic}
clip=$root/tests/ViCA.Native.Tests/Fixtures/full-size/four-frames.mkv
if [[ ! -d $model ]]; then
  "$root/vica" weights synthesize --like vica-7b --seed 1 --tokenizer "$tokenizer" --out "$model"
fi

"$root/vica" ask "$clip" "What is the size of this room in square meters?" \
  --model "$model" --frames 4 --max-new-tokens 6 --timings &
pid=$!
peak=0
while kill -0 "$pid" 2>/dev/null; do
  if status=$(cat "/proc/$pid/status" 2>/dev/null); then
    now=$(awk '/^VmHWM/ { print $2 }' <<<"$status")
    anonymous=$(awk '/^RssAnon/ { print $2 }' <<<"$status")
    if ((${now:-0} >= peak)); then peak=$now; fi
    if ((${anonymous:-0} >= ${most:-0})); then most=$anonymous; fi
  fi
  sleep 0.5
done
wait "$pid"
awk -v peak="$peak" -v own="${most:-0}" 'BEGIN {
  printf "peak resident %.2f GB, of which %.2f GB are not mapped from files\n", peak * 1024 / 1e9, own * 1024 / 1e9 }'

VICA_FULL_SIZE_MODEL=$model "$root/test" --filter FullSizeTests
