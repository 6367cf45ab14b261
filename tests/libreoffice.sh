#!/bin/sh
# Makes sure that there is a LibreOffice for the tests of workbook and slides; says so loudly when there is none.
command -v soffice >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing LibreOffice Calc and Impress for the tests of workbook and slides"
  apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui libreoffice-impress-nogui >/dev/null && exit 0
fi
echo "*** NO LIBREOFFICE: the workbook's tests will fail. Install libreoffice-calc to run them. ***" >&2
[ "${CI:-}" = true ] && exit 1
exit 0
