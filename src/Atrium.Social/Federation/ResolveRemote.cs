using Atrium.Kernel;
using Atrium.Kernel.Outbound;

namespace Atrium.Social;

/// <summary>Finds what a handle or an address of another server means. What cannot be reached is not found.</summary>
internal sealed class ResolveRemote(FederationGate gate, RemoteFetch fetch, RemoteAccounts accounts, RemoteStatuses statuses)
{
    private const int Longest = 2000;

    /// <param name="Account">One of the two is set.</param>
    public sealed record Found(Id<Account>? Account, Id<Status>? Status);

    /// <summary>The account or post that somebody names by handle or address.</summary>
    public async Task<Found?> FindAsync(string text, CancellationToken ct)
    {
        if (text.Length > Longest || await gate.ModeAsync(ct) == FederationMode.Off) return null;
        if (!text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            return text.TrimStart('@').Contains('@', StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal) && await accounts.ByHandleAsync(text, ct) is { } named ? new(named.Id, null) : null;
        try
        {
            if (await statuses.FindAsync(text, ct) is { } known) return new(null, known.Id);
            if (await fetch.ObjectAsync(text, ct) is not { Id: { } id } node) return null;
            if (NoteReader.IsPost(node.Type)) return await statuses.ByUriAsync(id, ct) is { } status ? new(null, status.Id) : null;
            return await accounts.ByUriAsync(id, ct) is { } account ? new(account.Id, null) : null;
        }
        catch (OutboundFailure)
        {
            return null;
        }
    }
}
