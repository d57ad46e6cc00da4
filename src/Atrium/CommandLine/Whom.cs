using Atrium.Contracts.Accounts;
using Atrium.Kernel;

namespace Atrium.CommandLine;

/// <summary>Finds the member a verb names.</summary>
internal static class Whom
{
    public static async Task<MemberCard> FindAsync(IServiceProvider services, string handle, CancellationToken ct) =>
        (await services.GetRequiredService<IMembers>().FindAsync([handle.TrimStart('@')], ct)).Values.FirstOrDefault()
        ?? throw Refusal.NotFound($"There is no active member @{handle.TrimStart('@')}.");
}
