using System.Text.RegularExpressions;
using Atrium.Kernel.Data;
using Atrium.Kernel.Outbound;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Accounts of other servers: found by id, handle or key, and kept as they last described themselves.</summary>
internal sealed partial class RemoteAccounts(SocialDb db, FederationGate gate, RemoteFetch fetch, RemoteFiles files, TimeProvider clock)
{
    private const int LongestName = 200;
    private const int LongestField = 500;
    private const int MostFields = 16;
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    /// <summary>The account with this ActivityPub id, fetched where it is unknown or was read long ago. Null when there is none; never one of ours.</summary>
    /// <exception cref="OutboundFailure">It is unknown and could not be fetched.</exception>
    public async Task<Account?> ByUriAsync(string uri, CancellationToken ct, bool anew = false)
    {
        if (gate.Stored(uri).StartsWith('/')) return null;
        var known = await db.Accounts.FirstOrDefaultAsync(a => a.Uri == uri, ct);
        if (known is not null && !anew && known.FetchedAt > clock.GetUtcNow() - Fresh) return known;
        try
        {
            return await fetch.ObjectAsync(uri, ct) is { } actor && actor.Id == uri ? await KeepAsync(actor, ct) ?? known : known;
        }
        catch (OutboundFailure) when (known is not null)
        {
            return known;
        }
    }

    /// <summary>The account that owns a key, as far as both say so.</summary>
    public async Task<Account?> ByKeyAsync(string keyId, CancellationToken ct)
    {
        if (await fetch.ObjectAsync(keyId, ct) is not { } found) return null;
        if (IsActor(found)) return await KeepAsync(found, ct);
        return (found.Ref("owner") ?? found.Ref("controller")) is { } owner && gate.DomainOf(owner) == gate.DomainOf(keyId) && await fetch.ObjectAsync(owner, ct) is { } actor && actor.Id == owner && IsActor(actor)
            ? await KeepAsync(actor, ct) : null;
    }

    /// <summary>The account with this handle, asked for by WebFinger where it is unknown.</summary>
    /// <param name="handle"><c>ada@example.org</c>.</param>
    /// <returns>Null also where its server cannot be reached.</returns>
    public async Task<Account?> ByHandleAsync(string handle, CancellationToken ct)
    {
        if (handle.Trim().TrimStart('@').ToLowerInvariant().Split('@') is not [{ Length: > 0 } user, { Length: > 0 } domain] || domain == gate.Domain || !await gate.MayAsync(domain, ct)) return null;
        if (await db.Accounts.FirstOrDefaultAsync(a => a.UsernameFolded == user && a.Domain == domain, ct) is { } known) return known;
        try
        {
            return await fetch.FingerAsync(user, domain, ct) is { } uri ? await ByUriAsync(uri, ct) : null;
        }
        catch (OutboundFailure)
        {
            return null;
        }
    }

    /// <summary>Keeps what an actor, fetched from its own address, says of itself.</summary>
    private async Task<Account?> KeepAsync(ApNode actor, CancellationToken ct)
    {
        var (id, name, inbox) = (actor.Id!, actor.Text("preferredUsername"), actor.Ref("inbox"));
        var domain = gate.DomainOf(id);
        if (!IsActor(actor) || domain.Length == 0 || name is null || !Names().IsMatch(name) || inbox is null || gate.DomainOf(inbox) != domain) return null;
        var (policy, folded) = (await gate.PolicyAsync(domain, ct), name.ToLowerInvariant());
        try
        {
            return await db.AmendAsync<Account?>(
                async token =>
                {
                    var account = await db.Accounts.AsTracking().FirstOrDefaultAsync(a => a.Uri == id, token);
                    if (account is null)
                    {
                        // A name that belongs to another id already stays with it.
                        if (await db.Accounts.AnyAsync(a => a.UsernameFolded == folded && a.Domain == domain, token)) return null;
                        account = new()
                        {
                            Username = name, UsernameFolded = folded, Domain = domain, Uri = id, Url = id, CreatedAt = Published(actor),
                            Standing = policy?.Severity == DomainSeverity.Limit ? AccountStanding.Limited : AccountStanding.Active,
                        };
                        db.Accounts.Add(account);
                        db.AccountStats.Add(new() { AccountId = account.Id });
                        await Audiences.OpenFollowersAsync(db, account, token);
                        OwnTopic.Wake(db, CountsTopic.Servers);
                    }

                    Describe(account, actor);
                    var (avatar, header) = policy is { RejectMedia: true } ? (null, null) : (Picture(actor.Object("icon")), Picture(actor.Object("image")));
                    await files.NoteAsync([.. new[] { avatar, header }.OfType<string>()], domain, token);
                    (account.AvatarUrl, account.HeaderUrl) = (avatar is null ? null : RemoteFiles.AddressOf(avatar), header is null ? null : RemoteFiles.AddressOf(header));
                    await db.SaveChangesAsync(token);
                    db.Entry(account).State = EntityState.Detached;
                    return account;
                },
                ct);
        }
        catch (UniqueViolation)
        {
            // Known meanwhile: the transaction this is part of cannot begin again.
            db.ChangeTracker.Clear();
            return await db.Accounts.FirstOrDefaultAsync(a => a.Uri == id, ct);
        }
    }

