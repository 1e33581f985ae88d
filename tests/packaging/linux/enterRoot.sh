# Makes $1 the root of everything that runs in this mount and process namespace, then waits. When it ends, all of it is gone.
root=$1
mount --bind "$root" "$root"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
mkdir -p "$root/.host"
cd "$root"
# A chroot would not do: the kernel gives no user namespaces, which Chromium's sandbox is made of, inside of one.
pivot_root . .host
umount -l /.host
rmdir /.host
# A shell that waits also buries what its late children leave behind.
exec sh -c 'sleep infinity & wait'
