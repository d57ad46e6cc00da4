using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>One request by another server: who asks, and what of ours they may have.</summary>
internal sealed class FederationRequest(SocialDb db, FederationGate gate, SignatureCheck signatures, IHttpContextAccessor accessor)
{
    private bool _asked;
    private Account? _caller;

    public string Absolute(string stored) => gate.Absolute(stored);

    /// <summary>A local account by name.</summary>
    /// <exception cref="Refusal">Not found; gone once it is suspended; in a closed circle, sign in: unsigned.</exception>
    public async Task<Account> AccountAsync(string name, CancellationToken ct)
    {
        await AdmitAsync(ct);
        var folded = name.ToLowerInvariant();
        var account = await db.Accounts.FirstOrDefaultAsync(a => a.UsernameFolded == folded && a.Domain == "" && a.Uri != AccountKeys.InstancePath, ct) ?? throw Refusal.NotFound();
        if (!account.IsShown) throw Refusal.Gone("gone", "This account is no more.");
        return account;
    }

    /// <summary>A local post that the caller may see.</summary>
    public async Task<(Status Status, Account Author)> StatusAsync(string name, string id, CancellationToken ct)
    {
        var author = await AccountAsync(name, ct);
        if (!Id<Status>.TryParse(id, null, out var key)) throw Refusal.NotFound();
        var status = await db.Statuses.FirstOrDefaultAsync(s => s.Id == key && s.AccountId == author.Id && s.IsLocal, ct) ?? throw Refusal.NotFound();
        if (status.DeletedAt is not null && status.Visibility is Visibility.Public or Visibility.Unlisted) throw Refusal.Gone("gone", "This post is no more.");
        if (!await db.Statuses.Where(s => s.Id == key).Leaving(db).AnyAsync(ct)) throw Refusal.NotFound();
        var caller = status.Visibility is Visibility.Public or Visibility.Unlisted ? _caller : await CallerAsync(ct);
        return await db.SeesAsync(caller?.Id, status, ct) ? (status, author) : throw Refusal.NotFound();
    }

    private async Task AdmitAsync(CancellationToken ct)
    {
        await gate.DemandAsync(ct);
        if (await gate.ModeAsync(ct) != FederationMode.Allowlist) return;
        if (await CallerAsync(ct) is null) throw Refusal.SignIn("Only servers that are listed read here, and they sign what they ask.");
    }

    private async Task<Account?> CallerAsync(CancellationToken ct)
    {
        if (_asked) return _caller;
        _asked = true;
        var http = accessor.HttpContext!;
        if (http.Request.Headers["Signature"].Count == 0) return null;
        return _caller = await signatures.SignerAsync(http.Request, null, ct);
    }
}
