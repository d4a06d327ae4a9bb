#!/bin/sh
# Turns the captions of the language CAPTIONS into WebVTT.
. "$(dirname "$0")/../../shared/task.sh"
work 1
awk '
    function stamp(seconds) { return sprintf("00:%02d:%06.3f", int(seconds / 60), seconds % 60) }
    BEGIN { print "WEBVTT" }
    { text = $0; sub(/^[^ ]+ [^ ]+ /, "", text); printf "\n%s --> %s\n%s\n", stamp($1), stamp($2), text }
' "media/captions.$CAPTIONS.txt" >"$results/captions.$CAPTIONS.vtt"
