using Atrium.Accounts.Data;
using Atrium.Kernel;
using Atrium.Kernel.Modules;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.OAuth;

/// <summary>What a consent page says: who asks, what for, and where an answer goes.</summary>
/// <param name="By">Handle of the member who registered the app.</param>
/// <param name="Scopes">In words, the most telling first.</param>
/// <param name="GoesTo">Host or scheme of the address the answer is sent to; null when it is not sent anywhere.</param>
/// <param name="Me">Handle of the member who is asked.</param>
public sealed record ConsentQuestion(string App, string? Website, string? By, IReadOnlyList<string> Scopes, string? GoesTo, string Me)
{
    internal static async Task<ConsentQuestion> OfAsync(
        OpeniddictApplication app, IReadOnlyCollection<string> asked, IEnumerable<ApiScope> scopes, Actor actor, AccountsDb db, string? redirect, CancellationToken ct)
    {
        var by = await db.Accounts.Where(a => a.Id == app.OwnerId).Select(a => a.Handle).FirstOrDefaultAsync(ct);
        return new(app.DisplayName ?? app.ClientId!, app.Website, by, ScopeWords.Of(asked, scopes), GoesWhere(redirect), actor.Handle!);
    }

    private static string? GoesWhere(string? redirect) => !Uri.TryCreate(redirect, UriKind.Absolute, out var uri) ? null
        : uri.IsLoopback ? "this device"
        : uri.Scheme is "https" or "http" ? uri.Authority
        : $"the app that opens {uri.Scheme}: links";
}
