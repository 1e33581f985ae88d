# What installing, upgrading and removing Doorplate means on any Linux. The scripts of the deb and of the rpm are this file
# and a few lines that call it in their packager's words: scripts/lib/linuxPackage/maintainerScripts.mjs.
# `version` is set before them.
account=doorplate
home=/var/lib/doorplate
profile_source=/opt/Doorplate/resources/apparmor-profile
profile=/etc/apparmor.d/doorplate

has_program() { command -v "$1" > /dev/null 2>&1; }

# An image that is being made has no running systemd; its units wait for the first start.
is_systemd_running() { [ -d /run/systemd/system ] && has_program systemctl; }

make_account() {
  if ! getent passwd "$account" > /dev/null; then
    useradd --system --user-group --home-dir "$home" --no-create-home --shell /usr/sbin/nologin \
      --comment 'Doorplate door panel' "$account"
  fi
  # Screen, touch and graphics; not every system has each of them.
  for group in video input render; do
    if getent group "$group" > /dev/null; then usermod --append --groups "$group" "$account"; fi
  done
  # Settings, sealed secrets and journals: nobody else may read them.
  install -d -m 0700 -o "$account" -g "$account" "$home"
}

is_apparmor_on() {
  has_program apparmor_parser && [ "$(cat /sys/module/apparmor/parameters/enabled 2> /dev/null)" = Y ]
}

# Ubuntu 24.04 lets only programs it knows open user namespaces, and Chromium's sandbox is made of them. Where AppArmor is too
# old for the profile there is no such rule either, and the file would be an error at every start.
install_profile() {
  [ -e /etc/apparmor.d/abi/4.0 ] || return 0
  install -m 0644 "$profile_source" "$profile"
  if is_systemd_running && is_apparmor_on; then
    apparmor_parser --replace --write-cache --skip-read-cache "$profile" ||
      echo "doorplate: AppArmor refused $profile; the panel uses its setuid sandbox" >&2
  fi
}

remove_profile() {
  [ -e "$profile" ] || return 0
  if is_systemd_running && is_apparmor_on; then apparmor_parser --remove "$profile" || true; fi
  rm -f "$profile"
}

after_install() {
  make_account
  install_profile
  /usr/lib/doorplate/keep-tree "$version"
  if is_systemd_running; then systemctl daemon-reload || true; fi
}

# The panel runs on, untouched, from the tree that was kept of its version: there may be people at the door. It changes over
# at its own restart at night, or at the next start.
after_upgrade() {
  after_install
  if is_systemd_running; then systemctl try-restart doorplate-watchdog.timer || true; fi
}

before_remove() {
  has_program systemctl || return 0
  if is_systemd_running; then systemctl stop doorplate-watchdog.timer doorplate-cage.service || true; fi
  systemctl --no-reload disable doorplate-cage.service doorplate-watchdog.timer || true
  systemctl --no-reload --global disable doorplate.service doorplate-desktop-watchdog.timer || true
}

# Settings, secrets and journals stay for whoever installs it again.
after_remove() {
  rm -rf /opt/Doorplate.trees
  remove_profile
  if is_systemd_running; then systemctl daemon-reload || true; fi
}

after_purge() {
  rm -rf "$home"
  if getent passwd "$account" > /dev/null && has_program userdel; then userdel "$account"; fi
}
