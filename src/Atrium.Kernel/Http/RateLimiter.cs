using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Atrium.Kernel.Http;

/// <summary>What a caller has left of a rule.</summary>
public readonly record struct Allowance(int Limit, int Left, TimeSpan Reset)
{
    public bool IsSpent => Left < 0;
}

/// <summary>Counts requests per caller and rule in fixed windows.</summary>
public sealed class RateLimiter(IConfiguration configuration, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, (int Requests, int Seconds)> _limits = new();
    private readonly ConcurrentDictionary<(string Caller, string Rule), Window> _windows = new();
    private long _swept;

    /// <summary>Whether a house limits anything that it does not set by itself: <c>RateLimits:On</c>.</summary>
    public static bool IsOn(IConfiguration configuration) => configuration.GetValue("RateLimits:On", true);

    /// <summary>Counts one request and says what is left.</summary>
    public Allowance Count(RateRule rule, string caller) => Look(rule, caller, 1);

    /// <summary>What is left when nothing more is asked.</summary>
    public Allowance Left(RateRule rule, string caller) => Look(rule, caller, 0);

    /// <summary>Whom an address stands for: of IPv6 the /64 that one line gets.</summary>
    public static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null) return "?";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes) + "/64";
    }

    private Allowance Look(RateRule rule, string caller, int many)
    {
        var (requests, seconds) = _limits.GetOrAdd(rule.Name, _ => LimitOf(rule));
        if (requests == 0) return new(0, int.MaxValue, TimeSpan.Zero);
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        Sweep(now);
        var end = ((now / seconds) + 1) * seconds;
        var count = many == 0
            ? _windows.TryGetValue((caller, rule.Name), out var there) && there.End == end ? there.Count : 0
            : _windows.AddOrUpdate((caller, rule.Name), _ => new(end, many), (_, w) => w.End == end ? w with { Count = w.Count + many } : new(end, many)).Count;
        return new(requests, requests - count, TimeSpan.FromSeconds(end - now));
    }

    private (int Requests, int Seconds) LimitOf(RateRule rule)
    {
        var (requests, minutes) = (IsOn(configuration) ? rule.Requests : 0, rule.Minutes);
        if (configuration[$"RateLimits:{rule.Name}"] is { Length: > 0 } set)
        {
            var parts = set.Split('/');
            if (parts.Length > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out requests)
                || (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out minutes) || minutes == 0)))
                throw new InvalidOperationException($"RateLimits:{rule.Name} is “{set}”. It is a number of requests, such as 300, or of requests and minutes, such as 300/15.");
        }

        return (requests, minutes * 60);
    }

    private void Sweep(long now)
    {
        var minute = now / 60;
        if (Interlocked.Exchange(ref _swept, minute) == minute) return;
        foreach (var (key, window) in _windows)
            if (window.End <= now)
                _windows.TryRemove(KeyValuePair.Create(key, window));
    }

    private sealed record Window(long End, int Count);
}
