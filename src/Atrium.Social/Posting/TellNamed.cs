using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>Tells those whom a post names that it does, in the transaction under way.</summary>
internal sealed class TellNamed(SocialDb db, Notifier notifier)
{
    /// <summary>What a post is to those it speaks to, however many ways it does.</summary>
    public static string ActivityOf(Status status) => $"status:{status.Id}";

    public async Task HandleAsync(Status status, IReadOnlyList<PlannedMention> mentions, CancellationToken ct)
    {
        IReadOnlyCollection<Id<Account>> named = [.. mentions.Where(m => m.Account.IsLocal).Select(m => m.Account.Id)];
        // Naming somebody outside the audience shows them nothing.
        if (named.Count > 0 && (status.DiscussionId is not null || status.Visibility is Visibility.Group or Visibility.Members))
            named = [.. (await db.WhoSeesAsync(status.Id, [.. mentions.Where(m => m.Account.MemberId is not null).Select(m => Viewer.OfMember(m.Account.MemberId!.Value, m.Account.Id))], ct)).Select(v => v.Me!.Value)];
        await notifier.TellAsync(new(NoticeType.Mention, status.AccountId, ActivityOf(status), status), named, ct);
    }
}
