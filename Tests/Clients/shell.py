"""Shell commands as a user types them, with the host names that docs/clients.md asks for."""
import functools
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from steplog_server import ROOT, binary

NAMES = ("steplog.localhost", "sync-steplog.localhost")


@functools.cache
def prefix():
    """A command line that runs another with NAMES in /etc/hosts, for that command alone: a mount name space of its own holds
    a copy of the file with one more line, so the machine's own stays as it is. None where the system does not allow it."""
    hosts = pathlib.Path(tempfile.mkdtemp(prefix="steplog-hosts-")) / "hosts"
    known = pathlib.Path("/etc/hosts").read_text() if os.path.exists("/etc/hosts") else ""
    hosts.write_text(f"{known}\n127.0.0.1 {' '.join(NAMES)}\n")
    command = ["unshare", "--mount", *([] if os.getuid() == 0 else ["--map-root-user"]),
               "sh", "-c", f'mount --bind {hosts} /etc/hosts && exec "$@"', "sh"]
    if shutil.which("unshare") is None or subprocess.run([*command, "true"], capture_output=True).returncode != 0:
        return None
    return command


def environment(port):
    """Of a user's shell: the virtual environment's aws and the built steplog on the PATH, and no settings of this machine's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    folders = [str(pathlib.Path(sys.executable).parent), str(pathlib.Path(binary()).parent)]
    return {
        **kept, "PATH": os.pathsep.join(folders + [kept.get("PATH", "/usr/bin:/bin")]), "AWS_PAGER": "",
        "AWS_ENDPOINT_URL": f"http://{NAMES[0]}:{port}", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local", "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    }


def run(script, port, folder, seconds=120, **variables):
    """Runs a bash script, ending it at the first command that fails. Returns the finished process."""
    return subprocess.run(
        [*(prefix() or []), "bash", "-euo", "pipefail", "-c", script], cwd=folder, env={**environment(port), **variables},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds)


__all__ = ["NAMES", "ROOT", "environment", "prefix", "run"]
