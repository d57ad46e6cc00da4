using Atrium.Contracts.Accounts;
using Atrium.Kernel.Outbox;

namespace Atrium.Social;

/// <summary>A member has an account, and it says what their profile says.</summary>
internal sealed class KeepAccount(LocalAccounts accounts, Notifier notifier, ModeratorAccounts moderators, SocialDb db) : IEffect<MemberJoined>, IEffect<MemberProfileChanged>
{
    // Not in a transaction: the member may come at the same moment and make it themselves.
    public async Task HandleAsync(MemberJoined happened, Delivery delivery, CancellationToken ct)
    {
        if ((await accounts.OfAsync([happened.Member], ct)).GetValueOrDefault(happened.Member) is not { Value: > 0 } account || !happened.SignedUp) return;
        var told = await moderators.ListAsync(ct);
        await db.WriteAsync(token => notifier.TellAsync(new(NoticeType.AdminSignUp, account, $"sign_up:{account}"), told, token), ct);
    }

    // Nor here: whoever changes it at the same moment makes this begin again, which a transaction under way cannot.
    public async Task HandleAsync(MemberProfileChanged happened, Delivery delivery, CancellationToken ct)
    {
        await accounts.RefreshAsync(happened.Member, ct);
        var id = await accounts.OfAsync(happened.Member, ct);
        await db.WriteAsync(
            _ =>
            {
                db.Publish(new AccountChanged(id), id.ToString());
                return Task.CompletedTask;
            },
            ct);
    }
}