    private void Describe(Account account, ApNode actor)
    {
        var domain = account.Domain;
        account.Kind = Enum.TryParse<AccountKind>(actor.Type, out var kind) ? kind : AccountKind.Person;
        account.Url = actor.Refs("url").FirstOrDefault(u => gate.DomainOf(u) == domain) ?? account.Uri;
        account.Inbox = actor.Ref("inbox");
        account.SharedInbox = actor.Object("endpoints")?.Ref("sharedInbox") is { } shared && gate.DomainOf(shared) == domain ? shared : null;
        account.Outbox = Own(actor.Ref("outbox"));
        account.FollowersUri = Own(actor.Ref("followers"));
        account.FollowingUri = Own(actor.Ref("following"));
        account.FeaturedUri = Own(actor.Ref("featured"));
        (account.PublicKeyId, account.PublicKeyPem) = KeyOf(actor);
        (account.Ed25519KeyId, account.Ed25519PublicKey) = SecondKeyOf(actor);
        account.Call(Ap.Cut(PlainText.OneLine(actor.Text("name") ?? ""), LongestName));
        account.Note = Markup.CleanHtml(Ap.Cut(actor.Text("summary") ?? "", 20_000)).Html.Value;
        account.Fields = [.. actor.Objects("attachment").Where(a => a.Type == "PropertyValue").Take(MostFields)
            .Select(a => new ProfileField(Ap.Cut(a.Text("name") ?? "", LongestField), Ap.Cut(Markup.CleanHtml(Ap.Cut(a.Text("value") ?? "", 5_000)).Plain, LongestField)))];
        account.Locked = actor.Switch("manuallyApprovesFollowers") ?? false;
        account.Bot = account.Kind is AccountKind.Service or AccountKind.Application;
        account.Discoverable = actor.Switch("discoverable") ?? false;
        account.Indexable = actor.Switch("indexable") ?? false;
        account.MovedTo = actor.Ref("movedTo");
        account.AlsoKnownAs = [.. actor.Refs("alsoKnownAs").Take(10)];
        account.FetchedAt = clock.GetUtcNow();

        string? Own(string? uri) => gate.DomainOf(uri) == domain ? uri : null;
    }

    // The key has to name its owner as the owner names it.
    private (string? Id, string? Pem) KeyOf(ApNode actor)
    {
        var key = actor.Objects("publicKey").Cast<ApNode?>().FirstOrDefault(k => k!.Value.Ref("owner") == actor.Id && k.Value.Id is { } id && gate.DomainOf(id) == gate.DomainOf(actor.Id));
        return (key?.Id, key?.Text("publicKeyPem"));
    }

    private static (string? Id, string? Key) SecondKeyOf(ApNode actor)
    {
        var key = actor.Objects("assertionMethod").Cast<ApNode?>().FirstOrDefault(k => k!.Value is { Type: "Multikey", Id: { Length: < 2000 } id } held && held.Ref("controller") == actor.Id
            && id.StartsWith(actor.Id + "#", StringComparison.Ordinal) && held.Text("publicKeyMultibase") is { } multibase && Ed25519.Read(multibase) is not null);
        return (key?.Id, key?.Text("publicKeyMultibase"));
    }

    private string? Picture(ApNode? image) => image?.Ref("url") is { Length: < 2000 } url && gate.DomainOf(url).Length > 0 ? url : null;

    private DateTimeOffset Published(ApNode actor) => actor.Instant("published") is { } at && at < clock.GetUtcNow() ? at : clock.GetUtcNow();

    private static bool IsActor(ApNode node) => node.Type is "Person" or "Service" or "Group" or "Organization" or "Application";

    [GeneratedRegex(@"\A[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Names();
}
