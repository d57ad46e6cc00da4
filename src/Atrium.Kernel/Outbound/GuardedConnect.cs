using System.Net;
using System.Net.Sockets;

namespace Atrium.Kernel.Outbound;

/// <summary>Turns a host name into addresses: DNS, or what a test says.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken ct);

/// <summary>
/// Opens the connection itself: the name is looked up once, every address it gave must be public, and the socket goes to one of those very
/// addresses. A name that answers differently the second time (DNS rebinding) finds no second time.
/// </summary>
internal sealed class GuardedConnect(OutboundOptions options, ResolveHost resolve)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var host = context.DnsEndPoint.Host;
        IPAddress[] addresses;
        try
        {
            addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await resolve(host, ct);
        }
        catch (SocketException e)
        {
            throw new OutboundFailure(OutboundTrouble.NoSuchName, $"There is no server named {host}.", e);
        }

        if (addresses.Length == 0) throw new OutboundFailure(OutboundTrouble.NoSuchName, $"There is no server named {host}.");
        if (!options.AllowPrivate && !addresses.All(PublicAddress.Is))
            throw new OutboundFailure(OutboundTrouble.Closed, $"{host} is not on the public internet.");

        SocketException? last = null;
        foreach (var address in addresses.OrderBy(a => a.AddressFamily == AddressFamily.InterNetworkV6).Take(4))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                last = e;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new OutboundFailure(OutboundTrouble.Unreachable, $"{host} does not answer.", last);
    }
}
