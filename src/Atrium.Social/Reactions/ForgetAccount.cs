using Atrium.Contracts.Accounts;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>A member is gone: their posts, relations, marks and settings go; the name stays reserved, and what others said under theirs stays.</summary>
internal sealed class ForgetAccount(SocialDb db, EraseAccount erasing) : IReaction<MemberErased>
{
    public async Task HandleAsync(MemberErased happened, CancellationToken ct)
    {
        var account = await db.Accounts.AsTracking().FirstOrDefaultAsync(a => a.MemberId == happened.Member, ct);
        if (account is null) return;
        while (await erasing.PostsAsync(account.Id, ct)) { }
        await erasing.RestAsync(account, ct);
        account.Standing = AccountStanding.Deleted;
    }
}
