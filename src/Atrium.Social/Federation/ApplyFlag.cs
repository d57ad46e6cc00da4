using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Hands a report that another server sends (Flag) to the moderators: about posts of ours it names, or else about the account.</summary>
internal sealed class ApplyFlag(SocialDb db, FederationGate gate, IModeration moderation)
{
    private const int Most = 20;
    private const int LongestComment = 1_000;

    public async Task<bool> HandleAsync(ApNode activity, Account from, CancellationToken ct)
    {
        if (await gate.PolicyAsync(from.Domain, ct) is { RejectReports: true }) return false;
        List<string> named = [.. activity.Refs("object").Select(gate.Stored).Where(u => u.StartsWith('/')).Distinct().Take(Most)];
        // Only what may have been seen there can be complained about there.
        var posts = await db.Statuses.Where(s => named.Contains(s.Uri) && s.Kind == StatusKind.Note).Leaving(db).Select(s => s.Id).ToListAsync(ct);
        List<Thing> things = [.. posts.Select(p => Thing.Of("status", p))];
        if (things.Count == 0)
            things.AddRange((await db.Accounts.Where(a => named.Contains(a.Uri) && a.Domain == "" && a.MemberId != null && a.Standing != AccountStanding.Deleted).Select(a => a.Id).ToListAsync(ct)).Select(a => Thing.Of("account", a)));
        var comment = Ap.Cut(Kernel.Text.Markup.CleanHtml(Ap.Cut(activity.Text("content") ?? "", 20_000)).Plain, LongestComment);
        foreach (var thing in things) await moderation.ReportFromElsewhereAsync(thing, from.Domain, comment, ct);
        return things.Count > 0;
    }
}
