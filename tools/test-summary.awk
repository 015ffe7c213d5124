# Reads TRX files: one line per reason for which tests were skipped, then `N passed, N failed, N skipped`.
# Exits with 1 when nothing ran or something failed.

function attribute(name,    found) {
    if (!match($0, " " name "=\"[0-9]+\"")) return 0
    found = substr($0, RSTART, RLENGTH)
    gsub(/[^0-9]/, "", found)
    return found + 0
}

function plain(text) {
    gsub(/<[^>]*>/, "", text)
    gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&apos;/, "'", text)
    gsub(/&#xD;/, "", text); gsub(/&amp;/, "\\&", text)
    gsub(/^[ \t]+|[ \t\r]+$/, "", text)
    return text
}

/<UnitTestResult / { skipping = /outcome="NotExecuted"/ }
skipping && /<Message>/ { reasons[plain($0)]++; skipping = 0 }
/<Counters / {
    passed += attribute("passed")
    failed += attribute("failed") + attribute("error") + attribute("timeout") + attribute("aborted")
    skipped += attribute("total") - attribute("executed")
}

END {
    for (reason in reasons) printf "skipped %d: %s\n", reasons[reason], reason | "sort -k2,2nr"
    close("sort -k2,2nr")
    if (code != 0 && failed == 0) printf "the test run itself failed (dotnet test ended with %d)\n", code
    if (passed + failed == 0) print "no test ran"
    printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
    exit (code != 0 || failed > 0 || passed == 0)
}
