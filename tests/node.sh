#!/bin/sh
# Makes sure that there are Node.js and npm, which check and bundle the page's scripts.
command -v npm >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Node.js for the page's scripts"
  apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null && exit 0
fi
echo "The page's scripts are checked and bundled by Node.js with npm (https://nodejs.org), which is" \
  "not here; plans and tests need neither." >&2
exit 1
