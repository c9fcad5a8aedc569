"""Install what the lock names into ``.venv``, on a machine that has only Python and make.

    python3 requirements/install.py run|dev

``run`` is what a site needs, ``dev`` adds the tools of tests and checks. The lock names no package index: the
one configured for pip is used (and told to uv, which does not read pip's configuration). A second call finds its
mark in ``.venv`` and does nothing. Only the standard library is used, and no syntax newer than Python 3.6, so that
a too old Python can say so.
"""

# ruff: noqa: S310, S603  (it runs only commands written here and asks only the index its user configured)

import configparser
import hashlib
import html.parser
import os
import platform
import re
import shutil
import stat
import subprocess
import sys
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("LINLI_VENV", str(ROOT / ".venv")))
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
OLDEST = (3, 11)


def say(zh, en):
    """Progress and faults, in both languages, since none has been chosen yet."""
    sys.stderr.write(f"-- {zh} / {en}\n")
    sys.stderr.flush()


def leave(zh, en):
    """Stop with one sentence that says what to do."""
    say(zh, en)
    raise SystemExit(2)


def check_python():
    """Refuse a Python that is too old."""
    if sys.version_info < OLDEST:
        here = platform.python_version()
        leave(
            f"Python {here} 太旧，需要 3.11 或更新；已装新版时请运行 make run LINLI_PYTHON=python3.12",
            f"Python {here} is too old, 3.11 or newer is needed; where one is installed: make run LINLI_PYTHON=python3.12",
        )


def works(*command):
    """Whether a command ends well; nothing is printed."""
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def make_environment():
    """Make ``.venv``: with pip where the system can, else without."""
    if PYTHON.exists() and works(str(PYTHON), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"):
        return
    say("建立运行环境 .venv", "making the environment .venv")
    shutil.rmtree(str(VENV), ignore_errors=True)
    if works(sys.executable, "-c", "import ensurepip") and works(sys.executable, "-m", "venv", str(VENV)):
        return
    shutil.rmtree(str(VENV), ignore_errors=True)
    if not works(sys.executable, "-m", "venv", "--without-pip", str(VENV)):
        version = "{}.{}".format(*sys.version_info[:2])
        leave(
            f"不能建立运行环境（缺少 venv，或磁盘不可写）；Debian/Ubuntu 请运行 apt install python{version}-venv",
            "the environment cannot be made (venv is missing or the disk refuses); on Debian/Ubuntu: "
            f"apt install python{version}-venv",
        )


def pip_settings():
    """What pip is configured to use: index, further indexes, folders of wheels."""
    found = {}
    reader = configparser.ConfigParser(strict=False, interpolation=None)
    home = Path.home()
    reader.read(
        [
            "/etc/pip.conf",
            "/etc/xdg/pip/pip.conf",
            str(home / ".pip" / "pip.conf"),
            str(home / ".config" / "pip" / "pip.conf"),
            os.environ.get("PIP_CONFIG_FILE", os.devnull),
        ]
    )
    for name in ("index-url", "extra-index-url", "find-links"):
        value = os.environ.get("PIP_" + name.upper().replace("-", "_")) or reader.get(
            "global", name, fallback=""
        )
        if value:
            found[name] = value.split()
    return found


def environment():
    """The environment for uv: pip's index and certificates told in uv's own words, no Python downloads."""
    told = dict(os.environ)
    pip = pip_settings()
    for ours, theirs in (
        ("index-url", "UV_DEFAULT_INDEX"),
        ("extra-index-url", "UV_INDEX"),
        ("find-links", "UV_FIND_LINKS"),
    ):
        if ours in pip:
            told.setdefault(theirs, " ".join(pip[ours]))
    if "PIP_CERT" in told:
        told.setdefault("SSL_CERT_FILE", told["PIP_CERT"])
    told.setdefault("UV_PYTHON_DOWNLOADS", "never")
    told.setdefault("UV_LINK_MODE", "copy")
    # Several indexes may hold one package; the lock's hashes decide what is accepted, so all may be asked.
    told.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    told["VIRTUAL_ENV"] = str(VENV)
    return told


def get_uv():
    """Put uv into ``.venv``; returns the command, or nothing where it cannot be had."""
    if UV.exists():
        return str(UV)
    if shutil.which("uv"):
        return shutil.which("uv")
    say("下载安装工具 uv", "fetching the installer uv")
    wanted = ["install", "--quiet", "--require-hashes", "-r", str(ROOT / "requirements" / "uv.txt")]
    if works(str(PYTHON), "-m", "pip", *wanted) or works(
        sys.executable, "-m", "pip", "--python", str(PYTHON), *wanted
    ):
        return str(UV)
    if not works(str(PYTHON), "-m", "pip", "--version") and unpack_uv():
        return str(UV)
    return None


class Links(html.parser.HTMLParser):
    """The links of an index page."""

    def __init__(self):
        """Begin with none."""
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        """Keep each link."""
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def unpack_uv():
    """Without any pip: take uv's wheel from the configured index, check it against the lock, unpack it."""
    lock = (ROOT / "requirements" / "uv.txt").read_text()
    version = re.search(r"uv==(\S+)", lock).group(1)
    hashes = set(re.findall(r"sha256:([0-9a-f]{64})", lock))
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine())
    for index in pip_settings().get("index-url", []) or os.environ.get("UV_DEFAULT_INDEX", "").split():
        page_address = index.rstrip("/") + "/uv/"
        try:
            page = urllib.request.urlopen(page_address, timeout=60).read().decode("utf-8")
            links = Links()
            links.feed(page)
            for link in links.found:
                if f"uv-{version}-" in link and "manylinux" in link and machine in link:
                    address = urllib.parse.urljoin(page_address, link.split("#")[0])
                    content = urllib.request.urlopen(address, timeout=300).read()
                    if hashlib.sha256(content).hexdigest() in hashes:
                        return place_uv(content)
        except (OSError, ValueError):
            continue
    return False


