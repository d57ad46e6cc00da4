using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Atrium.Kernel.Outbound;
using Atrium.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>With whom the house exchanges posts.</summary>
internal enum FederationMode
{
    Off,

    /// <summary>Only with servers that a policy allows.</summary>
    Allowlist,

    /// <summary>With all but those that a policy suspends.</summary>
    Open,
}

/// <summary>Says which servers the house speaks with, and how addresses of its own are told from theirs.</summary>
internal sealed class FederationGate(SocialDb db, KernelDb kernel, HouseSettings settings, HouseAddress house, OutboundOptions outbound)
{
    public static readonly Setting Setting = new(
        "social.federation", "Exchange posts with other servers", SettingKind.Choice, "off", "Once others know the house by its address, the address has to stay.",
        [("off", "With none"), ("allowlist", "With those listed"), ("open", "With all but those suspended")]);

    /// <summary>The address by which others know the house: all its actors and posts are named by it.</summary>
    public static readonly Setting Known = new(
        "social.federation_address", "Address by which other servers know the house", SettingKind.Text, "", "Kept at the first contact with another server. While the house has another address, nothing is exchanged: others would take it for a stranger.");

    private readonly Dictionary<string, DomainPolicy?> _policies = new(StringComparer.Ordinal);
    private FederationMode? _mode;

    /// <summary>The house's own domain, with its port where that is unusual.</summary>
    public string Domain => new Uri(house.Root).Authority;

    /// <summary>Plain http is for closed networks that are served so themselves.</summary>
    public string Scheme => outbound.AllowPrivate ? new Uri(house.Root).Scheme : Uri.UriSchemeHttps;

    public async ValueTask<FederationMode> ModeAsync(CancellationToken ct) =>
        _mode ??= await MovedFromAsync(ct) is not null ? FederationMode.Off : await settings.TextAsync(Setting, ct) switch { "open" => FederationMode.Open, "allowlist" => FederationMode.Allowlist, _ => FederationMode.Off };

    /// <summary>The address by which others know the house, where it has another one now.</summary>
    public async ValueTask<string?> MovedFromAsync(CancellationToken ct) => await settings.TextAsync(Known, ct) is { Length: > 0 } known && known != house.Root ? known : null;

    /// <summary>Another server knows the house from now on by the address it has. Not within a transaction.</summary>
    public async ValueTask MeetAsync(CancellationToken ct)
    {
        // An address that nobody named may be another tomorrow, and is nothing to be known by.
        if (!house.IsSet || await settings.TextAsync(Known, ct) is { Length: > 0 }) return;
        await settings.ChangeAsync(kernel, Actor.System, new Dictionary<string, string> { [Known.Key] = house.Root }, ct);
    }

    /// <summary>Refuses as not found where the house exchanges nothing.</summary>
    public async ValueTask DemandAsync(CancellationToken ct)
    {
        if (await ModeAsync(ct) == FederationMode.Off) throw Refusal.NotFound();
    }

    /// <summary>May anything be fetched from, sent to or taken from this server?</summary>
    public async Task<bool> MayAsync(string domain, CancellationToken ct)
    {
        var mode = await ModeAsync(ct);
        if (mode == FederationMode.Off || domain.Length == 0 || domain == Domain) return false;
        var policy = await PolicyAsync(domain, ct);
        return policy?.Severity != DomainSeverity.Suspend && (mode == FederationMode.Open || policy is { Allowed: true });
    }

    /// <summary>What was decided about a server, or about the domain it stands under; the nearest decides.</summary>
    public async Task<DomainPolicy?> PolicyAsync(string domain, CancellationToken ct)
    {
        // One request asks several times.
        if (_policies.TryGetValue(domain, out var known)) return known;
        List<string> names = [domain];
        var host = domain.Split(':')[0];
        for (var name = host; name.Contains('.', StringComparison.Ordinal); name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]) names.Add(name);
        var rows = await db.DomainPolicies.Where(p => names.Contains(p.Domain)).ToListAsync(ct);
        return _policies[domain] = rows.MaxBy(p => p.Domain.Length);
    }

    /// <summary>An ActivityPub id as rows keep it: the house's own begin with a slash.</summary>
    public string Stored(string uri) => uri.StartsWith(house.Root + "/", StringComparison.Ordinal) ? uri[house.Root.Length..] : uri;

    public string Absolute(string stored) => stored.StartsWith('/') ? house.Root + stored : stored;

    /// <summary>The domain an id belongs to, lower case; empty when it is no address of the wanted scheme.</summary>
    public string DomainOf(string? uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.UserInfo.Length == 0 && (parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Scheme) ? parsed.Authority.ToLowerInvariant() : "";
}
