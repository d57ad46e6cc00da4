using AngleSharp.Html.Parser;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Outbound;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Pages that did not answer are to be looked at again.</summary>
/// <param name="Attempt">How often they were tried in vain.</param>
[EventName("social.links_wait")]
internal sealed record LinksWait(Id<Account> Account, IReadOnlyList<string> Addresses, int Attempt);

/// <summary>
/// Looks whether the pages that a member's profile links to link back with <c>rel="me"</c>: when the profile changes, and every week again. A page
/// that no longer does loses its mark; one that cannot be reached just now keeps it until the next time it answers, and is tried again a few times
/// before its week is over.
/// </summary>
internal sealed class VerifyLinks(SocialDb db, OutboundHttp http, HouseAddress house) : IEffect<AccountChanged>, IEffect<LinksWait>, IRecurringWork
{
    private const int LargestPage = 1 << 20;

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1)];

    public Task HandleAsync(AccountChanged happened, Delivery delivery, CancellationToken ct) => CheckAsync(happened.Account, again: false, ct);

    public Task HandleAsync(LinksWait happened, Delivery delivery, CancellationToken ct) => CheckAsync(happened.Account, again: true, ct, happened);

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var id in await db.Accounts.Where(a => a.MemberId != null && (a.Standing == AccountStanding.Active || a.Standing == AccountStanding.Limited)).Select(a => a.Id).ToListAsync(ct))
            await CheckAsync(id, again: true, ct);
    }

    /// <param name="again">Looks at those that are verified, too.</param>
    /// <param name="waited">Only these, which did not answer.</param>
    private async Task CheckAsync(Id<Account> id, bool again, CancellationToken ct, LinksWait? waited = null)
    {
        var account = await db.Accounts.FirstOrDefaultAsync(a => a.Id == id && a.MemberId != null, ct);
        if (account is null) return;
        var found = new Dictionary<string, bool>(StringComparer.Ordinal);
        List<string> silent = [];
        foreach (var field in account.Fields.Where(f => (again || f.VerifiedAt is null) && IsLink(f.Value) && waited?.Addresses.Contains(f.Value) != false).DistinctBy(f => f.Value))
            if (await LinksBackAsync(field.Value, account, ct) is { } back) found[field.Value] = back;
            else silent.Add(field.Value);
        await WaitAsync(id, silent, waited?.Attempt ?? 0, ct);
        if (account.Fields.TrueForAll(f => !found.TryGetValue(f.Value, out var back) || (!again && !back))) return;
        var now = db.Now;
        await db.AmendAsync(
            async token =>
            {
                var row = await db.Accounts.AsTracking().FirstAsync(a => a.Id == id, token);
                row.Fields = [.. row.Fields.Select(f => found.TryGetValue(f.Value, out var back) ? f with { VerifiedAt = back ? now : null } : f)];
            },
            ct);
        db.ChangeTracker.Clear();
    }

    private async Task WaitAsync(Id<Account> id, IReadOnlyList<string> silent, int attempt, CancellationToken ct)
    {
        if (silent.Count == 0 || attempt >= Pauses.Length) return;
        await db.WriteAsync(
            _ =>
            {
                db.Publish(new LinksWait(id, silent, attempt + 1), id.ToString(), db.Now + Pauses[attempt]);
                return Task.CompletedTask;
            },
            ct);
    }

    // Null: it cannot be said just now.
    private async Task<bool?> LinksBackAsync(string address, Account account, CancellationToken ct)
    {
        OutboundAnswer answer;
        try
        {
            answer = await http.GetAsync(address, "text/html", LargestPage, ct);
        }
        catch (OutboundFailure e)
        {
            return e.Trouble is OutboundTrouble.NoSuchName or OutboundTrouble.Unreachable or OutboundTrouble.TooSlow ? null : false;
        }

        if ((int)answer.Status >= 500) return null;
        if (!answer.IsSuccess || answer.MediaType is not ("text/html" or "application/xhtml+xml")) return false;
        using var page = await new HtmlParser().ParseDocumentAsync(answer.Text(), ct);
        string[] mine = [house.Root + account.Url, house.Root + account.Uri];
        return page.QuerySelectorAll("a[rel~=me][href],link[rel~=me][href]")
            .Any(a => Uri.TryCreate(answer.Address, a.GetAttribute("href"), out var to) && mine.Contains(to.AbsoluteUri.TrimEnd('/'), StringComparer.OrdinalIgnoreCase));
    }

    private static bool IsLink(string value) => Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
}
