#!/bin/sh
# Install astroview from this folder for this user, or with --prefix /usr/local for all.
#   ./install.sh [--prefix DIR] [--uninstall]
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
prefix=${HOME:-/usr/local}/.local
remove=no
while [ $# -gt 0 ]; do
    case $1 in
        --prefix) [ $# -gt 1 ] || { echo "--prefix needs a folder." >&2; exit 2; }; prefix=$2; shift 2 ;;
        --uninstall) remove=yes; shift ;;
        *) echo "There is no option $1. Usage: install.sh [--prefix DIR] [--uninstall]" >&2; exit 2 ;;
    esac
done
tell_desktop() {  # which kinds of files are opened by what, and where icons are
    command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database -q "$prefix/share/applications" 2>/dev/null || :
    command -v update-mime-database >/dev/null 2>&1 && update-mime-database "$prefix/share/mime" >/dev/null 2>&1 || :
    command -v gtk-update-icon-cache >/dev/null 2>&1 && gtk-update-icon-cache -q "$prefix/share/icons/hicolor" 2>/dev/null || :
}
list=$prefix/lib/astroview/installed-files
if [ -f "$list" ]; then  # an earlier version, or what is to go
    while IFS= read -r file; do rm -f -- "$prefix/$file"; done < "$list"
fi
rm -rf -- "$prefix/lib/astroview"
if [ "$remove" = yes ]; then tell_desktop; echo "astroview is gone from $prefix."; exit 0; fi
mkdir -p "$prefix/lib" "$prefix/bin"
cp -R -- "$here/lib/astroview" "$prefix/lib/astroview"
(cd "$here" && find share -type f) > "$list"
echo bin/astroview >> "$list"
(cd "$here" && find share -type d) | while IFS= read -r dir; do mkdir -p "$prefix/$dir"; done
(cd "$here" && find share -type f) | while IFS= read -r file; do cp -- "$here/$file" "$prefix/$file"; done
ln -sf ../lib/astroview/astroview "$prefix/bin/astroview"
tell_desktop
echo "Installed: $prefix/bin/astroview"
case ":$PATH:" in *":$prefix/bin:"*) ;; *) echo "Add $prefix/bin to PATH to call it by its name." ;; esac
