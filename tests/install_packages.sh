#!/usr/bin/env bash
# Installs the Debian packages that the tests drive: a browser, servers of PostgreSQL and MariaDB, the interface font,
# openssl for certificates, and the library that Playwright's driver is linked with.
set -u
missing=()
command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
[ -x /usr/lib/postgresql/15/bin/initdb ] || command -v initdb >/dev/null || missing+=(postgresql-15)
[ -x /usr/sbin/mariadbd ] || missing+=(mariadb-server)
command -v openssl >/dev/null || missing+=(openssl)
fc-list 2>/dev/null | grep -qi 'inter' || missing+=(fonts-inter fontconfig)
ls /usr/lib/*/libatomic.so.1 >/dev/null 2>&1 || missing+=(libatomic1)
[ ${#missing[@]} -eq 0 ] && exit 0
line="apt-get install -y --no-install-recommends ${missing[*]}"
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "Memasang paket Debian untuk uji: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  if apt-get update -qq >"$log" 2>&1 && $line >>"$log" 2>&1; then exit 0; fi
  tail -n 20 "$log"
fi
echo "Uji memerlukan paket Debian yang belum ada: ${missing[*]}"
echo "Pasang dengan: sudo $line"
exit 2
