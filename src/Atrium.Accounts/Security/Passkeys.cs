using Atrium.Accounts.Data;
using Atrium.Accounts.Letters;
using Atrium.Accounts.Model;
using Atrium.Accounts.SigningIn;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Diagnostics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Security;

/// <summary>Passkeys: adds, names, removes them, and signs in by one. The ceremony itself (WebAuthn Level 3) is Identity's.</summary>
public static class Passkeys
{
    private const string Cookie = "atrium-passkey";
    private const int Most = 20;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public sealed record View(Id<Passkey> Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, bool Synced);

    internal static async Task<IReadOnlyList<View>> ListAsync(Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand();
        return await db.Passkeys.Where(p => p.MemberId == me).OrderBy(p => p.Id).Select(p => new View(p.Id, p.Name, p.CreatedAt, p.LastUsedAt, p.IsBackedUp)).ToListAsync(ct);
    }

    /// <summary>What the browser needs to make a passkey, as JSON.</summary>
    internal static async Task<string> BeginAddAsync(Actor actor, HttpContext http, AccountsDb db, IPasskeyHandler<Account> handler, IDataProtectionProvider protection, CancellationToken ct)
    {
        var me = actor.Demand();
        await Proof.DemandAsync(actor, db, ct);
        var account = await db.Accounts.FirstAsync(a => a.Id == me, ct);
        var options = await handler.MakeCreationOptionsAsync(new() { Id = account.Id.ToString(), Name = account.Handle, DisplayName = account.Name }, http);
        SealedCookie.Write(http, Cookie, Sealer(protection).Protect("add:" + options.AttestationState, Life));
        return options.CreationOptionsJson;
    }

    /// <summary>Keeps the passkey that the browser made.</summary>
    internal static async Task<View> AddAsync(
        string credential, string? name, Actor actor, HttpContext http, AccountsDb db, IPasskeyHandler<Account> handler, IDataProtectionProvider protection, CancellationToken ct)
    {
        var me = actor.Demand();
        await Proof.DemandAsync(actor, db, ct);
        var result = await handler.PerformAttestationAsync(new() { CredentialJson = credential, AttestationState = Taken(http, protection, "add:"), HttpContext = http });
        if (!result.Succeeded || result.UserEntity?.Id != me.ToString()) throw Refusal.Invalid("credential", "That passkey could not be checked. Try again.", "passkey_invalid");
        if (await db.Passkeys.CountAsync(p => p.MemberId == me, ct) >= Most) throw Refusal.Conflict("too_many_passkeys", $"At most {Most} passkeys. Remove one first.");
        var passkey = Passkey.Of(me, result.Passkey, Named(name) ?? Device.Of(http.Request.Headers.UserAgent));
        try
        {
            await db.WriteAsync(
                _ =>
                {
                    db.Passkeys.Add(passkey);
                    db.Publish(new LetterOwed(Letter.SecurityNotice, me, Text: $"The passkey “{passkey.Name}” was added. It signs you in without a password."));
                    db.Record(actor, "passkey.added", Thing.Of("member", me), passkey.Name);
                    return Task.CompletedTask;
                },
                ct);
        }
        catch (UniqueViolation e) when (e.Concerns("credential_id"))
        {
            throw Refusal.Conflict("already_there", "That passkey is known already.");
        }

        return new(passkey.Id, passkey.Name, passkey.CreatedAt, null, passkey.IsBackedUp);
    }

    internal static async Task RenameAsync(Id<Passkey> id, string? name, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand();
        var named = Named(name) ?? throw Refusal.Invalid("name", "Give it a name of up to 60 characters.", "required");
        if (await db.Passkeys.Where(p => p.Id == id && p.MemberId == me).ExecuteUpdateAsync(set => set.SetProperty(p => p.Name, named), ct) == 0) throw Refusal.NotFound();
    }

    internal static async Task RemoveAsync(Id<Passkey> id, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand();
        await Proof.DemandAsync(actor, db, ct);
        await db.WriteAsync(
            async token =>
            {
                if (await db.Passkeys.Where(p => p.Id == id && p.MemberId == me).ExecuteDeleteAsync(token) == 0) throw Refusal.NotFound();
                db.Record(actor, "passkey.removed", Thing.Of("member", me));
            },
            ct);
    }

    /// <summary>What the browser needs to show its passkeys for this house, as JSON. Says nothing about who has any.</summary>
    internal static async Task<string> BeginSignInAsync(HttpContext http, IPasskeyHandler<Account> handler, IDataProtectionProvider protection)
    {
        var options = await handler.MakeRequestOptionsAsync(null, http);
        SealedCookie.Write(http, Cookie, Sealer(protection).Protect("use:" + options.AssertionState, Life));
        return options.RequestOptionsJson;
    }

    /// <summary>Signs in by passkey, which is both factors at once; for one who is signed in already, shows again who they are.</summary>
    internal static async Task SignInAsync(
        string credential, bool remember, Actor actor, HttpContext http, AccountsDb db, IPasskeyHandler<Account> handler, IDataProtectionProvider protection, CancellationToken ct)
    {
        var result = await handler.PerformAssertionAsync(new() { CredentialJson = credential, AssertionState = Taken(http, protection, "use:"), HttpContext = http });
        if (!result.Succeeded || result.User is not { } account) throw Refusal.Invalid("credential", "That passkey is not known here.", "passkey_invalid");
        var key = System.Buffers.Text.Base64Url.EncodeToString(result.Passkey.CredentialId);
        var (now, count, backedUp) = (db.Now, (long)result.Passkey.SignCount, result.Passkey.IsBackedUp);
        await db.Passkeys.Where(p => p.CredentialId == key).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.LastUsedAt, now).SetProperty(p => p.SignCount, count).SetProperty(p => p.IsBackedUp, backedUp), ct);
        if (actor.Is(account.Id) && actor.SessionId is not null)
        {
            await Proof.DoneAsync(actor, db, ct);
            return;
        }

        await SignIn.AdmitAsync(account, stay: false, db, ct);
        await OpenSession.HandleAsync(account.Id, "passkey", remember, http, db, ct);
    }

    // One ceremony, one answer.
    private static string Taken(HttpContext http, IDataProtectionProvider protection, string kind)
    {
        var state = SealedCookie.Read(http, Cookie, Sealer(protection));
        SealedCookie.Delete(http, Cookie);
        return state?.StartsWith(kind, StringComparison.Ordinal) == true ? state[kind.Length..] : throw Refusal.Gone("passkey_expired", "That took too long. Try again.");
    }

    private static string? Named(string? name) => name?.Trim() is { Length: > 0 and <= 60 } good ? good : null;

    private static ITimeLimitedDataProtector Sealer(IDataProtectionProvider protection) => protection.CreateProtector("Atrium.Passkeys").ToTimeLimitedDataProtector();
}
