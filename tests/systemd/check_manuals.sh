#!/bin/bash
# check_manuals.sh MADE WRITTEN: every manual page is roff that groff takes without a warning, the
# completion is bash, and it knows the options of a command.
set -euo pipefail
made=$1 written=$2
failed=no
for page in "$made/agreementd.toml.5" "$made/agreementctl.1" "$written/agreementd.8"; do
  warnings=$(groff -Kutf8 -man -ww -z "$page" 2>&1)
  [[ -z $warnings ]] || { echo "$page: $warnings" >&2; failed=yes; }
  grep -q '^\.SH NAME' "$page" || { echo "$page: no NAME" >&2; failed=yes; }
done
bash -n "$made/agreementctl.bash"
# shellcheck disable=SC1091
source "$made/agreementctl.bash"
COMP_WORDS=(agreementctl changes --sin) COMP_CWORD=2
_agreementctl
[[ ${COMPREPLY[*]} == --since ]] || { echo "completion of changes --sin: ${COMPREPLY[*]}" >&2; failed=yes; }
COMP_WORDS=(agreementctl exp) COMP_CWORD=1
_agreementctl
[[ ${COMPREPLY[*]} == export ]] || { echo "completion of exp: ${COMPREPLY[*]}" >&2; failed=yes; }
[[ $failed == no ]]
