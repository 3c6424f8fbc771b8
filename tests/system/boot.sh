#!/bin/bash
# Boots the system in ROOT as a machine of its own: its systemd is process 1 of new namespaces, its network is a loopback
# that is down, and nothing of this machine is visible to it. Runs until its systemd ends, or this is killed.
#
#     boot.sh ROOT
set -euo pipefail
root=$(realpath "$1")

# A cgroup of its own, below the unified hierarchy, wherever that is.
groups=$(findmnt --noheadings --first-only --types cgroup2 --output TARGET) || { echo "boot: no cgroup2 here" >&2; exit 1; }
group=$groups/agreementd-system-test-$$
mkdir "$group"
echo $$ >"$group/cgroup.procs"

# shellcheck disable=SC2016
exec unshare --fork --kill-child=KILL --pid --mount --uts --ipc --cgroup --net --propagation private bash -euc '
root=$1
mount --bind "$root" "$root"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -t sysfs -o ro,nosuid,nodev,noexec sysfs "$root/sys"
mount -t cgroup2 -o nosuid,nodev,noexec cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755,nosuid,nodev tmpfs "$root/run"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/tmp"
mount -t tmpfs -o mode=755,nosuid tmpfs "$root/dev"
for device in null zero full random urandom tty; do
  : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
for number in 0:stdin 1:stdout 2:stderr; do ln -s "fd/${number%%:*}" "$root/dev/${number#*:}"; done
mkdir -p "$root/.old"
cd "$root"
pivot_root . .old
umount -l /.old
rmdir /.old
mount --make-rshared / # as the kernel gives it to a machine: by that a credential reaches its service
hostname agreementd-test
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb \
  /lib/systemd/systemd --log-level=info --show-status=no --unit=multi-user.target
' _ "$root"
