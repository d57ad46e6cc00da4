using System.Text.RegularExpressions;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Who or what a row of a file means: an address <c>ada@house.example</c>, or a post's.</summary>
internal sealed partial class FindNamed(SocialDb db, FederationGate gate, LocalAccounts locals, IMembers members, ResolveRemote remote)
{
    /// <param name="Fault">Why there is none, in words.</param>
    public sealed record Found<T>(T? Row, string? Fault) where T : class;

    public async Task<Found<Account>> AccountAsync(string text, CancellationToken ct)
    {
        if (Handle().Match(text) is not { Success: true } match) return new(null, text.Length == 0 ? "The row names nobody." : "That is no address such as ada@house.example.");
        var (name, domain) = (match.Groups["name"].Value.ToLowerInvariant(), match.Groups["domain"].Value.ToLowerInvariant());
        if (domain.Length == 0 || domain == gate.Domain) return new(await LocalAsync(name, ct) is { } own ? own : null, "Nobody of that name is in this house.");
        if (await db.Accounts.FirstOrDefaultAsync(a => a.UsernameFolded == name && a.Domain == domain, ct) is { IsShown: true } known) return new(known, null);
        if (await gate.ModeAsync(ct) == FederationMode.Off) return new(null, "This house exchanges posts with no other server.");
        if (!await gate.MayAsync(domain, ct)) return new(null, $"This house does not speak with {domain}.");
        return new((await remote.FindAsync($"{name}@{domain}", ct))?.Account is { } id ? await db.Accounts.FirstOrDefaultAsync(a => a.Id == id, ct) : null, "Nobody was found at this address.");
    }

    /// <summary>A post that the reader may see.</summary>
    public async Task<Found<Status>> StatusAsync(string uri, Viewer viewer, CancellationToken ct)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) return new(null, "That is no address of a post.");
        var stored = gate.Stored(uri);
        var seen = db.Statuses.VisibleTo(viewer, db).Where(s => s.BoostOf == null);
        if (await seen.FirstOrDefaultAsync(s => s.Uri == stored || s.Url == stored, ct) is { } here) return new(here, null);
        if (stored.StartsWith('/') || await gate.ModeAsync(ct) == FederationMode.Off) return new(null, "The post is not here, or not for you.");
        return new((await remote.FindAsync(uri, ct))?.Status is { } id ? await seen.FirstOrDefaultAsync(s => s.Id == id, ct) : null, "The post could not be found.");
    }

    private async Task<Account?> LocalAsync(string name, CancellationToken ct)
    {
        if (await db.Accounts.FirstOrDefaultAsync(a => a.UsernameFolded == name && a.Domain == "", ct) is { } found) return found.IsShown ? found : null;
        // A member whom nobody met here yet.
        if (!(await members.FindAsync([name], ct)).TryGetValue(name, out var member)) return null;
        var id = await locals.OfAsync(member.Id, ct);
        return await db.Accounts.FirstAsync(a => a.Id == id, ct);
    }

    [GeneratedRegex(@"^@?(?<name>[A-Za-z0-9_][A-Za-z0-9_.-]{0,100})(?:@(?<domain>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?(?::\d{1,5})?))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Handle();
}
