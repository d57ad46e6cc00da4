using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using Atrium.Kernel.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Atrium.Kernel.Http;

/// <summary>What a caller has left of a rule.</summary>
public readonly record struct Allowance(int Limit, int Left, TimeSpan Reset)
{
    public bool IsSpent => Left < 0;
}

/// <summary>Counts requests per caller and rule in fixed windows. All rules are read when it is made.</summary>
/// <exception cref="CannotStart">Something under <c>RateLimits</c> is no limit, or of no rule.</exception>
public sealed class RateLimiter(IConfiguration configuration, TimeProvider clock)
{
    private const string Section = "RateLimits";
    private readonly FrozenDictionary<string, RateRule> _rules = Rules(configuration);
    private readonly ConcurrentDictionary<(string Caller, string Rule), Window> _windows = new();
    private long _swept;

    /// <summary>Whether a house limits anything that it does not set by itself: <c>RateLimits:On</c>.</summary>
    public static bool IsOn(IConfiguration configuration) => configuration[$"{Section}:On"] is not { Length: > 0 } on || (bool.TryParse(on, out var isOn) ? isOn : throw new CannotStart($"{Section}:On is “{on}”. It is true or false."));

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
        var (requests, seconds) = (_rules[rule.Name].Requests, _rules[rule.Name].Minutes * 60L);
        if (requests == 0) return new(0, int.MaxValue, TimeSpan.Zero);
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        Sweep(now);
        var end = ((now / seconds) + 1) * seconds;
        var count = many == 0
            ? _windows.TryGetValue((caller, rule.Name), out var there) && there.End == end ? there.Count : 0
            : _windows.AddOrUpdate((caller, rule.Name), _ => new(end, many), (_, w) => w.End == end ? w with { Count = w.Count + many } : new(end, many)).Count;
        return new(requests, requests - count, TimeSpan.FromSeconds(end - now));
    }

    private static FrozenDictionary<string, RateRule> Rules(IConfiguration configuration)
    {
        var on = IsOn(configuration);
        var rules = RateRule.All.ToDictionary(r => r.Name, r => on ? r : r with { Requests = 0 }, StringComparer.OrdinalIgnoreCase);
        foreach (var set in configuration.GetSection(Section).GetChildren())
        {
            if (set.Value is not { Length: > 0 } value || set.Key.Equals("On", StringComparison.OrdinalIgnoreCase)) continue;
            if (!rules.TryGetValue(set.Key, out var rule)) throw new CannotStart($"{Section}:{set.Key} is no limit that is known. There are {string.Join(", ", RateRule.All.Select(r => r.Name))}.");
            rules[rule.Name] = rule.As(value) ?? throw new CannotStart($"{set.Path} is “{value}”. It is a number of requests, such as 300, or of requests and minutes, such as 300/15.");
        }

        return rules.ToFrozenDictionary();
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
