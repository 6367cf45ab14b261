#!/bin/sh
# Makes sure that there is a PostgreSQL with PostGIS for the tests of databases; says so loudly when there is none.
for control in /usr/share/postgresql/*/extension/postgis.control; do
  [ -e "$control" ] && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing PostgreSQL and PostGIS for the tests of databases"
  # the tests start servers of their own: none need run beside them
  mkdir -p /etc/postgresql-common/createcluster.d
  echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.d/siting-tests.conf
  apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql postgresql-postgis >/dev/null && exit 0
fi
echo "*** NO POSTGIS: the tests of databases will be skipped. Install postgresql and postgis to run them. ***" >&2
[ "${CI:-}" = true ] && exit 1
exit 0
