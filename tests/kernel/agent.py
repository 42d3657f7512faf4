"""Network namespaces on a leash: makes them, configures them and sends real packets between them, one JSON command a line on
stdin, one JSON answer a line on stdout. The namespaces have no names and vanish with this process, however it ends.

wire       {"namespaces": [name], "hosts": [name], "links": [[ns, interface, ns, interface]], "tcp": [port], "udp": [port]}
           makes namespaces and veth pairs; hosts listen on the ports and answer UDP and protocol 253 (ICMP echoes are the kernel's)
configure  {"namespaces": {name: {"ip": "batch for ip", "nft": "file for nft"}}}: answers with the complaints
probe      {"probes": [{"id", "at", "source", "destination", "protocol", "port", "client"}], "quiet": seconds}
           sends all at once and waits until nothing has come for so long: {"arrived": [[id, namespace]], "answered": [id]}
rules      {"namespaces": [name]}: what nft lists there, counters included
"""
import ctypes
import json
import os
import resource
import select
import socket
import struct
import subprocess
import sys

CLONE_NEWNET = 0x40000000
IP_PKTINFO = 8
EXPERIMENT = 253
ECHO_REPLY, ECHO_REQUEST = 0, 8
SYN, ACK = 2, 16
libc = ctypes.CDLL(None, use_errno=True)
home = os.open("/proc/self/ns/net", os.O_RDONLY)
namespaces = {}
epoll = select.epoll()
handlers = {}
raws = {}
batch = {}  # the probes under way, by id
clients = {}  # their ids by client port
arrived, answered = set(), set()
complaints = []


def enter(fd):
    if libc.setns(fd, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


def run(program, text):
    child = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        child.stdin.write(text)
        child.stdin.close()
    except BrokenPipeError:
        pass
    return child


def finished(child, where):
    said = child.stderr.read()
    if child.wait() != 0 or said:
        complaints.append(f"{where}: {said.strip() or child.returncode}")


def setting(path, value):
    if os.path.exists(f"/proc/sys/net/{path}"):
        with open(f"/proc/sys/net/{path}", "w") as file:
            file.write(str(value))


def make(name):
    if libc.unshare(CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "unshare: this needs root")
    namespaces[name] = os.open("/proc/self/ns/net", os.O_RDONLY)
    for which in ("all", "default"):
        setting(f"ipv4/conf/{which}/rp_filter", 0)
        setting(f"ipv4/conf/{which}/send_redirects", 0)
        setting(f"ipv6/conf/{which}/disable_ipv6", 1)
    setting("ipv4/tcp_synack_retries", 0)
    setting("ipv4/tcp_max_syn_backlog", 8192)
    setting("core/somaxconn", 8192)
    setting("netfilter/nf_conntrack_tcp_loose", 0)


def wire(command):
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    for name in command["namespaces"]:
        make(name)
    # Both ends have one address and no ARP: a link never waits, and has no neighbours to forget.
    mac = "02:00:00:00:00:01"
    ends = {name: "link set lo up\n" for name in command["namespaces"]}
    for near, interface, far, other in command["links"]:
        path = f"/proc/{os.getpid()}/fd/{namespaces[far]}"
        ends[near] = f"link add {interface} address {mac} type veth peer name {other} address {mac} netns {path}\n" + ends[near]
        ends[near] += f"link set {interface} arp off up\n"
        ends[far] += f"link set {other} arp off up\n"
    for part in ("link add", "link set"):
        for name, text in ends.items():
            enter(namespaces[name])
            lines = [line for line in text.splitlines() if line.startswith(part)]
            finished(run(["ip", "-batch", "-"], "\n".join(lines) + "\n"), name)
    for name in namespaces:
        enter(namespaces[name])
        setting("ipv4/ip_forward", 0 if name in command["hosts"] and name != "internet" else 1)
    for name in command["hosts"]:
        listen(name, command["tcp"], command["udp"])
    enter(home)


def watch(sock, handler):
    sock.setblocking(False)
    handlers[sock.fileno()] = (sock, handler)
    epoll.register(sock.fileno(), select.EPOLLIN)


def listen(name, tcp, udp):
    enter(namespaces[name])
    for port in tcp:
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.bind(("0.0.0.0", port))
        sock.listen(8192)
        watch(sock, hang_up)
    for port in udp:
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
        sock.bind(("0.0.0.0", port))
        watch(sock, lambda sock: echo(name, sock))
    for protocol, handler in ((socket.IPPROTO_TCP, syn), (socket.IPPROTO_ICMP, icmp), (EXPERIMENT, experiment)):
        sock = socket.socket(socket.AF_INET, socket.SOCK_RAW, protocol)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        raws[name, protocol] = sock
        watch(sock, lambda sock, handler=handler: handler(name, sock.recv(2048), sock))


def hang_up(sock):
    sock.accept()[0].close()


def echo(name, sock):
    data, ancillary, _, client = sock.recvmsg(64, socket.CMSG_SPACE(12))
    asked = next(socket.inet_ntoa(content[8:12]) for _, kind, content in ancillary if kind == IP_PKTINFO)
    if probe_id(data) in batch:
        arrived.add((probe_id(data), name))
        send(sock, data, asked, client)


def source_info(address):
    return [(socket.IPPROTO_IP, IP_PKTINFO, struct.pack("=I4s4s", 0, socket.inet_aton(address), b"\0" * 4))]


def probe_id(data):
    return struct.unpack("!I", data[:4])[0] if len(data) >= 4 else None


def syn(name, packet, _):
    """Past the firewall of the host: raw sockets see what would be handed to the port."""
    header = (packet[0] & 15) * 4
    client, port = struct.unpack("!HH", packet[header : header + 4])
    probe = clients.get(client)
    if packet[header + 13] & (SYN | ACK) == SYN and probe is not None and batch[probe]["port"] == port:
        arrived.add((probe, name))


def icmp(name, packet, _):
    header = (packet[0] & 15) * 4
    probe = probe_id(packet[header + 8 :])
    if probe not in batch:
        return
    if packet[header] == ECHO_REQUEST:
        arrived.add((probe, name))
    elif packet[header] == ECHO_REPLY:
        reply(name, probe, packet)


def experiment(name, packet, sock):
    header = (packet[0] & 15) * 4
    kind, probe = packet[header : header + 1], probe_id(packet[header + 1 :])
    if probe not in batch:
        return
    if kind == b"Q":
        arrived.add((probe, name))
        send(sock, b"A" + packet[header + 1 :], socket.inet_ntoa(packet[16:20]), (socket.inet_ntoa(packet[12:16]), 0))
    else:
        reply(name, probe, packet)


def reply(name, probe, packet):
    """Only from whom the request was sent to: what was translated on its way back answers nothing."""
    if batch[probe]["at"] == name and batch[probe]["destination"] == socket.inet_ntoa(packet[12:16]):
        answered.add(probe)


def send(sock, data, source, to):
    try:
        sock.sendmsg([data], source_info(source), 0, to)
    except OSError:
        pass  # refused by the sender's own firewall, or no route: it doesn't arrive


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def start(probe):
    """Sends one; its socket while an answer may come to one of its own."""
    at, protocol, to = probe["at"], probe["protocol"], (probe["destination"], probe["port"])
    data = struct.pack("!I", probe["id"])
    if protocol == "icmp":
        rest = struct.pack("!HH", probe["client"], 1) + data
        head = struct.pack("!BBH", ECHO_REQUEST, 0, checksum(struct.pack("!BBH", ECHO_REQUEST, 0, 0) + rest))
        return send(raws[at, socket.IPPROTO_ICMP], head + rest, probe["source"], (to[0], 0))
    if protocol == "253":
        return send(raws[at, EXPERIMENT], b"Q" + data, probe["source"], (to[0], 0))
    enter(namespaces[at])
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM)
    sock.setblocking(False)
    if protocol == "tcp":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((probe["source"], probe["client"]))
        clients[probe["client"]] = probe["id"]
        if protocol == "udp":
            sock.connect(to)
            sock.send(data)
        elif sock.connect_ex(to) not in (0, 115):
            raise OSError("not sent")
    except OSError:
        sock.close()
        return None
    epoll.register(sock.fileno(), select.EPOLLIN if protocol == "udp" else select.EPOLLOUT)
    handlers[sock.fileno()] = (sock, lambda sock: complete(sock, probe))
    return sock


