#!/bin/sh
# Makes sure that there is a Chromium for the browser tests; says so loudly when there is none.
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests"
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null && exit 0
fi
echo "*** NO CHROMIUM: the browser tests will be skipped. Install chromium to run them. ***" >&2
[ "${CI:-}" = true ] && exit 1
exit 0