def place_uv(wheel):
    """Write the wheel's program as ``.venv/bin/uv``."""
    kept = VENV / "uv.whl"
    kept.write_bytes(wheel)
    with zipfile.ZipFile(str(kept)) as archive:
        name = next(entry for entry in archive.namelist() if entry.endswith("/scripts/uv"))
        UV.write_bytes(archive.read(name))
    kept.unlink()
    UV.chmod(UV.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return True


def install(what):
    """Bring ``.venv`` to the lock's state, by uv, else by pip."""
    lock = str(ROOT / "requirements" / (what + ".txt"))
    uv = get_uv()
    say(f"按锁定清单安装依赖（{what}）", f"installing what the lock names ({what})")
    if uv:
        command = [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON), lock]
    elif works(str(PYTHON), "-m", "pip", "--version"):
        say("没有 uv，改用 pip，会慢一些", "no uv here, using pip, which is slower")
        command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock]
    else:
        leave(
            "没有 pip 也取不到 uv；Debian/Ubuntu 请运行 apt install python3-venv，或用 PIP_INDEX_URL 指定软件源后再试",
            "there is no pip and uv cannot be fetched; on Debian/Ubuntu: apt install python3-venv, "
            "or name a package index in PIP_INDEX_URL and try again",
        )
    if subprocess.run(command, env=environment()).returncode:
        leave(
            "依赖没有装完：请看上面的原因（常见：连不上软件源，可用 PIP_INDEX_URL 换源；磁盘已满）",
            "the packages were not installed: see the reason above (often: the package index cannot be reached, "
            "name another in PIP_INDEX_URL; or the disk is full)",
        )


def place_linli():
    """Make this checkout importable and put the command ``linli`` beside Python; nothing is built or fetched."""
    folder = subprocess.check_output(
        [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], universal_newlines=True
    ).strip()
    (Path(folder) / "linli-checkout.pth").write_text(str(ROOT) + "\n", encoding="utf-8")
    launcher = VENV / "bin" / "linli"
    launcher.write_text(
        f"#!{PYTHON}\nimport sys\n\nfrom linli.command import main\n\nsys.exit(main())\n",
        encoding="utf-8",
    )
    launcher.chmod(0o755)


def mark_of(what):
    """The mark holds the digest of the lock it was made from."""
    return VENV / (".installed-" + what)


def is_current(what):
    """Whether ``.venv`` already holds this lock (dev holds all of run)."""
    for name in {"run": ("run", "dev"), "dev": ("dev",)}[what]:
        mark = mark_of(name)
        if PYTHON.exists() and mark.exists() and mark.read_text() == digest_of(name):
            return True
    return False


def digest_of(what):
    """Digest of the lock file and of the checkout's place."""
    lock = (ROOT / "requirements" / (what + ".txt")).read_bytes()
    return hashlib.sha256(lock + str(ROOT).encode()).hexdigest()


def main(what):
    """Check, make, install, mark."""
    check_python()
    if is_current(what):
        return
    try:
        make_environment()
        for name in ("run", "dev"):
            if mark_of(name).exists():
                mark_of(name).unlink()
        install(what)
        place_linli()
        mark_of(what).write_text(digest_of(what))
    except OSError as fault:
        leave(
            f"安装没有完成：{fault.strerror}（{fault.filename}）；请检查磁盘空间和文件夹权限",
            f"not installed: {fault.strerror} ({fault.filename}); check disk space and the folder's permission",
        )
    say("安装完成", "installed")


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] in (["run"], ["dev"]) else "run")
