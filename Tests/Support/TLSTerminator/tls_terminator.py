"""Ends TLS in front of a broker that speaks without: tls_terminator.py PORT UPSTREAM_PORT CERTIFICATE KEY [CLIENT_CA].

With CLIENT_CA clients must show a certificate that it has signed.
"""
import socket
import ssl
import sys
import threading


def pump(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(connection, context, upstream):
    try:
        outside = context.wrap_socket(connection, server_side=True)
        inside = socket.create_connection(("127.0.0.1", upstream))
    except OSError:
        return connection.close()
    threading.Thread(target=pump, args=(outside, inside), daemon=True).start()
    pump(inside, outside)


def main(port, upstream, certificate, key, client_ca=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    if client_ca:
        context.load_verify_locations(client_ca)
        context.verify_mode = ssl.CERT_REQUIRED
    with socket.create_server(("127.0.0.1", int(port)), backlog=64) as listener:
        print("ready", flush=True)
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection, context, int(upstream)), daemon=True).start()


main(*sys.argv[1:])
