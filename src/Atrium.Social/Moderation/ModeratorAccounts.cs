using Atrium.Contracts.Accounts;
using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>Those who may moderate, by their accounts.</summary>
internal sealed class ModeratorAccounts(IMembers members, LocalAccounts locals)
{
    public async Task<IReadOnlyList<Id<Account>>> ListAsync(CancellationToken ct) => [.. (await locals.OfAsync(await members.WithRoleAsync(Role.Moderator, ct), ct)).Values];
}
