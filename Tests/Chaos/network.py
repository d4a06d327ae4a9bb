"""Hosts as network namespaces on one bridge, so that each can be cut off; without root or ip(8), all share the loopback address."""
import ctypes
import os
import shutil
import subprocess

_CLONE_NEWNET = 0x40000000


def run(*line):
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


class Loopback:
    """No namespaces: every host is this one, and none can be cut off."""

    can_cut = False
    address = "127.0.0.1"

    def inside(self, number):
        return []

    def enter(self, number):
        pass

    def delete(self):
        pass


class Network:
    """So many hosts, counted from 1, and this machine at `address`."""

    can_cut = True

    def __init__(self, count):
        self.name = f"sl{os.getpid() % 100_000}"
        self.net = f"10.{64 + os.getpid() % 128}.{os.getpid() // 128 % 256}"
        self.address = f"{self.net}.1"
        self.count = count
        self.bridge = f"{self.name}b"
        self.delete()
        try:
            run("ip", "link", "add", "name", self.bridge, "type", "bridge")
            run("ip", "addr", "add", f"{self.address}/24", "dev", self.bridge)
            run("ip", "link", "set", self.bridge, "up")
            for number in range(1, count + 1):
                space, end = f"{self.name}n{number}", f"{self.name}v{number}"
                run("ip", "netns", "add", space)
                run("ip", "link", "add", end, "type", "veth", "peer", "name", "eth0", "netns", space)
                run("ip", "link", "set", end, "master", self.bridge, "up")
                run("ip", "-n", space, "addr", "add", f"{self.net}.1{number}/24", "dev", "eth0")
                run("ip", "-n", space, "link", "set", "eth0", "up")
                run("ip", "-n", space, "link", "set", "lo", "up")
        except subprocess.CalledProcessError:
            self.delete()
            raise

    def inside(self, number):
        """What stands before a command that is to run on a host."""
        return ["ip", "netns", "exec", f"{self.name}n{number}"]

    def enter(self, number):
        """From now on the calling thread's new connections are made on that host, also to its loopback address."""
        library = ctypes.CDLL(None, use_errno=True)
        with open(f"/run/netns/{self.name}n{number}") as space:
            if library.setns(space.fileno(), _CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), f"setns to host {number}")

    def cut(self, number, is_cut):
        run("ip", "link", "set", f"{self.name}v{number}", "down" if is_cut else "up")

    def delete(self):
        for number in range(1, self.count + 1):
            subprocess.run(["ip", "netns", "del", f"{self.name}n{number}"], stderr=subprocess.DEVNULL)
        subprocess.run(["ip", "link", "del", self.bridge], stderr=subprocess.DEVNULL)


def make(count):
    """A network of so many hosts, else the loopback address with the reason: (network, reason or None)."""
    if os.geteuid() != 0:
        return Loopback(), "not root"
    if not shutil.which("ip"):
        return Loopback(), "there is no ip(8)"
    try:
        return Network(count), None
    except subprocess.CalledProcessError as error:
        return Loopback(), error.stderr.decode(errors="replace").strip()
