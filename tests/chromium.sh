#!/bin/sh
# Makes sure that there is a Chromium for the browser tests, and a font for Chinese, Japanese and
# Korean, without which each character is an empty box; says so loudly when there is none.
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && found=$name
done
[ -n "${found:-}" ] && [ -n "$(fc-list :lang=zh-cn 2>/dev/null)" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium and fonts for the browser tests"
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fontconfig \
    fonts-noto-core fonts-noto-cjk >/dev/null && exit 0
fi
if [ -n "${found:-}" ]; then
  echo "*** NO FONT FOR CHINESE, JAPANESE, KOREAN: widths are not those of readers. Install fonts-noto-cjk. ***" >&2
else
  echo "*** NO CHROMIUM: the browser tests will be skipped. Install chromium to run them. ***" >&2
fi
[ "${CI:-}" = true ] && exit 1
exit 0
