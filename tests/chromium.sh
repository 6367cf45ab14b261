#!/bin/sh
# Makes sure that there is a Chromium for the browser tests, of which the shell without a window
# starts in half the time, and a font for Chinese, Japanese and Korean, without which each character
# is an empty box; says so loudly when either is not there.
has() { command -v "$1" >/dev/null 2>&1; }
has_font() { [ -n "$(fc-list :lang=zh-cn 2>/dev/null)" ]; }
has_browser() { has chromium-headless-shell || has chromium || has chromium-browser || has google-chrome; }

has chromium-headless-shell && has_font && exit 0
if [ "$(id -u)" = 0 ] && has apt-get; then
  echo "Installing Chromium and fonts for the browser tests"
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends fontconfig fonts-noto-core fonts-noto-cjk >/dev/null
  for name in chromium-headless-shell chromium; do
    apt-get install -y -qq --no-install-recommends "$name" >/dev/null && break
  done
fi
has_font || echo "*** NO FONT FOR CHINESE, JAPANESE, KOREAN: widths are not those of readers. Install fonts-noto-cjk. ***" >&2
has_browser && exit 0
echo "*** NO CHROMIUM: the browser tests will be skipped. Install chromium to run them. ***" >&2
[ "${CI:-}" = true ] && exit 1
exit 0
