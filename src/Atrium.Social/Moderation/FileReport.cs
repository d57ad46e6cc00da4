using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Somebody wants their report heard on the server of whom it is about, too.</summary>
[EventName("social.report_forwarded")]
internal sealed record ReportForwarded(Id<FiledReport> Report);

/// <summary>What is reported.</summary>
/// <param name="Category">One of Mastodon's words (<c>spam</c>, <c>legal</c>, <c>violation</c>, <c>other</c>) or of the house's; null finds it out.</param>
/// <param name="Forward">Tells the moderators of the account's own server, without saying who reports.</param>
internal sealed record ReportWish(IReadOnlyCollection<Id<Status>> Statuses, string? Category, string? Comment, IReadOnlyCollection<string> Rules, bool Forward);

/// <summary>Reports an account and posts of it to the moderators here, and where that is wished to those of its own server.</summary>
internal sealed class FileReport(SocialDb db, IModeration moderation, AccountReader accounts, Brakes brakes, HouseRules rules, FederationGate gate, Notifier notifier, ModeratorAccounts moderators)
{
    private const int LongestComment = 1000;

    /// <exception cref="Refusal">Not found; invalid: an unknown category, too long, one's own.</exception>
    public async Task<FiledReport> HandleAsync(Id<Account> about, ReportWish wish, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        var target = (await accounts.OneAsync(about, ct)).Account;
        var posts = await db.Statuses.VisibleTo(viewer, db).Where(s => wish.Statuses.Contains(s.Id) && s.AccountId == about).Select(s => s.Id).ToListAsync(ct);
        var (category, known) = Category(wish.Category ?? (wish.Rules.Count > 0 ? "violation" : "other"));
        var comment = wish.Comment ?? "";
        if (comment.Length > LongestComment) throw Refusal.Invalid("comment", $"Comment is too long (maximum is {LongestComment} characters)", "too_long");
        await brakes.TakeAsync(Brake.Reports, viewer, ct);
        var broken = (await rules.AllAsync(ct)).Where(r => wish.Rules.Contains(r.Id)).ToList();
        var words = Words(comment, broken);
        foreach (var post in posts) await moderation.ReportAsync(Thing.Of("status", post), known, words, viewer.Actor, ct);
        if (posts.Count == 0) await moderation.ReportAsync(Thing.Of("account", about), known, words, viewer.Actor, ct);
        return await KeepAsync(target, me, new(posts, category, comment, [.. broken.Select(r => r.Id)], wish.Forward), ct);
    }

    // As Mastodon's API calls it, and as the house's moderators do.
    private static (string Kept, string Told) Category(string word) => word switch
    {
        "spam" => ("spam", "spam"),
        "legal" or "illegal" => ("legal", "illegal"),
        "violation" => ("violation", "harmful"),
        "harmful" or "harassment" or "private" => ("violation", word),
        "other" => ("other", "other"),
        _ => throw Refusal.Invalid("category", "Category is not included in the list"),
    };

    // What moderators read: the comment, and the rules it is about.
    private static string? Words(string? comment, IReadOnlyCollection<HouseRule> broken) => broken.Count == 0 ? comment : $"{comment}\nAgainst: {string.Join("; ", broken.Select(r => r.Text))}".Trim();

    // Writes down who reported what, and has it forwarded where that is wished and the server is spoken to.
    private async Task<FiledReport> KeepAsync(Account target, Id<Account> me, ReportWish wish, CancellationToken ct)
    {
        var report = new FiledReport
        {
            AccountId = me, TargetId = target.Id, Category = wish.Category ?? "other", Comment = wish.Comment ?? "", StatusIds = [.. wish.Statuses.Select(p => p.Value)], RuleIds = [.. wish.Rules],
            Forwarded = wish.Forward && !target.IsLocal && await gate.MayAsync(target.Domain, ct), CreatedAt = db.Now,
        };
        var told = await moderators.ListAsync(ct);
        await db.WriteAsync(
            async token =>
            {
                db.Reports.Add(report);
                if (report.Forwarded) db.Publish(new ReportForwarded(report.Id), target.Domain);
                await notifier.TellAsync(new(NoticeType.AdminReport, me, $"report:{report.Id}", Detail: report.Id.ToString()), told, token);
            },
            ct);
        return report;
    }
}
