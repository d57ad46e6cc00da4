using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>What is null stays as it is.</summary>
internal sealed record AccountChange(
    string? Name, string? Bio, IReadOnlyList<KeyValuePair<string, string>>? Fields, bool? Locked, bool? Bot, bool? Discoverable, bool? Indexable, bool? HideCollections,
    Visibility? DefaultVisibility, bool? DefaultSensitive, string? DefaultLanguage, QuotePolicy? DefaultQuotePolicy, string? AvatarDescription, string? HeaderDescription, IFormFile? Avatar, IFormFile? Header);

/// <summary>
/// Edits one's own account: what Accounts keeps goes there by its door, the rest lies here. Each room has its own connection, so these are two
/// transactions: Accounts' commits the event by which <see cref="KeepAccount"/> makes up for a second that never came.
/// </summary>
internal sealed class EditAccount(SocialDb db, IProfiles profiles, FileDesk files, LocalAccounts locals)
{
    public async Task HandleAsync(AccountChange change, Viewer viewer, CancellationToken ct)
    {
        var (me, member) = (viewer.Demand(), viewer.Actor.Demand());
        if (change.Name is not null || change.Bio is not null || change.Fields is not null)
            await profiles.UpdateAsync(new(change.Name is { Length: 0 } ? viewer.Actor.Handle : change.Name, change.Bio, change.Fields), viewer.Actor, ct);
        if (change.Avatar is { } avatar) await PictureAsync(avatar, header: false, viewer, ct);
        if (change.Header is { } header) await PictureAsync(header, header: true, viewer, ct);
        await db.AmendAsync(
            async token =>
            {
                var account = await db.Accounts.AsTracking().FirstAsync(a => a.Id == me, token);
                account.Locked = change.Locked ?? account.Locked;
                account.Bot = change.Bot ?? account.Bot;
                account.Discoverable = change.Discoverable ?? account.Discoverable;
                account.Indexable = change.Indexable ?? account.Indexable;
                account.HideCollections = change.HideCollections ?? account.HideCollections;
                account.DefaultVisibility = change.DefaultVisibility ?? account.DefaultVisibility;
                account.DefaultSensitive = change.DefaultSensitive ?? account.DefaultSensitive;
                account.DefaultLanguage = change.DefaultLanguage ?? account.DefaultLanguage;
                account.DefaultQuotePolicy = change.DefaultQuotePolicy ?? account.DefaultQuotePolicy;
                account.AvatarDescription = change.AvatarDescription ?? account.AvatarDescription;
                account.HeaderDescription = change.HeaderDescription ?? account.HeaderDescription;
                if (db.ChangeTracker.HasChanges()) db.Publish(new AccountChanged(me), me.ToString());
                await locals.ProjectAsync(member, account, token);
            },
            ct);
        db.ChangeTracker.Clear();
    }

    public async Task RemovePictureAsync(bool header, Viewer viewer, CancellationToken ct)
    {
        viewer.Demand();
        await profiles.ChoosePictureAsync(header, null, viewer.Actor, ct);
        await locals.RefreshAsync(viewer.Actor.Demand(), ct);
    }

    private async Task PictureAsync(IFormFile upload, bool header, Viewer viewer, CancellationToken ct)
    {
        await using var content = upload.OpenReadStream();
        var file = await files.TakeAsync(content, upload.FileName, viewer.Actor.MemberId, ct);
        await profiles.ChoosePictureAsync(header, file.Id, viewer.Actor, ct);
    }
}
