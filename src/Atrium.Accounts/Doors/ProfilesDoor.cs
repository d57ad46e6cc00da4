using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.Profiles;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Files;
using Atrium.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Doors;

/// <summary>Answers what other modules ask about profiles, and lets them edit one.</summary>
internal sealed class ProfilesDoor(AccountsDb db, FileDesk desk, HouseSettings settings) : IProfiles
{
    public async Task<IReadOnlyDictionary<Id<Member>, MemberProfile>> ProfilesAsync(IReadOnlyCollection<Id<Member>> ids, CancellationToken ct)
    {
        var accounts = await db.Accounts.Where(a => ids.Contains(a.Id)).ToListAsync(ct);
        return accounts.ToDictionary(a => a.Id, a => new MemberProfile(
            a.Id, a.Handle, a.Name, a.Bio, [.. a.Links.Select(l => KeyValuePair.Create(l.Label, l.Value))], Portraits.UrlOf(a.AvatarFile), Portraits.UrlOf(a.HeaderFile),
            a.Language, a.Role, a.JoinedAt ?? a.CreatedAt, a.State == AccountState.Active));
    }

    public ValueTask<ProfileLimits> LimitsAsync(CancellationToken ct) => AccountSettings.ProfileAsync(settings, ct);

    public Task UpdateAsync(ProfileUpdate update, Actor actor, CancellationToken ct) => MyProfile.EditAsync(
        new(update.Name, update.Bio, update.Links is null ? null : [.. update.Links.Select(l => new ProfileLink(l.Key, l.Value))]), null, actor, db, settings, ct);

    public Task ChoosePictureAsync(bool header, Id<FileRecord>? file, Actor actor, CancellationToken ct) => Portraits.ChooseAsync(file, header, actor, db, desk, ct);
}
