using Atrium.Contracts.Accounts;
using Atrium.Kernel.Outbox;

namespace Atrium.Social;

/// <summary>A member has an account, and it says what their profile says.</summary>
internal sealed class KeepAccount(LocalAccounts accounts, SocialDb db) : IEffect<MemberJoined>, IReaction<MemberProfileChanged>
{
    // Not in a transaction: the member may come at the same moment and make it themselves.
    public async Task HandleAsync(MemberJoined happened, Delivery delivery, CancellationToken ct) => await accounts.OfAsync([happened.Member], ct);

    public async Task HandleAsync(MemberProfileChanged happened, CancellationToken ct)
    {
        await accounts.RefreshAsync(happened.Member, ct);
        db.Publish(new AccountChanged(await accounts.OfAsync(happened.Member, ct)), happened.Member.ToString());
    }
}
