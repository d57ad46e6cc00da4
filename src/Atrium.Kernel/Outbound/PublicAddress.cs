using System.Net;
using System.Net.Sockets;

namespace Atrium.Kernel.Outbound;

/// <summary>Which addresses lie on the public internet (IANA special-purpose registries, RFC 6890 and its updates).</summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    // Only this block of IPv6 is given out; loopback, link-local, unique local, multicast, NAT64 and mapped forms all lie outside it.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    // Azure answers its virtual machines here; every other cloud's metadata address is link-local.
    private static readonly IPAddress AzureMetadata = IPAddress.Parse("168.63.129.16");

    /// <summary>True when a server may be sent there. An IPv4 address inside an IPv6 one is judged as what it reaches.</summary>
    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !GlobalUnicast.Contains(address)) return false;
        return !address.Equals(AzureMetadata) && !Closed.Any(n => n.BaseAddress.AddressFamily == address.AddressFamily && n.Contains(address));
    }
}
