"""A bare Debian in a folder: made by debootstrap, entered by pivot_root, kept and used again.

Roots are in $BARE_ROOTS, by default /var/cache/firstlight-bare, a folder for each suite.
Making one takes about a minute, the packages of `make setup` one to six.
"""

import os
import shutil
import subprocess
import urllib.request
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ROOTS = Path(os.environ.get("BARE_ROOTS", "/var/cache/firstlight-bare"))
SCRIPT = "/usr/share/debootstrap/scripts/sid"   # right for each suite, also for unknown new ones
SOURCE = "root/firstlight"                      # where the project is in the root
README_ASKS_FOR = "git,make"                    # to be there before `make setup`
PASSED_ON = ("http_proxy", "https_proxy", "no_proxy")
# npm's variable for a file of further certificates, which a network with a proxy of its own needs
CERTIFICATES = "NODE_EXTRA_CA_CERTS"
CERTIFICATES_INSIDE = "etc/ssl/of-the-host.crt"
MAKING_LIMIT = 600          # seconds
# pivot_root and not chroot, within which Linux allows nobody a user namespace
ENTER = """
mount --rbind "$1" "$1"
mount --rbind /dev "$1/dev"
mount --rbind /sys "$1/sys"
cd "$1"
pivot_root . mnt
umount --lazy /mnt
cd "/$2"
exec sh -c "$3"
"""


class Impossible(Exception):
    """A bare system cannot be made here; the text says why."""


def mirror():
    """The mirror that this machine's own apt uses; BARE_MIRROR=URL overrides it."""
    found = os.environ.get("BARE_MIRROR") or "".join(subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)\n", "Created-By: Packages",
         "Label: Debian"], text=True, stdout=subprocess.PIPE, check=False).stdout.split()[:1])
    if not found:
        raise Impossible("apt knows no mirror of Debian here; BARE_MIRROR=URL names one")
    return found.rstrip("/")


class Root:
    def __init__(self, suite):
        self.suite, self.folder = suite, ROOTS / suite
        if os.geteuid() != 0:
            raise Impossible("it takes root: debootstrap and mounts")
        if not shutil.which("unshare"):
            raise Impossible("there is no unshare (package util-linux)")

    def make(self):
        """Makes the root if it does not exist yet; half a root is never used."""
        if (self.folder / "etc/debian_version").exists():
            return
        if not shutil.which("debootstrap"):
            raise Impossible("there is no debootstrap (`apt-get install debootstrap`)")
        url = mirror()
        try:
            urllib.request.urlopen(f"{url}/dists/{self.suite}/InRelease", timeout=20).close()
        except OSError as error:
            raise Impossible(f"the mirror does not answer for {self.suite}: {error}") from None
        half = self.folder.with_name(f"{self.suite}.half")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        with open(ROOTS / f"{self.suite}-debootstrap.log", "wb") as log:
            try:
                status = subprocess.run(
                    ["debootstrap", "--variant=minbase", f"--include={README_ASKS_FOR}",
                     self.suite, half, url, SCRIPT], stdin=subprocess.DEVNULL, stdout=log,
                    stderr=log, timeout=MAKING_LIMIT, check=False).returncode
            except subprocess.TimeoutExpired:
                raise Impossible(f"debootstrap took more than {MAKING_LIMIT} s") from None
        if status != 0:
            raise Impossible(f"debootstrap failed: see {log.name}")
        # a mirror of testing may lag behind by more than its lists' validity
        (half / "etc/apt/apt.conf.d/90firstlight").write_text(
            'Acquire::Check-Valid-Until "false";\n')
        half.rename(self.folder)

    def copy_project(self):
        """The project's files as they are now, without anything built; not its history."""
        target = self.folder / SOURCE
        shutil.rmtree(target, ignore_errors=True)
        names = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others",
             "--exclude-standard"], cwd=PROJECT, check=True, text=True,
            stdout=subprocess.PIPE).stdout.split("\0")
        for name in filter(None, names):
            if (PROJECT / name).is_file():      # not one that was removed but is still in the index
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(PROJECT / name, target / name)
        shutil.copy("/etc/resolv.conf", self.folder / "etc/resolv.conf")
        if CERTIFICATES in os.environ:
            (self.folder / CERTIFICATES_INSIDE).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(os.environ[CERTIFICATES], self.folder / CERTIFICATES_INSIDE)

    def start(self, command, **options):
        """A shell command in the project's folder inside; ending it ends everything it started."""
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root",
                       "LANG": "C.UTF-8", "TERM": "dumb"}
        environment |= {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        if CERTIFICATES in os.environ:
            environment[CERTIFICATES] = f"/{CERTIFICATES_INSIDE}"
        return subprocess.Popen(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child",
             f"--mount-proc={self.folder}/proc", "sh", "-ec", ENTER, "enter", self.folder, SOURCE,
             command], env=environment, **options)