def complete(sock, probe):
    epoll.unregister(sock.fileno())
    del handlers[sock.fileno()]
    if probe["protocol"] == "udp":
        if sock.recv(64) == struct.pack("!I", probe["id"]):
            answered.add(probe["id"])
    elif sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
        answered.add(probe["id"])


def handle(timeout):
    events = epoll.poll(timeout)
    for fileno, _ in events:
        sock, handler = handlers.get(fileno, (None, None))
        try:
            if sock is not None:
                handler(sock)
        except OSError:
            pass  # refused or reset: an answer, but not that of the service
    return len(events) > 0


def probe(command):
    batch.clear(), clients.clear(), arrived.clear(), answered.clear()
    batch.update({each["id"]: each for each in command["probes"]})
    opened = []
    for each in command["probes"]:
        opened.append(start(each))
        while handle(0):
            pass
    enter(home)
    while handle(command["quiet"]):
        pass
    for sock in opened:
        if sock is not None:
            if handlers.pop(sock.fileno(), None) is not None:
                epoll.unregister(sock.fileno())
            sock.close()
    return {"arrived": sorted(arrived), "answered": sorted(answered)}


def configure(command):
    children = []
    for name, texts in command["namespaces"].items():
        enter(namespaces[name])
        forget()
        children.append((run(["ip", "-force", "-batch", "-"], texts["ip"]), f"ip in {name}"))
        children.append((run(["nft", "-f", "-"], texts["nft"]), f"nft in {name}"))
    enter(home)
    for child, where in children:
        finished(child, where)


def forget():
    """Every connection that the namespace remembers (nfnetlink's IPCTNL_MSG_CT_DELETE, of all families)."""
    netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)
    netlink.send(struct.pack("=IHHIIBBH", 20, 1 << 8 | 2, 1 | 4, 1, 0, 0, 0, 0))
    (error,) = struct.unpack("=i", netlink.recv(4096)[16:20])
    netlink.close()
    if error != 0:
        raise OSError(-error, "connection tracking isn't to be emptied")


def rules(command):
    listed = {}
    for name in command["namespaces"]:
        enter(namespaces[name])
        listed[name] = subprocess.run(["nft", "list", "ruleset"], capture_output=True, text=True, check=True).stdout
    enter(home)
    return {"rules": listed}


for line in sys.stdin:
    request = json.loads(line)
    complaints.clear()
    result = {"wire": wire, "configure": configure, "probe": probe, "rules": rules}[request["do"]](request)
    print(json.dumps({**(result or {}), "complaints": complaints}), flush=True)
