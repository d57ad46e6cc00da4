using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>What moderators can do with a post: hide it from all but its author, delete it, mark it as sensitive; and undo each.</summary>
internal sealed class ModerateStatus(SocialDb db, DeleteStatus deleting, Warnings warnings) : IModerationSubject
{
    private const string Deleting = "delete";
    private const string Sensitive = "sensitive";

    public string Kind => "status";

    public IReadOnlyList<ModerationMeasure> Measures { get; } =
    [
        new(Sensitive, "Mark as sensitive", "Moderators marked your post as sensitive", "Readers are asked before they see its media."),
        new(Deleting, "Delete the post", "Moderators deleted your post", "Nobody sees it, its author neither. Can be undone for 30 days."),
    ];

    public Task SetHiddenAsync(Thing thing, bool hidden, string reason, CancellationToken ct)
    {
        var id = thing.As<Status>();
        DateTimeOffset? at = hidden ? db.Now : null;
        return db.WriteAsync(
            async token =>
            {
                var changed = await db.Statuses.Where(s => s.Id == id && (s.HiddenAt != null) != hidden)
                    .ExecuteUpdateAsync(set => set.SetProperty(s => s.HiddenAt, at).SetProperty(s => s.HiddenReason, hidden ? reason : null), token);
                if (changed == 0) return;
                db.Publish(new SightChanged(Status: id), id.ToString());
                await db.OfHidingAsync(id, hidden, token);
                if (hidden) db.Announce(SocialTopics.Statuses, id.Value, "delete");
                if (hidden) await WarnAsync(id, "none", reason, token);
            },
            ct);
    }

    public Task SetMeasureAsync(Thing thing, string measure, bool stands, string reason, CancellationToken ct)
    {
        var id = thing.As<Status>();
        return db.WriteAsync(token => measure switch
        {
            Deleting => DeleteAsync(id, stands, reason, token),
            Sensitive => SensitizeAsync(id, stands, reason, token),
            _ => Task.CompletedTask,
        }, ct);
    }

    public async Task<IReadOnlyList<ModerationContext>> ContextAsync(Thing thing, CancellationToken ct)
    {
        var id = thing.As<Status>();
        var row = await (
            from s in db.Statuses
            join a in db.Accounts on s.AccountId equals a.Id
            where s.Id == id
            select new { Status = s, Author = a, Answered = db.Statuses.Where(p => p.Id == s.InReplyTo).Select(p => new { p.Plain, p.Url, p.CreatedAt }).FirstOrDefault() }).FirstOrDefaultAsync(ct);
        if (row is null) return [];
        List<ModerationContext> parts = [new($"@{row.Author.Acct} wrote, for {Whom(row.Status)}", Words(row.Status), row.Status.Url, row.Status.CreatedAt)];
        if (row.Answered is { } answered) parts.Add(new("It answers", answered.Plain, answered.Url, answered.CreatedAt));
        parts.AddRange(await ModerateAccount.ReportsAsync(db, row.Author.Id, ct));
        return parts;
    }

    internal static string Words(Status status) =>
        string.Join('\n', new[] { status.Spoiler, status.Plain }.Concat(status.Document.Media.Select(m => $"[{m.Type}: {m.Description ?? "without a description"}]")).Where(t => t.Length > 0));

    private static string Whom(Status status) => status.Visibility switch
    {
        Visibility.Public => "everyone",
        Visibility.Unlisted => "everyone, unlisted",
        Visibility.Followers => "followers",
        Visibility.Direct => "those mentioned",
        Visibility.Members => "members",
        _ => "a group",
    };

    private async Task DeleteAsync(Id<Status> id, bool stands, string reason, CancellationToken ct)
    {
        var status = await db.Statuses.FirstOrDefaultAsync(s => s.Id == id, ct);
        if (status is null || (stands ? status.DeletedAt is not null : status.RemovedAt is null)) return;
        if (stands) await deleting.WithdrawAsync(status, ct);
        else await deleting.ReturnAsync(status, ct);
        if (stands) await warnings.TellAsync(status.AccountId, "delete_statuses", reason, ct, id);
    }

    private async Task SensitizeAsync(Id<Status> id, bool stands, string reason, CancellationToken ct)
    {
        DateTimeOffset? at = stands ? db.Now : null;
        if (await db.Statuses.Where(s => s.Id == id && (s.SensitizedAt != null) != stands).ExecuteUpdateAsync(set => set.SetProperty(s => s.SensitizedAt, at), ct) == 0) return;
        db.Announce(SocialTopics.Statuses, id.Value, "status.update");
        if (stands) await WarnAsync(id, "mark_statuses_as_sensitive", reason, ct);
    }

    private async Task WarnAsync(Id<Status> id, string action, string reason, CancellationToken ct) =>
        await warnings.TellAsync(await db.Statuses.Where(s => s.Id == id).Select(s => s.AccountId).FirstAsync(ct), action, reason, ct, id);
}
